from __future__ import annotations

import os

import pytest

from bulkops.sheets.errors import SheetError
from bulkops.sheets.files import replacing


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


def _write_half(target, failure):
    with replacing(target) as temporary:
        temporary.write_text("half")
        raise failure
