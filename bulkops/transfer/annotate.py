"""A copy of a person's sheet in which every problem is marked where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bulkops.definition.catalogue import load
from bulkops.errors import SheetError
from bulkops.planning.rows.header_spellings import known_headers, secret_headers
from bulkops.problems import Problem
from bulkops.sheets.input.known_headers import KnownHeaders
from bulkops.sheets.output.marked_copy import annotate
from bulkops.targets.request import Request


def annotate_sheet(request: Request, problems: Sequence[Problem], path: Path) -> tuple[str, ...]:
    """Write the copy, an .xlsx without the secrets of the sheet, which itself is not touched.

    Returns what the copy lacks, a sentence each. Raises SheetError, also for a sheet that came
    by standard input: it is gone.
    """
    choice, job = request.sheet, load(request.job).job
    if choice.path is None:
        raise SheetError("no-file", "--annotate needs a sheet in a file: standard input is read")
    known = KnownHeaders.of(
        known_headers(job, choice.mapping), secrets=secret_headers(job, choice.mapping)
    )
    return annotate(
        choice.path, problems, path, known=known, sheet=choice.sheet, encoding=choice.encoding
    )
