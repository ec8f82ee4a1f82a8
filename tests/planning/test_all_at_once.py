"""All that is wrong with a row is said in one go: its cells, and every name that it mentions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bulkops.definition.catalogue import load
from bulkops.planning.job_plan import job_plan
from bulkops.planning.plan import Action
from bulkops.planning.rows.row_repeats import KEEP_ONE
from bulkops.planning.sheet_check import check
from tests.planning.paper import (
    CREATE,
    DELETE,
    MOVE,
    QUEUES,
    ana,
    centre,
    checked,
    inventory_of,
    order_of,
    planned,
    said,
    sheet_of,
    target,
    user_row,
    user_state,
)


def problems_of(job, inventory, *rows, **more):
    _, _, planner = planned(order_of(job, sheet_of(*rows), **more), inventory)
    return planner.problems


def test_names_of_a_row_with_a_bad_cell_are_looked_up_all_the_same():
    row = user_row(
        phone_type="desk",
        desk_phone="0800",
        routing_profile="Bsic",
        security_profiles="Agent;Nobody",
        hierarchy_group="Corc",
    )
    found = problems_of(CREATE, centre(), row)
    assert [(each.code, each.found) for each in found] == [
        ("wrong-form", "0800"),
        ("unknown-name", "Nobody"),
        ("unknown-name", "Bsic"),
        ("unknown-name", "Corc"),
    ]


def test_an_unknown_user_does_not_hide_an_unknown_routing_profile():
    found = problems_of(MOVE, centre(ana()), {"username": "anna", "routing_profile": "Bsic"})
    assert [(each.code, each.found) for each in found] == [
        ("unknown-name", "anna"),
        ("unknown-name", "Bsic"),
    ]


def test_an_unknown_owner_of_a_list_and_a_bad_cell_and_an_unknown_place_are_said_together():
    there = inventory_of(routing_profile=("Basic",), queue=("Desk",))
    row = {
        "routing_profile": "Bsic",
        "queue": "Dsk",
        "channel": "SMOKE",
        "priority": "1",
        "delay": "0",
    }
    found = problems_of(QUEUES, there, row)
    assert sorted((each.code, each.found) for each in found) == [
        ("not-a-choice", "SMOKE"),
        ("unknown-name", "Bsic"),
        ("unknown-name", "Dsk"),
    ]


def test_a_row_that_asks_for_nothing_says_which_of_its_names_is_unknown():
    found = problems_of(MOVE, centre(), {"username": "anna", "routing_profile": ""})
    assert {each.code for each in found} == {"missing-value", "unknown-name"}


def test_a_user_that_is_made_is_not_called_unknown_for_another_fault():
    found = problems_of(CREATE, centre(), user_row(acw_seconds="soon"))
    assert [each.code for each in found] == ["not-a-number"]


def test_what_is_there_and_has_a_bad_cell_is_not_called_unknown():
    found = problems_of(CREATE, centre(ana()), user_row(acw_seconds="soon"))
    assert [each.code for each in found] == ["not-a-number"]


def test_a_name_that_is_gone_already_is_no_fault_of_a_broken_row_that_deletes():
    row = {"username": "no\u200bbody"}
    found = problems_of(DELETE, centre(), row)
    assert [each.code for each in found] == ["invisible-character"]


@pytest.mark.parametrize("on_exists", ["update", "skip"])
def test_what_a_new_user_needs_is_not_asked_of_one_that_is_there(on_exists):
    row = user_row(security_profiles="", routing_profile="", password="", first_name="Anna")
    assert checked(CREATE, row, identity="CONNECT_MANAGED", on_exists=on_exists) == []
    order = order_of(CREATE, sheet_of(row), on_exists=on_exists)
    (decided,), _, planner = planned(order, centre(ana()))
    assert planner.problems == []
    expected = {"update": [("UpdateUserIdentityInfo", "Anna")], "skip": []}[on_exists]
    made = [(call.operation, call.params["IdentityInfo"]["FirstName"]) for call in decided.calls]
    assert made == expected


@pytest.mark.parametrize("on_exists", ["update", "skip"])
def test_a_column_that_only_new_users_need_may_be_left_out_of_the_sheet(on_exists):
    row = {"username": "ana", "first_name": "Anna"}
    order = order_of(CREATE, sheet_of(row), on_exists=on_exists)
    assert order.headers.problems == ()
    assert checked(CREATE, row, identity="CONNECT_MANAGED", on_exists=on_exists) == []
    (decided,), _, planner = planned(order, centre(ana()))
    assert planner.problems == []
    assert decided.action is (Action.UPDATE if on_exists == "update" else Action.SKIP)


def test_what_a_new_user_needs_is_asked_for_once_a_row_turns_out_to_make_one():
    row = user_row(security_profiles="", routing_profile="", password="")
    found = problems_of(CREATE, centre(), row, on_exists="update")
    assert [(each.code, each.address.header) for each in found] == [
        ("missing-value", "password"),
        ("missing-value", "security_profiles"),
        ("missing-value", "routing_profile"),
    ]
    assert "what is new needs it" in found[1].message


def test_the_key_is_needed_whatever_is_done_with_what_is_there():
    row = user_row(username="")
    assert checked(CREATE, row, on_exists="update") == [("missing-value", "Users!A2")]
    sheet = sheet_of({"first_name": "Ana"})
    assert said(order_of(CREATE, sheet, on_exists="update").headers.problems) == [
        ("missing-column", "Users"),
    ]


def test_a_job_that_only_changes_needs_its_columns_whatever_is_asked():
    row = {"username": "ana", "routing_profile": ""}
    assert checked(MOVE, row, on_exists="update") == [("missing-value", "Users!B2")]


def test_blank_security_profiles_leave_those_of_a_user_as_they_are():
    there = centre(ana(**user_state(SecurityProfileIds=["security-profile/Admin"])))
    row = user_row(security_profiles="", routing_profile="Sales")
    order = order_of(CREATE, sheet_of(row), on_exists="update")
    (decided,), _, planner = planned(order, there)
    assert planner.problems == []
    assert [call.operation for call in decided.calls] == ["UpdateUserRoutingProfile"]


def test_what_a_broken_row_would_remove_may_be_gone_already():
    job = load("delete-queues").job
    there = inventory_of(queue=("Desk",))
    found = problems_of(job, there, {"queue": "Gone", "status": "purple"})
    assert [(each.code, each.found) for each in found] == [("not-a-choice", "purple")]


def test_of_a_broken_row_for_no_known_target_no_name_is_looked_up():
    row = {"target": "nowhere", "username": "ana", "routing_profile": ""}
    order = order_of(MOVE, sheet_of(row))
    planner = job_plan(order, {"": target(), "b": target()}, {"": centre(), "b": centre()})
    (decided,) = planner.entries()
    assert decided.target == "nowhere"
    assert [each.code for each in planner.problems] == ["missing-value"]


def test_equal_rows_are_meant_where_each_acts_anew_and_the_person_says_so():
    rows = [{"contact_id": "c1"}, {"contact_id": "c1"}]
    stop = load("connect:StopContact").job

    def told(job, rows, *, allowed):
        order = replace(order_of(job, sheet_of(*rows)), allow_duplicates=allowed)
        return [(each.code, each.hint) for each in check(order).problems]

    assert told(stop, rows, allowed=True) == []
    assert told(stop, rows, allowed=False) == [
        ("duplicate-row", f"{KEEP_ONE} If both are meant, add --allow-duplicates.")
    ]
    moves = [{"username": "ana", "routing_profile": "Sales"}] * 2
    ((code, hint),) = told(MOVE, moves, allowed=True)
    assert code == "duplicate-row"
    assert "is no help: UpdateUserRoutingProfile sets values" in hint
    assert told(MOVE, moves, allowed=False) == [("duplicate-row", KEEP_ONE)]
