"""`bulkops quotas`: how fast each operation may be called, and who says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal

import typer

from bulkops.cli import flags as f
from bulkops.cli.error_output import documented_exits
from bulkops.cli.flag_groups import OutputFlags, PaceFlags, TargetFlags
from bulkops.cli.flag_values import Output
from bulkops.cli.output import TableColumn, print_json, print_table, say
from bulkops.targets.request import PaceChoice, TargetChoice

if TYPE_CHECKING:
    from bulkops.account.quota_table import QuotaLine, QuotaTable

HEADERS: Mapping[str, Literal["left", "right"]] = {
    "Operation": "left",
    "Called to": "left",
    "Rate": "right",
    "Burst": "right",
}
"""Header of a column → the side that its figures stand on."""


def quotas(
    *,
    job: f.OptionalJob = None,
    target: TargetFlags,
    pace: PaceFlags,
    out: OutputFlags,
) -> None:
    """Print the quotas of a job's operations, or of the whole catalogue's."""
    with documented_exits(out.output):
        there = target.choice(out.runs_dir) if target.given else None
        tables = _tables(job, there, pace.choice())
        if out.output is Output.JSON:
            print_json([as_json(table) for table in tables])
            return
        for table in tables:
            _print_table(table)
        if there is None:
            say()
            say("An account's own quotas may differ: name a target to read its Service Quotas.")


def _tables(job: str | None, there: TargetChoice | None, pace: PaceChoice) -> Sequence[QuotaTable]:
    from bulkops.account.quota_table import PaceError, own_table
    from bulkops.definition.catalogue import listed, load

    jobs = [load(job).job] if job else list(listed())
    try:
        if there is None:
            return (own_table(jobs, pace),)
        import anyio

        from bulkops.account.account_quotas import account_tables
        from bulkops.engine.ports import real_world

        return anyio.run(partial(account_tables, jobs, pace, there, world=real_world()))
    except PaceError as error:
        raise typer.BadParameter(str(error)) from error


def _print_table(table: QuotaTable) -> None:
    if table.region:
        say(f"Account {table.account or 'not known'}, {table.region}")
    for note in table.notes:
        say(f"Note     {note}")
    for source, lines in _grouped(table.lines, lambda line: line.quota.source).items():
        say()
        say(source)
        _print_lines(lines)
    for note, lines in _grouped(table.lines, lambda line: line.note).items():
        if note:
            say()
            say(f"{', '.join(map(_named, lines))}: {note}")


def _print_lines(lines: list[QuotaLine]) -> None:
    columns = [TableColumn(header=header, side=side) for header, side in HEADERS.items()]
    rows = [
        (_named(line), line.called.use, f"{line.quota.rate:g}/s", f"{line.quota.burst:g}")
        for line in lines
    ]
    print_table(columns, rows)


def _grouped(
    lines: Iterable[QuotaLine], by: Callable[[QuotaLine], str]
) -> dict[str, list[QuotaLine]]:
    """Return lines that share a text under it, in the order in which each is first met."""
    found: dict[str, list[QuotaLine]] = {}
    for line in lines:
        found.setdefault(by(line), []).append(line)
    return found


def _named(line: QuotaLine) -> str:
    """Return an operation's name, with its service where that is not Amazon Connect."""
    called = line.called
    return (
        called.operation if called.service == "connect" else f"{called.service}:{called.operation}"
    )


def as_json(table: QuotaTable) -> dict[str, object]:
    """Return the quotas of one account and Region as one object for scripts."""
    return {
        "account": table.account,
        "region": table.region,
        "notes": table.notes,
        "operations": [
            {
                "operation": f"{line.called.service}:{line.called.operation}",
                "called_to": line.called.use,
                "rate": line.quota.rate,
                "burst": line.quota.burst,
                "source": line.quota.source,
                "note": line.note,
            }
            for line in table.lines
        ],
    }
