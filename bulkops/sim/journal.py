"""The accepted writes of a kept world, one line each, on the disk before they take effect.

A line is eight hex digits of CRC-32, a space, and JSON. A line that a crash tore off at the end
is cut away when the journal is opened; its request was never answered. Passwords are not in the
world, so they are not here either.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from bulkops.errors import RefusedError
from bulkops.ledger.private_files import open_private
from bulkops.sim.core.simulation_config import InstanceConfig, SimConfig
from bulkops.sim.state.world import Commit, WorldChange

FORMAT = 1


class JournalError(RefusedError):
    """A kept simulation can't be read: its journal is damaged, or of another format."""


class Journal:
    """An open journal: what it holds, and a way to add to it."""

    def __init__(self, path: Path, config: SimConfig) -> None:
        """Open or begin a journal; an existing one keeps the world it was begun with."""
        self._fd = open_private(path, os.O_RDWR | os.O_CREAT | os.O_APPEND)
        try:
            header, self.commits = self._opened(path, config)
        except BaseException:
            os.close(self._fd)
            raise
        self.config = header
        """The configuration given, with the seed, instances and limits of the kept world."""

    def append(self, commit: Commit) -> None:
        """Write a commit; it is on the disk when this returns."""
        self._write(_commit_json(commit))

    def close(self) -> None:
        """Close the file."""
        os.close(self._fd)

    def _opened(self, path: Path, config: SimConfig) -> tuple[SimConfig, list[Commit]]:
        lines, whole = read_lines(path)
        if path.stat().st_size > whole:
            os.ftruncate(self._fd, whole)
            os.fsync(self._fd)
        if not lines:
            self._write(_header_json(config))
            _sync_folder(path.parent)
            return config, []
        return _config_of(lines[0], config, path), [_commit_of(line) for line in lines[1:]]

    def _write(self, value: Mapping[str, Any]) -> None:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        line = b"%08x %s\n" % (zlib.crc32(text), text)
        view = memoryview(line)
        while view:
            view = view[os.write(self._fd, view) :]
        os.fsync(self._fd)


def read_lines(path: Path) -> tuple[list[Mapping[str, Any]], int]:
    """Return the whole lines of a journal, parsed, and how many bytes they take.

    Raises JournalError where a line is damaged that others follow.
    """
    content = path.read_bytes()
    lines: list[Mapping[str, Any]] = []
    whole = 0
    for raw in content.splitlines(keepends=True):
        value = _parsed(raw)
        if value is None:
            if whole + len(raw) < len(content):
                raise JournalError(f"{path.name} is damaged at byte {whole}; move the folder away.")
            break
        lines.append(value)
        whole += len(raw)
    return lines, whole


def read_commits(path: Path) -> list[Commit]:
    """Return what a journal holds, without opening it for writing: for tests of what happened."""
    return [_commit_of(line) for line in read_lines(path)[0][1:]]


def _parsed(raw: bytes) -> Mapping[str, Any] | None:
    digits, text = raw[:8], raw[9:-1]
    if raw[-1:] != b"\n" or digits != b"%08x" % zlib.crc32(text):
        return None
    value: Mapping[str, Any] = json.loads(text)
    return value


def _header_json(config: SimConfig) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "seed": config.seed,
        "limits": dict(config.limits),
        "instances": [asdict(instance) for instance in config.instances],
    }


def _config_of(header: Mapping[str, Any], config: SimConfig, path: Path) -> SimConfig:
    if header.get("format") != FORMAT:
        raise JournalError(
            f"{path.name} has format {header.get('format')!r}; this bulkops reads {FORMAT}."
        )
    instances = tuple(InstanceConfig(**instance) for instance in header["instances"])
    seed, limits = header["seed"], header["limits"]
    return replace(config, seed=seed, limits=limits, instances=instances)


def _commit_json(commit: Commit) -> dict[str, Any]:
    changes = [[one.instance, one.kind, one.id, one.record] for one in commit.changes]
    return {
        "at": commit.at,
        "instance": commit.instance,
        "operation": commit.operation,
        "drawn": commit.drawn,
        "changes": changes,
    }


def _commit_of(line: Mapping[str, Any]) -> Commit:
    changes = tuple(
        WorldChange(instance=instance, kind=kind, id=thing_id, record=record)
        for instance, kind, thing_id, record in line["changes"]
    )
    return Commit(
        at=line["at"],
        instance=line["instance"],
        operation=line["operation"],
        drawn=line["drawn"],
        changes=changes,
    )


def _sync_folder(folder: Path) -> None:
    """Make sure that a new file's name is on the disk; Windows needs and knows no such thing."""
    if os.name == "nt":
        return
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
