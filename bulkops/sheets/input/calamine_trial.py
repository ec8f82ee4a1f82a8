"""A workbook laid out on trial, in a process of its own whose memory and time are bounded.

calamine lays out every cell between the first and the last, as far as a file says they reach. A
damaged or hostile one can ask for more memory than there is, which ends a process at once, with no
error to catch. What passes here is read again in the process itself, where it needs the same.
"""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import BinaryIO

from bulkops.errors import SheetError

MOST_MEMORY = 2 * 2**30
"""Bytes that laying out a workbook may take; the last row and column of .xls need a third."""
MOST_SECONDS = 120
_PROGRAM = """
import sys
sys.path[:] = sys.argv[2:]
import python_calamine
from bulkops.sheets.input.calamine_trial import bound, lay_out
bound(int(sys.argv[1]))
try:
    lay_out(sys.stdin.buffer.read())
except MemoryError:
    raise
except BaseException:
    sys.exit(10)
"""
_CAUGHT = 10
"""How the trial ends where the true reading meets the same exception, and puts it in words."""


def try_out(
    stream: BinaryIO, name: str, *, memory: int = MOST_MEMORY, seconds: float = MOST_SECONDS
) -> None:
    """Raise SheetError where a workbook can't be laid out within the bounds."""
    with _started(memory, name) as trial:
        try:
            code = _code(trial, stream, seconds)
        finally:
            trial.kill()
    if code not in (0, _CAUGHT):
        raise SheetError(
            "too-large",
            f"{name} is damaged or reaches too far: laid out, it takes more than "
            f"{memory // 2**20:,} MB or {seconds:g} seconds. Open it in a spreadsheet program and"
            " save it as .xlsx",
        )


def _started(memory: int, name: str) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-I", "-c", _PROGRAM, str(memory), *sys.path]
    try:
        return subprocess.Popen(  # noqa: S603  # this Python, with a program of ours
            words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except OSError as error:
        raise SheetError(
            "unreadable",
            f"{name} can't be tried out in a process of its own: {error.strerror}. Save it as"
            " .xlsx, which needs none",
        ) from error


def _code(trial: subprocess.Popen[bytes], stream: BinaryIO, seconds: float) -> int | None:
    """Return how the trial ended; None where it did not in time."""
    stream.seek(0)
    try:
        trial.communicate(stream.read(), seconds)
    except subprocess.TimeoutExpired:
        return None
    return trial.returncode


def bound(memory: int) -> None:
    """Bound this process, and have it leave no memory behind on the disk, where that can be had."""
    with suppress(ImportError):  # Windows, which gives out no more memory than it has
        import resource  # noqa: PLC0415  # there is none on Windows

        for limit, most in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_AS, memory)):
            with suppress(ValueError, OSError):  # macOS does not bound what is reserved
                resource.setrlimit(limit, (most, most))


def lay_out(data: bytes) -> Sequence[object]:
    """Lay out every sheet of a workbook, and keep all of them as reading does."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - heavy

    kept: list[object] = []
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for name in book.sheet_names:
            try:
                kept.append(book.get_sheet_by_name(name))
            except MemoryError:
                raise
            except BaseException:  # noqa: BLE001, S112  # a chart, or a panic: the next one is tried
                continue
    return kept
