"""Everything that is no readable sheet is refused in words, never with a traceback or a hang."""

from __future__ import annotations

import io
import os
import zipfile
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bulkops.errors import SheetError
from bulkops.sheets.input import source
from bulkops.sheets.input.reader import read_table
from tests.sheets.gallery import (
    MAIN,
    USERS,
    encrypted,
    grid,
    ods,
    ods_table,
    sheet_xml,
    users_xlsx,
    xls,
    xlsb,
    xlsx,
    zipped,
)


def refusal(path, **options):
    with pytest.raises(SheetError) as caught:
        read_table(path, known_headers=("username", "phone"), **options)
    return caught.value.code, str(caught.value)


def test_a_missing_file_is_told_with_the_one_that_was_meant(tmp_path):
    users_xlsx(tmp_path / "users.xlsx")
    (tmp_path / "folder").mkdir()
    code, message = refusal(tmp_path / "user.xlsx")
    assert code == "no-file"
    assert message.endswith('user.xlsx. Did you mean "users.xlsx"?')
    assert refusal(tmp_path / "no" / "such.xlsx")[0] == "no-file"


def test_what_can_not_be_opened_is_told(tmp_path):
    assert refusal(tmp_path) == ("folder", f"{tmp_path} is a folder: name a file in it")
    assert refusal(tmp_path / ("x" * 300))[0] == "unreadable"
    assert refusal(tmp_path / "a\0b")[0] == "unreadable"


def test_without_standard_input_there_is_nothing_to_read():
    assert refusal(None)[0] == "no-input"


@pytest.mark.skipif(os.name != "posix", reason="named pipes are POSIX's")
def test_a_pipe_is_read_like_a_file(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    if not (child := os.fork()):
        pipe.write_bytes(b"username\nana\n")
        os._exit(0)
    assert len(read_table(pipe)) == 1
    os.waitpid(child, 0)


def test_what_is_too_large_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(source, "MOST_BYTES", 20)
    path = tmp_path / "a.csv"
    path.write_bytes(b"username\n" + b"ana\n" * 20)
    assert refusal(path)[0] == "too-large"
    assert refusal(None, stdin=io.BytesIO(path.read_bytes()))[0] == "too-large"


def test_the_mark_of_an_open_workbook_is_not_taken_for_it(tmp_path):
    path = tmp_path / "~$users.xlsx"
    path.write_bytes(b"\x04Ana Li" + b" " * 158)
    code, message = refusal(path)
    assert code == "lock-file"
    assert '"users.xlsx"' in message


@pytest.mark.parametrize(
    "data",
    [b"", b"\xef\xbb\xbf", b" \r\n\t\n", b"\xff\xfe", b" " * 5000, b",,,\n,,\n", b"sep=;\n"],
)
@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_an_empty_file_is_called_empty(tmp_path, data, name):
    (tmp_path / name).write_bytes(data)
    assert refusal(tmp_path / name)[0] == "empty"


def test_text_behind_much_blank_is_found(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"\n" * 5000 + b"username\nana\n")
    assert [each.number for each in read_table(tmp_path / "a.csv").records()] == [5002]


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"<html><body><table><tr><td>a</td></tr></table>", "markup", "web page"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><p>", "markup", "web page"),
        ("<table>".encode("utf-16"), "markup", "web page"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "markup", "2003"),
        (b'<?xml version="1.0"?><office:document x="opendocument">', "markup", "flat"),
        (b"<data/>", "markup", "XML or HTML"),
        (b"%PDF-1.7 ...", "not-a-sheet", "PDF"),
        (b"\x1f\x8b\x08\x00", "not-a-sheet", "unpack it first"),
        (b"MIME-Version: 1.0\n", "not-a-sheet", "web page"),
        (b"\x7fELF\x02\x01\x01\x00", "not-a-sheet", "binary data"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged", "can't be read"),
        (b"PK\x03\x04 and nothing more", "damaged", "cut off"),
    ],
)
@pytest.mark.parametrize("name", ["a.xls", "a.csv"])
def test_what_is_no_sheet_is_called_by_its_name(tmp_path, data, code, words, name):
    (tmp_path / name).write_bytes(data)
    found, message = refusal(tmp_path / name)
    assert found == code
    assert words in message
    assert message.startswith(name)


def test_a_password_is_told_for_workbooks_old_and_new(tmp_path):
    code, message = refusal(encrypted(tmp_path / "a.xlsx"))
    assert code == "password"
    assert "remove the password" in message


def test_the_word_alone_is_no_password(tmp_path):
    word = "EncryptedPackage".encode("utf-16-le")
    (tmp_path / "a.xls").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 7 + word + b"\0" * (1 << 20) + word
    )
    assert refusal(tmp_path / "a.xls")[0] == "damaged"


@pytest.mark.parametrize(
    ("parts", "code", "words"),
    [
        ({"users.csv": "username"}, "not-a-sheet", 'a zip archive of "users.csv"'),
        ({}, "not-a-sheet", "an empty zip archive"),
        ({"Index/Document.iwa": "x"}, "not-a-sheet", "Numbers"),
        (
            {"[Content_Types].xml": "application/…wordprocessingml.document"},
            "not-a-sheet",
            "a Word document",
        ),
        ({"[Content_Types].xml": "…presentationml"}, "not-a-sheet", "PowerPoint"),
        ({"[Content_Types].xml": "…visio"}, "not-a-sheet", "not a workbook"),
        ({"[Content_Types].xml": "…spreadsheetml.sheet.main+xml"}, "damaged", "_rels/.rels"),
        (
            {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "x"},
            "not-a-sheet",
            "not a sheet",
        ),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "damaged", ""),
        (
            {
                "[Content_Types].xml": "…ms-excel.sheet.binary.macroEnabled.main",
                "xl/worksheets/sheet1.bin": "\x80",
            },
            "damaged",
            "",
        ),
    ],
)
def test_a_zip_file_that_is_no_workbook_is_called_by_its_name(tmp_path, parts, code, words):
    found, message = refusal(zipped(tmp_path / "a.xlsx", parts))
    assert found == code
    assert words in message


@pytest.mark.parametrize(
    "part",
    ["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/worksheets/sheet1.xml"],
)
def test_a_missing_part_is_refused(tmp_path, part):
    whole = users_xlsx(tmp_path / "whole.xlsx")
    with zipfile.ZipFile(whole) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != part}
    assert refusal(zipped(tmp_path / "a.xlsx", parts))[0] in {"damaged", "not-a-sheet"}


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"])
@pytest.mark.parametrize("xml", [b"", b"<broken", b"\xff\xfe<"])
def test_a_broken_part_is_refused_or_holds_nothing(tmp_path, part, xml):
    path = xlsx(
        tmp_path / "a.xlsx",
        [("Users", "visible", sheet_xml(grid(USERS)))],
        parts={part: xml},
    )
    assert refusal(path)[0] in {"damaged", "empty", "not-a-sheet"}


def test_entities_are_refused(tmp_path):
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    book = xlsx(
        tmp_path / "a.xlsx",
        [("Users", "visible", sheet_xml(grid(USERS)))],
        declaration=bomb,
    )
    assert refusal(book)[0] == "unsafe"
    inner = f'{bomb}<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c t="str"><v>&b;</v></c></row>'
    sheet = xlsx(tmp_path / "b.xlsx", [("Users", "visible", f"{inner}</sheetData></worksheet>")])
    assert refusal(sheet)[0] == "damaged"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = xlsx(
        tmp_path / "a.xlsx",
        [("Users", "visible", sheet_xml(grid(USERS)))],
        parts={"xl/sharedStrings.xml": b"0" * (11 << 20)},
    )
    code, message = refusal(path)
    assert code == "zip-bomb"
    assert "xl/sharedStrings.xml" in message


def test_too_much_altogether_and_too_many_parts_are_refused(tmp_path, monkeypatch):
    path = users_xlsx(tmp_path / "a.xlsx")
    monkeypatch.setattr("bulkops.sheets.input.zip_package.MOST_BYTES", 1000)
    assert refusal(path)[0] == "too-large"
    monkeypatch.undo()
    monkeypatch.setattr("bulkops.sheets.input.zip_package._MOST_PARTS", 3)
    assert refusal(path)[0] == "too-large"
    monkeypatch.undo()
    monkeypatch.setattr("bulkops.sheets.input.zip_package._LARGE_PART", 10)
    assert refusal(path)[0] == "damaged"


def test_an_encrypted_zip_is_refused(tmp_path):
    data = bytearray(zipped(tmp_path / "a.zip", {"a": "b"}).read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    (tmp_path / "a.xlsx").write_bytes(data)
    assert refusal(tmp_path / "a.xlsx")[0] == "password"


BUILDERS = {
    "xlsx": users_xlsx,
    "strict": lambda path: xlsx(path, [("Users", "visible", sheet_xml(grid(USERS)))], strict=True),
    "xlsb": xlsb,
    "ods": lambda path: ods(path, ods_table("Users", USERS)),
    "xls": xls,
}


@pytest.mark.parametrize("kind", BUILDERS)
def test_a_cut_off_file_is_refused_wherever_it_is_cut(tmp_path, kind):
    whole = BUILDERS[kind](tmp_path / "whole").read_bytes()
    path = tmp_path / "a"
    for end in range(1, len(whole), max(1, len(whole) // 40)):
        path.write_bytes(whole[:end])
        _read_or_refuse(path)


@pytest.mark.parametrize("kind", BUILDERS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_a_file_with_wrong_bytes_is_read_or_refused(tmp_path, kind, data):
    whole = bytearray(BUILDERS[kind](tmp_path / "whole").read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at] = data.draw(st.integers(0, 255))
    (tmp_path / "a").write_bytes(whole)
    _read_or_refuse(tmp_path / "a")


def test_a_part_whose_name_only_says_that_it_is_utf_8_is_refused(tmp_path):
    """The archive's list of parts is in order; what stands before the part itself is not."""
    whole = bytearray(BUILDERS["xlsx"](tmp_path / "whole").read_bytes())
    place = 0
    while (place := whole.find(b"PK\x03\x04", place)) >= 0:
        whole[place + 7] |= 0x08
        whole[place + 30] = 0xFF
        place += 4
    (tmp_path / "a.xlsx").write_bytes(whole)
    with pytest.raises(SheetError):
        read_table(tmp_path / "a.xlsx")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_a_sheet_with_wrong_xml_is_read_or_refused(tmp_path, data):
    xml = bytearray(sheet_xml(grid([*USERS, ("cy", 5)])).encode())
    start = xml.index(b"<sheetData")
    pieces = st.sampled_from([b"<", b">", b'"', b"r=", b"0", b"99999999", b"&", b"\xff", b"</row>"])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(start, len(xml) - 1))
        xml[at : at + data.draw(st.integers(0, 5))] = data.draw(pieces)
    _read_or_refuse(xlsx(tmp_path / "a.xlsx", [("Users", "visible", bytes(xml))]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary() | st.text().map(str.encode) | st.text().map(lambda each: each.encode("utf-16")))
def test_any_bytes_at_all_are_read_or_refused(tmp_path, data):
    (tmp_path / "a.csv").write_bytes(data)
    _read_or_refuse(tmp_path / "a.csv")


def _read_or_refuse(path):
    with suppress(SheetError):
        table = read_table(path, known_headers=("username", "phone"))
        assert all(len(record.cells) == len(table.headers) for record in table.records())
        assert len(list(table.records())) == len(table)
