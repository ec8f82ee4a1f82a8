"""`bulkops runs`: the runs there were, what became of each, and their removal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bulkops.cli.error_output import documented_exits
from bulkops.cli.flag_groups import OutputFlags
from bulkops.cli.flag_values import Output
from bulkops.cli.output import TableColumn, console, count, print_json, print_table, say

if TYPE_CHECKING:
    from bulkops.ledger.states import RowStatus
    from bulkops.runs.history import RunLine


def runs(
    *,
    out: OutputFlags,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[RUN...] | rm RUN...", help="Runs to show.")
    ] = None,
) -> None:
    """List runs, show those named, or with `rm` remove them."""
    import anyio

    from bulkops.runs.history import describe_runs, remove

    named = names or []
    with documented_exits(out.output):
        if named[:1] == ["rm"]:
            _print_removed(remove(out.runs_dir, named[1:]), out.output)
            return
        found = anyio.run(describe_runs, out.runs_dir, named)
        if out.output is Output.JSON:
            print_json([line.as_json() for line in found])
        elif not found:
            say(f"No runs in {out.runs_dir} yet.")
        elif named:
            for line in found:
                _print_run(line)
        else:
            _print_table(found)


def _print_removed(folders: Iterable[Path], output: Output) -> None:
    removed = []
    for folder in folders:
        removed.append(str(folder))
        if output is Output.TEXT:
            say(f"Removed  {folder}")
    if output is Output.JSON:
        print_json({"removed": removed})


def _print_table(lines: list[RunLine]) -> None:
    """Print a run a line; where the terminal is too narrow for that, two lines a run."""
    headers = ("Run", "State", "Rows", "Outcome")
    rows = [(line.id, line.state, f"{line.rows:,}", _outcome(line.counts)) for line in lines]
    widths = [max(map(len, column)) for column in zip(headers, *rows, strict=True)]
    if sum(widths) + 2 * len(widths) <= console().width:
        print_table([TableColumn(header=header, fold=False) for header in headers], rows)
        return
    for line in lines:
        say(line.id)
        say(f"         {line.state}, {count(line.rows, 'row')}: {_outcome(line.counts)}")


def _outcome(counts: Mapping[RowStatus, int]) -> str:
    from bulkops.ledger.states import RowStatus

    counted = [f"{n:,} {status.value}" for status in RowStatus if (n := counts.get(status))]
    return ", ".join(counted)


def _print_run(line: RunLine) -> None:
    say(f"Run      {line.id}{f' ({line.name})' if line.name else ''}")
    say(f"State    {line.state}")
    say(f"Job      {line.job} on {line.sheet}")
    say(f"Began    {line.created_at}")
    say(f"Rows     {_outcome(line.counts)}")
    widest = max(map(len, line.sheets), default=0)
    for name, counts in line.sheets.items():
        say(f"         {name:{widest}}  {_outcome(counts)}")
    say(f"Folder   {line.folder}")
    if line.next_command:
        say(f"Next     {line.next_command}")
