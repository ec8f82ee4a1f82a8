"""The questions that a person is asked at a terminal, and what is shown before each."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

from bulkops.cli.flag_values import Output
from bulkops.cli.output import say
from bulkops.cli.plan_output import print_plan, print_target
from bulkops.planning.target import Target
from bulkops.runs.summary import Summary


class TerminalAsker:
    """Shows a plan and asks; with `yes` it only shows. Refuses where there is no one to ask."""

    def __init__(self, *, yes: bool, simulated: bool, output: Output) -> None:
        self._yes = yes
        self._simulated = simulated
        self._output = output
        if not yes and not sys.stdin.isatty():
            raise typer.BadParameter("there is no terminal to ask on: add --yes", param_hint="run")

    def plan(self, summary: Summary, targets: Sequence[Target]) -> bool:
        """Show the plan and ask whether to carry it out."""
        if self._output is Output.TEXT:
            for target in targets:
                print_target(target, simulated=self._simulated)
            print_plan(summary)
        return self._yes or typer.confirm("Carry this out?", err=True)

    def canary(self, said: str) -> bool:
        """Show how the canary rows ended and ask whether to go on."""
        say(said)
        return self._yes or typer.confirm("Go on with the rest?", err=True)
