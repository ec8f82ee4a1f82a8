from __future__ import annotations

import subprocess

import pytest

from bulkops.errors import Exit
from bulkops.ledger import file_system
from bulkops.ledger.file_system import NetworkFolderError, network_file_system, require_local

MOUNTINFO = r"""
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
40 27 0:40 / {root}/share rw,relatime shared:7 - nfs4 server:/x rw,vers=4.2
41 27 0:41 / {root}/share/local rw - ext4 /dev/vdb rw
42 27 0:42 / {root}/with\040space rw - fuse.sshfs host: rw
43 27 0:43 / {root}/hidden rw - nfs server:/y rw
44 27 0:44 / {root}/hidden rw - xfs /dev/vdc rw
45 27 0:45 / {root}/stick rw - fuseblk /dev/sdb rw
46 27 0:46 / {root}/win rw - cifs //host/share rw
a line of another kind
""".lstrip()


@pytest.fixture
def mounts(tmp_path, monkeypatch):
    table = tmp_path / "mountinfo"
    table.write_text(MOUNTINFO.format(root=tmp_path), encoding="utf-8")
    monkeypatch.setattr(file_system, "MOUNTS", table)
    return tmp_path


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("share", "nfs4"),
        ("share/runs/deep", "nfs4"),
        ("shared", ""),
        ("share/local/runs", ""),
        ("with space/runs", "fuse.sshfs"),
        ("hidden/runs", ""),
        ("stick", ""),
        ("win", "cifs"),
        ("here", ""),
    ],
)
def test_a_network_file_system_is_told_by_the_last_mount_over_a_folder(mounts, folder, kind):
    assert network_file_system(mounts / folder) == kind


def test_a_link_is_followed_to_where_the_files_are(mounts):
    (mounts / "share").mkdir()
    (mounts / "link").symlink_to(mounts / "share")
    assert network_file_system(mounts / "link" / "runs") == "nfs4"


def test_a_ledger_is_refused_where_a_network_shares_the_file_system(mounts):
    require_local(mounts)
    with pytest.raises(NetworkFolderError, match=r"network's file system \(cifs\).*--runs-dir"):
        require_local(mounts / "win")
    assert NetworkFolderError.exit is Exit.USAGE


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        ("/dev/disk1 on / (apfs, local)\n//ana@host/runs on {root} (smbfs, nodev)\n", "smbfs"),
        ("/dev/disk1 on / (apfs, local)\n", ""),
    ],
)
def test_where_there_is_no_mountinfo_the_mount_command_is_asked(
    tmp_path, monkeypatch, printed, kind
):
    def mount(command, **_):
        return subprocess.CompletedProcess(command, 0, stdout=printed.format(root=tmp_path))

    monkeypatch.setattr(file_system, "MOUNTS", tmp_path / "none")
    monkeypatch.setattr(file_system.subprocess, "run", mount)
    assert network_file_system(tmp_path) == kind


def test_where_nobody_knows_the_folder_is_tried(tmp_path, monkeypatch):
    def mount(*_, **__):
        raise FileNotFoundError

    monkeypatch.setattr(file_system, "MOUNTS", tmp_path / "none")
    monkeypatch.setattr(file_system.subprocess, "run", mount)
    assert network_file_system(tmp_path) == ""
