from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkops.planning.rows.table import Record
from bulkops.sheets.input.packed_rows import PackedRows
from bulkops.sheets.name_lists import quoted, spans

CELLS = st.lists(st.text().filter(lambda text: "\0" not in text), min_size=1).map(tuple)


@given(st.lists(CELLS))
def test_rows_come_out_as_they_went_in_again_and_again(rows):
    packed = PackedRows()
    for number, cells in enumerate(rows, 5):
        packed.append(number * 2, cells)
    expected = [Record(number * 2, cells) for number, cells in enumerate(rows, 5)]
    assert list(packed) == expected
    assert list(packed) == expected
    assert len(packed) == len(rows)
    assert list(packed.numbers) == [record.number for record in expected]


def test_a_row_is_found_by_its_number():
    packed = PackedRows()
    packed.append(2, ("ana",))
    packed.append(7, ("bob", "\ud800"))
    assert packed.find(7) == Record(7, ("bob", "\ud800"))
    for absent in (1, 3, 8):
        with pytest.raises(KeyError):
            packed.find(absent)
    assert repr(packed) == "<PackedRows 2 rows, 10 bytes>"


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([], ""),
        ([4], "4"),
        ([4, 7, 8, 9], "4, 7-9"),
        (range(1, 30, 2), "1, 3, 5, 7, 9, 11, 13, 15, 17, 19 and 5 more"),
    ],
)
def test_numbers_are_told_as_spans(numbers, words):
    assert spans(numbers) == words


def test_long_lists_of_names_are_cut():
    assert quoted(["a", "b", "c"], most=2) == '"a", "b" and 1 more'
