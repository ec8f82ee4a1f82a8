"""`bulkops jobs`: what can be done in bulk, and all about one job."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from bulkops.cli import flags as f
from bulkops.cli.error_output import documented_exits
from bulkops.cli.flag_request import single_job
from bulkops.cli.flag_values import Output
from bulkops.cli.output import TableColumn, console, duration, print_json, print_table, say

if TYPE_CHECKING:
    from bulkops.definition.job import Job
    from bulkops.definition.job_description import (
        ColumnDescription,
        JobDescription,
        OperationDescription,
    )
    from bulkops.definition.operation_catalogue import ListedOperation

THOUSAND = 1000
_MOST_OF_A_NAME = 48
_MOST_FOUND = 40


def jobs(
    *,
    job: Annotated[str | None, typer.Argument(metavar="[JOB]", help="Show one job whole.")] = None,
    search: Annotated[
        str | None,
        typer.Option("--search", metavar="WORDS", help="Find jobs, and operations of all of AWS."),
    ] = None,
    output: f.OutputFlag = Output.TEXT,
) -> None:
    """Print the catalogue, one job whole, or what a service can do: `bulkops jobs connect:`."""
    with documented_exits(output):
        if search is not None:
            _show_found(search, output)
        elif job is not None and job.endswith(":"):
            _show_service(job.removesuffix(":"), output)
        elif job is not None and single_job(job) is None:
            _show_sheets(output)
        elif job is not None:
            _show_job(job, output)
        else:
            _show_catalogue(output)


def _show_catalogue(output: Output) -> None:
    from bulkops.definition.catalogue import listed
    from bulkops.definition.job_groups import grouped

    groups = grouped(listed())
    if output is Output.JSON:
        print_json(
            [
                {"name": each.name, "group": group, "summary": each.summary}
                for group, jobs in groups.items()
                for each in jobs
            ]
        )
        return
    _print_groups(groups)
    say()
    say("One job: bulkops jobs JOB. Others: bulkops jobs connect:, or --search WORD.")


def _show_service(service: str, output: Output) -> None:
    from bulkops.definition.catalogue import listed
    from bulkops.definition.operation_catalogue import listed_operations

    found = listed_operations(service, listed())
    if output is Output.JSON:
        print_json([_listed_as_json(each) for each in found])
        return
    longest = min(max((len(each.name) for each in found), default=0), _MOST_OF_A_NAME)
    room = console().width - longest - len("    ")
    for each in found:
        jobs = f"→ {', '.join(each.jobs)}" if each.jobs else ""
        say(f"  {each.name:{longest}}  {_shortened(jobs or each.summary, room)}".rstrip())
    say()
    say(f"→ is a job of the catalogue. All about another: bulkops jobs {service}:Operation.")


def _show_found(words: str, output: Output) -> None:
    from bulkops.definition.catalogue import listed
    from bulkops.definition.operation_catalogue import found_jobs, found_operations

    jobs = list(found_jobs(words, listed()))
    found = found_operations(words, listed())
    if output is Output.JSON:
        in_catalogue = [{"name": each.name, "summary": each.summary} for each in jobs]
        every = [_listed_as_json(each) for each in found]
        print_json({"jobs": in_catalogue, "operations": every})
        return
    longest = max((len(each.name) for each in jobs), default=0)
    for job in jobs:
        room = console().width - longest - len("    ")
        say(f"  {job.name:{longest}}  {_shortened(job.summary, room)}")
    if jobs and found:
        say()
    for each in found[:_MOST_FOUND]:
        beside = f" → {', '.join(each.jobs)}" if each.jobs else ""
        say(_shortened(f"  {each.reference}{beside}", console().width))
    if len(found) > _MOST_FOUND:
        say(f"  … and {len(found) - _MOST_FOUND:,} more: add a word, such as the service's name")
    if not jobs and not found:
        say(f'Nothing that changes something has "{words}" in its name.')


def _listed_as_json(listed: ListedOperation) -> dict[str, object]:
    said: dict[str, object] = {"operation": listed.reference, "jobs": listed.jobs}
    return {**said, "summary": listed.summary} if listed.summary else said


def _shortened(text: str, room: int) -> str:
    return text if len(text) <= room else f"{text[: max(room - 1, 0)].rstrip()}…"


def _print_groups(groups: Mapping[str, Sequence[Job]]) -> None:
    """Print a line for each job: its whole name, and as much of what it does as there is room."""
    longest = max(len(each.name) for jobs in groups.values() for each in jobs)
    room = console().width - longest - len("    ")
    for group, jobs in groups.items():
        say((group, "bold"))
        for each in jobs:
            say(f"  {each.name:{longest}}  {_shortened(each.summary, room)}")


def _show_sheets(output: Output) -> None:
    """Show the sheets of a workbook, in their order, with the jobs that they stand for."""
    from bulkops.definition.workbook_sheets import SHEETS

    if output is Output.JSON:
        print_json([{"sheet": s.name, "job": s.job, "deletes": s.deletes} for s in SHEETS])
        return
    say("A workbook's sheets, each with rows of a job; rows of all sheets are one run.")
    say()
    columns = [TableColumn(header=each) for each in ("Sheet", "Job", "action delete")]
    print_table(columns, [(s.name, s.job, s.deletes or "not possible") for s in SHEETS])
    say()
    say("bulkops export -o centre.xlsx, edit it, bulkops plan centre.xlsx, bulkops run centre.xlsx")


def _show_job(name: str, output: Output) -> None:
    from bulkops.account.job_access import needed
    from bulkops.definition.catalogue import load
    from bulkops.definition.job_description import describe

    job = load(name).job
    described = describe(job)
    permissions = dict.fromkeys(each.action for each in needed(job) if each.action)
    if output is Output.JSON:
        print_json({**as_json(described), "iam": list(permissions)})
        return
    say(job.name)
    say(job.summary)
    say()
    _print_columns(described)
    _print_operations(described)
    _print_finds(job, name)
    own = (each for each in needed(job) if each.purpose in ("read", "write"))
    named = sorted({each.action for each in own if each.action})
    say()
    say(f"Permissions: {', '.join(named) or 'none: a token in each request is the authority'}")


def _print_finds(job: Job, name: str) -> None:
    """Say which ids of an operation could be found by names, for a person to confirm."""
    if ":" not in name:
        return
    from bulkops.definition.derived_finds import proposals

    for member, kind in proposals(job).items():
        said = kind.rpartition(":")[0] or kind
        say(f"{member} can be found by its name: --find {member}  ({said})")


def _print_columns(described: JobDescription) -> None:
    headers = ("Column", "Needed", "May hold", "What it is")
    rows = []
    for each in described.columns:
        name = each.column.name + (" (key)" if each.column.name in described.key else "")
        rows.append((name, each.needed, each.allowed, each.column.help))
    print_table([TableColumn(header=header) for header in headers], rows)


def _print_operations(described: JobDescription) -> None:
    from bulkops.definition.job_description import alike
    from bulkops.pacing.least_time import least_seconds
    from bulkops.pacing.quotas import published

    say()
    for each in alike(described.operations):
        quota = published(described.service, each.operation)
        calls = -(-THOUSAND // each.rows)
        per_thousand = duration(least_seconds(calls, quota))
        shared = f", {each.rows} rows a call" if each.rows > 1 else ""
        when = f" {each.when}" if each.when else ""
        say(
            f"{each.operation}{when}: {quota.rate:g}/s{shared}, "
            f"1,000 rows in {per_thousand} at the least; {each.undo}"
        )
        say(f"  after a lost answer: {each.lost}")
        if each.uploads:
            say(f"  {each.uploads}")
        if each.accepted:
            say(f"  {each.accepted}")


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
        "after_lost_answer": described.lost,
        **({"uploads": described.uploads} if described.uploads else {}),
        **({"accepted": described.accepted} if described.accepted else {}),
    }
