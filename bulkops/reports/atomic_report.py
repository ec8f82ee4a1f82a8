"""Reports take the place of earlier ones when they are whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bulkops.errors import SheetError
from bulkops.sheets.output.atomic_file import replacing


@dataclass(frozen=True, slots=True)
class WrittenReports:
    """The reports that were written, and of each other one a sentence that says why not."""

    files: tuple[Path, ...] = ()
    unwritten: tuple[str, ...] = ()


@contextmanager
def noting(unwritten: list[str]) -> Iterator[None]:
    """Note a file that can't be written or read, and go on: the run itself is not at fault."""
    try:
        yield
    except SheetError as error:
        unwritten.append(str(error))
    except OSError as error:
        unwritten.append(f"{error.filename}: {error.strerror}" if error.filename else str(error))


def write_text(path: Path, text: str, landed: list[Path]) -> None:
    """Write a file of UTF-8 as `replacing` does; half surrogates become question marks."""
    with replacing(path, landed) as temporary:
        temporary.write_bytes(text.encode("utf-8", "replace"))


def remove_earlier(path: Path, unwritten: list[str]) -> None:
    """Remove a report that no longer holds, or note that it stays.

    One that another program holds open stays, and so does what is a folder.
    """
    with noting(unwritten), suppress(PermissionError, IsADirectoryError):
        path.unlink(missing_ok=True)
