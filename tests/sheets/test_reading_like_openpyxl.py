"""The reader against openpyxl: another implementation says the same of every cell."""

from __future__ import annotations

import itertools
import warnings
from datetime import datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH

from bulkops.sheets.input.cell_values import plain_text, text_of
from bulkops.sheets.input.number_looks import look_of, read_looks
from bulkops.sheets.input.reader import read_table
from tests.sheets.gallery import FORMATS, MAIN, cell, grid, row, sheet_xml, xlsx

HEADERS = ("one", "two", "three", "four")
SAMPLES = Path(__file__).parents[2] / "samples"


def by_openpyxl(path, sheet, width):
    """Return row → texts, and the doubts by row and column, as openpyxl reads the file."""
    texts, doubts = {}, set()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        values, written = (
            openpyxl.load_workbook(path, read_only=True, data_only=data_only)
            for data_only in (True, False)
        )
        for book in (values, written):
            book[sheet].reset_dimensions()
        rows = zip(values[sheet].iter_rows(), written[sheet].iter_rows(), strict=True)
        for number, (cells, formulas) in enumerate(rows, 1):
            found = []
            for each, formula in zip(cells, formulas, strict=True):
                text, doubt = _read(each)
                if formula.data_type == "f" and each.value is None and each.data_type != "str":
                    doubt = "formula-without-value"
                found.append(text)
                if doubt:
                    doubts.add((number, len(found), doubt))
            fitting = tuple((found + [""] * width)[:width])
            if "".join(fitting).strip():
                texts[number] = fitting
    return texts, doubts


def _read(each):
    if each.value is None:
        return "", ""
    if isinstance(each.value, str):
        text, doubt = plain_text(each.value)
        return text, "error-cell" if each.data_type == "e" else doubt
    return text_of(each.value, lambda: each.number_format or "")


def assert_alike(path, sheet=None):
    table = read_table(path, sheet=sheet, known_headers=())
    texts, doubts = by_openpyxl(path, table.sheet, len(table.headers))
    below = {number: cells for number, cells in texts.items() if number > table.top}
    assert {record.number: record.cells for record in table.records()} == below
    assert table.headers == _trimmed(texts[table.top])
    told = {(each.address.row, each.address.column, each.code) for each in table.problems}
    named = {index for index, header in enumerate(table.headers, 1) if header.strip()}
    expected = {each for each in doubts if each[0] > table.top and each[1] in named}
    kinds = {code for *_, code in doubts}
    assert {each for each in told if each[2] in kinds and each[1] in named} == expected


def _trimmed(texts):
    while texts and not texts[-1].strip():
        texts = texts[:-1]
    return texts


plain = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
)
escaped = st.sampled_from(["a_x000D_b", "_x0000_", "_x005F_x0041_", "<&>'\"", " a ", "#N/A", ""])
texts = plain | escaped
numbers = st.one_of(
    st.integers(-(10**17), 10**17),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(0, 3_000_000),
    st.floats(0, 3_000_000),
    st.sampled_from(["1E5", "0.1", "-0", "007", "1e3", "60", "59.999999999", "0.5"]),
)
styles = st.sampled_from([0, *FORMATS.values()])


@st.composite
def cells(draw, place, shared):
    kind = draw(st.sampled_from(["n", "", "s", "b", "e", "str", "inlineStr", "d", "none", "rich"]))
    style, formula = draw(styles), draw(st.sampled_from([None, None, None, "A1+1"]))
    if kind == "rich":
        runs = "".join(
            f"<r><rPr><b/></rPr><t>{_xml(text)}</t></r>" for text in draw(st.lists(texts))
        )
        said = '<rPh sb="0" eb="1"><t>kana</t></rPh><phoneticPr fontId="1"/>'
        return f'<c r="{place}" t="inlineStr"><is>{runs}{said}</is></c>'
    if kind == "none":
        return cell(place, style=style, formula=formula)
    value = {
        "s": st.integers(0, shared - 1),
        "b": st.sampled_from([0, 1]),
        "e": st.sampled_from(["#N/A", "#REF!", "#DIV/0!"]),
        "d": st.datetimes(
            datetime.fromisoformat("1900-03-01"), datetime.fromisoformat("2200-01-01")
        ).map(lambda each: each.replace(microsecond=0).isoformat()),
    }.get(kind, texts if kind in {"str", "inlineStr"} else numbers)
    return cell(place, draw(value), kind=kind or "n", style=style, formula=formula)


def _xml(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


@st.composite
def books(draw):
    shared = draw(st.lists(texts, min_size=1, max_size=5))
    rows, number = grid([HEADERS]), 1
    for _ in range(draw(st.integers(1, 5))):
        number += draw(st.integers(1, 3))
        columns = draw(st.lists(st.sampled_from("ABCDEF"), unique=True, max_size=4))
        made = [draw(cells(f"{column}{number}", len(shared))) for column in sorted(columns)]
        rows += row(number, made)
    strings = "".join(f'<si><t xml:space="preserve">{_xml(text)}</t></si>' for text in shared)
    return sheet_xml(rows), f'<sst xmlns="{MAIN}">{strings}</sst>'


def _book(path, sheet, strings):
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{main}.sheet.main+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{main}.sharedStrings+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{main}.worksheet+xml"/>'
        "</Types>"
    )
    parts = {"xl/sharedStrings.xml": strings, "[Content_Types].xml": types}
    return xlsx(path, [("Users", "visible", sheet)], parts=parts)


@settings(
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(book=books())
def test_every_cell_of_a_drawn_workbook_reads_as_openpyxl_reads_it(tmp_path, book):
    assert_alike(_book(tmp_path / "a.xlsx", *book))


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.xlsx")), ids=lambda path: path.name)
def test_every_sample_reads_as_openpyxl_reads_it(path):
    assert_alike(path)


@settings(max_examples=500)
@given(st.text('dmhysDMHYS0#.,;:"[]\\_$-@/ eERrdt%+?*()', max_size=12))
@example("[Red]0")
@example('"days" 0')
@example("[h]:mm:ss")
@example("[$-409]d\\-mmm")
@example("General")
def test_a_format_shows_a_date_where_openpyxl_says_so(code):
    look = look_of(code)
    assert (look.date, look.duration) == (is_date_format(code), is_timedelta_format(code))


def test_the_built_in_formats_are_known(tmp_path):
    looks = "".join(f'<xf numFmtId="{number}"/>' for number in range(60))
    path = tmp_path / "styles.xml"
    path.write_text(f'<styleSheet xmlns="{MAIN}"><cellXfs>{looks}</cellXfs></styleSheet>')
    with path.open("rb") as stream:
        found = read_looks(stream)
    for number, look in enumerate(found):
        code = BUILTIN_FORMATS.get(number)
        assert (look.date, look.duration) == (is_date_format(code), is_timedelta_format(code))


def test_the_calendar_from_1904_is_that_of_openpyxl(tmp_path):
    book = openpyxl.Workbook()
    book.epoch = MAC_EPOCH
    page = book.active
    page.append(["one"])
    moments = map(datetime.fromisoformat, ("1904-01-02", "2026-11-30T11:37:05"))
    for moment in itertools.chain(moments, (time(8, 30), timedelta(hours=30))):
        page.append([moment])
    book.save(tmp_path / "a.xlsx")
    assert_alike(tmp_path / "a.xlsx")
