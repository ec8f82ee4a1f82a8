"""A plan as it is shown: how many rows, which calls, how long, and the first of the changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from bulkops.cli.output import Piece, TableColumn, console, count, duration, print_table, say
from bulkops.pacing.least_time import ROUND_TRIP
from bulkops.planning.plan import Action, Change, PlannedRow
from bulkops.planning.rows.row_names import RowNames
from bulkops.planning.target import Target
from bulkops.runs.summary import Summary

STYLES = {
    Action.CREATE: "green",
    Action.UPDATE: "yellow",
    Action.ASSOCIATE: "green",
    Action.DISASSOCIATE: "yellow",
    Action.DELETE: "red",
    Action.CONFLICT: "bold red",
    Action.SKIP: "dim",
    Action.NONE: "dim",
}
NOTICED_SECONDS = 1.0
"""A reading that took less is not spoken of."""
_ROW_AND_ACTION = 26
"""Characters that a row's number and action take, and the gaps between columns."""
_NARROWEST_KEY = 12
MEANINGS = {
    Action.NONE: "already so: no call",
    Action.SKIP: "left alone, as asked",
    Action.CONFLICT: "not sent: see the row",
}


def print_target(target: Target, *, simulated: bool) -> None:
    """Print which instance is meant, as the service itself names it."""
    instance = target.label if target.instance_id else ""
    which = " ".join(filter(None, (instance, "(simulated)" if simulated else "")))
    who = f" as {target.caller_arn}" if target.caller_arn else ""
    place = f"account {target.account or 'not known'} · {target.region}{who}"
    say(f"Target   {' · '.join(filter(None, (which, place)))}")


def print_plan(summary: Summary) -> None:
    """Print a plan's totals, calls with their quotas, notes, and first rows."""
    for note in summary.notes:
        say(f"Note     {note}")
    for warning in summary.warnings[:10]:
        say(f"Warning  {warning}")
    _print_actions(summary)
    _print_calls(summary)
    for reason in summary.irreversible:
        say(("Can't be undone", "bold red"), f": {reason}")
    _print_rows(summary)


def _print_actions(summary: Summary) -> None:
    totals = summary.totals
    pieces: list[Piece] = []
    for action, number in totals.actions.items():
        if number:
            means = f" ({MEANINGS[action]})" if action in MEANINGS else ""
            pieces += [", ", (f"{number:,} {action.value}", STYLES[action]), means]
    say(f"Plan     {count(totals.rows, 'row')}: ", *(pieces[1:] or ["nothing to do"]))
    widest = max(map(len, summary.sheets), default=0)
    for sheet, here in summary.sheets.items():
        acted = [(action, here[action]) for action in Action if here.get(action)]
        parts = [(f"{each:,} {action.value}", STYLES[action]) for action, each in acted]
        say(
            f"         {sheet:{widest}}  ", *[piece for part in parts for piece in (", ", part)][1:]
        )


def _print_calls(summary: Summary) -> None:
    for each in summary.calls:
        place = f" on {each.target}" if each.target else ""
        quota = each.quota
        say(
            f"Calls    {each.number:,} of {each.service}:{each.operation}{place} "
            f"at {quota.rate:g}/s, burst {quota.burst:g} ({quota.source})"
        )
    if summary.calls:
        at_least = f"at least {duration(summary.least_seconds)}"
        time = at_least if summary.least_seconds else "at once: all calls fit into the burst"
        say(f"Time     {time}{_course(summary)}{_kept(summary)}{_read(summary)}")
    elif read := _read(summary):
        say(f"Time     nothing to send{read}")


def _course(summary: Summary) -> str:
    """Say which chain or lane takes the time, and how many calls wait for one another."""
    if not summary.totals.chain:
        return ""
    course = " → ".join(map(str, summary.course))
    return (
        f": {course}; up to {summary.totals.chain} calls wait for one another"
        f" ({ROUND_TRIP:g} s a call assumed)"
    )


def _kept(summary: Summary) -> str:
    """Say how long what is deleted is read before; nothing where that takes no time."""
    if not summary.keeping_seconds:
        return ""
    return f", {duration(summary.keeping_seconds)} of it to read what is deleted and keep it"


def _read(summary: Summary) -> str:
    """Say how long the reading took that the plan stands on; nothing where it took no time."""
    cost = summary.reading
    if cost is None or cost.seconds < NOTICED_SECONDS:
        return ""
    calls = count(cost.calls, "call")
    return f"; what is there was read in {duration(cost.seconds)} by {calls}"


def _print_rows(summary: Summary) -> None:
    rows = summary.rows
    if not rows:
        return
    heads = [*["Sheet"] * summary.names.of_workbook, "Row", "Action"]
    columns = [TableColumn(header=header, fold=False) for header in heads]
    columns.append(TableColumn(header="Key", fold=False, most=_most_of_key(summary)))
    columns.append(TableColumn(header="Changes", fold=False, flexible=True))
    print_table(columns, (_shown(row, summary.names) for row in rows), wide=True)
    more = summary.totals.differing - len(rows)
    if more > 0:
        say(f"… and {count(more, 'row')} more")


def _most_of_key(summary: Summary) -> int | None:
    """Return how wide keys may be of a workbook: half of what its sheets leave is for changes."""
    if not summary.names.of_workbook:
        return None
    others = max(map(len, summary.names.sheets.values())) + _ROW_AND_ACTION
    return max((console().width - others) // 2, _NARROWEST_KEY)


def _shown(row: PlannedRow, names: RowNames) -> Sequence[Piece]:
    said = row.problem.message if row.problem else "; ".join(map(_said, row.changes))
    place = map(str, names.facts(row.number).values())
    return *place, (row.action.value, STYLES[row.action]), row.key, said


def _said(change: Change) -> str:
    """Render a change for a narrow place: what is new needs no arrow."""
    return str(change) if change.old else f"{change.field}: {change.new}"


def _reading_as_json(summary: Summary) -> dict[str, object]:
    cost = summary.reading
    return {} if cost is None else {"calls": cost.calls, "seconds": round(cost.seconds, 1)}


def _sheets_as_json(summary: Summary) -> dict[str, object]:
    sheets = {
        name: {action.value: number for action, number in actions.items()}
        for name, actions in summary.sheets.items()
    }
    return {"sheets": sheets} if sheets else {}


def plan_as_json(summary: Summary, targets: Sequence[Target]) -> dict[str, object]:
    """Return a plan's summary as one object for scripts."""
    return {
        "targets": [asdict(target) for target in targets],
        "rows": summary.totals.rows,
        "actions": {action.value: number for action, number in summary.totals.actions.items()},
        **_sheets_as_json(summary),
        "calls": [
            {
                "target": each.target,
                "operation": f"{each.service}:{each.operation}",
                "calls": each.number,
                "rate": each.quota.rate,
                "burst": each.quota.burst,
                "source": each.quota.source,
            }
            for each in summary.calls
        ],
        "least_seconds": round(summary.least_seconds, 1),
        "longest_chain": summary.totals.chain,
        "least_time_by": "chain" if summary.chained else "quotas",
        "course": [link._asdict() for link in summary.course],
        "reading": _reading_as_json(summary),
        "irreversible": summary.irreversible,
        "warnings": [str(each) for each in summary.warnings],
        "notes": summary.notes,
        "sha256": summary.sha256,
    }
