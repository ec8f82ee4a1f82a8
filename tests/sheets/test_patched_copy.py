"""A marked copy made by changing parts where they stand: the rest is the same to the byte."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Border, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from bulkops.errors import SheetError
from bulkops.problems import Address, Problem, Severity
from bulkops.sheets.input.known_headers import KnownHeaders
from bulkops.sheets.input.reader import read_table
from bulkops.sheets.input.source import opened
from bulkops.sheets.input.zip_package import unpacked
from bulkops.sheets.output import marked_copy
from bulkops.sheets.output.colours import FILLS
from bulkops.sheets.output.marked_copy import annotate
from bulkops.sheets.output.patching import worksheet_frame
from bulkops.sheets.output.patching.shared_text_part import without_unused
from bulkops.sheets.output.patching.workbook_part import calculated_when_opened
from bulkops.sheets.output.patching.xml_text import (
    UnpatchableError,
    attribute,
    decoded,
    with_attribute,
)
from bulkops.sheets.output.problem_list import marks_of
from bulkops.sheets.output.remade_copy import remake
from tests.sheets.gallery import MAIN, USERS, cell, grid, row, sheet_xml, xlsx

KNOWN = KnownHeaders.of(("username", "phone"), secrets=("password",))
SECRET = "Harbour-Light-41"
SAMPLES = Path(__file__).parents[2] / "samples"


LINKED = (
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
    b' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property'
    b' fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="n" linkTarget="Users!$B$2">'
    b"<vt:lpwstr>Harbour-Light-41</vt:lpwstr></property></Properties>"
)

SPILLED = row(
    4, ['<c r="C4" t="str"><f t="array" ref="C4:C5">B2:B3</f><v>Harbour-Light-41</v></c>']
) + row(5, [cell("C5", SECRET, kind="str")])
ALIEN = f'<y:c r="B4" t="str"><y:v>{SECRET}</y:v></y:c>'
FILTERED = (
    '<autoFilter ref="A1:C3"><filterColumn colId="1"><filters><filter val="Harbour-Light-41"/>'
    "</filters></filterColumn></autoFilter>"
)
SUPPOSED = (
    '<scenarios><scenario name="what if"><inputCells r="B2" val="Harbour-Light-41"/></scenario>'
    "</scenarios>"
)


def problem(row_, column, *, sheet="Users", warning=False):
    return Problem(
        code="odd",
        message=f"is <odd> & at {row_},{column}",
        address=Address(file="a.xlsx", sheet=sheet, row=row_, column=column, header="phone"),
        severity=Severity.WARNING if warning else Severity.ERROR,
    )


def parts(path):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def only_patched(monkeypatch):
    """Make a copy that is not patched a failure."""

    def refuse(*_, **__):
        raise AssertionError

    monkeypatch.setattr("bulkops.sheets.output.remade_copy.remake", refuse)


def look(path):
    """Return what a person sees of every cell: value, format, colour, note."""
    book = openpyxl.load_workbook(path)
    return {
        (page.title, each.coordinate): (
            each.value,
            each.number_format,
            each.fill.fgColor.rgb[2:] if each.fill.fill_type else "",
            each.comment.text if each.comment else "",
        )
        for page in book.worksheets
        for cells in page.iter_rows()
        for each in cells
        if each.value is not None or each.comment or each.fill.fill_type
    }


def rich_book(path):
    """Write a workbook with much that only a copy of the parts keeps."""
    book = openpyxl.Workbook()
    page, other = book.active, book.create_sheet("Other")
    page.title = "Users"
    for values in (*USERS, ("cy", 17), ("=1+1", None)):
        page.append(values)
    page["B4"].number_format = "00000"
    page["B4"].border = Border(left=Side("thick"))
    page["A1"].comment = Comment("mine", "ana")
    page["A2"].hyperlink = "https://example.com/"
    rule = DataValidation(type="list", formula1='"a,b"')
    rule.add("B2:B9")
    page.add_data_validation(rule)
    chart = BarChart()
    chart.add_data(Reference(page, min_col=2, min_row=2, max_row=4))
    other.add_chart(chart, "B2")
    book.defined_names["People"] = DefinedName("People", attr_text="Users!$A$2:$A$4")
    book.save(path)
    return path


@pytest.mark.usefixtures("only_patched")
def test_what_is_not_marked_is_the_same_to_the_byte(tmp_path):
    source, target = rich_book(tmp_path / "a.xlsx"), tmp_path / "m.xlsx"
    assert annotate(source, [problem(4, 2), problem(9, 3), problem(1, 1)], target) == ()
    before, after = parts(source), parts(target)
    changed = {name for name, data in before.items() if after[name] != data}
    assert changed == {
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
        "xl/comments/comment1.xml",
        "xl/drawings/commentsDrawing1.vml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
    }
    assert after.keys() - before.keys() == {"xl/worksheets/sheet3.xml"}
    page = openpyxl.load_workbook(target)["Users"]
    assert (page["B4"].number_format, page["B4"].border.left.style) == ("00000", "thick")
    assert page["B4"].fill.fgColor.rgb == page["C9"].fill.fgColor.rgb == f"FF{FILLS['error']}"
    assert page["A1"].comment.text == "mine\n\nis <odd> & at 1,1"
    assert page["C9"].comment.text == "is <odd> & at 9,3"
    assert page["A2"].hyperlink.target == "https://example.com/"
    assert page["A5"].value == "=1+1"


@pytest.mark.usefixtures("only_patched")
@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.xlsx")), ids=lambda path: path.name)
def test_every_sample_is_marked_as_a_copy_made_anew_is(tmp_path, path):
    sheet = read_table(path, known_headers=()).sheet
    problems = [problem(2, 1, sheet=sheet), problem(3, 2, sheet=sheet, warning=True)]
    annotate(path, problems, tmp_path / "new.xlsx", known=KNOWN)
    made_anew(path, problems, tmp_path / "old.xlsx", KNOWN)
    assert look(tmp_path / "new.xlsx") == look(tmp_path / "old.xlsx")


def made_anew(path, problems, target, known):
    with opened(path, None) as source, unpacked(source) as package:
        remake(source, package, problems, marks_of(problems, 5000), target, known=known)


places = st.tuples(st.integers(1, 9), st.integers(1, 5))


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@pytest.mark.usefixtures("only_patched")
@given(
    filled=st.dictionaries(places, st.sampled_from(["x", "a & b", 17, 0.5, None]), max_size=12),
    merged=st.sampled_from(["", "B2:C3", "A4:A6"]),
    marked=st.lists(st.tuples(places, st.booleans()), max_size=8, unique_by=lambda each: each[0]),
    prefix=st.sampled_from(["", "x:"]),
)
def test_a_patched_copy_shows_what_a_copy_made_anew_shows(tmp_path, filled, merged, marked, prefix):
    rows = {}
    for (row_, column), value in sorted(filled.items()):
        place = f"{chr(64 + column)}{row_}"
        rows.setdefault(row_, []).append(cell(place, value, style=3 if value == 17 else 0))
    written = "".join(row(number, cells, ' spans="1:2"') for number, cells in rows.items())
    after = f'<mergeCells><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
    xml = _prefixed(sheet_xml(written, after=after), prefix)
    source = xlsx(tmp_path / "a.xlsx", [("Users", "visible", xml)])
    shown = {place: each for place, each in marked if not _inside(place, merged)}
    problems = [problem(*place, warning=warning) for place, warning in shown.items()]
    annotate(source, problems, tmp_path / "new.xlsx")
    made_anew(source, problems, tmp_path / "old.xlsx", KNOWN)
    assert look(tmp_path / "new.xlsx") == look(tmp_path / "old.xlsx")


@pytest.mark.usefixtures("only_patched")
@pytest.mark.parametrize("block", [7, 50, 1000])
def test_rows_are_found_wherever_a_block_ends(tmp_path, monkeypatch, block):
    source = rich_book(tmp_path / "a.xlsx")
    problems = [problem(row_, 2) for row_ in (1, 3, 4, 8)]
    annotate(source, problems, tmp_path / "whole.xlsx")
    monkeypatch.setattr(worksheet_frame, "_BLOCK", block)
    annotate(source, problems, tmp_path / "pieces.xlsx")
    assert parts(tmp_path / "pieces.xlsx") == parts(tmp_path / "whole.xlsx")


def _inside(place, merged):
    """Two marks of one merged range share a cell, and are joined in another way."""
    inner = {"B2:C3": {(2, 3), (3, 2), (3, 3)}, "A4:A6": {(5, 1), (6, 1)}}
    return place in inner.get(merged, ())


def _prefixed(xml, prefix):
    if not prefix:
        return xml
    xml = xml.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
    for name in ("worksheet", "sheetData", "row", "c", "is", "t", "v", "mergeCells", "mergeCell"):
        for end in (" ", ">", "/"):
            xml = xml.replace(f"<{name}{end}", f"<x:{name}{end}")
        xml = xml.replace(f"</{name}>", f"</x:{name}>")
    return xml


def secret_book(path, *, rows="", after="", extra=None, shared=(SECRET, "ana", "shared", "gone")):
    """Write a workbook whose password is a shared text: 0, and 3 is used by nobody."""
    texts = "".join(f"<si><t>{text}</t></si>" for text in shared)
    table = grid([("username", "password", "note")]) + row(
        2, [cell("A2", 1, kind="s"), cell("B2", 0, kind="s"), cell("C2", 2, kind="s")]
    )
    table += row(3, [cell("A3", "bob"), cell("B3", 2, kind="s"), cell("C3", f"x{SECRET}"[:1])])
    types = (
        '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
    )
    whole = xlsx(path, [("Users", "visible", sheet_xml(table + rows, after=after))])
    content = parts(whole)
    content["[Content_Types].xml"] = content["[Content_Types].xml"].replace(
        b"</Types>", types.encode()
    )
    content["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{texts}</sst>'.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**content, **(extra or {})}.items():
            archive.writestr(name, data)
    return path


def holding(path, text=SECRET):
    return [name for name, data in parts(path).items() if text.encode() in data]


@pytest.mark.usefixtures("only_patched")
def test_a_secret_is_in_no_part_of_a_copy(tmp_path):
    echo = row(4, [cell("A4", f"say {SECRET}", kind="str", formula="B2"), cell("B4", "")])
    source, target = secret_book(tmp_path / "a.xlsx", rows=echo), tmp_path / "m.xlsx"
    assert holding(source) == ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"]
    notes = annotate(source, [problem(2, 2), problem(2, 1)], target, known=KNOWN)
    assert notes == (
        "the copy lacks the secrets of the original: *** stands in Users!B",
        "formulas are kept, and calculated when the copy is opened in Excel",
    )
    assert holding(target) == holding(target, "gone") == []
    book = openpyxl.load_workbook(target)
    rows = [[each.value for each in cells] for cells in book["Users"].iter_rows(max_col=3)]
    assert rows[1:] == [["ana", "***", "shared"], ["bob", "***", "x"], ["=B2", "***", None]]
    assert book["Users"]["B2"].fill.fgColor.rgb == f"FF{FILLS['error']}"
    assert book.calculation.fullCalcOnLoad


@pytest.mark.parametrize(
    "options",
    [
        {"extra": {"xl/charts/chart1.xml": b"<a>Harbour-Light-41</a>"}},
        {"extra": {"xl/pivotCache/pivotCacheRecords1.xml": b"<a>Harbour-Light-41</a>"}},
        {"extra": {"docProps/thumbnail.jpeg": b"Harbour-Light-41"}},
        {"rows": row(4, [cell("B4", SECRET, kind="str", formula=f'"{SECRET}"')])},
        {"after": '<hyperlinks><hyperlink ref="B2" location="Harbour-Light-41"/></hyperlinks>'},
        {"after": '<hyperlinks><hyperlink ref="B&#50;" location="Harbour-Light-41"/></hyperlinks>'},
        {"rows": row(4, [cell("A4", "x"), cell("", 0, kind="s")])},
        {"rows": row(4, ["<c r='B4' t='s'><v>&#48;</v></c>"])},
        {"rows": row(4, [f"<c r='B&#52;' t='str'><v>{SECRET}</v></c>"])},
        {"rows": row(4, ["<?odd?>", cell("B4", 0, kind="s")])},
        {"extra": {"xl/worksheets/sheet9.xml": b"<worksheet>Harbour-Light-41</worksheet>"}},
        {"extra": {"xl/comments7.xml": b"<comments>Harbour-Light-41</comments>"}},
        {"extra": {"docProps/custom.xml": LINKED}},
        {"rows": SPILLED},
        {"rows": row(4, [f'<c r="A4" t="str"><v>{SECRET}</v><f>B2</f></c>'])},
        {"rows": f'<y:row xmlns:y="{MAIN}" r="4">{ALIEN}</y:row>'},
        {"after": FILTERED},
        {"after": SUPPOSED},
    ],
)
def test_where_a_secret_may_be_repeated_the_copy_is_made_anew(tmp_path, options):
    source, target = secret_book(tmp_path / "a.xlsx", **options), tmp_path / "m.xlsx"
    annotate(source, [problem(2, 1)], target, known=KNOWN)
    assert holding(target) == []
    assert "xl/charts/chart1.xml" not in parts(target)


def test_a_cell_that_says_it_stands_elsewhere_is_not_passed_on(tmp_path):
    moved = row(4, [cell("B1", SECRET, kind="str")])
    source = secret_book(tmp_path / "a.xlsx", rows=moved)
    with pytest.raises(SheetError, match="not where they say they are"):
        annotate(source, [problem(2, 1)], tmp_path / "m.xlsx", known=KNOWN)
    assert not (tmp_path / "m.xlsx").exists()


def test_a_number_of_no_shared_text_is_damage(tmp_path):
    source = secret_book(tmp_path / "a.xlsx", shared=(SECRET, "ana"))
    with pytest.raises(SheetError) as caught:
        annotate(source, [problem(2, 1)], tmp_path / "m.xlsx", known=KNOWN)
    assert caught.value.code == "damaged"
    assert not (tmp_path / "m.xlsx").exists()


def test_a_note_on_a_secret_is_not_copied(tmp_path):
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Users"
    page.append(["username", "password"])
    page.append(["ana", SECRET])
    page["B2"].comment = Comment(f"it is {SECRET}", "ana")
    book.save(tmp_path / "a.xlsx")
    annotate(tmp_path / "a.xlsx", [problem(2, 1)], tmp_path / "m.xlsx", known=KNOWN)
    assert holding(tmp_path / "m.xlsx") == []


@pytest.mark.usefixtures("only_patched")
def test_the_notes_of_our_template_stay_and_its_secrets_go(tmp_path):
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Users"
    page.append(["username", "password"])
    page.append(["ana", SECRET])
    page["B1"].comment = Comment("what a password is", "bulkops")
    book.save(tmp_path / "a.xlsx")
    annotate(tmp_path / "a.xlsx", [problem(2, 1)], tmp_path / "m.xlsx", known=KNOWN)
    page = openpyxl.load_workbook(tmp_path / "m.xlsx")["Users"]
    assert (page["B1"].comment.text, page["B2"].value) == ("what a password is", "***")
    assert holding(tmp_path / "m.xlsx") == []


@pytest.mark.usefixtures("only_patched")
def test_a_list_of_problems_takes_the_place_of_an_earlier_one(tmp_path):
    source = rich_book(tmp_path / "a.xlsx")
    annotate(source, [problem(2, 1), problem(3, 1)], tmp_path / "first.xlsx")
    book = openpyxl.load_workbook(tmp_path / "first.xlsx")
    book.save(tmp_path / "saved.xlsx")  # with the name that a filter's range has
    assert "_xlnm._FilterDatabase" in parts(tmp_path / "saved.xlsx")["xl/workbook.xml"].decode()
    annotate(tmp_path / "saved.xlsx", [problem(3, 2)], tmp_path / "again.xlsx")
    book = openpyxl.load_workbook(tmp_path / "again.xlsx")
    assert book.sheetnames == ["Users", "Other", "Problems"]
    assert book["Problems"].max_row == 2
    assert "'Problems'!$A$1:$H$2" in parts(tmp_path / "again.xlsx")["xl/workbook.xml"].decode()


@pytest.mark.usefixtures("only_patched")
def test_an_empty_sheet_gets_its_marks(tmp_path):
    xml = sheet_xml("").replace("<sheetData></sheetData>", "<sheetData/><tableParts/>")
    source = xlsx(tmp_path / "a.xlsx", [("Users", "visible", xml)])
    annotate(source, [problem(2, 2), problem(1, 1)], tmp_path / "m.xlsx")
    written = parts(tmp_path / "m.xlsx")["xl/worksheets/sheet1.xml"].decode()
    assert written.index("</sheetData>") < written.index("<legacyDrawing") < written.index("<table")
    page = openpyxl.load_workbook(tmp_path / "m.xlsx")["Users"]
    assert page["B2"].comment.text == "is <odd> & at 2,2"


@pytest.mark.usefixtures("only_patched")
def test_a_row_without_cells_gets_its_marks(tmp_path):
    rows = grid(USERS) + '<row r="4" spans="1:2" ht="30"/><row r="5" ht="30" />' + grid(USERS, 6)
    source = xlsx(tmp_path / "a.xlsx", [("Users", "visible", sheet_xml(rows))])
    annotate(source, [problem(4, 3), problem(5, 1), problem(6, 2)], tmp_path / "m.xlsx")
    page = openpyxl.load_workbook(tmp_path / "m.xlsx")["Users"]
    marked = [each.coordinate for cells in page.iter_rows() for each in cells if each.comment]
    assert marked == ["C4", "A5", "B6"]
    assert (page.row_dimensions[4].height, page.row_dimensions[5].height) == (30, 30)
    assert page["B6"].value == "phone"


def test_a_workbook_that_says_how_it_is_calculated_is_calculated_when_opened():
    book = '<workbook><sheets/><calcPr calcId="191029"/></workbook>'
    wanted = '<workbook><sheets/><calcPr calcId="191029" fullCalcOnLoad="1"></calcPr></workbook>'
    assert calculated_when_opened(book) == wanted


def test_notes_without_a_drawing_are_made_anew(tmp_path):
    source = rich_book(tmp_path / "a.xlsx")
    content = parts(source)
    name = "xl/worksheets/sheet1.xml"
    content[name] = re.sub(rb"<legacyDrawing [^<>]*/>", b"", content[name])
    with zipfile.ZipFile(source, "w") as archive:
        for path, data in content.items():
            archive.writestr(path, data)
    annotate(source, [problem(2, 1)], tmp_path / "m.xlsx")
    page = openpyxl.load_workbook(tmp_path / "m.xlsx")["Users"]
    assert page["A2"].comment.text == "is <odd> & at 2,1"


ODD = {
    "comment among rows": lambda xml: xml.replace("<sheetData>", "<sheetData><!-- odd -->"),
    "comment after rows": lambda xml: xml.replace("</sheetData>", "</sheetData><!-- odd -->"),
    "cell without place": lambda xml: xml.replace(' r="A2"', ""),
    "row without number": lambda xml: xml.replace('<row r="2"', "<row"),
    "utf-16": lambda xml: xml.replace("UTF-8", "UTF-16").encode("utf-16"),
    "latin 1": lambda xml: xml.replace("UTF-8", "iso-8859-1").encode("iso-8859-1"),
}


@pytest.mark.parametrize("odd", ODD)
def test_what_is_written_oddly_is_made_anew(tmp_path, odd):
    source = xlsx(tmp_path / "a.xlsx", [("Users", "visible", ODD[odd](sheet_xml(grid(USERS))))])
    annotate(source, [problem(2, 1)], tmp_path / "m.xlsx")
    page = openpyxl.load_workbook(tmp_path / "m.xlsx")["Users"]
    assert page["A2"].comment.text == "is <odd> & at 2,1"


def test_a_copy_of_a_sheet_that_ends_too_early_is_refused_and_nothing_is_left(tmp_path):
    xml = sheet_xml(grid(USERS))
    source = xlsx(tmp_path / "a.xlsx", [("Users", "visible", xml[: xml.index("</sheetData>")])])
    with pytest.raises(SheetError):
        annotate(source, [problem(2, 1)], tmp_path / "m.xlsx")
    assert [each.name for each in tmp_path.iterdir()] == ["a.xlsx"]


@settings(deadline=None)
@given(
    st.lists(st.text("ab<&", max_size=5), max_size=20),
    st.lists(st.booleans(), max_size=20),
    st.integers(1, 30),
)
def test_only_used_texts_are_kept_wherever_a_block_ends(texts, used, size):
    items = [
        f"<x:si><x:t>{text.replace('&', '&amp;').replace('<', '&lt;')}</x:t></x:si>"
        for text in texts
    ]
    xml = f"<x:sst>{''.join(items)}</x:sst>".encode()
    flags = bytearray(used[: len(items)])
    kept = b"".join(without_unused(_Slow(xml, size), flags)).decode()
    flags.extend(bytes(len(items) - len(flags)))
    blank = "<x:si><x:t></x:t></x:si>"
    wanted = (item if flag else blank for item, flag in zip(items, flags, strict=True))
    assert kept == f"<x:sst>{''.join(wanted)}</x:sst>"


class _Slow(io.BytesIO):
    """A stream that gives little at a time."""

    def __init__(self, data, size):
        super().__init__(data)
        self._size = size

    def read(self, _=-1):
        return super().read(self._size)


def test_a_number_beyond_the_shared_texts_is_not_passed_over():
    with pytest.raises(UnpatchableError):
        list(without_unused(io.BytesIO(b"<sst><si><t/></si></sst>"), bytearray([1, 1])))


@pytest.mark.parametrize("data", [b"<a><!-- --></a>", b"\xff\xfe<\0", b"<a>\xff</a>"])
def test_a_small_part_that_hides_something_is_not_patched(data):
    with pytest.raises(UnpatchableError):
        decoded(data)


def test_attributes_are_set_and_read_whatever_their_quotes():
    assert attribute("""a:b="1" b = '2' """, "b") == "2"
    assert with_attribute(" x='1' b='2' y=\"3\"", "b", "9") == ' x=\'1\' y="3" b="9"'
    assert with_attribute(" b='2'", "b", None) == ""


def test_marks_beyond_the_most_are_left_to_the_list(tmp_path, monkeypatch):
    monkeypatch.setattr(marked_copy, "_MOST_MARKED", 1)
    source = rich_book(tmp_path / "a.xlsx")
    notes = annotate(source, [problem(2, 1), problem(3, 1)], tmp_path / "m.xlsx")
    assert notes == ("1 problems are in the list only: 1 cells are marked",)
