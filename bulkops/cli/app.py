"""The command line: every command with its line of help, in the order in which they are listed."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from bulkops import __version__
from bulkops.cli.command_signature import with_single_flags
from bulkops.cli.outlet import STDOUT
from bulkops.cli.plain_values import PlainCommand, taking_plain_values
from bulkops.cli.process_end import run_to_exit

COMMANDS: Mapping[str, str] = {
    "jobs": "List what can be done in bulk, or show one job: columns, calls, time, permissions.",
    "template": "Write an empty sheet for a job; with a target, its live names as drop-downs.",
    "export": "Write what is there as a job's own sheet: edit it and run it back.",
    "check": (
        "Find every problem of a sheet, by cell: offline, or with a target its names as well."
    ),
    "plan": "Read the instance and show what would change, how many calls, how long.",
    "run": "Plan, ask, carry out, report; of a saved plan, only if planning gives the same again.",
    "resume": "Go on with what an interrupted run left; by default with the last run.",
    "retry": "Try the failed rows again in the same run, corrected in a sheet or as they were.",
    "undo": "Put back what a run did, where it is still so; the undo is a run of its own.",
    "report": "Write a run's reports again.",
    "runs": "List runs; show some; or remove some with `runs rm RUN`.",
    "policy": "Print the least IAM policy that jobs need, as JSON, for the target's ARNs.",
    "quotas": "Show how fast each operation may be called, and who says so.",
    "models": "List newer service models; `models add FILE` lets them in, `models rm SERVICE` out.",
    "diff": "Say what differs between two instances, by kind and field; exit 20 where it does.",
    "doctor": "Look for what would stop a run: credentials, instance, permissions, quotas, clock.",
    "simulator": "Serve a simulated Amazon Connect over HTTP, for any AWS client.",
}
"""Command → its line of help. Its flags and its body are in cli/commands/<command>.py."""

_USUAL: Mapping[str, Any] = {
    "add_completion": False,
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
}


class LazyCommands(TyperGroup):
    """Commands of which only the one that is called is loaded: the help of all needs none."""

    def resolve_command(
        self,
        ctx: Any,  # noqa: ANN401  # Typer keeps the class of its contexts to itself
        args: list[str],
    ) -> tuple[str | None, Any, list[str]]:
        """Return the name of the command that is called, the command itself and what is left."""
        name, listed, rest = super().resolve_command(ctx, args)
        return name, listed and _loaded(listed.name or ""), rest

    def get_params(self, ctx: Any) -> Any:  # noqa: ANN401  # as above
        """Return the parameters of `bulkops` itself."""
        return taking_plain_values(super().get_params(ctx))

    def main(self, *given: Any, **more: Any) -> Any:  # noqa: ANN401  # as above
        """Run the command that is called and end the process with its code."""
        more["standalone_mode"] = False  # what goes wrong is said by us
        sys.exit(run_to_exit(lambda: super(LazyCommands, self).main(*given, **more)))


def _loaded(name: str) -> Any:  # noqa: ANN401  # as above
    """Return a command with its flags and its body."""
    body = getattr(import_module(f"bulkops.cli.commands.{name}"), name)
    alone = typer.Typer(**_USUAL)
    alone.command(name=name, help=COMMANDS[name], cls=PlainCommand)(with_single_flags(body))
    return get_command(alone)


def _only_listed() -> None:
    """Stand in for a command that is not loaded; it is never called."""


app = typer.Typer(name="bulkops", cls=LazyCommands, no_args_is_help=True, **_USUAL)
for _name, _help in COMMANDS.items():
    app.command(name=_name, help=_help)(_only_listed)


def _print_version(wanted: bool) -> None:  # noqa: FBT001  # Typer calls it so
    if wanted:
        STDOUT.write(f"bulkops {__version__}\n")
        raise typer.Exit


@app.callback()
def bulkops(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version.", callback=_print_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Carry a spreadsheet of changes into Amazon Connect, as fast as the quota allows."""
    del version
    if "AWS_DATA_PATH" in os.environ:
        from bulkops.aws.data_path import look_in_data_path  # noqa: PLC0415  # few need it

        look_in_data_path(os.environ)
