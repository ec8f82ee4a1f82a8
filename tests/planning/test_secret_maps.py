"""Secrets that are no single text: maps, lists and numbers that a model marks sensitive."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bulkops.definition.column_facts import facts_of
from bulkops.definition.derived_job import derived
from bulkops.definition.job_checks.job_faults import faults_of
from bulkops.definition.model.operations import operation
from bulkops.planning.calls.placeholders import fill, to_json
from bulkops.planning.plan import Placeholder
from bulkops.planning.rows.cell_reader import CellReader, secret_value
from bulkops.planning.rows.cells import Secret
from tests.planning.paper import Sheet, centre, order_of, planned

FUNCTION = derived("lambda:UpdateFunctionConfiguration", form="unseen")
VARIABLES = "environment_variables"
SECRET = "hunter2-Zinnia"


def reader(job=FUNCTION, name=VARIABLES):
    return CellReader(job.column(name), facts_of(job, name))


def test_the_values_of_a_sensitive_map_are_a_secret_and_sent_as_a_map():
    value, flaws = reader().read((f"DB_PASSWORD={SECRET}; MODE=quiet",))
    assert (value, flaws) == (Secret(f"DB_PASSWORD={SECRET}; MODE=quiet"), ())
    assert SECRET not in repr(value)
    sent = secret_value(str(value), FUNCTION, VARIABLES)
    assert sent == {"DB_PASSWORD": SECRET, "MODE": "quiet"}


@pytest.mark.parametrize("text", [f"DB_PASSWORD {SECRET}", f"={SECRET}", f"A={SECRET};A=b"])
def test_what_is_wrong_with_a_secret_map_says_nothing_of_what_stands_in_it(text):
    value, (flaw,) = reader().read((text,))
    assert value is None
    assert flaw.code == "wrong-form"
    assert "key=value" in flaw.message
    assert SECRET not in f"{flaw}{flaw.message}{flaw.hint}"


def test_a_masked_map_of_a_report_is_no_map():
    _, (flaw,) = reader().read(("***",))
    assert flaw.code == "masked-secret"


def test_no_part_of_a_plan_holds_a_secret_map():
    headers = ("FunctionName", "Environment.Variables")
    order = order_of(FUNCTION, Sheet(headers, ("f", f"KK={SECRET}"), ("g", f"KK={SECRET};LL=m")))
    rows, _, planner = planned(order, centre())
    assert planner.problems == []
    for row in rows:
        assert row.cells[1] == "***"
        (call,) = row.calls
        kept = json.dumps(to_json(call.params))
        assert SECRET not in f"{kept}{row}"
        hole = Placeholder(kind="secret", name=VARIABLES)
        assert call.params["Environment"]["Variables"] == hole
    # and again, as a second walk reads the rows from what was kept
    assert all(SECRET not in repr(row) for row in order.rows())


def test_a_secret_map_is_filled_as_a_map_when_it_is_sent():
    params = {"Environment": {"Variables": Placeholder(kind="secret", name=VARIABLES)}}

    def secret(name):
        return secret_value("AA=b=c; DD=e", FUNCTION, name)

    filled = fill(params, saved={}, secret=secret, token="")
    assert filled == {"Environment": {"Variables": {"AA": "b=c", "DD": "e"}}}


def test_a_secret_list_is_read_from_all_its_cells_and_sent_as_a_list():
    job = derived("mq:CreateUser")
    groups = job.column("groups")
    assert groups.split
    cells = CellReader(groups, facts_of(job, "groups"))
    value, _ = cells.read(("a;b", "c"))
    assert value == ("a", "b", "c")
    secret = CellReader(groups, replace(facts_of(job, "groups"), secret=True))
    held, _ = secret.read(("a;b", "c"))
    assert isinstance(held, Secret)
    assert secret_value(str(held), job, "groups") == ["a", "b", "c"]


def test_a_number_that_is_secret_is_sent_as_a_number():
    job = derived("connect:UpdateQueueMaxContacts")
    assert secret_value("30", job, "max_contacts") == 30
    assert secret_value("30", job, "queue_id") == "30"
    assert secret_value("30", job, "no_such_column") == "30"


@pytest.mark.parametrize(
    ("service", "name", "path", "column"),
    [
        # the map, its keys and its values are marked
        ("lambda", "UpdateFunctionConfiguration", "Environment.Variables", "environment_variables"),
        # the structure around it alone is marked
        ("cognito-idp", "SignUp", "UserContextData.IpAddress", "user_context_data_ip_address"),
        # the value of the map alone is marked
        ("cognito-idp", "InitiateAuth", "AuthParameters", "auth_parameters"),
    ],
)
def test_whatever_shape_bears_the_mark_the_column_is_secret(service, name, path, column):
    assert operation(service, name).holds_secret(path)
    job = derived(f"{service}:{name}")
    assert job.column(column).secret
    assert facts_of(job, column).secret
    assert faults_of(job) == ()


def test_what_names_somebody_is_no_secret_and_what_opens_something_is():
    user = operation("cognito-idp", "AdminCreateUser")
    assert not user.holds_secret("Username")
    assert user.holds_secret("TemporaryPassword")
    assert operation("cognito-idp", "ConfirmSignUp").holds_secret("ClientId")
    assert operation("organizations", "CreateAccount").members["Email"].sensitive
    assert not operation("organizations", "CreateAccount").holds_secret("Email")
