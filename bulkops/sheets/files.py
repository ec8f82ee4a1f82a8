"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bulkops.sheets.errors import SheetError


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary name beside `path`, and put what was written there in its place.

    The file is for its owner alone (0600) and on the disk before it takes the name. Whatever
    goes wrong inside, an earlier file stays as it was. Through a symbolic link the file that it
    points to is replaced. Raises SheetError where the place can't be written to.
    """
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise SheetError("not-written", f"{path} is a folder: name a file in it")
    temporary = _temporary(target)
    try:
        yield temporary
        _settle(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


def _temporary(target: Path) -> Path:
    try:
        handle, name = tempfile.mkstemp(
            prefix=f".{target.stem[:50]}-", suffix=target.suffix, dir=target.parent
        )
    except OSError as error:
        raise SheetError(
            "not-written", f"nothing can be written in {target.parent}: {error.strerror}"
        ) from error
    os.close(handle)
    return Path(name)


def _settle(temporary: Path, target: Path) -> None:
    try:
        temporary.chmod(0o600)
        _flush(temporary, os.O_RDWR)
        temporary.replace(target)
        if os.name == "posix":
            _flush(target.parent, os.O_RDONLY)
    except OSError as error:
        raise SheetError(
            "not-written",
            f"{target} can't be written: {error.strerror}; if it is open in another program,"
            " close it there",
        ) from error


def _flush(path: Path, mode: int) -> None:
    handle = os.open(path, mode)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
