"""Whether the files that a sheet's cells name are those that a run began with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bulkops.planning.rows.readers.cell_files import CellFiles

_SAID = 3
"""Cells that are said; of more, how many they are."""


def digests(files: CellFiles) -> dict[str, str]:
    """Return the SHA-256 of each file that was read, by the cell that names it."""
    return {cell: file.sha256 for cell, file in files.items() if file.flaw is None}


def changed_files(kept: Mapping[str, str], files: CellFiles) -> tuple[str, ...]:
    """Return the cells whose files are not what a run has of them: changed, or gone."""
    now = digests(files)
    return tuple(cell for cell in files if cell in kept and kept[cell] != now.get(cell))


def said_files(cells: Sequence[str]) -> str:
    """Return which files are meant, in words; of many the first few."""
    more = f" and {len(cells) - _SAID} more" if len(cells) > _SAID else ""
    return f"what {', '.join(cells[:_SAID])}{more} names"
