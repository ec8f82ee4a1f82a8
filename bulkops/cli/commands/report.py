"""`bulkops report`: the reports of a run, written again."""

from __future__ import annotations

from typing import Annotated

import typer

from bulkops.cli import flags as f
from bulkops.cli.error_output import documented_exits
from bulkops.cli.flag_groups import OutputFlags
from bulkops.cli.flag_values import Output
from bulkops.cli.output import print_json, say


def report(
    *,
    out: OutputFlags,
    run_name: f.RunName = None,
    open_: Annotated[bool, typer.Option("--open", help="Open report.html.")] = False,
) -> None:
    """Write a run's reports again from its ledger, and open the page if wished."""
    import anyio

    from bulkops.runs.history import report_again

    with documented_exits(out.output):
        files = anyio.run(report_again, out.runs_dir, run_name)
        if out.output is Output.JSON:
            print_json([str(file) for file in files])
        else:
            for file in files:
                say(str(file))
        if open_:
            import webbrowser

            pages = [file for file in files if file.suffix == ".html"]
            webbrowser.open(pages[0].absolute().as_uri())
