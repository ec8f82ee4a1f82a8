"""`bulkops run`: a sheet carried out, or a plan that was saved."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bulkops.cli import flags as f
from bulkops.cli.error_output import documented_exits
from bulkops.cli.flag_groups import ConductFlags, InputFlags, OutputFlags, PaceFlags, TargetFlags
from bulkops.cli.flag_request import anew_by, is_book, request_by
from bulkops.cli.flag_values import Progress
from bulkops.cli.note_output import with_notes
from bulkops.planning.existing_things import OnExists
from bulkops.targets.request import Anew

if TYPE_CHECKING:
    from bulkops.runs.asker import Asker
    from bulkops.runs.saved_plan import SavedPlan


def run(
    *,
    job: Annotated[
        str,
        typer.Argument(
            metavar="JOB",
            help="A job, or in its place a workbook, centre.xlsx, or a saved .bulkplan.",
        ),
    ],
    target: TargetFlags,
    given: InputFlags,
    conduct: ConductFlags,
    pace: PaceFlags,
    out: OutputFlags,
    sheet_path: Annotated[
        str | None,
        typer.Argument(metavar="SHEET", help="A workbook or CSV; none where JOB is a .bulkplan."),
    ] = None,
    on_exists: f.OnExistsFlag = None,
    name: Annotated[
        str, typer.Option("--name", help="A name for the run.", rich_help_panel=f.OUTPUT)
    ] = "",
    no_call_tags: f.NoCallTags = False,
    progress: f.ProgressFlag = Progress.AUTO,
) -> None:
    """Carry out a job on a sheet, or a saved plan as it was approved; exit as the run ended."""
    import anyio

    from bulkops.cli.progress import shown
    from bulkops.cli.questions import TerminalAsker
    from bulkops.cli.run_output import finish
    from bulkops.engine.ports import real_world
    from bulkops.runs.run import run as carry_out
    from bulkops.runs.saved_plan import Approved

    conducted = conduct.choice(name=name, call_tags=not no_call_tags)
    with documented_exits(out.output):
        saved = None
        if sheet_path is None and not is_book(job):
            saved = _opened(job, given, on_exists, anew_by(target, pace, out))
            request = saved.request
        else:
            request = request_by(
                job, sheet_path, target=target, given=given, pace=pace, out=out, on_exists=on_exists
            )
        simulated = request.target.simulate is not None
        asker: Asker = TerminalAsker("run", yes=conduct.yes, simulated=simulated, output=out.output)
        if saved is not None:
            asker = Approved(saved, asker)
        with shown(progress, out.output) as listener:
            told = with_notes(listener)
            carry = partial(carry_out, asker=asker, listener=told, world=real_world())
            ending = anyio.run(carry, request, conducted)
        finish(ending, out.output, progress)


def _opened(job: str, given: InputFlags, on_exists: OnExists | None, anew: Anew) -> SavedPlan:
    """Return the saved plan that stands in place of job and sheet, which says all of both."""
    import anyio

    from bulkops.runs.saved_plan import PLAN_SUFFIX, open_plan, require_unchanged

    if Path(job).suffix.casefold() != PLAN_SUFFIX:
        raise typer.BadParameter("name the sheet to run the job on", param_hint="SHEET")
    if given.given or on_exists is not None:
        raise typer.BadParameter(
            "the plan says which rows are meant, and how: plan anew to change that",
            param_hint="JOB",
        )
    saved = anyio.run(open_plan, Path(job), anew)
    require_unchanged(saved)
    return saved
