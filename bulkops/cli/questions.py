"""The questions that a person is asked at a terminal, and what is shown before each."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

from bulkops.cli.flag_values import Output
from bulkops.cli.output import say
from bulkops.cli.plan_output import print_plan, print_target
from bulkops.errors import UsageError
from bulkops.planning.target import Target
from bulkops.runs.summary import Summary


class TerminalAsker:
    """Shows a plan and asks; with `yes` it only shows. Refuses where there is no one to ask.

    `surely`: the command asks in any case, so that it is refused before it has read anything.
    """

    def __init__(
        self, command: str, *, yes: bool, simulated: bool, output: Output, surely: bool = True
    ) -> None:
        self._command = command
        self._yes = yes
        self._simulated = simulated
        self._output = output
        if surely and not yes:
            self._require_terminal()

    def _require_terminal(self) -> None:
        if not sys.stdin.isatty():
            raise UsageError(
                f"{self._command} asks before it sends anything, and there is no terminal to ask "
                "on: add --yes to agree beforehand."
            )

    def _agreed(self, question: str) -> bool:
        if self._yes:
            return True
        self._require_terminal()
        return typer.confirm(question, err=True)

    def plan(self, summary: Summary, targets: Sequence[Target]) -> bool:
        """Show the plan and ask whether to carry it out."""
        if self._output is Output.TEXT:
            for target in targets:
                print_target(target, simulated=self._simulated)
            print_plan(summary)
        return self._agreed("Carry this out?")

    def canary(self, said: str) -> bool:
        """Show how the canary rows ended and ask whether to go on."""
        say(said)
        return self._agreed("Go on with the rest?")
