"""Options of case fields: one operation makes those that are not there, and changes the others."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition.catalogue import load
from bulkops.planning.job_plan import job_plan
from bulkops.planning.plan import Action, PlannedCall, PlannedRow
from tests.planning.paper import inventory_of, order_of, sheet_of, target

JOB = load("put-case-field-options").job
FIELD = "case-select-field/Product"
HERE = replace(target("SAML"), homes={"cases-domain": "d-1"})


def plan_of(*rows):
    inventory = inventory_of(case_select_field=["Product"])
    there = [{"name": "Phone", "value": "phone", "active": True}]
    inventory.add_list("case-field-option", FIELD, there)
    full = [{"case_field": "Product", **row} for row in rows]
    entries = list(job_plan(order_of(JOB, sheet_of(*full)), {"": HERE}, {"": inventory}).entries())
    return (
        [each for each in entries if isinstance(each, PlannedRow)],
        [each for each in entries if isinstance(each, PlannedCall)],
    )


def test_what_is_new_and_what_is_there_go_and_come_back_in_one_call():
    rows, (call,) = plan_of(
        {"value": "router", "option": "Router", "active": ""},
        {"value": "phone", "option": "Telephone", "active": ""},
    )
    assert [row.action for row in rows] == [Action.UPDATE, Action.UPDATE]
    assert call.params == {
        "domainId": "d-1",
        "fieldId": FIELD,
        "options": [
            {"name": "Router", "value": "router", "active": True},
            {"name": "Telephone", "value": "phone", "active": True},
        ],
    }
    assert call.undo["options"] == [
        {"name": "Router", "value": "router", "active": False},
        {"name": "Phone", "value": "phone", "active": True},
    ]


def test_an_option_that_is_so_already_is_not_sent():
    rows, calls = plan_of({"value": "phone", "option": "Phone", "active": "yes"})
    assert ([row.action for row in rows], calls) == ([Action.NONE], [])


def test_an_option_is_hidden_by_its_value_alone():
    (row,), (call,) = plan_of({"value": "phone", "option": "", "active": "no"})
    assert [str(change) for change in row.changes] == ["active: yes → no"]
    assert call.params["options"] == [{"name": "Phone", "value": "phone", "active": False}]


def test_a_new_option_must_have_a_name():
    (row,), calls = plan_of({"value": "router", "option": "", "active": "yes"})
    assert row.problem.message == "BatchPutFieldOptions: options[0].name must be given"
    assert (row.problem.address.header, calls) == ("option", [])
