"""What the flags of one command ask for together: a request, or what is said anew of a run."""

from __future__ import annotations

from pathlib import Path

import typer

from bulkops.cli.flag_groups import InputFlags, OutputFlags, PaceFlags, TargetFlags
from bulkops.planning.existing_things import OnExists
from bulkops.targets.request import Anew, Request


def request_by(
    job: str,
    sheet_path: str | None,
    *,
    target: TargetFlags,
    given: InputFlags,
    pace: PaceFlags,
    out: OutputFlags,
    on_exists: OnExists | None,
) -> Request:
    """Return the request that the flags make; a file alone is a workbook of several jobs."""
    from bulkops.definition.job_references import with_finds  # noqa: PLC0415  # not for `--help`
    from bulkops.definition.workbook_job import NAME  # noqa: PLC0415  # as above

    if sheet_path is None:
        job, sheet_path = NAME, _workbook(job)
    return Request(
        job=with_finds(job, given.find or ()),
        sheet=given.choice(sheet_path),
        target=target.choice(out.runs_dir),
        pace=pace.choice(),
        on_exists=on_exists or ("update" if job == NAME else "fail"),
        runs_dir=out.runs_dir,
    )


def single_job(job: str | None) -> str | None:
    """Return the job that is meant; None where it is all of a workbook's, said so or not at all."""
    from bulkops.definition.workbook_job import NAME  # noqa: PLC0415  # not for `--help`

    return None if job == NAME else job


def is_book(path: str) -> bool:
    """Tell whether a file's name is that of one that may hold several sheets."""
    from bulkops.sheets.input.file_type import BOOK_ENDINGS  # noqa: PLC0415  # not for `--help`

    return Path(path).suffix.casefold() in BOOK_ENDINGS


def _workbook(path: str) -> str:
    """Return the path of a workbook that stands in the place of a job, or say what is missing."""
    if is_book(path):
        return path
    raise typer.BadParameter(
        f"name the sheet for {path}, or a whole workbook such as centre.xlsx in its place",
        param_hint="SHEET",
    )


def anew_by(target: TargetFlags, pace: PaceFlags, out: OutputFlags) -> Anew:
    """Return what the flags say anew of a run that began earlier."""
    return Anew(target=target.choice(out.runs_dir), pace=pace.choice(), runs_dir=out.runs_dir)
