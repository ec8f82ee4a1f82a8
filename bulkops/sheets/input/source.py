"""The bytes of an input, wherever they come from: a file, a pipe, or standard input."""

from __future__ import annotations

import hashlib
import io
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from bulkops.errors import SheetError
from bulkops.suggestions import nearest_hint

MOST_BYTES = 512 * 1024 * 1024
"""Largest input, and largest unpacked workbook, that is read."""
MOST_PIPED = 128 * 1024 * 1024
"""Largest input that is read from a pipe, and so is kept in memory."""
_MOST_NAMES = 1000
STDIN = "stdin"
"""What an input without a path is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InputSource:
    """A seekable stream with the name that the person gave it."""

    name: str
    stream: BinaryIO

    def sha256(self) -> str:
        """Return the hex digest of all bytes."""
        self.stream.seek(0)
        digest = hashlib.sha256()
        while block := self.stream.read(1 << 20):
            digest.update(block)
        return digest.hexdigest()

    def start(self, size: int) -> bytes:
        """Return the first bytes."""
        self.stream.seek(0)
        return self.stream.read(size)


@contextmanager
def opened(path: Path | None, stdin: BinaryIO | None) -> Iterator[InputSource]:
    """Open an input for reading; None or `-` is standard input. Raises SheetError."""
    if path is None or str(path) == "-":
        if stdin is None:
            raise SheetError("no-input", "there is no standard input to read the sheet from")
        yield InputSource(name=STDIN, stream=_swallowed(stdin, STDIN))
        return
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise SheetError("folder", f"{path} is a folder: name a file in it")
        stream = path.open("rb")
    except FileNotFoundError as error:
        raise SheetError("no-file", f"there is no file {path}{_beside(path)}") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SheetError("unreadable", f"{path} can't be opened: {reason}") from error
    with stream:
        regular = stat.S_ISREG(mode)
        whole = _bounded(stream, path) if regular else _swallowed(stream, str(path))
        yield InputSource(name=path.name, stream=whole)


def _bounded(stream: BinaryIO, path: Path) -> BinaryIO:
    size = stream.seek(0, io.SEEK_END)
    if size > MOST_BYTES:
        raise _too_large(str(path), MOST_BYTES)
    if path.name.startswith("~$"):
        raise SheetError(
            "lock-file",
            f"{path.name} is the mark that Excel leaves beside an open workbook:"
            f' give "{path.name[2:]}" instead',
        )
    return stream


def _swallowed(stream: BinaryIO, name: str) -> BinaryIO:
    """Keep what can be read only once; in memory, for there may be passwords in it."""
    kept, most = io.BytesIO(), min(MOST_PIPED, MOST_BYTES)
    while block := stream.read(1 << 20):
        kept.write(block)
        if kept.tell() > most:
            raise _too_large(name, most)
    return kept


def _too_large(name: str, limit: int) -> SheetError:
    most = limit // 2**20
    return SheetError("too-large", f"{name} is larger than {most} MB: split it into several files")


def _beside(path: Path) -> str:
    try:
        names = [entry.name for entry in path.absolute().parent.iterdir() if entry.is_file()]
    except OSError:
        return ""
    hint = nearest_hint(path.name, names[:_MOST_NAMES])
    return f". {hint}" if hint else ""
