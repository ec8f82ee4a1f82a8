from __future__ import annotations

import pytest
from python_calamine import CalamineWorkbook

from bulkops.errors import SheetError
from bulkops.problems import Severity
from bulkops.sheets.input import calamine_reader as foreign
from bulkops.sheets.input import sheet_extents
from bulkops.sheets.input.reader import read_table
from tests.sheets.gallery import (
    FORMATS,
    USERS,
    cell,
    grid,
    ods,
    ods_cell,
    ods_table,
    row,
    sheet_xml,
    xls,
    xlsb,
    xlsx,
)

KNOWN = ("username", "phone", "start")


def read(path, **options):
    return read_table(path, known_headers=KNOWN, **options)


def strict(path, rows):
    return xlsx(path, [("Users", "visible", sheet_xml(rows))], strict=True)


@pytest.mark.parametrize(
    ("build", "kind", "name"),
    [
        (xlsb, "xlsb", "an .xlsb file"),
        (lambda path: ods(path, ods_table("Users", USERS)), "ods", "an .ods file"),
        (lambda path: strict(path, grid(USERS)), "xlsx", "a Strict Open XML workbook"),
    ],
)
def test_other_kinds_are_read_and_what_is_not_seen_is_said(tmp_path, build, kind, name):
    table = read(build(tmp_path / "any name"))
    assert table.headers == ("username", "phone")
    assert [record.cells for record in table.records()] == [
        ("ana", "+15551234567"),
        ("bob", "00123"),
    ]
    assert (table.kind, table.sheet) == (kind, "Users")
    (problem,) = table.problems
    assert (problem.code, problem.severity) == ("partly-seen", Severity.WARNING)
    assert name in problem.message
    assert str(table.address(3, 1)) == "Users!A3"


def test_an_old_workbook_is_read_with_numbers_dates_and_booleans(tmp_path):
    table = read(xls(tmp_path / "a.xls"))
    assert [(record.number, record.cells) for record in table.records()] == [
        (3, ("ana", "15551234567", "2024-03-04", "TRUE", "0017")),
        (5, ("bob", "0.5", "", "", "")),
    ]
    assert table.kind == "xls"
    assert table.notes == ("the headers are in row 2; what stands above is not used",)
    assert [(each.code, str(each.address)) for each in table.problems] == [
        ("date-in-text", "Users!C3"),
        ("partly-seen", "Users"),
    ]


def test_a_hidden_sheet_of_an_old_workbook_may_be_asked_for(tmp_path):
    table = read(xls(tmp_path / "a.xls"), sheet="Old ")
    assert (table.sheet, table.headers, len(table)) == ("Old", ("username",), 0)
    assert table.notes == ('sheet "Old" is hidden',)


def test_a_table_that_begins_elsewhere_keeps_its_letters(tmp_path):
    rows = row(3, [cell("C3", "username"), cell("D3", "phone")])
    rows += row(6, [cell("C6", "ana"), cell("D6", 45355, style=FORMATS["yyyy-mm-dd"])])
    blank = '<table:table-cell table:number-columns-repeated="2"/>'
    tables = (
        '<table:table table:name="Users"><table:table-row table:number-rows-repeated="2"/>'
        f"<table:table-row>{blank}{ods_cell('username')}{ods_cell('phone')}</table:table-row>"
        '<table:table-row table:number-rows-repeated="2"/>'
        f"<table:table-row>{blank}{ods_cell('ana')}{ods_cell('2024-03-04')}</table:table-row>"
        "</table:table>"
    )
    for path in (strict(tmp_path / "a.xlsx", rows), ods(tmp_path / "a.ods", tables)):
        table = read(path)
        assert table.headers == ("", "", "username", "phone")
        (record,) = table.records()
        assert (record.number, record.cells) == (6, ("", "", "ana", "2024-03-04"))


def test_cells_far_apart_are_refused_before_they_fill_the_memory(tmp_path):
    far = row(1_048_576, [cell("XFD1048576", "x")])
    wide = (
        '<table:table table:name="Users"><table:table-row table:number-rows-repeated="1048576">'
        + ods_cell("x", ' table:number-columns-repeated="16384"')
        + "</table:table-row></table:table>"
    )
    for path in (
        strict(tmp_path / "a.xlsx", grid(USERS) + far),
        xlsb(tmp_path / "a.xlsb", last_row=1_048_576),
        ods(tmp_path / "a.ods", wide),
    ):
        with pytest.raises(SheetError, match="more than 10 million cells") as caught:
            read(path)
        assert caught.value.code == "too-large"


def test_blank_rows_below_an_open_document_are_no_sprawl(tmp_path):
    tables = ods_table("Users", USERS).replace(
        "</table:table>",
        '<table:table-row table:number-rows-repeated="1048573">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        "</table:table>",
    )
    assert len(read(ods(tmp_path / "a.ods", tables))) == 2


def test_extents_are_found_across_blocks(tmp_path, monkeypatch):
    monkeypatch.setattr(sheet_extents, "_BLOCK", 7)
    monkeypatch.setattr(sheet_extents, "MOST_CELLS", 5)
    for build in (
        lambda path: strict(path, grid(USERS)),
        lambda path: ods(path, ods_table("Users", USERS)),
        xlsb,
    ):
        with pytest.raises(SheetError, match="reaches over"):
            read(build(tmp_path / "a"))


def test_an_empty_sheet_of_another_kind_is_called_empty(tmp_path):
    path = ods(tmp_path / "a.ods", '<table:table table:name="Users"/>')
    with pytest.raises(SheetError) as caught:
        read(path)
    assert (caught.value.code, str(caught.value)) == (
        "empty",
        'sheet "Users" of a.ods is empty: it needs a row of headers and rows of values',
    )


class PanicException(BaseException):
    pass


@pytest.mark.parametrize(
    ("thrown", "caught"),
    [
        (PanicException, SheetError),
        (foreign.PasswordError, SheetError),
        (ValueError, SheetError),
        (KeyboardInterrupt, KeyboardInterrupt),
    ],
)
def test_whatever_calamine_throws_is_translated(tmp_path, monkeypatch, thrown, caught):
    class Broken:
        @staticmethod
        def from_filelike(_):
            raise thrown

    monkeypatch.setattr(foreign, "CalamineWorkbook", Broken)
    with pytest.raises(caught) as error:
        read(xls(tmp_path / "a.xls"))
    if thrown is foreign.PasswordError:
        assert error.value.code == "password"


def test_calamine_still_lays_rows_out_as_this_room_counts_them(tmp_path):
    rows = row(3, [cell("C3", "x")])
    book = CalamineWorkbook.from_path(strict(tmp_path / "a.xlsx", rows))
    sheet = book.get_sheet_by_index(0)
    assert sheet.start == (2, 2)
    assert list(sheet.iter_rows()) == [[""], [""], ["x"]]
