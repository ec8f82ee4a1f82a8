from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkops.ledger.states import RowStatus
from bulkops.planning.rows.row_names import RowNames
from bulkops.reports.causes import (
    EXAMPLES,
    MESSAGE_LENGTH,
    MOST_CAUSES,
    VARIOUS,
    Causes,
    pattern,
    row_list,
    summary_line,
)
from tests.reports.paper import failed, result


def caused(*rows):
    causes = Causes()
    for row in rows:
        causes.add(row)
    return causes


def test_a_run_is_said_in_one_line():
    counts = {RowStatus.SUCCEEDED: 1187, RowStatus.FAILED: 4, RowStatus.UNCHANGED: 9}
    assert summary_line(counts) == (
        "1,187 succeeded, 4 failed, 9 unchanged, 0 unknown, 0 pending, 1,200 total"
    )


def test_invalid_and_skipped_rows_are_named_where_there_are_any():
    counts = {RowStatus.INVALID: 2, RowStatus.SKIPPED: 1, RowStatus.PENDING: 3}
    assert summary_line(counts) == (
        "0 succeeded, 0 failed, 2 invalid, 0 unchanged, 1 skipped, 0 unknown, 3 pending, 6 total"
    )


@pytest.mark.parametrize(
    ("message", "common"),
    [
        ('User "ana" already exists', "User … already exists"),
        ("User 'ana b' is not it's own", "User … is not it's own"),
        ("«a» and “b”", "… and …"),
        ("Queue arn:aws:connect:x is gone", "Queue … is gone"),
        ("ana@example.com is taken", "… is taken"),
        ("user17 has 3 of 5", "… has … of …"),
        ('"a" "b" 7 are\n  bad', "… are bad"),
        ('an open " quote', 'an open " quote'),
        ("", ""),
    ],
)
def test_what_is_special_to_one_row_is_left_out_of_a_pattern(message, common):
    assert pattern(message) == common


def test_a_pattern_looks_at_the_beginning_of_a_long_message():
    assert pattern("a" * MESSAGE_LENGTH + "b") == "a" * MESSAGE_LENGTH


@given(st.text())
def test_a_pattern_is_its_own_pattern(message):
    assert pattern(pattern(message)) == pattern(message)


def test_rows_of_one_cause_are_one_cause():
    same = "A user with that name already exists"
    causes = caused(failed(2, same, hint="Skip."), result(3), failed(4, same, hint="Skip."))
    (cause,) = causes.largest()
    assert (cause.status, cause.code) == (RowStatus.FAILED, "DuplicateResourceException")
    assert (cause.message, cause.hint, cause.count, cause.rows) == (same, "Skip.", 2, [2, 4])


def test_messages_that_differ_in_a_name_show_what_they_have_in_common():
    (cause,) = caused(failed(2, 'User "a" exists'), failed(3, 'User "b" exists')).largest()
    assert cause.message == "User … exists"


def test_hints_that_differ_are_left_to_the_rows():
    (cause,) = caused(failed(2, hint='Did you mean "a"?'), failed(3, hint="")).largest()
    assert cause.hint == ""


def test_code_status_and_message_tell_causes_apart():
    causes = caused(
        failed(2), failed(3, code="Other"), failed(4, "else"), result(5, RowStatus.UNKNOWN)
    )
    assert len(causes) == 4


def test_the_largest_causes_come_first_and_then_those_of_the_first_rows():
    causes = caused(failed(2, "a"), failed(3, "b"), failed(4, "c"), failed(5, "c"))
    assert [cause.message for cause in causes.largest()] == ["c", "a", "b"]
    assert [cause.message for cause in causes.largest(1)] == ["c"]


def test_only_the_first_rows_of_a_cause_are_named():
    (cause,) = caused(*(failed(number) for number in range(2, 40))).largest()
    assert cause.rows == list(range(2, 2 + EXAMPLES))
    assert cause.count == 38


def test_beyond_so_many_messages_failures_are_told_apart_by_their_code():
    words = [f"{a}{b}" for a in "abcdefghijklmnopqrstuvwxyz" for b in "abcdefghijklmnopqrstuvwxyz"]
    causes = caused(*(failed(number, word) for number, word in enumerate(words)))
    assert len(causes) == MOST_CAUSES + 1
    rest = causes.largest()[0]
    assert (rest.message, rest.count) == (VARIOUS, len(words) - MOST_CAUSES)


def test_rows_are_listed_as_far_as_they_are_known():
    assert row_list([17, 23], 2, RowNames()) == "17, 23"
    assert row_list([17, 23], 1203, RowNames()) == "17, 23 and 1,201 more"
