"""`check` and `plan`: what is wrong, and what would be done."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import anyio
import typer

from bulkops.cli import options as o
from bulkops.cli.plans import plan_as_json, print_plan, print_target
from bulkops.cli.printing import count, print_json, say
from bulkops.cli.problems import as_json, print_problems
from bulkops.cli.worlds import real_world
from bulkops.errors import Exit
from bulkops.planning.problems import Severity
from bulkops.targets.request import Request

if TYPE_CHECKING:
    from bulkops.runs.check import CheckedSheet


def check(request: Request, output: o.Output, annotate: Path | None, *, offline: bool) -> None:
    """Print every problem, names included unless offline; exit 3 where one bars a run."""
    from bulkops.runs.check import check_offline, check_there  # noqa: PLC0415  # readers are heavy

    found = (
        check_offline(request)
        if offline
        else anyio.run(partial(check_there, request, world=real_world()))
    )
    barred = any(each.severity is Severity.ERROR for each in found.problems)
    notes = [*found.notes]
    if annotate is not None:
        from bulkops.transfer.annotate import annotate_sheet  # noqa: PLC0415  # only for this

        notes += annotate_sheet(request.sheet, found.problems, annotate)
    if output is o.Output.JSON:
        problems = [as_json(each) for each in found.problems]
        print_json({"rows": found.rows, "notes": notes, "problems": problems})
    else:
        for target in found.targets:
            print_target(target, simulated=request.target.simulate is not None)
        for note in notes:
            say(f"Note     {note}")
        _print_findings(found, annotate, barred=barred)
    if barred:
        raise typer.Exit(Exit.PROBLEMS)


def _print_findings(found: CheckedSheet, annotate: Path | None, *, barred: bool) -> None:
    print_problems(found.problems, o.Output.TEXT)
    if found.targets and not found.looked_up:
        say("Names are looked up once what is wrong with the sheet as a whole is mended.")
    if not barred:
        known = "names included" if found.looked_up else "as far as can be known offline"
        say(f"{count(found.rows, 'row')}: nothing wrong, {known}.")
    if annotate is not None:
        say(f"Marked   {annotate}")


def plan(request: Request, output: o.Output, save: Path | None) -> None:
    """Print what a run would do."""
    from bulkops.runs.saved_plan import plan as make_plan  # noqa: PLC0415  # the engine is heavy

    summary, targets = anyio.run(partial(make_plan, request, world=real_world(), save=save))
    if output is o.Output.JSON:
        print_json(plan_as_json(summary, targets))
        return
    for target in targets:
        print_target(target, simulated=request.target.simulate is not None)
    print_plan(summary)
    if save is not None:
        say(f"Saved    {save}")
        if save.suffix.casefold() == o.PLAN_SUFFIX:
            say(f"Next     bulkops run {save}")
