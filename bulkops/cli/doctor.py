"""`doctor`: what would stop a run, before there is one."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import anyio
import typer

from bulkops.account.finding import Finding, Level
from bulkops.cli.options import Output
from bulkops.cli.printing import console, count, print_json, say
from bulkops.cli.worlds import real_world
from bulkops.definition.catalogue import load
from bulkops.errors import Exit
from bulkops.targets.request import TargetChoice

STYLES = {Level.OK: "green", Level.NOTE: "dim", Level.WARNING: "yellow", Level.PROBLEM: "bold red"}


def doctor(job: str | None, choice: TargetChoice, runs_dir: Path, output: Output) -> None:
    """Print what was looked at, a line each as soon as it is known; exit 6 for a problem."""
    from bulkops.account.doctor import examine  # noqa: PLC0415  # AWS's libraries are heavy

    found: list[Finding] = []

    def tell(finding: Finding) -> None:
        found.append(finding)
        if output is Output.TEXT:
            _print(finding)

    loaded = load(job).job if job is not None else None
    anyio.run(partial(examine, loaded, choice, runs_dir, world=real_world(), tell=tell))
    problems = sum(each.level is Level.PROBLEM for each in found)
    if output is Output.JSON:
        print_json([_as_json(each) for each in found])
    else:
        say(_verdict(problems))
    raise typer.Exit(Exit.REFUSED if problems else Exit.DONE)


def _print(finding: Finding) -> None:
    from rich.text import Text  # noqa: PLC0415  # keeps `bulkops --help` fast

    level = Text(f"{finding.level.value:<9}", STYLES[finding.level])
    console().print(Text.assemble(level, f"{finding.subject}: {finding.said}"))


def _verdict(problems: int) -> str:
    if not problems:
        return "\nNothing was found that would stop a run."
    return f"\n{count(problems, 'problem')} would stop a run."


def _as_json(finding: Finding) -> dict[str, str]:
    return {
        "level": finding.level.value,
        "subject": finding.subject,
        "said": finding.said,
    }
