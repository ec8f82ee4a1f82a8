"""events.ndjson: what happens, as it happens, one flat JSON object a line."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from bulkops.ledger.private_files import open_private

Scalar: TypeAlias = str | int | float | bool | None
Flat: TypeAlias = Scalar | list[Scalar]

_HALVES = re.compile("[\ud800-\udfff]")
_FLAGS = os.O_RDWR | os.O_APPEND | os.O_CREAT
_OURS = ("ts", "event", "run")


class EventFile:
    """A listener that appends every event to a file: `{"ts":…,"event":…,"run":…, …}`.

    Nested facts become prefixed ones: `cumulative={"failed": 4}` is `"cumulative_failed":4`. Each
    line is in the file when the call returns. A line that a crash or a full disk cut off is closed
    before the next one, so that it spoils no other. A file that can't be opened or written is not
    the run's concern: what it misses is counted in `lost`, and it goes on when it can. Facts must
    be free of secrets.
    """

    def __init__(self, path: Path, *, run: str, now: Callable[[], datetime]) -> None:
        self._run = run
        self._now = now
        self.lost = 0
        """Events that could not be written."""
        self._path = path
        self._why = ""
        self._file, self._torn = -1, False
        try:
            self._file = open_private(path, _FLAGS)
            self._torn = _ends_torn(self._file)
        except OSError as error:
            self._why = error.strerror or str(error)

    @property
    def trouble(self) -> str:
        """What is missing in the file, and why, in a sentence; empty where it is whole."""
        if self.lost:
            return f"{self._path} lacks {self.lost:,} of this attempt's events: {self._why}"
        if self._file >= 0 and not os.fstat(self._file).st_nlink:
            return f"{self._path} was deleted while the run went on"
        return ""

    def __call__(self, event: str, /, **facts: object) -> None:
        """Append one event."""
        stamp = self._now().astimezone(UTC).isoformat(timespec="milliseconds")
        line: dict[str, Flat] = {
            "ts": stamp.replace("+00:00", "Z"),
            "event": _scalar(event),
            "run": _scalar(self._run),
        }
        line.update(pair for pair in _flat("", facts) if pair[0] not in _OURS)
        text = json.dumps(line, separators=(",", ":"), allow_nan=False)
        self._append(text.encode("ascii") + b"\n")

    def _append(self, line: bytes) -> None:
        line = b"\n" + line if self._torn else line
        try:
            written = os.write(self._file, line)
        except OSError as error:
            written, self._why = 0, self._why or error.strerror or str(error)
        if written:
            self._torn = written < len(line)
        self.lost += written < len(line)

    def close(self) -> None:
        """Close the file."""
        if self._file >= 0:
            os.close(self._file)


def _ends_torn(file: int) -> bool:
    length = os.fstat(file).st_size
    if not length:
        return False
    os.lseek(file, -1, os.SEEK_END)
    return os.read(file, 1) != b"\n"


def _flat(prefix: str, facts: Mapping[str, object]) -> Iterator[tuple[str, Flat]]:
    for name, value in facts.items():
        key = _HALVES.sub("\ufffd", f"{prefix}{name}")
        if isinstance(value, Mapping):
            yield from _flat(f"{key}_", value)
        elif isinstance(value, list | tuple | set | frozenset):
            yield key, [_scalar(each) for each in value]
        else:
            yield key, _scalar(value)


def _scalar(value: object) -> Scalar:
    """Return a JSON scalar: what is none becomes its text; JSON knows no NaN and no infinity."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value) if value - value == 0 else None
    return _HALVES.sub("\ufffd", str(value))
