"""A copy of a person's sheet in which every problem is marked where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bulkops.definition.catalogue import load
from bulkops.definition.job import Job
from bulkops.definition.workbook_job import NAME
from bulkops.definition.workbook_sheets import SHEETS
from bulkops.errors import SheetError
from bulkops.planning.rows.header_spellings import known_headers, secret_headers
from bulkops.problems import Problem
from bulkops.sheets.input.known_headers import KnownHeaders
from bulkops.sheets.output.marked_copy import annotate
from bulkops.targets.request import Request


def _jobs(name: str) -> Iterator[Job]:
    """Yield the jobs that a sheet may be for, or the sheets of a workbook."""
    if name != NAME:
        yield load(name).job
        return
    for sheet in SHEETS:
        yield load(sheet.job).job


def annotate_sheet(request: Request, problems: Sequence[Problem], path: Path) -> tuple[str, ...]:
    """Write the copy, an .xlsx without the secrets of the sheet, which itself is not touched.

    Returns what the copy lacks, a sentence each. Raises SheetError, also for a sheet that came
    by standard input: it is gone.
    """
    choice, jobs = request.sheet, list(_jobs(request.job))
    if choice.path is None:
        raise SheetError("no-file", "--annotate needs a sheet in a file: standard input is read")
    known = KnownHeaders.of(
        {word for job in jobs for word in known_headers(job, choice.mapping)},
        secrets={word for job in jobs for word in secret_headers(job, choice.mapping)},
    )
    return annotate(
        choice.path, problems, path, known=known, sheet=choice.sheet, encoding=choice.encoding
    )
