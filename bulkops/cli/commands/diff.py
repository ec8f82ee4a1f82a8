"""`bulkops diff`: what differs between two instances, by kind and field."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bulkops.cli import flags as f
from bulkops.cli.error_output import documented_exits
from bulkops.cli.flag_groups import OutputFlags, PaceFlags, TargetFlags
from bulkops.cli.flag_values import Output, Progress
from bulkops.cli.output import TableColumn, count, print_json, print_table, say, texts_on_stderr
from bulkops.cli.output_file import refuse_to_replace
from bulkops.errors import Exit

if TYPE_CHECKING:
    from bulkops.transfer.instance_diff import InstanceDiff

SHOWN = 40
"""Lines of differences on the screen; of more, all are in the file."""


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
    path: Annotated[
        Path | None, typer.Option("--out", "-o", help="Also write all of it: a file .xlsx.")
    ] = None,
    force: f.ForceFlag = False,
    progress: f.ProgressFlag = Progress.AUTO,
) -> None:
    """Print what differs between two instances; exit 20 where something does."""
    import anyio

    from bulkops.cli.reading_output import reading_shown
    from bulkops.engine.ports import real_world
    from bulkops.transfer.instance_diff import diff_instances, write_diff

    with documented_exits(out.output):
        if path is not None:
            refuse_to_replace(path, force=force)
        compare = partial(
            diff_instances,
            target=target.choice(out.runs_dir, against=against),
            pace=pace.choice(),
            only=only or (),
            full=full,
            world=real_world(),
        )
        with reading_shown(progress, out.output) as listener:
            found = anyio.run(partial(compare, listener=listener))
        if path is not None:
            write_diff(path, found)
        if out.output is Output.JSON:
            print_json(as_json(found))
        else:
            with texts_on_stderr(progress is Progress.NDJSON):
                _print(found, path, simulated=target.simulate)
        if not found.is_empty:
            raise typer.Exit(Exit.DIFFERS)


def _print(found: InstanceDiff, path: Path | None, *, simulated: bool) -> None:
    from bulkops.cli.plan_output import print_target
    from bulkops.transfer.instance_diff import labels_of

    here, there = labels_of(found)
    for each in (found.here, found.there):
        print_target(each, simulated=simulated)
    for note in found.notes:
        say(f"Note     {note}")
    _print_counts(found, here, there)
    lines = list(_lines(found))
    if lines:
        columns = [TableColumn(header=each, fold=False) for each in ("Sheet", "Thing", "Field")]
        columns += [TableColumn(header=each, fold=False, flexible=True) for each in (here, there)]
        print_table(columns, lines[:SHOWN], wide=True)
    if len(lines) > SHOWN:
        where = f"in {path}" if path else "with -o diff.xlsx or --output json"
        say(f"… and {count(len(lines) - SHOWN, 'line')} more: all are {where}")
    if found.left_out:
        said = f"{count(len(found.left_out), 'thing')} or parts of things are on no sheet"
        say(f'Not seen {said}: -o diff.xlsx has them on "Left out"')
    if path is not None:
        say(f"Written  {path}")


def _print_counts(found: InstanceDiff, here: str, there: str) -> None:
    from bulkops.planning.promotion.instance_differences import Side

    for each in found.sheets:
        counts = each.counts()
        said = [
            f"{counts[side]:,} {words}"
            for side, words in (
                (Side.BOTH, "differ"),
                (Side.HERE, f"only in {here}"),
                (Side.THERE, f"only in {there}"),
            )
            if counts.get(side)
        ]
        if said:
            say(f"Differs  {each.sheet}: {', '.join(said)}, {each.same:,} the same")
    same = sum(each.same for each in found.sheets if not each.found)
    if found.is_empty:
        say(f"The same {count(same, 'thing')} on {count(len(found.sheets), 'sheet')}")


def _lines(found: InstanceDiff) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield what differs, a field a line; of what only one side has, that it has it."""
    from bulkops.planning.promotion.instance_differences import Side

    for each in (one for sheet in found.sheets for one in sheet.found):
        if each.side is not Side.BOTH:
            has = ("there", "not there")
            mine, theirs = has if each.side is Side.HERE else has[::-1]
            yield each.sheet, each.key, "", mine, theirs
        for field in each.fields:
            yield each.sheet, each.key, field.field, field.here or "∅", field.there or "∅"


def as_json(found: InstanceDiff) -> dict[str, object]:
    """Return what differs as one object for scripts."""
    from bulkops.transfer.instance_diff import labels_of

    here, there = labels_of(found)
    sides = {"here": found.here, "there": found.there}
    return {
        **{
            side: {
                "name": name,
                "account": target.account,
                "region": target.region,
                "instance_id": target.instance_id,
                "alias": target.alias,
            }
            for (side, target), name in zip(sides.items(), (here, there), strict=True)
        },
        "differs": not found.is_empty,
        "sheets": {
            each.sheet: {**{side.value: n for side, n in each.counts().items()}, "same": each.same}
            for each in found.sheets
        },
        "differences": [
            {
                "sheet": each.sheet,
                "thing": each.key,
                "side": each.side.value,
                "fields": [
                    {"field": one.field, "here": one.here, "there": one.there}
                    for one in each.fields
                ],
            }
            for sheet in found.sheets
            for each in sheet.found
        ],
        "left_out": [
            dict(zip(("sheet", "thing", "what", "why"), row, strict=True)) for row in found.left_out
        ],
        "calls": found.calls,
    }
