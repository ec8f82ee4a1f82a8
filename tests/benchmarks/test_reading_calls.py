from __future__ import annotations

import csv
from pathlib import Path

from tests.benchmarks.reading_calls import COLUMNS, JOBS, NAMES, compared, looks, reading, rows


def test_what_a_look_asks_is_counted_by_operation_on_a_clock_of_its_own():
    for _ in range(2):
        calls, seconds = reading("update-user-routing-profiles", 5, 40)
        assert calls == {"ListUsers": 1, "ListRoutingProfiles": 1, "SearchUsers": 1}
        assert seconds < 1


def test_every_sheet_names_users_that_are_there_once_each():
    for job in JOBS:
        _, text = rows(job, 25, 40)
        _, *lines = text.splitlines()
        names = {line.partition(",")[0] for line in lines}
        assert len(names) == 25
        assert names <= {f"agent{number:05d}" for number in range(1, 37)}


def test_the_kept_figures_are_of_the_looks_that_are_taken():
    kept = Path(__file__).with_name("results") / "reading_calls.csv"
    records = list(csv.DictReader(kept.read_text(encoding="utf-8").splitlines()))
    assert tuple(records[0]) == COLUMNS
    taken = [(job, names) for things in (20, 500, 5_000, 50_000) for job, names in looks(things)]
    assert [(each["job"], int(each["names"])) for each in records] == taken
    assert {names for _, names in taken} == set(NAMES)


def test_two_trees_are_compared_look_by_look():
    look = {"job": "j", "things": 5, "names": 1}
    old = {**look, "calls": {"ListUsers": 2, "SearchUsers": 1}, "seconds": 1.26}
    new = {**look, "calls": {"ListUsers": 1}, "seconds": 0.0}
    (record,) = compared([old], [new])
    assert record == {
        **look,
        "calls_before": 3,
        "seconds_before": "1.3",
        "calls_after": 1,
        "seconds_after": "0.0",
    }
