from __future__ import annotations

import pytest

from bulkops.errors import SelectionError
from bulkops.planning.rows.selection import Selection, row_test
from tests.planning.paper import MOVE, Sheet, order_of

SHEET = Sheet(
    ["Login", "routing profile", "Team"],
    ["ana", "Basic", "Dublin"],
    ["bob", "Sales", "Cork"],
    ["cat", "Basic", ""],
    ["dan", "basic ", "dublin north"],
)


def numbers(**selected):
    return [record.number for record in order_of(MOVE, SHEET, **selected).records()]


@pytest.mark.parametrize(
    ("rows", "found"),
    [("", [2, 3, 4, 5]), ("3", [3]), ("3,4-5", [3, 4, 5]), (" 4- ", [4, 5]), ("9-12,", [])],
)
def test_rows_are_chosen_by_the_numbers_of_the_sheet(rows, found):
    assert numbers(rows=rows) == found


@pytest.mark.parametrize(
    ("where", "found"),
    [
        (["routing_profile=BASIC"], [2, 4, 5]),
        (["routing profile!=basic"], [3]),
        (["Team~dub"], [2, 5]),
        (["team ="], [4]),
        (["team!="], [2, 3, 5]),
        (["team~dub", "username=ana"], [2]),
    ],
)
def test_rows_are_chosen_by_all_conditions_at_once(where, found):
    assert numbers(where=where) == found


def test_a_limit_counts_chosen_rows():
    assert numbers(where=["routing_profile=basic"], limit=2) == [2, 4]


def test_an_empty_selection_says_so():
    assert not Selection.of()
    assert Selection.of(limit=1)
    assert Selection.of(rows="1")


@pytest.mark.parametrize(
    ("selected", "says"),
    [
        ({"rows": "x"}, '--rows: "x" is not a row or a span such as 9-12.'),
        ({"rows": "9-3"}, '--rows: "9-3" ends before it begins.'),
        ({"limit": 0}, "--limit 0: allowed is 1 or more."),
        (
            {"where": ["team"]},
            '--where: "team" is not column=value, column!=value or column~part.',
        ),
    ],
)
def test_what_cannot_be_understood_is_refused(selected, says):
    with pytest.raises(SelectionError) as caught:
        Selection.of(**selected)
    assert str(caught.value) == says


def test_a_condition_on_a_column_that_is_not_there_gets_the_nearest():
    with pytest.raises(SelectionError, match=r'no column "Rooting profile"\. Did you mean'):
        numbers(where=["Rooting profile=x"])


def test_rows_of_texts_are_chosen_by_the_headers_that_they_stand_under():
    rows = [("ana", "Basic"), ("bob", "Sales"), ("cat", "basic")]
    headers = ("username", "routing_profile")
    chosen = row_test(["Routing Profile=BASIC", "username!=cat"], headers)
    assert [row for row in rows if chosen(row)] == [("ana", "Basic")]
    assert all(map(row_test([], headers), rows))


def test_a_condition_on_a_header_that_is_not_there_gets_the_nearest():
    with pytest.raises(SelectionError) as caught:
        row_test(["usrname=ana"], ("username", "routing_profile"))
    assert str(caught.value) == ('--where: there is no column "usrname". Did you mean "username"?')
    with pytest.raises(SelectionError) as caught:
        row_test(["zone=x"], ("username",))
    assert str(caught.value) == '--where: there is no column "zone".'
