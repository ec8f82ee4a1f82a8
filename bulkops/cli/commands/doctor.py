"""`bulkops doctor`: what would stop a run, before there is one."""

from __future__ import annotations

from functools import partial

import typer

from bulkops.account.finding import Finding, Level
from bulkops.cli import flags as f
from bulkops.cli.error_output import documented_exits
from bulkops.cli.flag_groups import OutputFlags, TargetFlags
from bulkops.cli.flag_values import Output
from bulkops.cli.output import count, print_json, say
from bulkops.errors import Exit

STYLES = {Level.OK: "green", Level.NOTE: "dim", Level.WARNING: "yellow", Level.PROBLEM: "bold red"}


def doctor(
    *,
    job: f.OptionalJob = None,
    target: TargetFlags,
    out: OutputFlags,
) -> None:
    """Print what was looked at, a line each as soon as it is known; exit 6 for a problem."""
    import anyio

    from bulkops.account.doctor import examine
    from bulkops.definition.catalogue import load
    from bulkops.engine.ports import real_world

    found: list[Finding] = []

    def tell(finding: Finding) -> None:
        found.append(finding)
        if out.output is Output.TEXT:
            _print(finding)

    with documented_exits(out.output):
        choice = target.choice(out.runs_dir)
        loaded = load(job).job if job is not None else None
        anyio.run(partial(examine, loaded, choice, out.runs_dir, world=real_world(), tell=tell))
        problems = sum(each.level is Level.PROBLEM for each in found)
        if out.output is Output.JSON:
            print_json([_as_json(each) for each in found])
        else:
            say()
            say(_verdict(problems))
        raise typer.Exit(Exit.REFUSED if problems else Exit.DONE)


def _print(finding: Finding) -> None:
    level = (f"{finding.level.value:<9}", STYLES[finding.level])
    say(level, f"{finding.subject}: {finding.said}")


def _verdict(problems: int) -> str:
    if not problems:
        return "Nothing was found that would stop a run."
    return f"{count(problems, 'problem')} would stop a run."


def _as_json(finding: Finding) -> dict[str, str]:
    return {
        "level": finding.level.value,
        "subject": finding.subject,
        "said": finding.said,
    }
