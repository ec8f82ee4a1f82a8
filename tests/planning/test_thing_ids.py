from __future__ import annotations

import pytest

from bulkops.definition.catalogue import load
from bulkops.planning.inventory import Thing
from bulkops.planning.name_resolution import Names
from bulkops.planning.plan import Action
from bulkops.planning.rows.spoken_ids import SpokenIds, naming_columns
from bulkops.planning.thing_ids import id_in, looks_like_id, misfit
from tests.planning.paper import (
    CREATE,
    DELETE,
    MOVE,
    QUEUES,
    ana,
    centre,
    order_of,
    planned,
    sheet_of,
    target,
)

UUID = "9268ce6c-852f-4618-a11e-7a57fa5af2b1"
HERE = "arn:aws:connect:eu-west-2:111122223333:instance/i-1"


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (UUID, True),
        (UUID.upper(), True),
        (f"{HERE}/agent/{UUID}", True),
        ("ana", False),
        (f"{UUID}0", False),
        ("", False),
    ],
)
def test_an_id_is_told_by_its_form(text, is_one):
    assert looks_like_id(text) is is_one


@pytest.mark.parametrize(
    ("kind", "text", "meant"),
    [
        ("user", UUID, UUID),
        ("user", f"{HERE}/agent/{UUID}", UUID),
        ("routing-profile", f"{HERE}/routing-profile/p", "p"),
        ("queue", f"{HERE}/agent/{UUID}", ""),
        ("user", f"{HERE}/agent/{UUID}/more", ""),
        ("user", f"{HERE}2/agent/{UUID}", ""),
        ("predefined-attribute", f"{HERE}/agent/{UUID}", ""),
        ("phone-number", "arn:aws:connect:eu-west-2:111122223333:phone-number/n", "n"),
        ("phone-number", "arn:aws:connect:us-east-1:111122223333:phone-number/n", ""),
        ("user", "ana", ""),
    ],
)
def test_an_arn_means_a_thing_of_its_kind_on_its_target_alone(kind, text, meant):
    assert id_in(kind, text, target()) == meant


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("user", f"{HERE}/queue/q", "is the ARN of a queue, not a user"),
        ("user", f"{HERE}2/agent/u", "is the ARN of a user of another instance, i-12"),
        (
            "user",
            HERE.replace("111122223333", "9") + "/agent/u",
            "is the ARN of a user of another account, 9",
        ),
        (
            "user",
            HERE.replace("eu-west-2", "us-east-1") + "/agent/u",
            "is the ARN of a user of another Region, us-east-1",
        ),
        (
            "user",
            HERE.replace("arn:aws:", "arn:aws-cn:") + "/queue/q",
            "is the ARN of a queue of another partition, aws-cn, not a user",
        ),
        ("user", "arn:aws:iam::1:user/ana", "is an ARN, but not that of a user"),
        ("user", f"{HERE}/agent/{UUID}", ""),
        ("user", UUID, ""),
    ],
)
def test_an_arn_that_means_nothing_here_is_told_for_what_it_is(kind, text, said):
    assert misfit(kind, text, target()) == said


def test_names_without_a_target_know_no_arn():
    assert Names(centre()).misfit("user", f"{HERE}/queue/q") == ""


def spoken(job, **names):
    """Return an order's ids as names: `kind={text: name}`."""
    known = {("", kind.replace("_", "-")): found for kind, found in names.items()}
    return SpokenIds(job, known)


def with_names(job, rows, **names):
    order = order_of(job, sheet_of(*rows))
    object.__setattr__(order, "spoken", spoken(job, **names))
    return order


def test_ids_in_a_row_are_planned_and_shown_as_the_names_that_they_stand_for():
    profile = f"{HERE}/routing-profile/p2"
    order = with_names(
        MOVE,
        [{"username": UUID, "routing_profile": profile}],
        user={UUID: "ana"},
        routing_profile={profile: "Sales"},
    )
    (row,), _, planner = planned(order, centre(ana()))
    assert planner.problems == []
    assert row.action is Action.UPDATE
    assert [str(change) for change in row.changes] == ["routing_profile: Basic → Sales"]
    assert row.key == UUID  # as the sheet has it


def test_a_list_of_names_and_ids_names_each_thing_once():
    row = {"security_profiles": ("Agent", UUID, "Admin"), "username": UUID}
    found = spoken(CREATE, security_profile={UUID: "Agent"}).spoken(row, "")
    assert found["security_profiles"] == ("Agent", "Admin")
    assert found["username"] == UUID  # the name of something new


def test_what_is_no_id_of_this_target_stays_as_it_is():
    values = {"username": UUID, "routing_profile": 7}
    ids = spoken(MOVE, user={UUID: "ana"}, routing_profile={})
    assert ids.spoken(values, "other") is values
    assert ids.spoken(values, "") == {"username": "ana", "routing_profile": 7}


def test_columns_that_name_what_is_there_are_told_from_those_of_new_names():
    assert dict(naming_columns(MOVE)) == {
        "username": "user",
        "routing_profile": "routing-profile",
    }
    assert "username" not in dict(naming_columns(CREATE))
    assert dict(naming_columns(QUEUES))["routing_profile"] == "routing-profile"
    assert list(naming_columns(load("connect:DeleteUser").job)) == []


def test_a_name_and_an_id_of_one_thing_are_one_key():
    rows = [
        {"username": UUID, "routing_profile": "Sales"},
        {"username": "ana", "routing_profile": "Basic"},
    ]
    from bulkops.planning.sheet_check import check  # noqa: PLC0415

    (problem,) = check(with_names(MOVE, rows, user={UUID: "ana"}), {"": None}).problems
    assert problem.code == "contradicting-row"
    assert problem.message.startswith("ana stands, written otherwise, in row 2 already")


def test_what_an_arn_is_is_said_of_its_cell_even_where_nothing_would_have_to_be_done():
    row = {"username": f"{HERE}2/agent/u"}
    _, _, planner = planned(order_of(DELETE, sheet_of(row)), centre())
    (problem,) = planner.problems
    assert problem.severity.value == "error"
    assert problem.message.endswith("is the ARN of a user of another instance, i-12")


def test_a_thing_whose_name_is_like_an_id_is_meant_by_its_name():
    there = centre(Thing(id="u7", name=UUID, state=ana().state))
    row = {"username": UUID, "routing_profile": "Sales"}
    (decided,), _, planner = planned(order_of(MOVE, sheet_of(row)), there)
    assert planner.problems == []
    assert decided.thing[0] == "u7"
