"""`bulkops jobs`: what can be done in bulk, and all about one job."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from bulkops.account.job_access import needed
from bulkops.cli import flags as f
from bulkops.cli.error_output import documented_exits
from bulkops.cli.flag_values import Output
from bulkops.cli.output import console, duration, print_json, say
from bulkops.definition.catalogue import load, names
from bulkops.definition.job_description import (
    ColumnDescription,
    JobDescription,
    OperationDescription,
    describe,
)
from bulkops.pacing.least_time import least_seconds
from bulkops.pacing.quotas import published

THOUSAND = 1000


def jobs(
    *,
    job: Annotated[str | None, typer.Argument(metavar="[JOB]", help="Show one job whole.")] = None,
    output: f.OutputFlag = Output.TEXT,
) -> None:
    """Print the catalogue, or one job whole."""
    with documented_exits(output):
        if job is not None:
            _show_job(job, output)
        else:
            _show_catalogue(output)


def _show_catalogue(output: Output) -> None:
    loaded = [load(name).job for name in names()]
    if output is Output.JSON:
        print_json([{"name": each.name, "summary": each.summary} for each in loaded])
        return
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="bold")
    for header in ("Job", "What it does"):
        table.add_column(header, overflow="fold")
    for each in loaded:
        table.add_row(each.name, each.summary)
    console().print(table)
    say("\nAll about one: bulkops jobs JOB. Any other operation: service:Operation.")


def _show_job(name: str, output: Output) -> None:
    job = load(name).job
    described = describe(job)
    if output is Output.JSON:
        print_json({**as_json(described), "iam": [each.action for each in needed(job)]})
        return
    say(f"{job.name}\n{job.summary}\n")
    _print_columns(described)
    _print_operations(described)
    named = sorted({each.action for each in needed(job) if each.purpose in ("read", "write")})
    say(f"\nPermissions: {', '.join(named)}")


def _print_columns(described: JobDescription) -> None:
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="bold")
    for header in ("Column", "Needed", "May hold", "What it is"):
        table.add_column(header, overflow="fold")
    for each in described.columns:
        name = each.column.name + (" (key)" if each.column.name in described.key else "")
        table.add_row(name, each.needed, each.allowed, each.column.help)
    console().print(table)


def _print_operations(described: JobDescription) -> None:
    say("")
    for each in described.operations:
        quota = published(described.service, each.operation)
        calls = -(-THOUSAND // each.rows)
        per_thousand = duration(least_seconds(calls, quota))
        shared = f", {each.rows} rows a call" if each.rows > 1 else ""
        when = f" {each.when}" if each.when else ""
        say(
            f"{each.operation}{when}: {quota.rate:g}/s{shared}, "
            f"1,000 rows in {per_thousand} at the least; {each.undo}"
        )


def as_json(described: JobDescription) -> dict[str, object]:
    """Return a job's description as JSON values."""
    return {
        "name": described.name,
        "summary": described.summary,
        "reversible": described.reversible,
        "key": described.key,
        "columns": [_column_as_json(each) for each in described.columns],
        "operations": [_operation_as_json(each) for each in described.operations],
    }


def _column_as_json(described: ColumnDescription) -> dict[str, object]:
    return {
        "name": described.column.name,
        "needed": described.needed,
        "allowed": described.allowed,
        "secret": described.facts.secret,
        "aliases": described.column.aliases,
        "help": described.column.help,
    }


def _operation_as_json(described: OperationDescription) -> dict[str, object]:
    return {
        "operation": described.operation,
        "verb": described.verb,
        "rows_per_call": described.rows,
        "when": described.when,
        "undo": described.undo,
    }
