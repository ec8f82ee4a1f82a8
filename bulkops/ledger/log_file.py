"""The write-ahead log as a file: what SQLite has written there, brought onto the disk.

SQLite is told not to wait for the disk at each commit (`synchronous = NORMAL`), so that waiting
can be done apart from writing: for several commits at once, and on another thread. Every commit
is waited for here before anybody is told of it. At checkpoints and whenever the log begins anew
SQLite goes on waiting by itself.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from threading import Lock

_UNKNOWN_REQUEST = frozenset({errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL, errno.ENOTTY})

if sys.platform == "darwin":  # pragma: no cover
    import fcntl

    def _sync(descriptor: int) -> None:
        # fsync alone leaves data in the drive's cache there; not all file systems know better
        try:
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        except OSError as error:
            if error.errno not in _UNKNOWN_REQUEST:
                raise
            os.fsync(descriptor)
elif hasattr(os, "fdatasync"):

    def _sync(descriptor: int) -> None:
        os.fdatasync(descriptor)
else:  # pragma: no cover

    def _sync(descriptor: int) -> None:
        os.fsync(descriptor)


class LogFile:
    """A ledger's write-ahead log, held open: a file that is deleted or moved is still ours.

    SQLite's locks are on other files, so that closing this one lets go of none (POSIX, fcntl).
    """

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDWR)
        self._failure: OSError | None = None
        self._syncing = Lock()

    def sync(self) -> None:
        """Have all that was written to the log on the disk; OSError where that fails.

        Once it has failed it fails for good: a system forgets what it could not write, and tells
        of it once (fsync(2)). So one thread at a time, or another would be told that all is well.
        """
        with self._syncing:
            if self._failure is not None:
                raise self._failure
            try:
                _sync(self._descriptor)
            except OSError as error:
                self._failure = error
                raise

    def close(self) -> None:
        """Let go of the file; closing again does nothing."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
