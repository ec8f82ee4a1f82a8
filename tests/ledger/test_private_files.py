from __future__ import annotations

import errno
import os
import stat

import pytest

from bulkops.ledger import private_files
from bulkops.ledger.private_files import (
    make_folders,
    make_private_folder,
    open_private,
    sync_folder,
)

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes and links are POSIX's")


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o277, 0o777], ids=oct)
def umask(request):
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.usefixtures("umask")
def test_files_and_folders_are_for_their_owner_alone_whatever_the_umask(tmp_path):
    make_private_folder(tmp_path / "run")
    os.close(open_private(tmp_path / "run" / "file", os.O_RDWR | os.O_CREAT))
    assert (mode(tmp_path / "run"), mode(tmp_path / "run" / "file")) == (0o700, 0o600)


def test_folders_that_are_made_can_be_used_by_their_owner(tmp_path, umask):
    make_folders(tmp_path / "a" / "b")
    made = [mode(tmp_path / "a"), mode(tmp_path / "a" / "b")]
    assert made == [0o777 & ~umask | 0o700] * 2
    make_folders(tmp_path / "a" / "b")


def test_nothing_is_opened_through_a_link(tmp_path):
    (tmp_path / "elsewhere").write_text("own")
    for target in ("elsewhere", "nowhere"):
        link = tmp_path / f"to-{target}"
        link.symlink_to(tmp_path / target)
        with pytest.raises(OSError, match="it is a symbolic link, through which nothing is writ"):
            open_private(link, os.O_RDWR | os.O_CREAT)
    assert (tmp_path / "elsewhere").read_text() == "own"
    assert not (tmp_path / "nowhere").exists()


def test_other_errors_pass_as_they_are(tmp_path):
    with pytest.raises(IsADirectoryError):
        open_private(tmp_path, os.O_RDWR)


@pytest.mark.parametrize(("code", "passes"), [(errno.EINVAL, True), (errno.EIO, False)])
def test_a_file_system_that_syncs_no_folders_is_put_up_with_and_a_failing_disk_is_not(
    tmp_path, monkeypatch, code, passes
):
    def fsync(_descriptor):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(private_files.os, "fsync", fsync)
    if passes:
        sync_folder(tmp_path)
    else:
        with pytest.raises(OSError, match=os.strerror(code)):
            sync_folder(tmp_path)


def test_where_there_are_no_posix_folders_nothing_is_synced(tmp_path, monkeypatch):
    monkeypatch.setattr(private_files.os, "name", "nt")
    sync_folder(tmp_path / "not there")
