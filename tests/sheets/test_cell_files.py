"""Files that cells name: from one folder alone, whole, as text or as octets."""

from __future__ import annotations

import hashlib
import os

import pytest

from bulkops.errors import SheetError
from bulkops.sheets.input import cell_files
from bulkops.sheets.input.cell_files import FilesFolder


@pytest.fixture
def folder(tmp_path):
    sheets = tmp_path / "sheets"
    (sheets / "flows").mkdir(parents=True)
    (sheets / "flows" / "main.json").write_bytes(b'\xef\xbb\xbf{"a": "Cafe\xcc\x81"}\r\n')
    (tmp_path / "secret.txt").write_text("s3cret")
    return sheets


def read(folder, cell, *, octets=False):
    return FilesFolder(path=folder).file(cell, octets=octets)


def wrong(folder, cell):
    flaw = read(folder, cell).flaw
    assert (flaw.code, flaw.found) == ("no-file", cell)
    return f"{flaw.message}. {flaw.hint}".removesuffix(". ")


@pytest.mark.parametrize(
    "cell", ["@flows/main.json", "@ flows/main.json", "@./flows/../flows/main.json"]
)
def test_a_file_is_its_text_without_its_mark_of_order_and_else_untouched(folder, cell):
    found = read(folder, cell)
    assert found.content == '{"a": "Cafe\u0301"}\r\n'
    octets = (folder / "flows" / "main.json").read_bytes()
    assert found.sha256 == hashlib.sha256(octets).hexdigest()
    assert read(folder, cell, octets=True).content == octets


def test_an_absolute_path_counts_only_inside_of_the_folder(folder):
    inside = folder / "flows" / "main.json"
    assert read(folder, f"@{inside}").flaw is None
    outside = folder.parent / "secret.txt"
    assert "lies outside of the folder" in wrong(folder, f"@{outside}")
    assert read(folder.parent, f"@{outside}").content == "s3cret"


@pytest.mark.parametrize("cell", ["@../secret.txt", "@flows/../../secret.txt", "@link", "@far/x"])
def test_nothing_outside_of_the_folder_is_opened(folder, cell):
    (folder / "link").symlink_to(folder.parent / "secret.txt")
    (folder / "far").symlink_to(folder.parent)
    said = wrong(folder, cell)
    assert f"lies outside of the folder {folder}" in said
    assert said.endswith("Name a file in it, or another folder with --files-dir.")


def test_a_link_inside_of_the_folder_is_a_file_like_any(folder):
    (folder / "current").symlink_to("flows")
    assert read(folder, "@current/main.json").flaw is None


def test_what_is_not_there_gets_the_nearest_name(folder):
    assert wrong(folder, "@flows/mian.json") == (
        'the file that "@flows/mian.json" names is not there. Did you mean "main.json"?'
    )
    assert wrong(folder, "@flws/main.json") == 'the file that "@flws/main.json" names is not there'


def test_what_is_no_file_is_not_waited_for(folder):
    os.mkfifo(folder / "pipe")
    assert wrong(folder, "@pipe").endswith("is no file")
    assert wrong(folder, "@flows").endswith("is no file")
    assert "can't be found" in wrong(folder, "@a\0b")
    (folder / "loop").symlink_to("loop")
    assert "loop" in wrong(folder, "@loop/x")


def test_a_file_that_may_not_be_read_is_said(folder, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert wrong(folder, "@flows/main.json").endswith("can't be opened: Permission denied")


def test_text_is_utf_8_and_the_line_that_is_not_is_named(folder):
    (folder / "old.txt").write_bytes(b"one\ntwo\nCaf\xe9\n")
    assert wrong(folder, "@old.txt") == (
        'the file that "@old.txt" names is not UTF-8 in line 3. Save it as UTF-8.'
    )
    assert read(folder, "@old.txt", octets=True).content == b"one\ntwo\nCaf\xe9\n"


def test_a_file_is_bounded_and_so_are_all_together(folder, monkeypatch):
    monkeypatch.setattr(cell_files, "MOST_BYTES", 2**20)
    monkeypatch.setattr(cell_files, "MOST_IN_ALL", 3 * 2**20)
    (folder / "large").write_bytes(b"x" * (2**20 + 1))
    assert wrong(folder, "@large").endswith("is larger than 1 MB")
    for name in "abcd":
        (folder / name).write_bytes(b"x" * 2**20)
    files = FilesFolder(path=folder)
    for name in "abc":
        assert files.file(f"@{name}", octets=False).flaw is None
    with pytest.raises(SheetError, match="come to more than 3 MB") as raised:
        files.file("@d", octets=False)
    assert raised.value.code == "too-large"


def test_a_sheet_that_lies_in_no_folder_names_no_file():
    assert wrong(None, "@a") == (
        'the file that "@a" names can\'t be found: the sheet lies in no folder.'
        " Say where it is with --files-dir."
    )


def test_a_text_that_is_not_kept_is_read_again_and_must_be_the_same(folder):
    file = folder / "flows" / "later.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text("one", encoding="utf-8")
    found = FilesFolder(path=folder).file("@flows/later.json", octets=False, kept=False)
    assert (found.content, found.again()) == ("", "one")
    file.write_text("two", encoding="utf-8")
    with pytest.raises(SheetError, match="has changed while it was read"):
        found.again()
    file.unlink()
    with pytest.raises(SheetError, match="is not there"):
        found.again()
