"""Reports take the place of earlier ones when they are whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bulkops.errors import ReportError, SheetError
from bulkops.sheets.output.atomic_file import replacing


@contextmanager
def reporting() -> Iterator[None]:
    """Turn a file that can't be written into a ReportError: the run itself is not at fault."""
    try:
        yield
    except SheetError as error:
        raise ReportError(str(error)) from error


def write_text(path: Path, text: str, landed: list[Path]) -> None:
    """Write a file of UTF-8 as `replacing` does; half surrogates become question marks."""
    with replacing(path, landed) as temporary:
        temporary.write_bytes(text.encode("utf-8", "replace"))


def remove_earlier(path: Path) -> None:
    """Remove a report that no longer holds; one that another program holds open stays."""
    with suppress(PermissionError):
        path.unlink(missing_ok=True)
