"""What the flags of one command ask for together: a request, or what is said anew of a run."""

from __future__ import annotations

from bulkops.cli.flag_groups import InputFlags, OutputFlags, PaceFlags, TargetFlags
from bulkops.planning.existing_things import OnExists
from bulkops.targets.request import Anew, Request


def request_by(
    job: str,
    sheet_path: str,
    *,
    target: TargetFlags,
    given: InputFlags,
    pace: PaceFlags,
    out: OutputFlags,
    on_exists: OnExists,
) -> Request:
    """Return the request that the flags make."""
    from bulkops.definition.job_references import with_finds  # noqa: PLC0415  # not for `--help`

    return Request(
        job=with_finds(job, given.find or ()),
        sheet=given.choice(sheet_path),
        target=target.choice(out.runs_dir),
        pace=pace.choice(),
        on_exists=on_exists,
        runs_dir=out.runs_dir,
    )


def anew_by(target: TargetFlags, pace: PaceFlags, out: OutputFlags) -> Anew:
    """Return what the flags say anew of a run that began earlier."""
    return Anew(target=target.choice(out.runs_dir), pace=pace.choice(), runs_dir=out.runs_dir)
