"""bulkops from Python: check, plan, run and resume with plain arguments, and results as tables.

Each function that reaches an instance or a ledger has a twin that ends in `_async`, for where an
event loop is running already, such as in a notebook: `await bulkops.run_async(...)`. Signals stop
a run as on the command line, so a run belongs in a program's main thread.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, Unpack

import anyio

from bulkops.api.options import (
    PlanOptions,
    ResumeOptions,
    RunOptions,
    Sheet,
    anew_of,
    conduct_of,
    request_of,
    require_known,
)
from bulkops.aws.data_path import look_in_data_path
from bulkops.engine.ports import Broadcast, Listener, World, real_world
from bulkops.errors import RefusedError
from bulkops.ledger.records import RowResult, RunRecord
from bulkops.planning.target import Target
from bulkops.runs.outcome import RunOutcome
from bulkops.runs.run_folders import find_run, open_run
from bulkops.targets.request import RUNS_DIR, TargetChoice

if TYPE_CHECKING:
    import pandas as pd

    from bulkops.runs.asker import Asker
    from bulkops.runs.offline_check import CheckedSheet
    from bulkops.runs.summary import Summary

look_in_data_path(os.environ)  # before the first model is read
T = TypeVar("T")
Run = str | os.PathLike[str] | RunOutcome | None
"""A run's id, a unique prefix of it, its folder, how it ended, or None for the last one."""


class Yes:
    """Agrees to every plan, and to going on after the canary rows."""

    def plan(self, summary: Summary, targets: Sequence[Target]) -> bool:
        """Agree to a plan."""
        del summary, targets
        return True

    def canary(self, said: str) -> bool:
        """Agree to going on."""
        del said
        return True


class BegunWithYes:
    """Agrees to what was agreed to when a run began, and to nothing that has come up since."""

    def plan(self, summary: Summary, targets: Sequence[Target]) -> bool:
        """Refuse, and say what there would be to agree to."""
        del targets
        raise RefusedError(
            f"{' '.join(summary.notes)} Give yes=True to agree to that; nothing was sent."
        )

    def canary(self, said: str) -> bool:
        """Agree to going on."""
        del said
        return True


def check(job: str, sheet: Sheet, **options: Unpack[PlanOptions]) -> CheckedSheet:
    """Return every problem of a sheet: offline, or names included where a target is given.

    Raises JobError and SheetError; with a target TargetError and ReadError too.
    """
    return _here(check_async, job, sheet, **options)


async def check_async(job: str, sheet: Sheet, **options: Unpack[PlanOptions]) -> CheckedSheet:
    """Do what `check` does, in the event loop that is running."""
    from bulkops.runs.instance_check import check_there  # noqa: PLC0415  # heavy
    from bulkops.runs.offline_check import check_offline  # noqa: PLC0415  # heavy

    require_known(options, PlanOptions)
    request = request_of(job, sheet, options)
    if request.target == TargetChoice():
        return check_offline(request)
    return await check_there(request, world=real_world())


def plan(
    job: str,
    sheet: Sheet,
    *,
    save: str | os.PathLike[str] | None = None,
    **options: Unpack[PlanOptions],
) -> Summary:
    """Return what a run would do: rows, calls, time; sends nothing that changes anything.

    With `save` the whole plan is also written there, as .csv, .xlsx or .bulkplan. Raises
    ProblemsFoundError with all problems, and what `check` raises.
    """
    return _here(plan_async, job, sheet, save=save, **options)


async def plan_async(
    job: str,
    sheet: Sheet,
    *,
    save: str | os.PathLike[str] | None = None,
    world: World | None = None,
    **options: Unpack[PlanOptions],
) -> Summary:
    """Do what `plan` does, in the event loop that is running."""
    from bulkops.runs.plan import plan as planned  # noqa: PLC0415  # the engine is heavy

    require_known(options, PlanOptions)
    request = request_of(job, sheet, options)
    where = None if save is None else Path(save)
    summary, _ = await planned(request, world=world or real_world(), save=where)
    return summary


def run(
    job: str,
    sheet: Sheet,
    *,
    yes: bool = False,
    asker: Asker | None = None,
    listener: Listener | None = None,
    **options: Unpack[RunOptions],
) -> RunOutcome:
    """Plan, carry out and report; return how the run ended.

    Nothing is sent unless `yes` is true or the `asker` agrees to the plan; `listener` is told
    what happens meanwhile. Raises ValueError without either, RefusedError where the asker said
    no, and what `plan` raises. Failed rows raise nothing: they are in the ending's counts.
    """
    return _here(run_async, job, sheet, yes=yes, asker=asker, listener=listener, **options)


async def run_async(
    job: str,
    sheet: Sheet,
    *,
    yes: bool = False,
    asker: Asker | None = None,
    listener: Listener | None = None,
    world: World | None = None,
    **options: Unpack[RunOptions],
) -> RunOutcome:
    """Do what `run` does, in the event loop that is running."""
    from bulkops.runs.run import run as carried_out  # noqa: PLC0415  # the engine is heavy

    require_known(options, RunOptions)
    if asker is None and not yes:
        raise ValueError("run changes the instance: look at bulkops.plan(...), then give yes=True")
    ending = await carried_out(
        request_of(job, sheet, options),
        conduct_of(options),
        asker=asker or Yes(),
        listener=listener or Broadcast(),
        world=world or real_world(),
    )
    if ending is None:
        raise RefusedError("The plan was not agreed to; nothing was sent.")
    return ending


def resume(
    run: Run = None,
    *,
    sheet: pd.DataFrame | None = None,
    yes: bool = False,
    asker: Asker | None = None,
    listener: Listener | None = None,
    **options: Unpack[ResumeOptions],
) -> RunOutcome:
    """Go on with what an interrupted run left, by default the last one; what is done costs no call.

    `sheet` is the DataFrame of a run that began with one, where it had secret columns. The plan
    was agreed to when the run began; `asker` is asked after canary rows, and `yes` or the `asker`
    must agree where the run was taken back, or rows are planned anew. Raises UnknownRunError,
    ChangedError and LedgerBusyError, RefusedError where that was not agreed to, and TargetError.
    """
    return _here(resume_async, run, sheet=sheet, yes=yes, asker=asker, listener=listener, **options)


async def resume_async(
    run: Run = None,
    *,
    sheet: pd.DataFrame | None = None,
    yes: bool = False,
    asker: Asker | None = None,
    listener: Listener | None = None,
    world: World | None = None,
    **options: Unpack[ResumeOptions],
) -> RunOutcome:
    """Do what `resume` does, in the event loop that is running."""
    from bulkops.runs.resume import resume as gone_on_with  # noqa: PLC0415  # the engine is heavy

    require_known(options, ResumeOptions)
    ending = await gone_on_with(
        _named(run),
        anew_of(sheet, options),
        conduct_of(options),
        asker=asker or (Yes() if yes else BegunWithYes()),
        listener=listener or Broadcast(),
        world=world or real_world(),
    )
    if ending is None:
        raise RefusedError("To go on was not agreed to; nothing was sent.")
    return ending


def results(run: Run = None, *, runs_dir: str | os.PathLike[str] = RUNS_DIR) -> list[RowResult]:
    """Return one result for each input row of a run, in input order; secrets are masked.

    A row of a workbook has the name of its sheet, and the number that it bears there. The run may
    be going on. Raises UnknownRunError and LedgerError.
    """
    return _here(results_async, run, runs_dir=runs_dir)


async def results_async(
    run: Run = None, *, runs_dir: str | os.PathLike[str] = RUNS_DIR
) -> list[RowResult]:
    """Do what `results` does, in the event loop that is running."""
    record, rows = await _read(run, Path(runs_dir))
    names = record.names
    return [
        row._replace(number=names.row(row.number), sheet=names.sheet(row.number)) for row in rows
    ]


def results_frame(
    run: Run = None,
    *,
    sheet: str | None = None,
    runs_dir: str | os.PathLike[str] = RUNS_DIR,
) -> pd.DataFrame:
    """Return a run's results with the columns of results.csv, original ones first, as text.

    Of a workbook, `sheet` names the one whose rows are meant, with its original columns.
    `bulkops_row` and `bulkops_attempts` are whole numbers. Raises as `results` does.
    """
    return _here(results_frame_async, run, sheet=sheet, runs_dir=runs_dir)


async def results_frame_async(
    run: Run = None,
    *,
    sheet: str | None = None,
    runs_dir: str | os.PathLike[str] = RUNS_DIR,
) -> pd.DataFrame:
    """Do what `results_frame` does, in the event loop that is running."""
    from bulkops.api.frames import results_table  # noqa: PLC0415  # pandas is heavy

    return results_table(*await _read(run, Path(runs_dir)), sheet)


async def _read(run: Run, runs_dir: Path) -> tuple[RunRecord, list[RowResult]]:
    async with open_run(find_run(runs_dir, _named(run)), readonly=True) as ledger:
        return await ledger.run(), [row async for row in ledger.results()]


def _named(run: Run) -> str | None:
    if isinstance(run, RunOutcome):
        return str(run.folder)
    return None if run is None else os.fspath(run)


def _here(work: Callable[..., Coroutine[Any, Any, T]], *args: Any, **named: Any) -> T:  # noqa: ANN401  # whatever the function takes
    """Run an async function to its end; RuntimeError where a loop is running already."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:

        async def carry() -> T:
            return await work(*args, **named)

        return anyio.run(carry)
    raise RuntimeError(
        f"an event loop is running already: use `await bulkops.{work.__name__}(...)`"
    )
