from __future__ import annotations

import pytest

from bulkops.errors import SheetError
from bulkops.sheets.input.reader import read_table
from tests.sheets.gallery import USERS, grid, ods, ods_table, sheet_xml, xlsx

KNOWN = ("username", "phone", "email", "routing profile")
DATA = sheet_xml(grid(USERS))
OTHER = sheet_xml(grid([("colour", "shape"), ("red", "round")]))
EMPTY = sheet_xml("")


def read(tmp_path, *sheets, **options):
    return read_table(xlsx(tmp_path / "a.xlsx", sheets), **{"known_headers": KNOWN, **options})


def refused(tmp_path, *sheets, **options):
    with pytest.raises(SheetError) as caught:
        read(tmp_path, *sheets, **options)
    return caught.value.code, str(caught.value)


def test_the_sheet_with_the_known_headers_is_taken_and_named(tmp_path):
    table = read(
        tmp_path,
        ("Notes", "visible", OTHER),
        ("Users", "visible", DATA),
        ("Blank", "visible", EMPTY),
    )
    assert table.sheet == "Users"
    assert table.notes == ('sheet "Users"',)


def test_a_sheet_that_fits_much_better_is_no_question(tmp_path):
    better = sheet_xml(grid([("username", "phone", "email"), ("ana", "1", "a@b")]))
    lesser = sheet_xml(grid([("email", "subject"), ("a@b", "hello")]))
    table = read(tmp_path, ("Mail", "visible", lesser), ("Users", "visible", better))
    assert table.sheet == "Users"


def test_hidden_sheets_are_never_taken_by_themselves(tmp_path):
    table = read(
        tmp_path,
        ("Old", "hidden", DATA),
        ("Older", "veryHidden", DATA),
        ("Users", "visible", DATA),
    )
    assert table.sheet == "Users"
    code, message = refused(tmp_path, ("Old", "hidden", DATA), ("Older", "veryHidden", DATA))
    assert code == "hidden-sheets"
    assert '"Old", "Older"' in message


def test_several_sheets_that_fit_are_a_question(tmp_path):
    code, message = refused(
        tmp_path, ("May", "visible", DATA), ("June", "visible", DATA), ("X", "visible", OTHER)
    )
    assert (code, message) == (
        "several-sheets",
        '2 sheets of a.xlsx have headers that fit: "May", "June"; name one with --sheet',
    )


@pytest.mark.parametrize("known", [(), ("nothing",)])
def test_several_sheets_of_which_none_fits_are_a_question(tmp_path, known):
    code, message = refused(
        tmp_path, ("May", "visible", DATA), ("June", "visible", OTHER), known_headers=known
    )
    assert code == "several-sheets"
    assert "none has a known header" in message


def test_one_sheet_is_taken_though_no_header_is_known(tmp_path):
    assert read(tmp_path, ("Shapes", "visible", OTHER)).headers == ("colour", "shape")


def test_the_pages_that_bulkops_itself_adds_are_passed_over(tmp_path):
    table = read(
        tmp_path,
        ("Users", "visible", DATA),
        ("How to fill in", "visible", DATA),
        ("Problems", "visible", DATA),
    )
    assert table.sheet == "Users"
    assert table.notes == ()
    assert read(tmp_path, ("Problems", "visible", DATA)).sheet == "Problems"


@pytest.mark.parametrize("asked", ["Users", "users ", "USERS", 2, " 2"])
def test_a_sheet_is_asked_for_by_name_or_number(tmp_path, asked):
    table = read(tmp_path, ("A", "visible", DATA), ("Users", "visible", DATA), sheet=asked)
    assert table.sheet == "Users"


def test_a_name_goes_before_a_number_and_its_own_case_before_another(tmp_path):
    sheets = [("2", "visible", DATA), ("users", "visible", DATA), ("Users", "visible", DATA)]
    assert read(tmp_path, *sheets, sheet="2").sheet == "2"
    assert read(tmp_path, *sheets, sheet=2).sheet == "users"
    assert read(tmp_path, *sheets, sheet="Users").sheet == "Users"


def test_a_hidden_sheet_may_be_asked_for(tmp_path):
    table = read(tmp_path, ("Old", "hidden", DATA), ("Users", "visible", DATA), sheet="Old")
    assert table.notes == ('sheet "Old" is hidden',)


@pytest.mark.parametrize("asked", ["User", "0", 3, -1])
def test_a_sheet_that_is_not_there_is_told_with_those_that_are(tmp_path, asked):
    code, message = refused(
        tmp_path, ("Users", "visible", DATA), ("Other", "hidden", DATA), sheet=asked
    )
    assert code == "no-such-sheet"
    assert 'its sheets are "Users", "Other"' in message
    assert message.endswith('Did you mean "Users"?') is (asked == "User")


@pytest.mark.parametrize("options", [{}, {"sheet": "Users"}])
def test_an_empty_sheet_is_called_empty(tmp_path, options):
    code, message = refused(tmp_path, ("Users", "visible", EMPTY), **options)
    assert code == "empty"
    assert 'sheet "Users" of a.xlsx' in message


def test_a_workbook_without_worksheets_is_refused(tmp_path):
    assert refused(tmp_path) == ("not-a-sheet", "a.xlsx has no worksheet")


def test_sheets_of_other_kinds_are_chosen_alike(tmp_path):
    tables = ods_table("Notes", [("colour",), ("red",)]) + ods_table("Users", USERS)
    table = read_table(ods(tmp_path / "a.ods", tables), known_headers=KNOWN)
    assert table.sheet == "Users"
    assert table.notes == ('sheet "Users"',)
