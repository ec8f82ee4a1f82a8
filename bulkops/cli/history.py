"""`runs` and `report`: what was run, and its reports again."""

from __future__ import annotations

import anyio

from bulkops.cli import flags as f
from bulkops.cli import options as o
from bulkops.cli.printing import console, print_json, say
from bulkops.ledger.states import RowStatus
from bulkops.runs.history import RunLine, describe_runs, remove, report_again


def runs(names: list[str], out: f.OutputFlags) -> None:
    """List runs, show those named, or with `rm` remove them."""
    if names[:1] == ["rm"]:
        for folder in remove(out.runs_dir, names[1:]):
            say(f"Removed  {folder}")
        return
    found = anyio.run(describe_runs, out.runs_dir, names)
    if out.output is o.Output.JSON:
        print_json([line.as_json() for line in found])
    elif not found:
        say(f"No runs in {out.runs_dir} yet.")
    elif names:
        for line in found:
            _print_run(line)
    else:
        _print_table(found)


def _print_table(lines: list[RunLine]) -> None:
    from rich.table import Table  # noqa: PLC0415  # keeps `bulkops --help` fast

    table = Table(box=None, pad_edge=False, show_edge=False, header_style="bold")
    for header in ("Run", "State", "Rows"):
        table.add_column(header, no_wrap=True)
    table.add_column("Outcome", overflow="fold")
    for line in lines:
        table.add_row(line.id, line.state, f"{line.rows:,}", _outcome(line))
    console().print(table)


def _outcome(line: RunLine) -> str:
    counted = [f"{n:,} {status.value}" for status in RowStatus if (n := line.counts.get(status))]
    return ", ".join(counted)


def _print_run(line: RunLine) -> None:
    say(f"Run      {line.id}{f' ({line.name})' if line.name else ''}")
    say(f"State    {line.state}")
    say(f"Job      {line.job} on {line.sheet}")
    say(f"Began    {line.created_at}")
    say(f"Rows     {_outcome(line)}")
    say(f"Folder   {line.folder}")
    if line.next_command:
        say(f"Next     {line.next_command}")


def report(run_name: str | None, out: f.OutputFlags, *, show: bool) -> None:
    """Write a run's reports again from its ledger; `show` opens the page."""
    files = anyio.run(report_again, out.runs_dir, run_name)
    if out.output is o.Output.JSON:
        print_json([str(file) for file in files])
    else:
        for file in files:
            say(str(file))
    if show:
        import webbrowser  # noqa: PLC0415  # only for --open

        pages = [file for file in files if file.suffix == ".html"]
        webbrowser.open(pages[0].absolute().as_uri())
