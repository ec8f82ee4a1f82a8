"""The column `action`: what is to be done with a row, in the row's own word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bulkops.definition.catalogue import load
from bulkops.planning.plan import Action
from bulkops.planning.rows.cells import Flaw
from bulkops.planning.rows.headers import match_headers
from bulkops.planning.rows.row_verbs import allowed_verbs, on_exists_of, read_verb
from tests.planning.paper import (
    CREATE,
    DELETE,
    MOVE,
    Sheet,
    ana,
    centre,
    checked,
    order_of,
    planned,
    said,
    sheet_of,
    user_row,
)


def test_a_job_that_makes_things_may_also_update_and_skip_and_others_do_the_one_thing():
    assert allowed_verbs(CREATE) == ("create", "update", "skip", "none")
    assert allowed_verbs(MOVE) == ("update", "none")
    assert allowed_verbs(DELETE) == ("delete", "none")


@pytest.mark.parametrize(
    ("text", "said"), [("", ""), (" Update ", "update"), ("NONE", "none"), ("skip", "skip")]
)
def test_a_word_is_read_whatever_its_case(text, said):
    assert read_verb(text, CREATE) == said


def test_another_word_is_refused_with_what_is_allowed():
    near = read_verb("updte", CREATE)
    assert isinstance(near, Flaw)
    assert near.hint == 'Did you mean "update"?'
    other = read_verb("delete", CREATE)
    assert isinstance(other, Flaw)
    assert other.allowed == "create, update, skip, none"
    assert "another job" in other.hint.casefold()


def test_a_rows_word_goes_before_the_flag():
    assert on_exists_of("create", "update") == "fail"
    assert on_exists_of("update", "fail") == "update"
    assert on_exists_of("skip", "fail") == "skip"
    assert on_exists_of("", "skip") == "skip"
    assert on_exists_of("delete", "fail") == "fail"


def actions(job, inventory, *rows, **more):
    planned_rows, _, planner = planned(order_of(job, sheet_of(*rows), **more), inventory)
    assert planner.problems == []
    return [row.action for row in planned_rows]


@pytest.mark.parametrize(
    ("word", "action"),
    [
        ("", Action.CONFLICT),
        ("create", Action.CONFLICT),
        ("update", Action.UPDATE),
        ("skip", Action.SKIP),
        ("none", Action.SKIP),
    ],
)
def test_each_row_of_a_thing_that_is_there_is_done_as_it_says(word, action):
    row = user_row(action=word, first_name="Anna")
    assert actions(CREATE, centre(ana()), row) == [action]


def test_rows_of_one_sheet_say_different_things_and_blank_ones_what_the_flag_says():
    rows = [
        user_row(action="none", username="no one", password="short"),
        user_row(action="skip", username="new"),
        user_row(action="", first_name="Anna"),
    ]
    found = actions(CREATE, centre(ana()), *rows, on_exists="update")
    assert found == [Action.SKIP, Action.CREATE, Action.UPDATE]


def test_a_row_to_be_left_alone_is_not_looked_at_and_takes_no_key():
    left = user_row(action="none", routing_profile="No such", password="short")
    done = user_row(action="update", first_name="Anna")
    assert checked(CREATE, left, done, identity="CONNECT_MANAGED") == []
    assert actions(CREATE, centre(ana()), left, done) == [Action.SKIP, Action.UPDATE]


def test_what_only_a_new_thing_needs_is_asked_for_where_the_row_makes_one():
    lean = {"username": "ana", "first_name": "Anna", "action": "update"}
    assert checked(CREATE, lean, identity="CONNECT_MANAGED") == []
    assert actions(CREATE, centre(ana()), lean) == [Action.UPDATE]
    new = lean | {"username": "bea", "action": "create"}
    _, _, planner = planned(order_of(CREATE, sheet_of(new)), centre(ana()))
    assert ("missing-value", "Users!2") in said(planner.problems)


def test_a_wrong_word_is_said_at_its_cell():
    wrong = {"username": "ana", "routing_profile": "Basic", "action": "delete"}
    assert checked(MOVE, wrong) == [("not-allowed", "Users!C2")]


def test_two_such_columns_are_a_problem():
    found = match_headers(DELETE, Sheet(("username", "Action", "ACTION")))
    assert said(found.problems) == [("duplicate-header", "Users!C")]
    assert (found.action, found.used) == (1, {0, 1})


HOURS = load("create-hours-of-operation").job
QUEUES = replace(load("associate-routing-profile-queues").job, prefix="x:")


def test_rows_that_are_sent_together_have_no_action_of_their_own():
    assert allowed_verbs(HOURS) == ()
    assert read_verb(" ", HOURS) == ""
    flaw = read_verb("create", HOURS)
    assert "sent together" in flaw.message
    assert "say delete" in str(flaw.hint)


def test_in_a_workbook_an_entry_of_a_list_is_created_or_updated():
    assert allowed_verbs(QUEUES) == ("associate", "create", "update", "none")
    assert allowed_verbs(replace(QUEUES, prefix="")) == ("associate", "none")
