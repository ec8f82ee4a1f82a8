from __future__ import annotations

import hashlib
import io

import openpyxl
import pytest

from bulkops.errors import SheetError
from bulkops.problems import Severity
from bulkops.sheets.input.number_looks import PLAIN
from bulkops.sheets.input.reader import read_table
from bulkops.sheets.input.shared_strings import SharedStrings
from bulkops.sheets.input.xml_values import XmlCellReader
from tests.sheets.gallery import (
    FORMATS,
    MAIN,
    cell,
    grid,
    one_row,
    row,
    sheet_xml,
    users_xlsx,
    xlsx,
)

KNOWN = ("username", "phone", "routing profile", "email", "password")


def cells(table):
    return [record.cells for record in table.records()]


def read(path, **options):
    return read_table(path, known_headers=KNOWN, **options)


def said(table):
    return [(problem.code, str(problem.address), problem.severity) for problem in table.problems]


def test_a_plain_workbook_is_read_with_the_place_of_each_cell(tmp_path):
    path = users_xlsx(tmp_path / "team.xlsx")
    table = read(path)
    assert table.headers == ("username", "phone")
    assert cells(table) == [("ana", "+15551234567"), ("bob", "00123")]
    assert (table.file, table.sheet, table.kind) == ("team.xlsx", "Users", "xlsx")
    assert str(table.address(3, 2)) == "Users!B3"
    assert table.address(3, 2).header == "phone"
    assert table.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (table.problems, table.notes) == ((), ())


def test_a_workbook_comes_through_standard_input_as_well(tmp_path):
    data = users_xlsx(tmp_path / "team.xlsx").read_bytes()
    assert len(read(None, stdin=io.BytesIO(data))) == 2


def test_what_openpyxl_writes_is_read(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["username", "phone"])
    book.active.append(["0017", 15551234567])
    book.save(tmp_path / "a.xlsx")
    assert cells(read(tmp_path / "a.xlsx")) == [("0017", "15551234567")]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (123, "00000", "00123"),
        (15551234567, "+0", "+15551234567"),
        (15551234567, '"+"0', "+15551234567"),
        (15551234567, "0.00E+00", "15551234567"),
        ("1.5551234567E10", "General", "15551234567"),
        ("0.1", "General", "0.1"),
        ("0.30000000000000004", "General", "0.3"),
    ],
)
def test_a_number_becomes_what_was_typed(tmp_path, value, number_format, text):
    style = FORMATS[number_format]
    table = read(one_row(tmp_path / "a.xlsx", cell("A2", value, kind="n", style=style)))
    assert cells(table)[0][0] == text
    assert table.problems == ()


@pytest.mark.parametrize(
    ("written", "text", "code"),
    [
        (cell("B2", 45355, style=FORMATS["yyyy-mm-dd"]), "2024-03-04", "date-in-text"),
        (
            cell("B2", 45355.5, style=FORMATS["yyyy-mm-dd hh:mm"]),
            "2024-03-04T12:00:00",
            "date-in-text",
        ),
        (cell("B2", "2024-03-04T00:00:00", kind="d"), "2024-03-04", "date-in-text"),
        (cell("B2", 0.354166666666667, style=FORMATS["h:mm"]), "08:30:00", "time-in-text"),
        (cell("B2", 1.08541666666667, style=FORMATS["[h]:mm"]), "26:03:00", "time-in-text"),
        (cell("B2", "#N/A", kind="e"), "#N/A", "error-cell"),
        (cell("B2", "#REF!", kind="e", formula="Z1"), "#REF!", "error-cell"),
        (cell("B2", 1e11, style=FORMATS["yyyy-mm-dd"]), "#VALUE!", "error-cell"),
        (cell("B2", 1234567890123456), "1234567890123456", "too-many-digits"),
        (cell("B2", "a_x0000_b"), "a\u2400b", "control-character"),
        (cell("B2", formula="A1"), "", "formula-without-value"),
    ],
)
def test_a_doubtful_cell_is_an_error_of_its_place(tmp_path, written, text, code):
    table = read(one_row(tmp_path / "a.xlsx", cell("A2", "ana"), written))
    assert cells(table) == [("ana", text, "", "", "")]
    assert said(table) == [(code, "Users!B2", Severity.ERROR)]
    (problem,) = table.problems
    assert problem.found == text
    assert problem.hint


def test_the_text_of_an_error_is_text(tmp_path):
    table = read(one_row(tmp_path / "a.xlsx", cell("A2", "#N/A"), cell("B2", "TRUE")))
    assert cells(table)[0][:2] == ("#N/A", "TRUE")
    assert table.problems == ()


def test_a_boolean_and_a_return_within_a_cell_are_read(tmp_path):
    path = one_row(tmp_path / "a.xlsx", cell("A2", 1, kind="b"), cell("B2", "a_x000D_\nb"))
    assert cells(read(path))[0][:2] == ("TRUE", "a\r\nb")


def test_rich_text_is_joined(tmp_path):
    rich = '<c r="A2" t="inlineStr"><is><r><t>an</t></r><r><rPr><b/></rPr><t>a</t></r></is></c>'
    assert cells(read(one_row(tmp_path / "a.xlsx", rich)))[0][0] == "ana"


def test_doubts_in_a_column_that_nobody_uses_are_warnings_and_dates_no_problem(tmp_path):
    path = one_row(
        tmp_path / "a.xlsx",
        cell("A2", "ana"),
        cell("E2", "#N/A", kind="e"),
    )
    assert said(read(path)) == [("error-cell", "Users!E2", Severity.WARNING)]
    path = one_row(tmp_path / "b.xlsx", cell("A2", "ana"), cell("E2", 45355, style=3))
    table = read(path)
    assert cells(table)[0][4] == "2024-03-04"
    assert table.problems == ()


def test_a_column_that_takes_dates_takes_them(tmp_path):
    path = one_row(tmp_path / "a.xlsx", cell("A2", "ana"), cell("B2", 45355, style=3))
    table = read(path, date_headers=["Phone"])
    assert cells(table)[0][1] == "2024-03-04"
    assert table.problems == ()


@pytest.mark.parametrize("secrets", [(), ("phone",)])
def test_a_secret_is_never_shown(tmp_path, secrets):
    header = "phone" if secrets else "Password"
    rows = row(1, [cell("A1", "username"), cell("B1", header)])
    rows += row(2, [cell("A2", "ana"), cell("B2", 45355, style=3)])
    path = xlsx(tmp_path / "a.xlsx", [("Users", "visible", sheet_xml(rows))])
    (problem,) = read(path, secret_headers=secrets).problems
    assert problem.found == ""
    assert "2024" not in str(problem)
    assert problem.message == "the value is a date to Excel, not text"


def test_values_that_formulas_had_are_used_and_said(tmp_path):
    path = one_row(
        tmp_path / "a.xlsx",
        cell("A2", "ana", kind="str", formula='"an"&amp;"a"'),
        cell("B2", "", kind="str", formula='""'),
        cell("D2", 0, formula="1-1"),
    )
    table = read(path)
    assert cells(table) == [("ana", "", "", "0", "")]
    assert table.problems == ()
    assert table.notes == ("cells with formulas: 3; the values last calculated are used",)


def test_the_zero_that_stands_for_an_uncalculated_formula_is_an_error(tmp_path):
    rows = grid([("username", "phone")])
    rows += row(2, [cell("A2", "ana"), cell("B2", 0, formula="1+1")])
    path = xlsx(
        tmp_path / "a.xlsx",
        [("Users", "visible", sheet_xml(rows))],
        calculation='<calcPr fullCalcOnLoad="1"/>',
    )
    assert said(read(path)) == [("formula-without-value", "Users!B2", Severity.ERROR)]


def test_a_dimension_that_lies_is_not_believed(tmp_path):
    xml = sheet_xml(grid([("username", "phone"), ("ana", "1"), ("bob", "2")]), dimension="A1")
    assert len(read(xlsx(tmp_path / "a.xlsx", [("Users", "visible", xml)]))) == 2


def test_hidden_rows_are_used_and_said(tmp_path):
    rows = grid([("username",), ("ana",)])
    rows += row(3, [cell("A3", "bob")], ' hidden="1"')
    rows += row(4, [cell("A4", "cy")], ' ht="0" customHeight="1"')
    rows += row(5, [cell("A5", "dee")], " hidden='true'")
    rows += row(6, [], ' hidden="1"')
    rows += row(7, [cell("A7", "eve")], ' ht="15"')
    table = read(xlsx(tmp_path / "a.xlsx", [("Users", "visible", sheet_xml(rows))]))
    assert [each[0] for each in cells(table)] == ["ana", "bob", "cy", "dee", "eve"]
    assert said(table) == [("hidden-rows", "Users!3", Severity.WARNING)]
    assert table.problems[0].message == "3 hidden rows are used like the others: 3-5"


def test_one_hidden_row_is_one(tmp_path):
    rows = grid([("username",), ("ana",)]) + row(3, [cell("A3", "bob")], ' hidden="1"')
    table = read(xlsx(tmp_path / "a.xlsx", [("Users", "visible", sheet_xml(rows))]))
    assert table.problems[0].message == "1 hidden row is used like the others: 3"


def test_a_hidden_column_is_used_and_said_where_it_has_a_header(tmp_path):
    columns = '<cols><col min="2" max="2" hidden="1"/><col min="5" max="16384" width="0"/></cols>'
    table = read(one_row(tmp_path / "a.xlsx", cell("A2", "ana"), before=columns))
    assert [problem.message for problem in table.problems] == [
        'column B ("phone") is hidden; its values are used',
        'column E ("note") is hidden; its values are used',
    ]
    assert str(table.problems[0].address) == "Users!B"


def test_merged_cells_are_errors_where_values_are_missing(tmp_path):
    merges = "".join(
        f'<mergeCell ref="{ref}"/>'
        for ref in ("A1:B1", "B2:B3", "D4:E5", "G2:G3", "A9:A10", "nonsense", "XFE1:XFE2")
    )
    rows = grid([("username", "", "phone", "email", "note"), ("ana", "x", "1"), ("bob", "", "2")])
    xml = sheet_xml(rows, after=f"<mergeCells>{merges}</mergeCells>")
    table = read(xlsx(tmp_path / "a.xlsx", [("Users", "visible", xml)]))
    assert said(table) == [
        ("merged-cells", "Users!A1", Severity.WARNING),
        ("merged-cells", "Users!B2", Severity.ERROR),
        ("value-without-header", "Users!B2", Severity.WARNING),
    ]
    assert "B2:B3 is one merged cell" in table.problems[1].message


def test_a_merged_title_above_the_header_is_nobodys_business(tmp_path):
    rows = grid([("Agents", "", ""), ("username", "phone", "email"), ("ana", "1", "a@b.c")])
    xml = sheet_xml(rows, after='<mergeCells><mergeCell ref="A1:C1"/></mergeCells>')
    table = read(xlsx(tmp_path / "a.xlsx", [("Users", "visible", xml)]))
    assert table.headers == ("username", "phone", "email")
    assert table.problems == ()
    assert table.notes == ("the headers are in row 2; what stands above is not used",)


def test_links_are_said(tmp_path):
    links = '<hyperlinks><hyperlink ref="A2" r:id="rId9"/></hyperlinks>'
    table = read(one_row(tmp_path / "a.xlsx", cell("A2", "ana"), after=links))
    assert table.notes == ("links: 1; the text shown is used, not where they lead",)


def test_a_table_that_begins_elsewhere_keeps_its_letters(tmp_path):
    rows = row(3, [cell("C3", "username"), cell("D3", "phone")])
    rows += row(6, [cell("C6", "ana"), cell("D6", 1)])
    table = read(xlsx(tmp_path / "a.xlsx", [("Users", "visible", sheet_xml(rows))]))
    assert table.headers == ("", "", "username", "phone")
    (record,) = table.records()
    assert (record.number, record.cells) == (6, ("", "", "ana", "1"))
    assert str(table.address(6, 3)) == "Users!C6"


def test_rows_and_cells_without_places_are_counted(tmp_path):
    rows = row(None, [cell("", "username"), cell("", "phone")])
    rows += row(None, [cell("", "ana"), cell("", 1)])
    table = read(xlsx(tmp_path / "a.xlsx", [("Users", "visible", sheet_xml(rows))]))
    assert [(record.number, record.cells) for record in table.records()] == [(2, ("ana", "1"))]


def test_values_right_of_the_headers_are_said_once_a_column(tmp_path):
    rows = grid([("username", "phone")]) + row(2, [cell("A2", "ana"), cell("E2", "stray")])
    rows += row(3, [cell("A3", "bob"), cell("E3", "stray")])
    table = read(xlsx(tmp_path / "a.xlsx", [("Users", "visible", sheet_xml(rows))]))
    assert said(table) == [("value-without-header", "Users!E2", Severity.WARNING)]


def test_a_format_in_the_last_cell_of_a_sheet_costs_nothing(tmp_path):
    rows = grid([("username",), ("ana",)]) + row(1_048_576, [cell("XFD1048576", style=3)])
    table = read(xlsx(tmp_path / "a.xlsx", [("Users", "visible", sheet_xml(rows))]))
    assert cells(table) == [("ana",)]


def test_a_value_in_the_last_row_is_read(tmp_path):
    rows = grid([("username",), ("ana",)]) + row(1_048_576, [cell("A1048576", "zoe")])
    table = read(xlsx(tmp_path / "a.xlsx", [("Users", "visible", sheet_xml(rows))]))
    assert [record.number for record in table.records()] == [2, 1_048_576]


def test_rows_that_only_look_like_something_are_not_walked(tmp_path):
    blank = "".join(row(number, [cell(f"A{number}", style=3)]) for number in range(3, 60_000))
    rows = grid([("username",), ("ana",)]) + blank
    table = read(xlsx(tmp_path / "a.xlsx", [("Users", "visible", sheet_xml(rows))]))
    assert cells(table) == [("ana",)]


def test_xml_with_prefixes_and_in_utf_16_is_understood(tmp_path):
    xml = sheet_xml(grid([("username",), ("ana",)]) + row(3, [cell("A3", "bob")], ' hidden="1"'))
    prefixed = xml.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
    for name in ("worksheet", "sheetData", "row", "c", "is", "t"):
        for old, new in ((f"<{name} ", f"<x:{name} "), (f"<{name}>", f"<x:{name}>")):
            prefixed = prefixed.replace(old, new)
        prefixed = prefixed.replace(f"</{name}>", f"</x:{name}>")
    wide = xml.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
    for odd in (prefixed, wide):
        table = read(xlsx(tmp_path / "a.xlsx", [("Users", "visible", odd)]))
        assert cells(table) == [("ana",), ("bob",)]
        assert said(table) == [("hidden-rows", "Users!3", Severity.WARNING)]


def test_markup_that_falls_across_blocks_is_seen(tmp_path):
    rows = grid([("username", "note")])
    count = 3000
    for number in range(2, count + 2):
        attributes = ' hidden="1"' if number % 2 else ""
        long = cell(f"B{number}", "x" * 1009)
        rows += row(number, [cell(f"A{number}", f"user{number}"), long], attributes)
    table = read(xlsx(tmp_path / "a.xlsx", [("Users", "visible", sheet_xml(rows))]))
    assert len(table) == count
    assert table.problems[0].message.startswith(f"{count // 2} hidden rows")


def test_the_anchors_of_controls_are_not_rows(tmp_path):
    after = '<controls xmlns:xdr="x"><xdr:row>5</xdr:row><xdr:col>1</xdr:col></controls>'
    path = one_row(tmp_path / "a.xlsx", cell("A2", "ana"), after=after)
    assert cells(read(path))[0][0] == "ana"


@pytest.mark.parametrize(
    "rows",
    [
        row(2, [cell("A2", "x")]) + row(1, [cell("A1", "username")]),
        row(2_000_000, [cell("A1", "username")]),
        '<row r="1e12"><c/></row>',
        '<row r="&#49;"><c/></row>',
        '<row r="9999999999"><c/></row>',
        row(1, [cell("A1", "notadate", kind="d")]),
        row(1, [cell("A1", 99, kind="s")]),
        row(1, [cell("ZZZZ1", 5)]),
        row(1, [cell("A1", "many", kind="n")]),
        '<row r="1"><c r="A1"><v>1</v></row>',
        "<row " + "x" * 3_000_000,
    ],
)
def test_damage_within_a_sheet_is_refused_and_not_thrown(tmp_path, rows):
    path = xlsx(tmp_path / "a.xlsx", [("Users", "visible", sheet_xml(rows))])
    with pytest.raises(SheetError) as caught:
        read(path)
    assert caught.value.code == "damaged"
    assert "save it as a new .xlsx" in str(caught.value)


def test_the_1904_calendar_is_understood(tmp_path):
    rows = grid([("username",)]) + row(2, [cell("A2", 43893, style=3)])
    path = xlsx(
        tmp_path / "a.xlsx",
        [("Users", "visible", sheet_xml(rows))],
        calculation="",
        parts={
            "xl/workbook.xml": (
                f'<workbook xmlns="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/'
                'officeDocument/2006/relationships"><workbookPr date1904="1"/><sheets>'
                '<sheet name="Users" sheetId="1" r:id="rId1"/></sheets></workbook>'
            )
        },
    )
    assert cells(read(path)) == [("2024-03-04",)]


def test_thousands_of_warnings_stay_warnings(tmp_path):
    rows = grid([("username", "note")])
    for number in range(2, 1505):
        error = cell(f"B{number}", "#N/A", kind="e")
        rows += row(number, [cell(f"A{number}", "ana"), error])
    table = read(xlsx(tmp_path / "a.xlsx", [("Users", "visible", sheet_xml(rows))]))
    assert len(table.problems) == 1001
    assert {problem.severity for problem in table.problems} == {Severity.WARNING}
    assert table.problems[-1].message == "and 503 more like these"


def test_a_doubtful_cell_under_no_header_is_a_warning(tmp_path):
    rows = grid([("username",)])
    rows += row(2, [cell("A2", "ana"), cell("C2", "#N/A", kind="e")])
    table = read(xlsx(tmp_path / "a.xlsx", [("Users", "visible", sheet_xml(rows))]))
    assert said(table) == [
        ("error-cell", "Users!C2", Severity.WARNING),
        ("value-without-header", "Users!C2", Severity.WARNING),
    ]


def test_a_hidden_column_without_a_header_is_nobodys_business(tmp_path):
    columns = '<cols><col min="1" max="1" hidden="1"/></cols>'
    xml = sheet_xml(row(1, [cell("B1", "username")]) + row(2, [cell("B2", "ana")]), before=columns)
    assert read(xlsx(tmp_path / "a.xlsx", [("Users", "visible", xml)])).problems == ()


@pytest.mark.parametrize(("kind", "value", "style"), [("s", "-1", ""), ("n", "1", "-1")])
def test_a_number_below_the_first_is_not_counted_from_the_end(kind, value, style):
    texts = SharedStrings.read(
        io.BytesIO(f'<sst xmlns="{MAIN}"><si><t>last</t></si></sst>'.encode())
    )
    cells = XmlCellReader(texts, [PLAIN], from_1904=False)
    with pytest.raises(IndexError):
        cells.read(kind, value, style)
