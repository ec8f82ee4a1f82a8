from __future__ import annotations

import errno
import re
from pathlib import Path

import pytest

from bulkops.reports.atomic_report import noting, remove_earlier, write_text


def hold_open(monkeypatch, *held):
    """Refuse to replace or remove files, as Windows does for those open in another program."""
    replace, unlink = Path.replace, Path.unlink

    def guarded_replace(self, target):
        if Path(target).name in held:
            raise PermissionError(errno.EACCES, "Access is denied")
        return replace(self, target)

    def guarded_unlink(self, *, missing_ok=False):
        if self.name in held:
            raise PermissionError(errno.EACCES, "Access is denied")
        unlink(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "replace", guarded_replace)
    monkeypatch.setattr(Path, "unlink", guarded_unlink)


def names(folder):
    return sorted(file.name for file in folder.iterdir())


def land(path, text):
    landed, unwritten = [], []
    with noting(unwritten):
        write_text(path, text, landed)
    return unwritten or landed


def test_a_report_takes_the_place_of_the_earlier_one(tmp_path):
    path = tmp_path / "report.html"
    path.write_text("old")
    assert land(path, "new ö") == [path]
    assert path.read_bytes() == "new ö".encode()
    assert names(tmp_path) == ["report.html"]


def test_half_surrogates_become_question_marks(tmp_path):
    land(tmp_path / "report.html", "a\ud800b")
    assert (tmp_path / "report.html").read_text() == "a?b"


def test_a_report_held_open_elsewhere_gets_the_next_free_name(tmp_path, monkeypatch):
    (tmp_path / "report.html").write_text("old")
    (tmp_path / "report-2.html").write_text("a person's own")
    hold_open(monkeypatch, "report.html")
    assert land(tmp_path / "report.html", "new") == [tmp_path / "report-3.html"]
    assert (tmp_path / "report.html").read_text() == "old"
    assert (tmp_path / "report-2.html").read_text() == "a person's own"
    assert (tmp_path / "report-3.html").read_text() == "new"


def test_when_every_name_is_taken_the_report_is_not_written(tmp_path, monkeypatch):
    for number in range(2, 100):
        (tmp_path / f"report-{number}.html").touch()
    hold_open(monkeypatch, "report.html")
    (said,) = land(tmp_path / "report.html", "new")
    assert "report.html can't be written: Access is denied" in said
    assert len(names(tmp_path)) == 98


def test_a_folder_that_is_not_there_is_a_fault_of_the_report(tmp_path):
    (said,) = land(tmp_path / "gone" / "report.html", "new")
    assert re.search(r"nothing can be written in .*gone: No such file", said)


def test_what_is_no_fault_of_writing_passes_as_it_is():
    with pytest.raises(ZeroDivisionError), noting([]):
        raise ZeroDivisionError


def test_an_earlier_report_that_no_longer_holds_is_removed(tmp_path):
    path = tmp_path / "failed.csv"
    path.touch()
    remove_earlier(path, [])
    remove_earlier(path, [])
    assert names(tmp_path) == []


def test_an_earlier_report_that_can_not_be_removed_is_noted(tmp_path, monkeypatch):
    def refused(path, **_):
        raise OSError(errno.EROFS, "Read-only file system", str(path))

    monkeypatch.setattr(Path, "unlink", refused)
    unwritten = []
    remove_earlier(tmp_path / "failed.csv", unwritten)
    assert unwritten == [f"{tmp_path}/failed.csv: Read-only file system"]


def test_a_folder_in_the_place_of_a_report_stays(tmp_path):
    (tmp_path / "failed.csv").mkdir()
    unwritten = []
    remove_earlier(tmp_path / "failed.csv", unwritten)
    assert (names(tmp_path), unwritten) == (["failed.csv"], [])


def test_an_earlier_report_held_open_elsewhere_stays(tmp_path, monkeypatch):
    (tmp_path / "failed.csv").touch()
    hold_open(monkeypatch, "failed.csv")
    remove_earlier(tmp_path / "failed.csv", [])
    assert names(tmp_path) == ["failed.csv"]
