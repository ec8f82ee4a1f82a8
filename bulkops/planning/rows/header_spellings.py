"""Every spelling of the headers that matter to whoever reads a sheet for a job."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bulkops.definition.column_kinds import COLUMN_KINDS
from bulkops.definition.job import Column, Job
from bulkops.planning.rows.headers import folded, names_of


def known_headers(job: Job, mapping: Mapping[str, str]) -> list[str]:
    """Return every spelling of a job's columns, and the headers that --map explains."""
    return [*(name for column in job.columns for name in names_of(column)), *mapping]


def secret_headers(job: Job, mapping: Mapping[str, str]) -> list[str]:
    """Return every spelling of a job's secret columns, and what --map says is one of them."""
    return _spellings(job, mapping, lambda column: column.secret)


def moment_headers(job: Job, mapping: Mapping[str, str]) -> list[str]:
    """Return every spelling of the columns whose cells Excel may hold as dates or times."""
    return _spellings(job, mapping, lambda column: COLUMN_KINDS[column.kind].is_moment)


def _spellings(job: Job, mapping: Mapping[str, str], chosen: Callable[[Column], bool]) -> list[str]:
    """Return every spelling of the columns that are chosen, and what --map says is one of them."""
    spellings = [name for column in job.columns if chosen(column) for name in names_of(column)]
    known = {folded(name) for name in spellings}
    return [*spellings, *(header for header, name in mapping.items() if folded(name) in known)]
