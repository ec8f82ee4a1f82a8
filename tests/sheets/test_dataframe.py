from __future__ import annotations

import numpy as np
import pandas as pd

from bulkops.problems import Severity
from bulkops.sheets.input.dataframe import from_frame, to_frame

KNOWN = ("username", "phone", "start")


def test_ids_beside_missing_values_stay_ids():
    frame = pd.DataFrame(
        {
            "username": ["0017", None, "NA", "x"],
            "phone": [1001.0, float("nan"), 15551234567.0, 0.5],
            "active": [True, None, False, pd.NA],
            "count": np.array([1, 2, 3, 4], dtype="int64"),
        }
    )
    table = from_frame(frame, known_headers=KNOWN)
    assert [(record.number, record.cells) for record in table.records()] == [
        (2, ("0017", "1001", "TRUE", "1")),
        (3, ("", "", "", "2")),
        (4, ("NA", "15551234567", "FALSE", "3")),
        (5, ("x", "0.5", "", "4")),
    ]
    assert table.headers == ("username", "phone", "active", "count")
    assert table.problems == ()
    assert (table.kind, table.file) == ("frame", "DataFrame")
    assert str(table.address(3, 2)) == 'line 3, column "phone"'


def test_rows_of_missing_values_alone_are_no_records():
    frame = pd.DataFrame({"username": ["ana", None, "bob"]}, index=[9, 8, 7])
    assert [record.number for record in from_frame(frame).records()] == [2, 4]


def test_dates_are_problems_outside_columns_of_dates():
    frame = pd.DataFrame(
        {
            "start": pd.to_datetime(["2024-03-04", None]),
            "phone": [pd.Timedelta(hours=26, minutes=3), pd.NaT],
            "other": pd.to_datetime(["2024-03-04 08:30", "2024-03-05 00:00"]),
        }
    )
    table = from_frame(frame, known_headers=KNOWN, date_headers=["start"])
    assert [record.cells for record in table.records()] == [
        ("2024-03-04", "26:03:00", "2024-03-04T08:30:00"),
        ("", "", "2024-03-05"),
    ]
    assert [(each.code, each.address.row, each.severity) for each in table.problems] == [
        ("time-in-text", 2, Severity.ERROR)
    ]


def test_numbers_that_lost_digits_and_control_characters_are_problems():
    frame = pd.DataFrame({"phone": [1e17, 1.0], "username": ["a\0b", "\ud800"]}, dtype="object")
    table = from_frame(frame, known_headers=KNOWN)
    assert [each.code for each in table.problems] == ["too-many-digits", "control-character"]
    assert [record.cells[1] for record in table.records()] == ["a\u2400b", "\ud800"]


def test_duplicate_and_odd_column_names_stay():
    frame = pd.DataFrame([["a", "b", "c"]], columns=["e", "e", 5])
    table = from_frame(frame)
    assert table.headers == ("e", "e", "5")
    assert [record.cells for record in table.records()] == [("a", "b", "c")]


def test_the_digest_is_that_of_the_values():
    one = from_frame(pd.DataFrame({"a": ["x"]}))
    assert one.sha256 == from_frame(pd.DataFrame({"a": ["x"]}, index=[5])).sha256
    assert one.sha256 != from_frame(pd.DataFrame({"a": ["y"]})).sha256
    assert one.sha256 != from_frame(pd.DataFrame({"b": ["x"]})).sha256


def test_text_becomes_a_frame_of_text_and_comes_back():
    rows = [("0017", "NA", ""), ("1E5", "TRUE", "2024-03-04")]
    frame = to_frame(("a", "b", "b"), rows)
    assert [tuple(row) for row in frame.itertuples(index=False, name=None)] == rows
    assert [record.cells for record in from_frame(frame).records()] == rows
    assert to_frame(("a",), []).shape == (0, 1)
