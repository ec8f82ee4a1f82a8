"""What differs between two instances, in the words of their sheets."""

from __future__ import annotations

import pytest

from bulkops.definition.catalogue import load
from bulkops.definition.job import Column, Job
from bulkops.planning.left_out import ALL, ROW, LeftOut
from bulkops.planning.promotion.instance_differences import (
    FieldDifference,
    Side,
    sheet_differences,
)


def job(key=("queue",), **more):
    names = ("queue", "day", "hours", "tags", "rule")
    kinds = {"tags": {"kind": "tags", "split": ";|"}, "rule": {"kind": "json"}}
    columns = tuple(Column(name=name, help="", **kinds.get(name, {})) for name in names)
    return Job(name="j", summary="", key=key, columns=columns, steps=(), **more)


def rows(*texts):
    return [[*text.split(","), *[""] * 5][:5] for text in texts]


def compared(here, there, key=("queue",), **special):
    left_out = special.pop("left_out", ())
    return sheet_differences(
        "Queues", job(key), rows(*here), rows(*there), special=special, left_out=left_out
    )


def test_things_of_one_side_alone_are_told_by_their_names():
    found = compared(["a", "b"], ["b", "c"])
    assert [(each.key, each.side, each.fields) for each in found.found] == [
        ("a", Side.HERE, ()),
        ("c", Side.THERE, ()),
    ]
    assert found.same == 1
    assert found.counts() == {Side.HERE: 1, Side.THERE: 1}


def test_a_thing_of_both_differs_by_its_fields():
    (found,) = compared(["a,Mon,Basic"], ["a,Tue,Basic"]).found
    assert found.side is Side.BOTH
    assert found.fields == (FieldDifference(field="day", here="Mon", there="Tue"),)


def test_what_only_one_side_says_is_a_difference():
    (found,) = compared(["a,,Basic"], ["a"]).found
    assert found.fields == (FieldDifference(field="hours", here="Basic", there=""),)


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("a,,,x=1;y=2", "a,,,y=2| x=1"),
        ('a,,,,{"b":1}', 'a,,,,{ "b": 1 }'),
    ],
)
def test_the_order_of_values_and_the_looks_of_json_do_not_count(here, there):
    assert compared([here], [there]).found == []


@pytest.mark.parametrize(
    ("here", "there"), [("a,,,x=1", "a,,,x=2"), ('a,,,,{"b":1}', "a,,,,[]"), ("a,,,,{", "a,,,,}")]
)
def test_other_values_do(here, there):
    assert len(compared([here], [there]).found) == 1


def test_rows_about_one_thing_are_compared_as_a_whole_in_any_order():
    here, there = ["a,Mon,8", "a,Tue,9"], ["a,Tue,9", "a,Mon,8"]
    assert compared(here, there).found == []
    (found,) = compared(here, ["a,Tue,9", "a,Mon,7", "a,Wed,"]).found
    assert found.fields == (
        FieldDifference(field="row", here="day Mon, hours 8", there=""),
        FieldDifference(field="row", here="", there="day Mon, hours 7"),
        FieldDifference(field="row", here="", there="day Wed"),
    )


def test_a_key_of_several_columns_is_shown_whole():
    found = compared(["a,Mon,8"], [], key=("queue", "day")).found
    assert found[0].key == "a / Mon"


def test_special_columns_are_compared_by_their_own_function():
    def by_case(here, there):
        if here.lower() != there.lower():
            yield FieldDifference(field="flow", here=here, there=there)

    assert compared(["a,X"], ["a,x"], day=by_case).found == []
    (found,) = compared(["a,X"], ["a,y"], day=by_case).found
    assert found.fields == (FieldDifference(field="flow", here="X", there="y"),)


def unknown(thing, what):
    return [LeftOut(thing, what, "as it is", is_unknown=True)]


def test_what_was_not_read_is_not_compared_but_what_is_left_out_for_good_is():
    here, there = ["a,Mon,8"], ["a,,9"]
    (found,) = compared(here, there, left_out=unknown(ALL, "day")).found
    assert [each.field for each in found.fields] == ["hours"]
    (found,) = compared(here, there, left_out=unknown("A", "hours")).found
    assert [each.field for each in found.fields] == ["day"]
    known = [LeftOut(ALL, "day", "the service tells it of none")]
    (found,) = compared(here, there, left_out=known).found
    assert [each.field for each in found.fields] == ["day", "hours"]
    here, there = ["a,Mon,8", "a,Tue,9"], ["a,,8", "a,,9"]
    assert compared(here, there, left_out=unknown(ALL, "day")).found == []


def test_of_a_row_that_is_not_known_only_what_both_say_is_compared():
    found = compared(["a,Mon,8", "b"], ["a,,9", "c"], left_out=unknown("a", ROW))
    assert [(each.key, [one.field for one in each.fields]) for each in found.found] == [
        ("a", ["hours"]),
        ("b", []),
        ("c", []),
    ]
    found = compared(["a,Mon", "b"], ["b"], left_out=unknown("a", ROW))
    assert (found.found, found.same, found.not_known) == ([], 1, 1)


def hours(*rows):
    """Rows of create-hours-of-operation: name, time zone, day, opens, closes."""
    job = load("create-hours-of-operation").job
    names = ("hours_of_operation", "time_zone", "day", "opens", "closes")
    said = [dict(zip(names, row.split(","), strict=False)) for row in rows]
    return [[row.get(column.name, "") for column in job.columns] for row in said]


def test_rows_that_make_a_thing_together_are_one_thing_whichever_comes_first():
    job = load("create-hours-of-operation").job
    here = hours("Office,UTC,MONDAY,08:00,17:00", "Office,,TUESDAY,08:00,17:00", "Night,UTC")
    there = hours("Office,UTC,TUESDAY,08:00,17:00", "Office,,MONDAY,08:00,17:00")
    found = sheet_differences("Hours", job, here, there)
    assert [(each.key, each.side) for each in found.found] == [("Night", Side.HERE)]
    assert found.same == 1
    other = hours("Office,Europe/Dublin,TUESDAY,08:00,17:00", "Office,,MONDAY,09:00,17:00")
    (found,) = sheet_differences("Hours", job, here[:2], other).found
    assert [(each.field, each.here, each.there) for each in found.fields] == [
        ("time_zone", "UTC", "Europe/Dublin"),
        ("row", "day MONDAY, opens 08:00, closes 17:00", ""),
        ("row", "", "day MONDAY, opens 09:00, closes 17:00"),
    ]
