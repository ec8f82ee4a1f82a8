from __future__ import annotations

import re
import sqlite3
from importlib.resources import files

import pytest

from bulkops.ledger.queries import parse, queries, schema


def test_statements_are_found_by_name():
    text = (
        "-- Head.\n\n-- name: one\n-- What for.\nSELECT 1;\n\n-- name: two\n-- And.\nSELECT\n2;\n"
    )
    assert parse(text) == {"one": "SELECT 1;", "two": "SELECT\n2;"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "-- name: one\n-- A.\nSELECT 1;\n-- name: one\n-- B.\nSELECT 2;",
            "2 statements are marked, but only 1",
        ),
        ("-- name: one\nSELECT 1;\n", "1 statements are marked, but only 0"),
        ("-- name: one\n--\nSELECT 1;\n", "1 statements are marked, but only 0"),
    ],
)
def test_a_statement_without_its_own_name_and_comment_is_refused(text, said):
    with pytest.raises(ValueError, match=said):
        parse(text)


@pytest.fixture(scope="module")
def empty():
    database = sqlite3.connect(":memory:")
    database.executescript(schema())
    yield database
    database.close()


@pytest.mark.parametrize("name", queries())
def test_every_statement_fits_the_schema(empty, name):
    text = queries()[name]
    values = dict.fromkeys(re.findall(r":(\w+)", text), 0)
    assert empty.execute(f"EXPLAIN {text}", values).fetchone() is not None


def test_every_statement_is_used():
    code = "".join(
        entry.read_text(encoding="utf-8")
        for entry in files("bulkops.ledger").iterdir()
        if entry.name.endswith(".py")
    )
    assert [name for name in queries() if f'"{name}"' not in code] == []


@pytest.mark.parametrize(
    ("name", "used"),
    [
        (
            "ready",
            "SEARCH call USING INDEX call_open (lane=? AND waiting=? AND open_needs=? AND turn<?)",
        ),
        ("count_needs", "SEARCH call USING INTEGER PRIMARY KEY (rowid=?)"),
        ("lanes", "SCAN call USING INDEX call_open"),
        ("move", "SEARCH call USING INTEGER PRIMARY KEY (rowid=?)"),
        ("release_next", "SEARCH call USING INTEGER PRIMARY KEY (rowid=?)"),
        ("derive_status", "SEARCH call_row USING COVERING INDEX call_row_row (row=?)"),
        ("result_rows", "SEARCH row USING INTEGER PRIMARY KEY (rowid>?)"),
    ],
)
def test_what_is_asked_for_often_is_found_by_index(empty, name, used):
    text = queries()[name]
    values = dict.fromkeys(re.findall(r":(\w+)", text), 0)
    plan = [step[3] for step in empty.execute(f"EXPLAIN QUERY PLAN {text}", values)]
    assert used in plan
    if name == "ready":
        assert not [step for step in plan if "TEMP B-TREE" in step]
