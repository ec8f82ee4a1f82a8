"""A copy of a person's sheet in which every problem is marked where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bulkops.errors import SheetError
from bulkops.problems import Problem
from bulkops.sheets.output.marked_copy import annotate
from bulkops.targets.request import SheetChoice


def annotate_sheet(choice: SheetChoice, problems: Sequence[Problem], path: Path) -> tuple[str, ...]:
    """Write the copy, an .xlsx; the sheet itself is not touched.

    Returns what the copy lacks, a sentence each. Raises SheetError, also for a sheet that came
    by standard input: it is gone.
    """
    if choice.path is None:
        raise SheetError("no-file", "--annotate needs a sheet in a file: standard input is read")
    return annotate(choice.path, problems, path)
