from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from bulkops.errors import SheetError
from bulkops.sheets.output.atomic_file import original_name, replacing


def test_the_file_takes_its_name_only_when_it_is_whole(tmp_path):
    target = tmp_path / "results.csv"
    target.write_text("before")
    with replacing(target) as temporary:
        temporary.write_text("after")
        assert target.read_text() == "before"
        assert temporary.parent == tmp_path
    assert target.read_text() == "after"
    assert [each.name for each in tmp_path.iterdir()] == ["results.csv"]


@pytest.mark.parametrize("failure", [ValueError, KeyboardInterrupt])
def test_the_earlier_file_survives_any_failure(tmp_path, failure):
    target = tmp_path / "results.csv"
    target.write_text("before")
    with pytest.raises(failure):
        _write_half(target, failure)
    assert target.read_text() == "before"
    assert [each.name for each in tmp_path.iterdir()] == ["results.csv"]


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_the_file_is_for_its_owner_alone_even_over_an_open_one(tmp_path):
    target = tmp_path / "results.csv"
    target.write_text("before")
    target.chmod(0o666)
    with replacing(target) as temporary:
        assert temporary.stat().st_mode & 0o777 == 0o600
        temporary.write_text("after")
        temporary.chmod(0o644)
    assert target.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_a_symbolic_link_keeps_pointing_to_the_file_that_is_replaced(tmp_path):
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("before")
    link.symlink_to(real)
    with replacing(link) as temporary:
        temporary.write_text("after")
    assert link.is_symlink()
    assert real.read_text() == "after"


def test_a_folder_and_a_missing_folder_are_refused(tmp_path):
    with pytest.raises(SheetError, match="is a folder") as caught, replacing(tmp_path):
        pass
    assert caught.value.code == "not-written"
    with (
        pytest.raises(SheetError, match="nothing can be written in"),
        replacing(tmp_path / "no" / "such" / "file.csv"),
    ):
        pass


def test_what_can_not_be_put_in_place_is_said(tmp_path):
    target = tmp_path / "results.csv"
    with pytest.raises(SheetError, match="can't be written"), replacing(target) as temporary:
        temporary.unlink()
    assert list(tmp_path.iterdir()) == []


def test_a_file_held_open_elsewhere_keeps_its_name_and_the_new_one_is_not_written(
    tmp_path, monkeypatch
):
    _hold_open(tmp_path / "results.csv", monkeypatch)
    with (
        pytest.raises(SheetError, match="Access is denied; if it is open in another program"),
        replacing(tmp_path / "results.csv") as temporary,
    ):
        temporary.write_text("new")
    assert [each.name for each in tmp_path.iterdir()] == ["results.csv"]


def test_a_file_held_open_elsewhere_gets_the_next_free_name_where_that_will_do(
    tmp_path, monkeypatch
):
    _hold_open(tmp_path / "results.csv", monkeypatch)
    (tmp_path / "results-2.csv").write_text("a person's own")
    landed = []
    with replacing(tmp_path / "results.csv", landed) as temporary:
        temporary.write_text("new")
    assert landed == [tmp_path / "results-3.csv"]
    assert landed[0].read_text() == "new"
    assert (tmp_path / "results-2.csv").read_text() == "a person's own"


def test_no_name_is_free_without_end(tmp_path, monkeypatch):
    _hold_open(tmp_path / "results.csv", monkeypatch)
    for number in range(2, 100):
        (tmp_path / f"results-{number}.csv").touch()
    with (
        pytest.raises(SheetError, match="Access is denied"),
        replacing(tmp_path / "results.csv", []),
    ):
        pass
    assert len(list(tmp_path.iterdir())) == 99


def test_a_full_disk_is_told_by_whatever_was_writing(tmp_path):
    path = tmp_path / "results.csv"
    with (
        pytest.raises(SheetError, match=r"results\.csv can't be written: No space"),
        replacing(path),
    ):
        raise OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(SheetError, match=r"can't be written: short$"), replacing(path):
        raise OSError("short")


@pytest.mark.parametrize(
    ("name", "original"),
    [
        ("results.csv", "results.csv"),
        ("results-2.csv", "results.csv"),
        ("results-99.csv", "results.csv"),
        ("results-1.csv", "results-1.csv"),
        ("results-old.csv", "results-old.csv"),
        ("-2.csv", "-2.csv"),
    ],
)
def test_the_name_a_file_was_meant_to_have_is_known(name, original):
    assert original_name(name) == original


def _hold_open(path, monkeypatch):
    """Refuse to replace a file, as Windows does for one that is open in another program."""
    path.write_text("before")
    replace = Path.replace

    def guarded(self, target):
        if target == path:
            raise PermissionError(errno.EACCES, "Access is denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", guarded)


def _write_half(target, failure):
    with replacing(target) as temporary:
        temporary.write_text("half")
        raise failure
