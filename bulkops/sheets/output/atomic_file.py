"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bulkops.errors import SheetError

_NUMBERS = range(2, 100)


@contextmanager
def replacing(path: Path, landed: list[Path] | None = None) -> Iterator[Path]:
    """Give a temporary name beside `path`, and put what was written there in its place.

    The file is for its owner alone (0600) and on the disk before it takes the name. Whatever
    goes wrong inside, an earlier file stays as it was. Through a symbolic link the file that it
    points to is replaced.

    `landed` is for files that a program names: the name that the file got is added to it. That is
    `results-2.csv` in place of `results.csv`, or the next that no file has, where another program
    holds the earlier file open (Excel on Windows does). A symbolic link is replaced itself then,
    so that nothing is written anywhere else. Raises SheetError where the file can't be written.
    """
    target = Path(os.path.realpath(path)) if landed is None else path
    if target.is_dir() and not target.is_symlink():
        doing = "name a file in it" if landed is None else "rename it or move it away"
        raise SheetError("not-written", f"{path} can't be written, it is a folder: {doing}")
    temporary = _temporary(target)
    try:
        with _writing(path):
            yield temporary
        name = _settle(temporary, target, others=landed is not None)
        if landed is not None:
            landed.append(path if name == target else name)
    finally:
        temporary.unlink(missing_ok=True)


def clear_leftovers(folder: Path, names: Iterable[str]) -> None:
    """Remove what killed processes left of files of these names; nobody may be writing them."""
    stems = "|".join(re.escape(Path(name).stem) for name in names)
    left = re.compile(rf"\.({stems})-[a-z0-9_]{{8}}\.\w+")
    with suppress(OSError):
        for file in folder.iterdir():
            if left.fullmatch(file.name) and not file.is_dir():
                file.unlink(missing_ok=True)


def original_name(name: str) -> str:
    """Return the name that a file was meant to have: `results.csv` for `results-2.csv`."""
    path = Path(name)
    stem, _, number = path.stem.rpartition("-")
    numbered = number.isdecimal() and int(number) in _NUMBERS
    return f"{stem}{path.suffix}" if stem and numbered else name


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        said = error.strerror or str(error)
        raise SheetError("not-written", f"{path} can't be written: {said}") from error


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
    # whatever the umask left of it
    Path(name).chmod(0o600)
    return Path(name)


def _settle(temporary: Path, target: Path, *, others: bool) -> Path:
    try:
        temporary.chmod(0o600)
        _flush(temporary, os.O_RDWR)
        name = _take_name(temporary, target, others=others)
        if os.name == "posix":
            _flush(target.parent, os.O_RDONLY)
    except OSError as error:
        raise SheetError(
            "not-written",
            f"{target} can't be written: {error.strerror}; if it is open in another program,"
            " close it there",
        ) from error
    return name


def _take_name(temporary: Path, target: Path, *, others: bool) -> Path:
    try:
        return temporary.replace(target)
    except PermissionError:
        numbered = (target.with_stem(f"{target.stem}-{number}") for number in _NUMBERS)
        free = next((name for name in numbered if not name.exists()), None)
        if free is None or not others:
            raise
        return temporary.replace(free)


def _flush(path: Path, mode: int) -> None:
    handle = os.open(path, mode)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
