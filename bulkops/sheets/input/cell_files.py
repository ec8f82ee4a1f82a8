"""Reads the files that cells name: from one folder, never outside of it, and none too large."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bulkops.errors import SheetError
from bulkops.planning.rows.cells import Flaw
from bulkops.planning.rows.readers.cell_files import MARK, CellFile
from bulkops.suggestions import nearest_hint
from bulkops.visible_text import visible

MOST_BYTES = 4 * 1024 * 1024
"""Of one file; no member of a request that a cell fills takes more."""
MOST_IN_ALL = 256 * 1024 * 1024
"""Of all the files that the cells of a sheet name: they are held in memory."""
_MOST_NAMES = 1000
_BOM = b"\xef\xbb\xbf"


@dataclass(slots=True, kw_only=True)
class FilesFolder:
    """A folder that cells name files in. `path` None: the sheet has none, nothing can be named.

    Relative paths begin in it; absolute ones, and links, must lead into it.
    """

    path: Path | None
    _read: int = field(default=0, init=False)

    def file(self, cell: str, *, octets: bool, kept: bool = True) -> CellFile:
        """Return what a cell's file holds, as text or as octets, or what is wrong with it.

        Unless it is to be `kept`, the text is read again whenever it is asked for.
        Raises SheetError where the files come to more than is kept in memory.
        """
        try:
            content = self._content(self._place(cell.removeprefix(MARK).strip(), cell), cell)
        except _FileError as error:
            return CellFile(flaw=error.flaw)
        self._read += len(content) * kept
        if self._read > MOST_IN_ALL:
            most = MOST_IN_ALL // 2**20
            message = f"the files that its cells name come to more than {most} MB: split the sheet"
            raise SheetError("too-large", message)
        digest = hashlib.sha256(content).hexdigest()
        if octets:
            return CellFile(content=content, sha256=digest)
        try:
            text = content.removeprefix(_BOM).decode("utf-8")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            return CellFile(flaw=_flaw(cell, f"is not UTF-8 in line {line}", "Save it as UTF-8."))
        if not kept:
            return CellFile(sha256=digest, again=partial(self._again, cell, digest))
        return CellFile(content=text, sha256=digest)

    def _again(self, cell: str, digest: str) -> str:
        """Return the text of a file that was read before; SheetError where it is another by now."""
        try:
            content = self._content(self._place(cell.removeprefix(MARK).strip(), cell), cell)
        except _FileError as error:
            raise SheetError("no-file", error.flaw.message) from error
        if hashlib.sha256(content).hexdigest() != digest:
            said = f'the file that "{visible(cell)}" names has changed while it was read'
            raise SheetError("changed", said)
        return content.removeprefix(_BOM).decode("utf-8")

    def _place(self, named: str, cell: str) -> Path:
        """Return the real path of a file; nothing is opened that lies elsewhere."""
        if self.path is None:
            hint = "Say where it is with --files-dir."
            raise _FileError(cell, "can't be found: the sheet lies in no folder", hint)
        try:
            base = self.path.resolve()
            path = (base / named).resolve()
        except (OSError, RuntimeError, ValueError) as error:
            raise _FileError(cell, f"can't be found: {error}") from error
        if not path.is_relative_to(base):
            hint = "Name a file in it, or another folder with --files-dir."
            raise _FileError(cell, f"lies outside of the folder {visible(str(base))}", hint)
        return path

    def _content(self, path: Path, cell: str) -> bytes:
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        try:
            opened = os.open(path, flags | getattr(os, "O_BINARY", 0))
        except FileNotFoundError as error:
            raise _FileError(cell, "is not there", _beside(path)) from error
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise _FileError(cell, f"can't be opened: {reason}") from error
        if not stat.S_ISREG(os.fstat(opened).st_mode):
            os.close(opened)
            raise _FileError(cell, "is no file")
        with os.fdopen(opened, "rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise _FileError(cell, f"is larger than {MOST_BYTES // 2**20} MB")
        return content


class _FileError(Exception):
    def __init__(self, cell: str, says: str, hint: str = "") -> None:
        super().__init__(says)
        self.flaw = _flaw(cell, says, hint)


def _flaw(cell: str, says: str, hint: str = "") -> Flaw:
    message = f'the file that "{visible(cell)}" names {says}'
    return Flaw(code="no-file", message=message, found=cell, hint=hint)


def _beside(path: Path) -> str:
    try:
        names = [entry.name for entry in path.parent.iterdir() if entry.is_file()]
    except OSError:
        return ""
    return nearest_hint(path.name, names[:_MOST_NAMES])
