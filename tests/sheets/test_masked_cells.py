from __future__ import annotations

import re
import stat
import zipfile

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.data_source import AxDataSource, StrData, StrRef, StrVal
from openpyxl.comments import Comment
from openpyxl.pivot.cache import (
    CacheDefinition,
    CacheField,
    CacheSource,
    SharedItems,
    WorksheetSource,
)
from openpyxl.pivot.fields import Text
from openpyxl.pivot.record import Record, RecordList
from openpyxl.pivot.table import Location, TableDefinition
from openpyxl.worksheet.formula import ArrayFormula

from bulkops.sheets.input.known_headers import KnownHeaders
from bulkops.sheets.output.marked_copy import annotate
from bulkops.sheets.output.masked_cells import mask_workbook

SECRET = "Blue-Harbour-7"
KNOWN = KnownHeaders.of(["Login", "Kennwort"], secrets=["Kennwort"])


def everything(path):
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


@pytest.fixture
def book(tmp_path):
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Users"
    page.append(["Users of March; their password is in the third column"])
    page.append(["Login", "Note", "Kennwort"])
    page.append(["ana", "password reset", SECRET])
    page.append(["bo", "keeps it", None])
    page.append(["cy", "formula", f'=CONCATENATE("{SECRET}", "x")'])
    page["C3"].comment = Comment(f"it is {SECRET}", "ana")
    page["C3"].hyperlink = f"https://example.com/{SECRET}"
    other = book.create_sheet("Old")
    other.append(["user", "Initial Password"])
    other.append(["dee", SECRET])
    other.append(["eve", 12345])
    other.sheet_state = "hidden"
    book.create_sheet("Empty")
    book.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def test_a_copy_to_be_passed_on_holds_no_secret_in_any_sheet(book, tmp_path):
    notes = annotate(book, [], tmp_path / "marked.xlsx", known=KNOWN)
    assert notes[0] == "the copy lacks the secrets of the original: *** stands in Users!C, Old!B"
    assert SECRET not in everything(tmp_path / "marked.xlsx")
    assert SECRET in everything(book)
    copy = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    users, old = copy["Users"], copy["Old"]
    assert [cell.value for cell in users["C"]] == [None, "Kennwort", "***", None, "***"]
    assert [cell.value for cell in users["B"]][1:] == [
        "Note",
        "password reset",
        "keeps it",
        "formula",
    ]
    assert [cell.value for cell in old["B"]] == ["Initial Password", "***", "***"]
    assert stat.S_IMODE((tmp_path / "marked.xlsx").stat().st_mode) == 0o600


def test_a_copy_of_text_holds_no_secret(tmp_path):
    (tmp_path / "a.csv").write_text(f"Login,Kennwort\nana,{SECRET}\nbo,\n", encoding="utf-8")
    notes = annotate(tmp_path / "a.csv", [], tmp_path / "marked.xlsx", known=KNOWN)
    assert notes[0] == "the copy lacks the secrets of the original: *** stands in Kennwort"
    page = openpyxl.load_workbook(tmp_path / "marked.xlsx").worksheets[0]
    assert [cell.value for cell in page["B"]] == ["Kennwort", "***", None]


def test_where_there_is_no_secret_nothing_is_said_of_any(tmp_path):
    (tmp_path / "a.csv").write_text("Login\nana\n", encoding="utf-8")
    (note,) = annotate(tmp_path / "a.csv", [], tmp_path / "marked.xlsx", known=KNOWN)
    assert not re.search("secret", note)


def pivoted(path):
    """Write a workbook with a pivot table, whose cache repeats all columns of its source."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Users"
    page.append(["Login", "Kennwort"])
    page.append(["ana", SECRET])
    source = WorksheetSource(ref="A1:B2", sheet="Users")
    fields = [CacheField(name=name, sharedItems=SharedItems()) for name in ("Login", "Kennwort")]
    cache = CacheDefinition(
        cacheSource=CacheSource(type="worksheet", worksheetSource=source),
        cacheFields=fields,
        id="rId1",
    )
    cache.records = RecordList(r=[Record(_fields=[Text(v="ana"), Text(v=SECRET)])])
    pivot = TableDefinition(
        name="By user",
        cacheId=1,
        dataCaption="Values",
        location=Location(ref="A1:B3", firstHeaderRow=1, firstDataRow=1, firstDataCol=1),
    )
    pivot.cache = cache
    book.create_sheet("Pivot").add_pivot(pivot)
    book.save(path)
    return path


def test_what_a_pivot_table_keeps_of_its_source_is_not_copied(tmp_path):
    source = pivoted(tmp_path / "a.xlsx")
    assert everything(source).count(SECRET) == 2, "in the sheet's texts and in the cache"
    notes = annotate(source, [], tmp_path / "marked.xlsx", known=KNOWN)
    assert SECRET not in everything(tmp_path / "marked.xlsx")
    assert "the copy lacks what the original has of: pivot tables" in notes


def charted(path):
    """Write a workbook with charts, on a sheet of users and on one of its own, of all columns."""
    book = openpyxl.Workbook()
    page = book.active
    page.append(["Login", "Kennwort", "Score"])
    page.append(["ana", SECRET, 3])
    for place in (page, book.create_chartsheet("Drawn")):
        chart = BarChart()
        chart.add_data(Reference(page, min_col=3, min_row=2, max_row=2))
        kept = StrData(ptCount=1, pt=[StrVal(idx=0, v=SECRET)])
        chart.series[0].cat = AxDataSource(strRef=StrRef(f="Sheet!$B$2", strCache=kept))
        place.add_chart(chart)
    book.save(path)
    return path


def test_what_a_chart_keeps_of_its_cells_is_not_copied(tmp_path):
    source = charted(tmp_path / "a.xlsx")
    assert everything(source).count(SECRET) == 3, "in the sheet's texts and in two charts"
    notes = annotate(source, [], tmp_path / "marked.xlsx", known=KNOWN)
    assert SECRET not in everything(tmp_path / "marked.xlsx")
    assert "the copy lacks what the original has of: charts, chart sheets" in notes


def test_only_what_a_formula_gave_goes_with_it(tmp_path):
    book = openpyxl.Workbook()
    page = book.active
    page.append(["Login", "Kennwort", "Copy"])
    page.append(["ana", SECRET, None])
    page["C2"] = ArrayFormula("C2:C3", "=B2:B3")
    page["C3"], page["C4"] = SECRET, "mine"
    page.append(["last", SECRET, None])
    page["D1"] = ArrayFormula("D1:XFD1048576", "=B1:B9")
    page["E5"] = SECRET
    book.create_chartsheet("Drawn")
    assert mask_workbook(book, KNOWN) == ["Sheet!B"]
    book.save(tmp_path / "a.xlsx")
    assert SECRET not in everything(tmp_path / "a.xlsx")
    copy = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert copy.sheetnames == ["Sheet"]
    assert (copy["Sheet"]["C2"].value.ref, copy["Sheet"]["C4"].value) == ("C2:C3", "mine")
