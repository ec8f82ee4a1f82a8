"""One process per run: a lock that the operating system gives back when its holder dies."""

from __future__ import annotations

import errno
import json
import os
import socket
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from bulkops.errors import LedgerBusyError, LedgerError
from bulkops.ledger.loss import Loss
from bulkops.ledger.private_files import open_private

LOCK_FILE = "ledger.lock"
_BUSY = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
_LOOKS, _LOOK_SECONDS = 4, 0.02

if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    # Windows locks bytes, and keeps others from reading them: one far behind the text.
    _FAR = 1 << 30

    def _take(descriptor: int) -> None:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _take_soon(descriptor: int) -> None:
    """Take a lock that somebody may hold for a moment, to see whether it is held."""
    for _ in range(_LOOKS):
        try:
            return _take(descriptor)
        except OSError as error:
            if error.errno not in _BUSY:
                raise
            time.sleep(_LOOK_SECONDS)
    return _take(descriptor)


class RunLock:
    """Holds a run's folder for this process, until `release` or the process's end.

    The lock is the operating system's; what the file says only tells others who holds it. A
    folder that was copied or moved to another machine is free there.
    """

    def __init__(self, folder: Path) -> None:
        """Take the lock; LedgerBusyError where another process has it."""
        self._path = folder / LOCK_FILE
        try:
            self._descriptor = open_private(self._path, os.O_RDWR | os.O_CREAT)
        except OSError as error:
            raise LedgerError(f"{self._path} can't be opened: {error.strerror}") from error
        try:
            _take_soon(self._descriptor)
        except OSError as error:
            holder = os.read(self._descriptor, 1000)
            os.close(self._descriptor)
            if error.errno not in _BUSY:  # a file system that knows no locks, for one
                raise LedgerError(f"{self._path} can't be locked: {error.strerror}") from error
            raise LedgerBusyError(
                f"run {folder.absolute().name} is being worked on by {_described(holder)}"
            ) from error
        self._write(_self_description())

    def _write(self, text: bytes) -> None:
        os.ftruncate(self._descriptor, 0)
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        os.write(self._descriptor, text)

    def is_in_place(self) -> bool:
        """Tell whether the lock's name still leads to it: by another file another could hold it."""
        try:
            return os.path.samestat(os.fstat(self._descriptor), self._path.stat())
        except OSError:
            return False

    def loss(self) -> Loss:
        """Return what became of a folder that is no longer where it was, or has lost its lock."""
        if not os.fstat(self._descriptor).st_nlink:
            if not self._path.parent.is_dir():
                return Loss(said="was deleted")
            return Loss(said="has lost its lock", whole=True, folder=self._path.parent)
        try:
            # Linux alone tells where an open file is
            folder = Path(f"/proc/self/fd/{self._descriptor}").readlink().parent
        except OSError:
            return Loss(said="was moved away", whole=True)
        return Loss(said=f"was moved to {folder}", whole=True, folder=folder)

    def release(self) -> None:
        """Give the run free; releasing again does nothing."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def _self_description() -> bytes:
    holder = {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "since": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
    }
    return json.dumps(holder).encode()


def _described(holder: bytes) -> str:
    """Return who holds a lock, as far as its file tells: the holder may be about to write it."""
    try:
        said = json.loads(holder)
        return f"pid {said['pid']} on host {said['host']} since {said['since']}"
    except (ValueError, KeyError, TypeError):
        return "another process"
