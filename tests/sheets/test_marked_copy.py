from __future__ import annotations

import zipfile
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.comments import Comment

from bulkops.errors import SheetError
from bulkops.problems import Address, Problem, Severity
from bulkops.sheets.input.reader import read_table
from bulkops.sheets.output import marked_copy as annotating
from bulkops.sheets.output import remade_copy
from bulkops.sheets.output.marked_copy import annotate
from bulkops.sheets.output.patching.xml_text import UnpatchableError
from bulkops.sheets.output.styles import FILLS
from tests.sheets.gallery import (
    USERS,
    cell,
    grid,
    ods,
    ods_table,
    row,
    sheet_xml,
    text,
    users_xlsx,
    xls,
    xlsx,
    zipped,
)

SPARKLING = sheet_xml(
    grid(USERS) + row(4, [cell("A4", 1, formula="1")]),
    after='<extLst><ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"'
    ' xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    "<x14:sparklineGroups/></ext></extLst>",
)
LOST = "the copy lacks what the original has of: "
FORMULA_NOTE = "formulas are kept, and calculated when the copy is opened in Excel"


def problem(row_, column, *, sheet="Users", warning=False, header="phone", code="odd"):
    return Problem(
        code=code,
        message="is odd",
        address=Address(file="a.xlsx", sheet=sheet, row=row_, column=column, header=header),
        found="=1",
        allowed="even",
        advice="Make it even.",
        severity=Severity.WARNING if warning else Severity.ERROR,
    )


def colour(page, place):
    return page[place].fill.fgColor.rgb[2:]


def test_a_copy_shows_the_problems_and_keeps_the_rest(tmp_path):
    source, target = tmp_path / "a.xlsx", tmp_path / "marked.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Users"
    for values in USERS:
        page.append(values)
    page["A2"].comment = Comment("mine", "ana")
    page["B3"].number_format = "00000"
    page.column_dimensions["A"].width = 33
    page.append(["=1+1", None])
    page["C9"] = "=SUM(A1)"
    page["C9"].data_type = "s"
    book.save(source)
    before = source.read_bytes()
    notes = annotate(
        source,
        [problem(2, 1), problem(3, 2, warning=True), problem(3, 2), problem(0, 0), problem(4, 0)],
        target,
    )
    assert source.read_bytes() == before
    assert notes == ()
    marked = openpyxl.load_workbook(target)
    page = marked["Users"]
    assert colour(page, "A2") == colour(page, "B3") == colour(page, "A4") == FILLS["error"]
    assert page["A2"].comment.text == "mine\n\nis odd. Make it even."
    assert page["B3"].comment.text == "is odd. Make it even.\nis odd. Make it even."
    assert (page["B3"].number_format, page.column_dimensions["A"].width) == ("00000", 33)
    assert (page["A4"].value, page["C9"].value, page["C9"].data_type) == ("=1+1", "=SUM(A1)", "s")
    assert page["B2"].comment is None
    rows = [[cell.value for cell in row] for row in marked["Problems"].iter_rows()]
    assert rows[0][:4] == ["Place", "Severity", "Column", "Value"]
    assert rows[1] == [
        "Users!A2",
        "error",
        "phone",
        "=1",
        "is odd",
        "even",
        "Make it even.",
        "odd",
    ]
    assert [row[0] for row in rows[2:]] == ["Users!B3", "Users!B3", "Users", "Users!4"]
    assert marked["Problems"]["D2"].data_type == "s"


def test_a_marked_copy_reads_like_its_source_and_is_marked_again(tmp_path):
    source, target = users_xlsx(tmp_path / "a.xlsx"), tmp_path / "marked.xlsx"
    assert annotate(source, [problem(2, 1, warning=True)], target) == ()
    known = ("username", "phone")
    first, second = (read_table(path, known_headers=known, sheet=None) for path in (source, target))
    assert list(second.records()) == list(first.records())
    assert (second.sheet, second.problems) == ("Users", ())
    annotate(target, [problem(3, 1)], tmp_path / "again.xlsx")
    assert openpyxl.load_workbook(tmp_path / "again.xlsx").sheetnames == ["Users", "Problems"]


def unpatchable(*_, **__):
    raise UnpatchableError


@pytest.mark.parametrize("made_anew", [False, True])
def test_a_copy_that_is_marked_again_says_each_thing_once(tmp_path, monkeypatch, made_anew):
    if made_anew:
        monkeypatch.setattr(annotating, "patch", unpatchable)
    book = openpyxl.load_workbook(users_xlsx(tmp_path / "a.xlsx"))
    book["Users"]["A2"].comment = Comment("mine", "ana")
    book.save(tmp_path / "a.xlsx")
    odd = replace(problem(3, 1), message='"a & b" <is> odd')
    annotate(tmp_path / "a.xlsx", [problem(2, 1), odd], tmp_path / "m.xlsx")
    annotate(tmp_path / "m.xlsx", [problem(2, 1), odd, problem(2, 2)], tmp_path / "again.xlsx")
    page = openpyxl.load_workbook(tmp_path / "again.xlsx")["Users"]
    assert page["A2"].comment.text == "mine\n\nis odd. Make it even."
    assert page["A3"].comment.text == '"a & b" <is> odd. Make it even.'
    assert page["B2"].comment.text == "is odd. Make it even."


def test_a_problem_in_a_merged_range_marks_its_first_cell(tmp_path):
    xml = sheet_xml(grid(USERS), after='<mergeCells><mergeCell ref="B2:B3"/></mergeCells>')
    source = xlsx(tmp_path / "a.xlsx", [("Users", "visible", xml)])
    annotate(source, [problem(3, 2), problem(2, 1, sheet="Gone")], tmp_path / "m.xlsx")
    page = openpyxl.load_workbook(tmp_path / "m.xlsx")["Users"]
    assert page["B2"].comment.text == "is odd. Make it even."
    assert page["A2"].comment is None


def test_the_source_is_never_the_target(tmp_path):
    source = users_xlsx(tmp_path / "a.xlsx")
    (tmp_path / "link.xlsx").symlink_to(source)
    before = source.read_bytes()
    for target in (source, tmp_path / "link.xlsx"):
        with pytest.raises(SheetError) as caught:
            annotate(source, [], target)
        assert caught.value.code == "same-file"
    with pytest.raises(SheetError, match=r"name the marked copy \.xlsx"):
        annotate(source, [], tmp_path / "a.csv")
    assert source.read_bytes() == before


def test_what_a_copy_can_not_carry_is_said(tmp_path):
    parts = {"xl/vbaProject.bin": "x", "xl/charts/chart1.xml": "<a/>", "xl/ctrlProps/a.xml": "<a/>"}
    source = xlsx(tmp_path / "a.xlsm", [("Users", "visible", SPARKLING)], parts=parts)
    assert annotate(source, [], tmp_path / "m.xlsx") == (f"{LOST}macros",)
    with zipfile.ZipFile(tmp_path / "m.xlsx") as copy:
        assert {"xl/charts/chart1.xml", "xl/ctrlProps/a.xml"} < set(copy.namelist())
        assert "xl/vbaProject.bin" not in copy.namelist()
        assert copy.read("xl/worksheets/sheet1.xml").decode() == SPARKLING


def test_what_a_copy_made_anew_can_not_carry_is_said(tmp_path):
    xml = SPARKLING.replace("<sheetData>", "<!-- odd --><sheetData>")
    parts = {"xl/vbaProject.bin": "x", "xl/charts/chart1.xml": "<a/>", "xl/ctrlProps/a.xml": "<a/>"}
    source = xlsx(tmp_path / "a.xlsm", [("Users", "visible", xml)], parts=parts)
    assert annotate(source, [problem(2, 1)], tmp_path / "m.xlsx") == (
        f"{LOST}charts, checkboxes and other controls, macros, sparklines",
        FORMULA_NOTE,
    )


def test_what_a_copy_lacks_is_found_across_blocks(tmp_path, monkeypatch):
    monkeypatch.setattr(remade_copy, "_BLOCK", 5)
    source = xlsx(
        tmp_path / "a.xlsx",
        [("Users", "visible", SPARKLING.replace("<sheetData>", "<!-- --><sheetData>"))],
    )
    notes = annotate(source, [problem(2, 1)], tmp_path / "m.xlsx")
    assert notes == (f"{LOST}sparklines", FORMULA_NOTE)


def test_only_so_many_cells_are_marked(tmp_path, monkeypatch):
    monkeypatch.setattr(annotating, "_MOST_MARKED", 1)
    source = users_xlsx(tmp_path / "a.xlsx")
    notes = annotate(source, [problem(2, 1), problem(2, 1), problem(3, 1)], tmp_path / "m.xlsx")
    assert notes == ("1 problems are in the list only: 1 cells are marked",)


def test_a_workbook_that_is_too_large_or_too_odd_is_refused(tmp_path, monkeypatch):
    odd = sheet_xml(grid(USERS)).replace("<sheetData>", "<sheetData><!-- odd -->")
    source = xlsx(tmp_path / "a.xlsx", [("Users", "visible", odd)])
    broken = xlsx(tmp_path / "b.xlsx", [("Users", "visible", "<broken")])
    with pytest.raises(SheetError, match="can't be opened to be copied"):
        annotate(broken, [], tmp_path / "m.xlsx")
    monkeypatch.setattr("openpyxl.Workbook.save", lambda *_: 1 / 0)
    with pytest.raises(SheetError, match=r"a copy of a\.xlsx can't be written"):
        annotate(source, [problem(2, 1)], tmp_path / "m.xlsx")
    monkeypatch.setattr(remade_copy, "_MOST_XML", 10)
    with pytest.raises(SheetError) as caught:
        annotate(source, [problem(2, 1)], tmp_path / "m.xlsx")
    assert caught.value.code == "too-large"
    assert not (tmp_path / "m.xlsx").exists()


def test_separated_text_is_copied_as_a_workbook(tmp_path):
    source = text(tmp_path / "a.csv", "title\n\nusername;phone\n=1;José\nbob;2\n", "cp1252")
    problems = [
        problem(4, 2, sheet="", warning=True),
        problem(5, 0, sheet="", header="username"),
        problem(3, 1, sheet=""),
    ]
    notes = annotate(source, problems, tmp_path / "m.xlsx", encoding="cp1252")
    assert notes == ("a.csv was copied as text: formats and formulas of it are not in the copy",)
    book = openpyxl.load_workbook(tmp_path / "m.xlsx")
    page = book["a"]
    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        ["username", "phone"],
        ["=1", "José"],
        ["bob", "2"],
    ]
    assert page["A2"].data_type == "s"
    assert colour(page, "B2") == FILLS["warning"]
    assert colour(page, "A3") == FILLS["error"]
    assert page["B2"].comment.text == "is odd. Make it even."
    assert page["A2"].fill.fill_type is None
    assert book["Problems"].max_row == 4


def test_an_old_workbook_is_copied_as_text(tmp_path):
    source = xls(tmp_path / "a.xls")
    annotate(source, [problem(3, 1, header="username")], tmp_path / "m.xlsx")
    book = openpyxl.load_workbook(tmp_path / "m.xlsx")
    assert book.sheetnames == ["Users", "Problems"]
    assert book["Users"]["A2"].value == "ana"
    assert colour(book["Users"], "A2") == FILLS["error"]


def test_an_open_document_is_copied_as_text(tmp_path):
    source = ods(tmp_path / "a.ods", ods_table("Users", USERS))
    annotate(source, [problem(3, 2)], tmp_path / "m.xlsx")
    page = openpyxl.load_workbook(tmp_path / "m.xlsx")["Users"]
    assert colour(page, "B3") == FILLS["error"]


def test_a_sheet_whose_part_is_missing_is_refused(tmp_path):
    whole = users_xlsx(tmp_path / "whole.xlsx")
    with zipfile.ZipFile(whole) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if "sheet1" not in name}
    with pytest.raises(SheetError, match="missing or damaged"):
        annotate(zipped(tmp_path / "a.xlsx", parts), [], tmp_path / "m.xlsx")
