"""Things that lie in others: found by both names, and taken for others of the same name."""

from __future__ import annotations

from bulkops.definition.catalogue import load
from bulkops.planning.calls.inverse import Done
from bulkops.planning.export_rows import Exporter
from bulkops.planning.inventory import Inventory, Thing
from bulkops.planning.undo.undo_history import RowHistory, survey, unseen
from bulkops.problems import Address
from tests.planning.paper import order_of, planned, said, sheet_of

CREATE = load("create-hours-of-operation-overrides").job
UPDATE = load("update-hours-of-operation-overrides").job
DELETE = load("delete-hours-of-operation-overrides").job
KIND = "hours-of-operation-override"


def override(owner, name, number, **state):
    usual = {"Name": name, "Config": [], "EffectiveFrom": "2026-12-24"}
    held = {**usual, "HoursOfOperationId": owner, "EffectiveTill": "2026-12-26", **state}
    return Thing(
        id=f"o{number}", name=f"{owner} / {name}", state=held, described=True, within=owner
    )


def instance(*overrides):
    inventory = Inventory()
    hours = [Thing(id=name, name=name, state={}) for name in ("Desk", "Line")]
    inventory.add("hours-of-operation", hours)
    inventory.add(KIND, overrides)
    return inventory


def row(**changed):
    usual = {"hours_of_operation": "Desk", "holiday": "Closed", "day": "closed"}
    return usual | {"from_date": "2026-12-24", "to_date": "2026-12-26"} | changed


def plan_of(job, inventory, *rows, **more):
    return planned(order_of(job, sheet_of(*rows), **more), inventory)


def test_one_of_the_same_name_elsewhere_is_another():
    there = instance(override("Line", "Closed", 1))
    _, (call,), _ = plan_of(CREATE, there, row())
    assert call.operation == "CreateHoursOfOperationOverride"
    assert (call.params["HoursOfOperationId"], call.params["Config"]) == ("Desk", [])


def test_one_that_is_there_needs_nothing_or_is_changed_by_both_ids():
    there = instance(override("Line", "Closed", 1), override("Desk", "Closed", 2))
    rows, calls, _ = plan_of(CREATE, there, row())
    assert ([each.action.value for each in rows], calls) == (["none"], [])
    _, (call,), _ = plan_of(UPDATE, there, row(to_date="2026-12-27"))
    assert call.params["HoursOfOperationId"] == "Desk"
    assert call.params["HoursOfOperationOverrideId"] == "o2"
    assert call.undo["EffectiveTill"] == "2026-12-26"


def test_where_it_should_lie_must_be_there():
    _, _, planner = plan_of(UPDATE, instance(), row(hours_of_operation="Desc"))
    assert said(planner.problems) == [("unknown-name", "Users!A2")]
    _, _, planner = plan_of(UPDATE, instance(), row())
    assert said(planner.problems) == [("unknown-name", "Users!B2")]


def test_what_is_deleted_can_be_made_again_where_it_was():
    there = instance(override("Desk", "Closed", 2))
    asked = {"hours_of_operation": "Desk", "holiday": "Closed"}
    (deleted,), _, _ = plan_of(DELETE, there, asked)
    (call,) = deleted.calls
    (again,) = call.undo["0.undo"]
    assert again["HoursOfOperationId"] == "Desk"
    assert again["Name"] == "Closed"
    assert again["Config"] == []


def test_an_export_says_both_names():
    exporter = Exporter(CREATE, instance(override("Desk", "Closed", 2)), "SAML", described=True)
    assert list(exporter.rows()) == [
        ("Desk", "Closed", "", "2026-12-24", "2026-12-26", "closed", "", "")
    ]


def test_what_is_looked_for_to_take_it_back():
    params = {"HoursOfOperationId": "Desk", "HoursOfOperationOverrideId": "o9", "Config": []}
    history = RowHistory(
        number=2,
        key="Desk / Closed",
        target="",
        cells=(),
        address=Address(file="run", row=2),
        names={"hours_of_operation": "Desk", "holiday": "Closed"},
        done=(Done(step="0", params=params, saved={}, undo=params),),
    )
    wants = survey(UPDATE, [history]).wants[""]
    assert wants.kinds["hours-of-operation"].names == {"Desk"}
    assert wants.kinds[KIND].names == {"Desk / Closed"}
    ((_, lost),) = unseen(UPDATE, [history], {"": instance()})
    assert (lost.name, lost.id, lost.within) == ("Desk / Closed", "o9", "Desk")
