"""`bulkops diff`: what differs between two instances, by kind and field."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bulkops.cli import flags as f
from bulkops.cli.error_output import documented_exits
from bulkops.cli.flag_groups import OutputFlags, PaceFlags, TargetFlags
from bulkops.cli.flag_values import Output, Progress
from bulkops.cli.output import print_json, texts_on_stderr
from bulkops.cli.output_file import refuse_to_replace
from bulkops.errors import Exit


def diff(
    *,
    target: TargetFlags,
    against: Annotated[
        str,
        typer.Option(
            "--against",
            metavar="TARGET",
            help="The other instance: a target of bulkops.toml, or an alias, id or ARN.",
            rich_help_panel=f.TARGET,
        ),
    ],
    pace: PaceFlags,
    out: OutputFlags,
    only: f.OnlySheets = None,
    full: Annotated[
        bool,
        typer.Option("--full/--no-full", help="Read what only Describe calls tell, one a thing."),
    ] = True,
    drafts: Annotated[
        bool,
        typer.Option("--drafts", help="Compare drafts of published flows too, one call a flow."),
    ] = False,
    path: Annotated[
        Path | None, typer.Option("--out", "-o", help="Also write all of it: a file .xlsx.")
    ] = None,
    force: f.ForceFlag = False,
    progress: f.ProgressFlag = Progress.AUTO,
) -> None:
    """Print what differs between two instances; exit 20 where something does."""
    import anyio

    from bulkops.cli.diff_output import diff_as_json, print_diff
    from bulkops.cli.reading_output import reading_shown
    from bulkops.engine.ports import real_world
    from bulkops.transfer.diff_book import FORM, write_diff
    from bulkops.transfer.export import require_form
    from bulkops.transfer.instance_diff import diff_instances

    with documented_exits(out.output):
        if path is not None:
            require_form(path, FORM)
            refuse_to_replace(path, force=force)
        compare = partial(
            diff_instances,
            target=target.choice(out.runs_dir, against=against),
            pace=pace.choice(),
            only=only or (),
            full=full,
            drafts=drafts,
            world=real_world(),
        )
        with reading_shown(progress, out.output) as listener:
            found = anyio.run(partial(compare, listener=listener))
        if path is not None:
            write_diff(path, found)
        if out.output is Output.JSON:
            print_json(diff_as_json(found))
        else:
            with texts_on_stderr(progress is Progress.NDJSON):
                print_diff(found, path, simulated=target.simulate)
        if not found.is_empty:
            raise typer.Exit(Exit.DIFFERS)
