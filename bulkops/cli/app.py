"""The command line: every command, in the order in which the help lists them."""

from __future__ import annotations

from typing import Annotated

import typer

from bulkops.cli.account_commands import doctor, jobs, policy, quotas, simulator
from bulkops.cli.grouping import grouped
from bulkops.cli.run_commands import report, resume, retry, run, runs, undo
from bulkops.cli.sheet_commands import check, export, plan, template

COMMANDS = (
    jobs,
    template,
    export,
    check,
    plan,
    run,
    resume,
    retry,
    undo,
    report,
    runs,
    policy,
    quotas,
    doctor,
    simulator,
)

app = typer.Typer(
    name="bulkops",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for command in COMMANDS:
    app.command(name=command.__name__)(grouped(command))


def _print_version(wanted: bool) -> None:  # noqa: FBT001  # Typer calls it so
    if wanted:
        from bulkops import __version__  # noqa: PLC0415  # only here

        typer.echo(f"bulkops {__version__}")
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
