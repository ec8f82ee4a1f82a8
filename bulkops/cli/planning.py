"""`check` and `plan`: what is wrong, and what would be done."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import anyio
import typer

from bulkops.api.choices import Request, SheetChoice
from bulkops.api.ending import Exit
from bulkops.cli import options as o
from bulkops.cli.plans import plan_as_json, print_plan, print_target
from bulkops.cli.printing import count, print_json, say
from bulkops.cli.problems import as_json, print_problems
from bulkops.cli.worlds import real_world
from bulkops.planning.problems import Severity


def check(job: str, choice: SheetChoice, output: o.Output, annotate: Path | None) -> None:
    """Print every problem that needs no network; exit 3 where one keeps a run from starting."""
    from bulkops.api.intake import checked, take_in  # noqa: PLC0415  # readers are heavy

    intake = take_in(job, choice)
    found = checked(intake)
    if annotate is not None:
        from bulkops.api.annotating import annotate_sheet  # noqa: PLC0415  # only for this

        for note in annotate_sheet(intake, found.problems, annotate):
            say(f"Note     {note}")
    errors = [each for each in found.problems if each.severity is Severity.ERROR]
    if output is o.Output.JSON:
        problems = [as_json(each) for each in found.problems]
        print_json({"rows": found.rows, "notes": intake.table.notes, "problems": problems})
    else:
        for note in intake.table.notes:
            say(f"Note     {note}")
        print_problems(found.problems, output)
        if not errors:
            say(
                f"{count(found.rows, 'row')}: nothing wrong that can be known without the instance."
            )
    if errors:
        raise typer.Exit(Exit.PROBLEMS)


def plan(request: Request, output: o.Output, save: Path | None) -> None:
    """Print what a run would do."""
    from bulkops.api.plans import plan as make_plan  # noqa: PLC0415  # the engine is heavy

    summary, targets = anyio.run(partial(make_plan, request, world=real_world(), save=save))
    if output is o.Output.JSON:
        print_json(plan_as_json(summary, targets))
        return
    for target in targets:
        print_target(target, simulated=request.target.simulate is not None)
    print_plan(summary)
    if save is not None:
        say(f"Saved    {save}")
