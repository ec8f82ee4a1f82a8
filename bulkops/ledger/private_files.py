"""Files and folders for their owner alone, never through a link, and there after a crash."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

_NO_LINKS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_UNSYNCABLE = (errno.EINVAL, errno.ENOTSUP, errno.EBADF)
"""What file systems say that put the names in a folder on the disk by themselves, or never."""


def open_private(path: Path, flags: int) -> int:
    """Open a file for its owner alone, whatever the umask, and return its descriptor.

    Raises OSError, and where the path is a symbolic link one whose text says so.
    """
    try:
        descriptor = os.open(path, flags | _NO_LINKS, 0o600)
    except OSError as error:
        if path.is_symlink():
            said = "it is a symbolic link, through which nothing is written: remove it"
            raise OSError(errno.ELOOP, said) from error
        raise
    if flags & os.O_CREAT and os.name == "posix":
        os.fchmod(descriptor, 0o600)
    return descriptor


def make_private_folder(folder: Path) -> None:
    """Make one folder for its owner alone, whatever the umask; FileExistsError where it is."""
    folder.mkdir(mode=0o700)
    folder.chmod(0o700)
    sync_folder(folder.parent)


def make_folders(folder: Path) -> None:
    """Make a folder with those above it, where they are missing; each outlives a power cut."""
    missing = [each for each in (folder, *folder.parents) if not each.is_dir()]
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
        # a umask that bars even the owner would leave a folder without use
        each.chmod(each.stat().st_mode | 0o700)
        sync_folder(each.parent)
    # one that is there may have been made a moment ago, by somebody who did not wait for the disk
    with suppress(PermissionError):
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Have what was made, renamed or removed in a folder on the disk (POSIX, fsync)."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _UNSYNCABLE:
            raise
    finally:
        os.close(descriptor)
