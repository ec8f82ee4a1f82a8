"""Circles of rows, cut where what a row names is filled in later."""

from __future__ import annotations

from bulkops.planning.knots import MOST_AWAITED, Fill, Knot, loosened
from bulkops.planning.plan import Need

CONTENT = frozenset({"content"})


def fill(row):
    return Fill(Need(row, "1"), CONTENT)


def test_rows_in_a_line_are_left_as_they_are():
    waits = {2: {3: {"content"}}, 3: {4: {"queue"}}}
    assert loosened(waits, {2: fill(2), 3: fill(3)}) == ({}, waits)


def test_a_circle_is_cut_where_it_can_be_filled_later_and_nowhere_else():
    waits = {2: {3: {"content"}, 9: {"content"}}, 3: {2: {"flow"}, 4: {"queue"}}}
    found = loosened(waits, {2: fill(2)})
    knot = Knot(frozenset({2, 3}), {2: Need(2, "1")})
    assert found.knots == {2: knot, 3: knot}
    assert found.waits == {2: {9: {"content"}}, 3: {2: {"flow"}, 4: {"queue"}}}


def test_what_names_itself_and_circles_of_several_are_cut_each_for_itself():
    waits = {2: {2: {"content"}}, 3: {4: {"content"}}, 4: {3: {"content"}}, 5: {3: {"content"}}}
    found = loosened(waits, {row: fill(row) for row in waits})
    assert found.knots[2].before(2) == (Need(2, "1"),)
    assert found.knots[3].before(4) == (Need(3, "1"), Need(4, "1"))
    assert 5 not in found.knots
    assert found.waits == {2: {}, 3: {}, 4: {}, 5: {3: {"content"}}}


def test_a_circle_that_nothing_cuts_stays_one():
    waits = {2: {3: {"group"}}, 3: {2: {"content", "group"}}}
    assert loosened(waits, {3: fill(3)}) == ({}, waits)


def test_outside_of_a_large_circle_only_what_is_named_is_waited_for():
    rows = range(2, MOST_AWAITED + 3)
    waits = {row: {row + 1: {"content"}} for row in rows} | {MOST_AWAITED + 3: {2: {"content"}}}
    knot = loosened(waits, {row: fill(row) for row in waits}).knots[2]
    assert knot.before(5) == (Need(5, "1"),)
