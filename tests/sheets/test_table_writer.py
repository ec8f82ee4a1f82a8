from __future__ import annotations

import math

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bulkops.errors import SheetError
from bulkops.sheets.input.reader import read_table
from bulkops.sheets.output.styles import FILLS
from bulkops.sheets.output.table_writer import WorkbookWriter, write_csv

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "=1+1",
    "+15551234567",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "{=1}",
    "'=1",
    '="00123"',
    "00123",
    "1E5",
    "https://example.com",
    "mailto:a@b.c",
    "#N/A",
    "TRUE",
    "a_x000D_b",
    "two\r\nlines",
    " spaces ",
    "José \U0001f600",
)
CELL_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])).filter(
    lambda text: "\uffff" not in text and "\ufffe" not in text
)


def read_back(path):
    table = read_table(path)
    return table.headers, [record.cells for record in table.records()]


def test_hostile_text_survives_a_csv_file(tmp_path):
    path = tmp_path / "a.csv"
    rows = [("x", text) for text in HOSTILE]
    write_csv(path, ("key", "=value"), rows)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfkey,'=value\r\n")
    assert read_back(path) == (("key", "=value"), rows)


def test_a_csv_file_takes_numbers_and_nothing_and_what_utf_8_can_not_hold(tmp_path):
    path = tmp_path / "a.csv"
    write_csv(path, ("a", "b", "c"), [(1, None, 2.5), ("x\0y", "\ud800", "")])
    assert read_back(path)[1] == [("1", "", "2.5"), ("x\u2400y", "\ufffd", "")]


def test_a_csv_file_that_fails_leaves_the_earlier_one(tmp_path):
    def rows():
        yield ("a",)
        raise ValueError

    path = tmp_path / "a.csv"
    write_csv(path, ("h",), [("before",)])
    with pytest.raises(ValueError, match=r"^$"):
        write_csv(path, ("h",), rows())
    assert read_back(path)[1] == [("before",)]
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]


def test_a_full_disk_is_told(tmp_path):
    def rows():
        yield ("a",)
        raise OSError(28, "No space left on device")

    with pytest.raises(SheetError, match=r"a\.csv can't be written: No space left"):
        write_csv(tmp_path / "a.csv", ("h",), rows())


def test_hostile_text_is_text_in_a_workbook_and_reads_back(tmp_path):
    path = tmp_path / "a.xlsx"
    rows = [("x", text) for text in HOSTILE]
    with WorkbookWriter(path) as book:
        sheet = book.sheet("Results", ("key", "=value"))
        for row in rows:
            sheet.row(row)
    assert read_back(path) == (("key", "=value"), rows)
    for row in openpyxl.load_workbook(path)["Results"].iter_rows():
        for cell in row:
            assert (cell.data_type, cell.number_format, cell.quotePrefix) == ("s", "@", True)
            assert cell.hyperlink is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(CELL_TEXTS.filter(str.strip), CELL_TEXTS), min_size=1))
def test_any_text_reads_back_from_both(tmp_path, rows):
    for path in (tmp_path / "a.xlsx", tmp_path / "a.csv"):
        if path.suffix == ".csv":
            write_csv(path, ("key", "value"), rows)
        else:
            with WorkbookWriter(path) as book:
                sheet = book.sheet("Results", ("key", "value"))
                for row in rows:
                    sheet.row(row)
        assert read_back(path) == (("key", "value"), rows)


def test_numbers_are_numbers_where_excel_keeps_them_exact(tmp_path):
    path = tmp_path / "a.xlsx"
    with WorkbookWriter(path) as book:
        book.sheet("A", ("a", "b", "c", "d", "e")).row(
            (12, 2.5, None, 1234567890123456, math.inf), fills={2: "failed"}
        )
    row = next(openpyxl.load_workbook(path)["A"].iter_rows(min_row=2))
    assert [cell.value for cell in row] == [12, 2.5, None, "1234567890123456", "inf"]
    assert row[2].fill.fgColor.rgb.endswith(FILLS["failed"])


def test_a_sheet_has_a_frozen_header_a_filter_widths_fills_and_notes(tmp_path):
    path = tmp_path / "a.xlsx"
    with WorkbookWriter(path, properties={"bulkops.run": "r1"}) as book:
        sheet = book.sheet("Results", ("key", "value"), widths=(12, 40))
        sheet.row(("a", "b"), fill="failed", fills={1: "succeeded"}, comments={1: "why\nso"})
        sheet.row(("c", "d"))
        assert sheet.title == "Results"
        book.sheet("Plain").row(("x",))
    book = openpyxl.load_workbook(path)
    page = book["Results"]
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:B3"
    assert [page.column_dimensions[each].width for each in "AB"] == [12, 40]
    assert page["A1"].font.bold
    assert page["A1"].font.name == "Calibri"
    assert page["A2"].fill.fgColor.rgb == f"00{FILLS['failed']}"
    assert page["B2"].fill.fgColor.rgb == f"00{FILLS['succeeded']}"
    assert page["B2"].comment.text == "why\nso"
    assert page["A3"].fill.fill_type is None
    assert page["B3"].comment is None
    assert book["Plain"].freeze_panes is None
    assert book["Plain"].auto_filter.ref is None
    assert [(each.name, each.value) for each in book.custom_doc_props.props] == [
        ("bulkops.run", "r1")
    ]


def test_a_look_or_note_beyond_the_last_value_is_passed_over(tmp_path):
    path = tmp_path / "a.xlsx"
    with WorkbookWriter(path) as book:
        sheet = book.sheet("A", ("a", "b"))
        sheet.row(("x",), fills={0: "failed", 1: "failed"}, comments={1: "why"})
        sheet.row(("y",))
    page = openpyxl.load_workbook(path)["A"]
    assert page["A2"].fill.fgColor.rgb == f"00{FILLS['failed']}"
    assert page["A3"].fill.fill_type is None
    assert (page["B2"].value, page["B2"].comment) == (None, None)


def test_columns_are_as_wide_as_the_first_rows_need_where_no_width_is_given(tmp_path):
    path = tmp_path / "a.xlsx"
    rows = [("x" * 30, 7, "two\n" + "l" * 40), ("x", None, None, "more")]
    with WorkbookWriter(path) as book:
        sheet = book.sheet("A", ("x", "y", "y" * 20, "", "z" * 100), widths=(0, 25))
        for row in [*rows, *[("a",)] * 198, ("x" * 50,)]:
            sheet.row(row)
    page = openpyxl.load_workbook(path)["A"]
    widths = [page.column_dimensions[each].width for each in "ABCDE"]
    assert widths == [32, 25, 42, 8, 60]
    assert [len(row) for row in page.values] == [5] * 202


def test_headers_that_are_not_the_persons_own_look_different(tmp_path):
    path = tmp_path / "a.xlsx"
    with WorkbookWriter(path) as book:
        book.sheet("A", ("own", "ours"), added=1)
    own, ours = openpyxl.load_workbook(path)["A"][1]
    assert own.font.bold
    assert ours.font.bold
    assert own.fill.fgColor.rgb != ours.fill.fgColor.rgb


def test_a_sheet_goes_on_where_excel_has_no_more_rows(tmp_path):
    path = tmp_path / "a.xlsx"
    with WorkbookWriter(path, most_rows=3) as book:
        sheet = book.sheet("Results", ("key",))
        other = book.sheet("Results")
        for number in range(5):
            sheet.row((f"k{number}",))
        other.row(("o",))
    book = openpyxl.load_workbook(path)
    assert {page.title: [row[0] for row in page.values] for page in book} == {
        "Results": ["key", "k0", "k1"],
        "Results (2)": ["o"],
        "Results (3)": ["key", "k2", "k3"],
        "Results (4)": ["key", "k4"],
    }
    assert book["Results (4)"].auto_filter.ref == "A1:A2"
    assert book["Results (3)"].freeze_panes == "A2"


def test_a_workbook_without_sheets_can_be_opened(tmp_path):
    with WorkbookWriter(tmp_path / "a.xlsx"):
        pass
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames == ["Sheet"]


def test_a_workbook_that_fails_leaves_the_earlier_one(tmp_path):
    path = tmp_path / "a.xlsx"
    with WorkbookWriter(path) as book:
        book.sheet("A", ("h",)).row(("before",))
    with pytest.raises(ValueError, match=r"^$"):
        _write_half(path)
    with pytest.raises(KeyError, match="violet"), WorkbookWriter(path) as book:
        book.sheet("A").row(("x",), fill="violet")
    assert read_back(path)[1] == [("before",)]
    assert [each.name for each in tmp_path.iterdir()] == ["a.xlsx"]


def _write_half(path):
    with WorkbookWriter(path) as book:
        book.sheet("A", ("h",)).row(("after",))
        raise ValueError


def test_long_and_illegal_text_is_cut_and_pictured(tmp_path):
    path = tmp_path / "a.xlsx"
    with WorkbookWriter(path) as book:
        book.sheet("A", ("h",)).row(("x" * 40_000,))
    ((long,),) = read_back(path)[1]
    assert len(long) == 32_767
    assert long.endswith("… [truncated]")
    with WorkbookWriter(path) as book:
        book.sheet("A", ("h",)).row(("\x1b[31mred\ud800",))
    assert read_back(path)[1] == [("\u241b[31mred\ufffd",)]
