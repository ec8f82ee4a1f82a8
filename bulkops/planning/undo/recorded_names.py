"""The names by which a run knew its things, read once more from the cells that it recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bulkops.definition.column_facts import facts_of
from bulkops.definition.job import Job
from bulkops.definition.model.value_limits import Limits
from bulkops.planning.rows.cell_reader import CellReader


class RecordedNames:
    """Reads names from the cells of one run's rows.

    `headers` and `mapping`, header → column, are the run's own, as its sheet was understood.
    """

    def __init__(self, job: Job, headers: Sequence[str], mapping: Mapping[str, str]) -> None:
        fed = [mapping.get(header) for header in headers]
        self._columns = {
            name: (
                [index for index, column in enumerate(fed) if column == name],
                _reader(job, name),
                job.column(name).default,
            )
            for name in sorted(_naming_columns(job))
        }

    def read(self, cells: Sequence[str]) -> dict[str, str]:
        """Return column → name, for the columns by which the job's steps find their subject."""
        found: dict[str, str] = {}
        for column, (indexes, reader, default) in self._columns.items():
            value, _ = reader.read([cells[index] for index in indexes])
            named = default if value is None else value
            if named is not None:
                found[column] = str(named)
        return found


def _naming_columns(job: Job) -> set[str]:
    return {
        column
        for _, step in job.addresses()
        if step.about is not None
        for column in step.about.columns
    }


def _reader(job: Job, column: str) -> CellReader:
    """Return what reads a name: the run took it when it was planned, so no limit is looked at."""
    facts = facts_of(job, column)
    limits = Limits(one_of=facts.value.one_of)
    free = replace(facts, value=limits, items=Limits(), feeds=(), ascii_only=False)
    return CellReader(job.column(column), free)
