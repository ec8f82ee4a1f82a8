"""Which file system a folder is on, and whether a ledger is safe there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bulkops.errors import Exit, LedgerError

MOUNTS = Path("/proc/self/mountinfo")
_DRIVE_REMOTE = 4  # GetDriveTypeW, Windows API
_NETWORK = frozenset(
    (
        *("nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "webdav", "davfs"),
        *("afs", "afpfs", "ncpfs", "coda", "ceph", "glusterfs", "lustre", "gpfs", "beegfs"),
        *("orangefs", "pvfs2", "gfs2", "ocfs2", "vboxsf", "vmhgfs", "prl_fs"),
    )
)
"""File systems that several hosts may share: their memory is not shared, and WAL needs that
("all processes using a database must be on the same host computer; WAL does not work over a
network filesystem", SQLite documentation, Write-Ahead Logging)."""
_NETWORK_FUSE = re.compile(
    r"fuse\.(sshfs|s3fs|gcsfuse|goofys|rclone|mount-s3|blobfuse2?|glusterfs|ceph|cephfs|juicefs|"
    r"davfs2?|curlftpfs|smbnetfs|gvfsd-fuse|google-drive-ocamlfuse|onedriver|vmhgfs-fuse|afuse)"
)


class NetworkFolderError(LedgerError):
    """A ledger can't be kept safe on a network's file system."""

    exit = Exit.USAGE


def require_local(folder: Path) -> None:
    """Raise NetworkFolderError where a folder is on a file system that a network shares."""
    kind = network_file_system(folder)
    if kind:
        raise NetworkFolderError(
            f"{folder} is on a network's file system ({kind}), where SQLite can't keep a ledger "
            "safe: name a folder on a local disk with --runs-dir, or copy a run's whole folder to "
            "one"
        )


def network_file_system(folder: Path) -> str:
    """Return the kind of a folder's file system where a network shares it; else an empty text."""
    place = Path(os.path.realpath(folder))
    if sys.platform == "win32":  # pragma: no cover
        return _remote_drive(place)
    over = [
        (len(where.parts), at, kind)
        for at, (where, kind) in enumerate(_mounts())
        if place.is_relative_to(where)
    ]
    # the nearest counts, and what was mounted last at a place hides what was there
    _, _, kind = max(over, default=(0, 0, ""))
    return kind if kind in _NETWORK or _NETWORK_FUSE.fullmatch(kind) else ""


def _mounts() -> list[tuple[Path, str]]:
    """Return where file systems are mounted and their kinds, in the order of mounting."""
    try:
        return list(_of_mountinfo(MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")))
    except OSError:
        return list(_of_mount_command())


def _of_mountinfo(text: str) -> Iterator[tuple[Path, str]]:
    """Read proc(5)'s mountinfo: the fifth field is the place, the first after " - " the kind."""
    for line in text.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) > 4 and after:  # noqa: PLR2004  # the fifth
            octal = re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), fields[4])
            yield Path(octal), after.split(" ")[0]


def _of_mount_command() -> Iterator[tuple[Path, str]]:
    """Read what `mount` prints on macOS and BSD: `//server/share on /Volumes/x (smbfs, …)`."""
    try:
        done = subprocess.run(
            ["/sbin/mount"], capture_output=True, text=True, timeout=5, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return
    for match in re.finditer(r"^.* on (/.*) \((\w+)", done.stdout, re.MULTILINE):
        yield Path(match[1]), match[2]


def _remote_drive(place: Path) -> str:  # pragma: no cover
    """Return the kind of a Windows drive that a network shares."""
    import ctypes  # noqa: PLC0415  # Windows alone

    if place.drive.startswith("\\\\"):
        return "network share"
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009  # no other system's ctypes has it
    remote = kernel.GetDriveTypeW(f"{place.anchor}") == _DRIVE_REMOTE
    return "network drive" if remote else ""
