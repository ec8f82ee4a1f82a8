"""Reports take their names only when they are whole, and wait for no other program."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OTHER_NAMES = range(2, 10)


class ReportError(Exception):
    """A report can't be written; the earlier one is as it was, and the ledger knows everything."""


@contextmanager
def landing(path: Path, landed: list[Path]) -> Iterator[Path]:
    """Give a name beside `path` to write under, and give what was written its own name after.

    What name that became is added to `landed`: where another program holds the earlier file open
    (Excel on Windows does), it is `results-2.csv` in place of `results.csv`. Whatever goes wrong
    inside, an earlier file stays as it was. Raises ReportError where nothing can be written.
    """
    written = path.with_name(f".new-{path.name}")
    try:
        yield written
        landed.append(_take_name(written, path))
    except OSError as error:
        said = error.strerror or str(error)
        raise ReportError(f"{path} can't be written: {said}") from error
    finally:
        written.unlink(missing_ok=True)


def _take_name(written: Path, path: Path) -> Path:
    try:
        return written.replace(path)
    except PermissionError as error:
        for number in OTHER_NAMES:
            other = path.with_stem(f"{path.stem}-{number}")
            try:
                return written.replace(other)
            except PermissionError:
                continue
        raise error from None


def remove_earlier(path: Path) -> None:
    """Remove a report that no longer holds, under all the names that it may have got.

    One that another program holds open stays until the next time.
    """
    for number in (1, *OTHER_NAMES):
        earlier = path if number == 1 else path.with_stem(f"{path.stem}-{number}")
        try:
            earlier.unlink(missing_ok=True)
        except PermissionError:
            continue
