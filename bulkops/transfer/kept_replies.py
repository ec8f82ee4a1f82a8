"""Replies of reads in a file, a line each: reads that were made before need no calls again."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, Self

from bulkops.definition.model.newer_members import PartlyKnown
from bulkops.errors import SheetError
from bulkops.pacing.replies import Reply

_KEY = re.compile(rb"[0-9a-f]{32}")


class _Line(NamedTuple):
    """Where a reply stands in the file."""

    start: int
    length: int


class KeptReplies:
    """A file that grows by a line with each reply; a line that a kill cut off is passed over.

    Memory holds where the lines are, and nothing of what they say. `earlier` is how many were
    there when it was opened. Use it in a `with`.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        self._file = os.fdopen(descriptor, "r+b")
        self._lines: dict[bytes, _Line] = {}
        self._end = 0
        for line in self._file:
            key, _, _ = line.partition(b" ")
            if not line.endswith(b"\n") or not _KEY.fullmatch(key):
                break  # cut off, or what a disk made of it when its power went
            self._lines[bytes.fromhex(key.decode())] = _Line(self._end, len(line))
            self._end += len(line)
        self._file.truncate(self._end)
        self.earlier = len(self._lines)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self._lines)

    def clear(self) -> None:
        """Let go of all replies."""
        self._lines.clear()
        self._end = self.earlier = 0
        self._file.truncate(0)

    def find(self, service: str, operation: str, params: Mapping[str, Any]) -> Reply | None:
        """Return the reply that is kept of a read; None where there is none."""
        line = self._lines.get(_key(service, operation, params))
        if line is None:
            return None
        self._file.seek(line.start)
        _, _, text = self._file.read(line.length).partition(b" ")
        try:
            return Reply(data=json.loads(text, object_hook=_read))
        except ValueError:
            return None  # asked again, as if it had never been answered

    def keep(self, service: str, operation: str, params: Mapping[str, Any], reply: Reply) -> None:
        """Add the reply of a read; it outlives this process once this returns.

        Raises SheetError where the disk takes no more.
        """
        key = _key(service, operation, params)
        text = json.dumps(_written(reply.data), separators=(",", ":"))
        line = f"{key.hex()} {text}\n".encode()
        try:
            self._file.seek(self._end)
            self._file.write(line)
            self._file.flush()
        except OSError as error:
            said = f"what was read can't be kept in {self._path}: {error.strerror}"
            raise SheetError("not-written", said) from error
        self._lines[key] = _Line(self._end, len(line))
        self._end += len(line)


def _key(service: str, operation: str, params: Mapping[str, Any]) -> bytes:
    asked = json.dumps([service, operation, params], sort_keys=True, default=str)
    return hashlib.sha256(asked.encode()).digest()[:16]


_AT, _BYTES, _PARTLY, _MAP = "$at", "$bytes", "$partly", "$map"
"""Members that alone in an object stand for what JSON has no form of."""


def _written(value: Any) -> Any:  # noqa: ANN401  # what the service sent
    """Return what was answered as JSON values."""
    match value:
        case datetime():
            return {_AT: value.isoformat()}
        case bytes():
            return {_BYTES: base64.b64encode(value).decode()}
        case PartlyKnown():
            return {_PARTLY: [_members(value), list(value.unknown)]}
        case Mapping():
            members = _members(value)
            is_odd = any(name.startswith("$") for name in members)
            return {_MAP: [*members.items()]} if is_odd else members
        case list() | tuple():
            return [_written(each) for each in value]
    return value


def _members(value: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _written(each) for name, each in value.items()}


def _read(value: dict[str, Any]) -> Any:  # noqa: ANN401  # as above
    """Return what was answered, of an object of the file."""
    if len(value) != 1:
        return value
    ((name, inner),) = value.items()
    read = _READ.get(name)
    return value if read is None else read(inner)


_READ: Mapping[str, Callable[[Any], Any]] = {
    _AT: datetime.fromisoformat,
    _BYTES: base64.b64decode,
    _PARTLY: lambda both: PartlyKnown(*both),
    _MAP: dict,
}
