from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bulkops.sheets.input.cell_values import plain_text
from bulkops.sheets.safe_text import (
    CUT,
    GUARDED_STARTS,
    MOST_UNITS,
    cell_text,
    csv_plain,
    csv_safe,
    escaped,
    sheet_name,
)

STARTS = st.sampled_from(["", "=", "+", "-", "@", "\t", "\r", "\n", "'", "''", "\uff1d", '="'])
TEXTS = st.builds(lambda start, rest: start + rest, STARTS, st.text())


@given(TEXTS)
@example("'=1")
@example("'+15551234567")
@example('="00123"')
@example('\'="00123"')
@example("''''")
@example("'")
def test_what_is_made_safe_reads_back_as_it_was(text):
    assert csv_plain(csv_safe(text)) == text


@given(TEXTS)
@example("\0")
def test_what_is_guarded_begins_as_told(text):
    assert csv_safe(text) == text or text[0] in GUARDED_STARTS


@given(TEXTS)
def test_a_safe_value_never_begins_like_a_formula_unless_it_is_a_plain_number(text):
    safe = csv_safe(text)
    assert not safe or safe[0] not in "=@\t\r\n\0\uff1d\uff0b\uff0d\uff20"
    if safe.startswith(("+", "-")):
        assert safe[1:].replace(".", "", 1).isdigit()


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("+15551234567", "+15551234567"),
        ("-12.5", "-12.5"),
        ("0017", "0017"),
        ("=1+1", "'=1+1"),
        ("+1 555 123", "'+1 555 123"),
        ("+1234567890123456", "'+1234567890123456"),
        ("+1-2", "'+1-2"),
        ("-", "'-"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\uff1d1", "'\uff1d1"),
        ("O'Brien", "O'Brien"),
        ("'quoted'", "'quoted'"),
        ("+١٢٣", "'+١٢٣"),
    ],
)
def test_only_what_would_be_a_formula_is_guarded(text, safe):
    assert csv_safe(text) == safe


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ("'+15551234567", "+15551234567"),
        ('="00123"', "00123"),
        ('="say ""hi"""', 'say "hi"'),
        ("=A1", "=A1"),
        ("'tis", "'tis"),
        ("", ""),
    ],
)
def test_the_guards_that_people_and_exports_use_are_taken_off(value, plain):
    assert csv_plain(value) == plain


@given(st.lists(TEXTS.filter(lambda text: "\0" not in text), min_size=1))
def test_values_survive_the_csv_module_as_well(texts):
    stream = io.StringIO(newline="")
    csv.writer(stream).writerow([csv_safe(text) for text in texts])
    stream.seek(0)
    (row,) = csv.reader(stream, strict=True)
    assert [csv_plain(value) for value in row] == texts


def test_control_characters_become_their_pictures():
    assert cell_text("a\x1b[31mb\x00\x0b\t\n\r") == "a\u241b[31mb\u2400\u240b\t\n\r"
    assert cell_text("\ud800 \uffff \ufffe") == "\ufffd \ufffd \ufffd"


@given(st.text())
def test_a_cell_never_holds_what_a_workbook_can_not(text):
    done = cell_text(text)
    assert cell_text(done) == done
    done.encode("utf-16-le")


def test_length_is_counted_in_utf_16_units():
    assert cell_text("x" * MOST_UNITS) == "x" * MOST_UNITS
    long = cell_text("x" * (MOST_UNITS + 1))
    assert (len(long), long[-len(CUT) :]) == (MOST_UNITS, CUT)
    emoji = cell_text("\U0001f600" * 20_000)
    assert emoji.endswith(CUT)
    assert len(emoji.encode("utf-16-le")) // 2 in {MOST_UNITS, MOST_UNITS - 1}
    assert cell_text("\U0001f600" * 16_383) == "\U0001f600" * 16_383


@given(st.text(st.characters(exclude_characters="\0", codec="utf-8")))
@example("_x000D_")
@example("_x005F_x000D_")
@example("a\r\nb")
def test_office_escapes_round_trip(text):
    assert plain_text(escaped(text)) == (text, "")


@pytest.mark.parametrize(
    ("wish", "taken", "name"),
    [
        ("Results", (), "Results"),
        ("Results", ("RESULTS",), "Results (2)"),
        ("Results", ("Results", "results (2)"), "Results (3)"),
        ("a[b]:c*?/\\d", (), "a-b--c----d"),
        ("'quoted'", (), "quoted"),
        ("", (), "Sheet"),
        ("History", (), "History-"),
        ("x" * 40, (), "x" * 31),
        ("x" * 40, ("x" * 31,), "x" * 27 + " (2)"),
        ("\U0001f600" * 20, (), "\U0001f600" * 15),
    ],
)
def test_sheet_names_are_what_excel_allows(wish, taken, name):
    assert sheet_name(wish, taken) == name
