"""How a record's cells of one column of a job are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, TypeAlias

from bulkops.definition.column_facts import facts_of
from bulkops.definition.job import Column, Identity, Job
from bulkops.planning.rows.cell_reader import CellReader
from bulkops.planning.rows.cell_text import trimmed
from bulkops.planning.rows.cells import CellReading
from bulkops.planning.rows.clear_values import uncleared
from bulkops.planning.rows.readers.cell_files import CellFiles

Read: TypeAlias = Callable[[tuple[str, ...]], CellReading]

KEPT_CELLS = 4096
"""Readings kept for each column: most cells of a sheet say one of a few things."""


def _says_path(column: Column, header: str) -> bool:
    """Tell whether a header says that its cells are the parts of one value, joined by |."""
    return "|" in header and not column.split


def _of_paths(
    read: Callable[[Sequence[str]], CellReading], paths: Sequence[bool]
) -> Callable[[Any], CellReading]:
    """Return what reads cells of which some give the parts of a path, joined by |."""

    def read_paths(texts: str | tuple[str, ...]) -> CellReading:
        cells = (texts,) if isinstance(texts, str) else texts
        return read(
            [
                "/".join(filter(None, map(trimmed, cell.split("|")))) if path else cell
                for cell, path in zip(cells, paths, strict=True)
            ]
        )

    return read_paths


def column_read(
    job: Job,
    name: str,
    headers: Mapping[int, str],
    *,
    identity: Identity | None,
    files: CellFiles,
) -> Read:
    """Return what reads a column's cells of all that a record has; secrets are not kept.

    `headers` are those of the column's cells, by the cell's index.
    """
    column, facts = job.column(name), facts_of(job, name, identity)
    reader = CellReader(column, facts, uncleared(job, name, identity), files)
    its_cells = itemgetter(*headers)  # of one column its text, of several a tuple of them
    read: Callable[[Any], CellReading] = (
        reader.read if len(headers) > 1 else lambda text: reader.read((text,))
    )
    paths = [_says_path(column, header) for header in headers.values()]
    if any(paths):
        read = _of_paths(reader.read, paths)
    read = read if facts.secret else lru_cache(KEPT_CELLS)(read)
    return lambda cells: read(its_cells(cells))
