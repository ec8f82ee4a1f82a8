"""events.ndjson: what happens, as it happens, one flat JSON object a line."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

Scalar: TypeAlias = str | int | float | bool | None
Flat: TypeAlias = Scalar | list[Scalar]

_HALVES = re.compile("[\ud800-\udfff]")
_FLAGS = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
_OURS = ("ts", "event", "run")


class EventFile:
    """A listener that appends every event to a file: `{"ts":…,"event":…,"run":…, …}`.

    Nested facts become prefixed ones: `cumulative={"failed": 4}` is `"cumulative_failed":4`. Each
    line is in the file when the call returns. A line that a crash or a full disk cut off is closed
    before the next one, so that it spoils no other. A write that fails is not the run's concern:
    it is counted in `lost`, and the file goes on when it can. Facts must be free of secrets.
    """

    def __init__(self, path: Path, *, run: str, now: Callable[[], datetime]) -> None:
        self._run = run
        self._now = now
        self.lost = 0
        """Events that could not be written."""
        self._file = os.open(path, _FLAGS, 0o600)
        self._torn = _ends_torn(self._file)

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
        except OSError:
            written = 0
        if written:
            self._torn = written < len(line)
        self.lost += written < len(line)

    def close(self) -> None:
        """Close the file."""
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
