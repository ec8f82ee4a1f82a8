from __future__ import annotations

import re
import tempfile
import zipfile
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pandas as pd
import pytest
import python_calamine
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import column_index_from_string

from bulkops.sheets.output import styles
from bulkops.sheets.output.sheet_writer import set_text
from bulkops.sheets.output.table_writer import WorkbookWriter
from bulkops.sheets.safe_text import cell_text

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SEQUENCE = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState",
    "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting",
    "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter",
    "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects",
    "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
"""The order of a worksheet's parts (ECMA-376, part 1, CT_Worksheet)."""

ODD = (
    "=1+1", "+15551234567", "00123", "<b>&amp;\"'", "]]>", "_x000D_", "_x", "x_x0041_", "a\r\nb",
    "\ttab", " before", "after ", "two\n lines", "\n", "  ", "", "\x1b[31m", "half \ud800",
    "\uffff", "\u2028", "\u00a0", "José 😀", "y" * 32_768, "😀" * 16_384, "https://a.example",
    "TRUE",
)  # fmt: skip
TEXTS = st.one_of(st.sampled_from(ODD), st.text(max_size=20))
VALUES = st.one_of(
    TEXTS,
    st.none(),
    st.integers(-(10**17), 10**17),
    st.floats(),
)
FILLS = st.sampled_from(["", "failed", "header", "added"])
ROWS = st.lists(st.tuples(st.lists(VALUES, max_size=5), FILLS), max_size=6)


def ours(path, rows):
    with WorkbookWriter(path) as book:
        sheet = book.sheet("A")
        for values, fill in rows:
            sheet.row(values, fill=fill)


def theirs(path, rows):
    """Write the same by openpyxl's own writer, cell by cell."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("A")
    for values, fill in rows:
        sheet.append([_cell(sheet, value, fill) for value in values])
    book.save(path)


def _cell(sheet, value, fill):
    if value is None and not fill:
        return None
    cell = WriteOnlyCell(sheet)
    text = isinstance(value, str) or not (value is None or abs(value) < 10**15)
    cell.font = styles.WHITE if fill in styles.HEADERS else styles.PLAIN
    if fill:
        cell.fill = styles.HEADERS.get(fill) or styles.fill(fill)
        cell.border = styles.GRID
    cell.alignment = styles.UPPER if text else styles.NUMBER
    if text:
        cell.number_format, cell.quotePrefix = styles.TEXT_FORMAT, True
        set_text(cell, str(value))
    else:
        cell.value = value
    return cell


def look(cell):
    """Return all of a cell's look, as texts: proxies of styles are never equal."""
    own = (cell.font, cell.fill, cell.border, cell.alignment)
    return (*map(repr, own), cell.number_format, cell.quotePrefix)


def cells(path):
    sheet = openpyxl.load_workbook(path)["A"]
    return [[(cell.value, cell.data_type, look(cell)) for cell in row] for row in sheet.iter_rows()]


@settings(deadline=None, max_examples=60)
@example([([text], "") for text in ODD])
@example([(list(ODD), "failed")])
@example([([None, 1, None], "failed"), ([], ""), ([None, "x"], "")])
@given(ROWS)
def test_every_cell_is_as_openpyxl_would_have_written_it(rows):
    with tempfile.TemporaryDirectory() as folder:
        mine, reference = Path(folder) / "mine.xlsx", Path(folder) / "reference.xlsx"
        ours(mine, rows)
        theirs(reference, rows)
        for one, other in zip(cells(mine), cells(reference), strict=True):
            assert one == other


def told_alike(text):
    """Tell what all readers take for the same: of a carriage return, each has its own idea."""
    return text.strip() and "_x" not in text and "\r" not in text


@settings(deadline=None, max_examples=30)
@given(st.lists(st.lists(TEXTS.filter(told_alike), min_size=2, max_size=2), min_size=1, max_size=5))
def test_other_readers_read_the_same_texts(rows):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        ours(path, [(row, "") for row in rows])
        read = [list(row) for row in openpyxl.load_workbook(path)["A"].iter_rows(values_only=True)]
        calamine = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_name("A")
        assert calamine.to_python() == read
        frame = pd.read_excel(
            path, header=None, dtype=str, keep_default_na=False, engine="openpyxl"
        )
    assert frame.to_numpy().tolist() == read
    assert [[cell_text(text) for text in row] for row in rows] == read


def parts(path):
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "a.xlsx"
    with WorkbookWriter(path, properties={"bulkops.run": "r1"}) as made:
        sheet = made.sheet("Results", ("key", "value"), added=1)
        for number in range(300):
            sheet.row((f"k{number}", number), fill="failed", comments={1: "why"} if number else {})
        made.sheet("Plain").row(("x", None, 2))
    return path


def test_the_parts_of_a_sheet_stand_in_the_order_that_the_standard_wants(book):
    for number in (1, 2):
        sheet = ET.fromstring(parts(book)[f"xl/worksheets/sheet{number}.xml"])  # noqa: S314  # ours
        places = [SEQUENCE.index(part.tag.removeprefix(MAIN)) for part in sheet]
        assert places == sorted(set(places))
        assert SEQUENCE.index("sheetData") in places
        assert SEQUENCE.index("dimension") not in places  # it would have to be true


def test_rows_and_cells_are_numbered_in_their_order(book):
    sheet = ET.fromstring(parts(book)["xl/worksheets/sheet1.xml"])  # noqa: S314  # ours
    rows = sheet.findall(f"{MAIN}sheetData/{MAIN}row")
    assert [int(row.get("r")) for row in rows] == list(range(1, 302))
    for row in rows:
        letters = [re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r")).groups() for cell in row]
        assert {number for _, number in letters} == {row.get("r")}
        columns = [column_index_from_string(letter) for letter, _ in letters]
        assert all(one < next_one for one, next_one in pairwise(columns))


def test_every_style_that_a_cell_names_is_there(book):
    found = parts(book)
    sheet = ET.fromstring(found["xl/worksheets/sheet1.xml"])  # noqa: S314  # ours
    used = {int(cell.get("s")) for cell in sheet.iter(f"{MAIN}c")}
    known = ET.fromstring(found["xl/styles.xml"]).find(f"{MAIN}cellXfs")  # noqa: S314  # ours
    assert max(used) < len(known)
    assert len(used) == 4


def test_what_is_written_waits_in_the_folder_of_the_workbook_and_leaves_nothing(tmp_path):
    with (  # noqa: PT012  # the failure is to come after a row
        pytest.raises(ValueError, match="stop"),
        WorkbookWriter(tmp_path / "a.xlsx") as made,
    ):
        made.sheet("A").row(("x",))
        raise ValueError("stop")
    assert list(tmp_path.iterdir()) == []
