"""What is decided about rows that make a list together, told row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from bulkops.planning.decisions.decision import Decision
from bulkops.planning.plan import Change
from bulkops.planning.rows.cells import Flaw
from bulkops.planning.rows.row_groups import RowGroup
from bulkops.planning.rows.typed_rows import TypedRow


def parted(
    group: RowGroup, whole: Decision, own: Callable[[TypedRow], set[str]]
) -> Iterator[tuple[TypedRow, Decision]]:
    """Yield each row of a group with its part of what was decided; `own` are its elements.

    All rows have the group's call. What concerns no row's element is the first row's.
    """
    mine = {row.number: own(row) if whole.lists else set() for row in group.rows}
    named = set().union(*mine.values())
    told: set[str] = set()
    for row in group.rows:
        lead = row is group.lead
        shown = list(_others(whole)) if lead else []
        for change in whole.lists:
            more = [each for each in change.added if each in mine[row.number] - told]
            less = [
                each
                for each in change.removed
                if each in mine[row.number] - told or (lead and each not in named)
            ]
            told.update(more, less)
            if more or less:
                shown.append(Change(field=change.field, old="; ".join(less), new="; ".join(more)))
        calls = tuple(replace(call, rows=(row.number,)) for call in whole.calls)
        yield row, whole._replace(calls=calls, changes=tuple(shown))


def _others(whole: Decision) -> Iterator[Change]:
    """Yield the changes that are told once for the whole group."""
    fields = {change.field for change in whole.lists}
    return (change for change in whole.changes if change.field not in fields)


def row_at_fault(group: RowGroup, column: str, flaw: Flaw) -> TypedRow:
    """Return the row whose cell a flaw is about; of what all rows say together, the first."""
    if column in group.own:
        for row in group.rows:
            value = row.values.get(column)
            if flaw.found in (map(str, value) if isinstance(value, tuple) else (str(value),)):
                return row
    return next((row for row in group.rows if row.values.get(column) is not None), group.lead)
