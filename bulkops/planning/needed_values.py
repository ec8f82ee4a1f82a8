"""Values that an update needs beside another, whether the row gives them or they are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from bulkops.definition.column_facts import Feed, feeds_of
from bulkops.definition.job import Column, Job
from bulkops.definition.kinds.found_things import Find
from bulkops.definition.verbs import verb
from bulkops.planning.calls.argument import Argument
from bulkops.planning.rows.cells import Flaw, Value


def is_judged_whole(job: Job, column: Column) -> bool:
    """Tell whether what a column needs beside another is judged by what comes of an update.

    A row that sets a part of a structure may do so because the rest of it is there.
    """
    if column.required_if is None:
        return False
    mine, others = _by_step(job, column.name), _by_step(job, column.required_if[0])
    steps = dict(job.addresses())
    return bool(mine) and all(
        address in others
        and verb(steps[address].operation) == "update"
        and isinstance(steps[address].subject, Find)
        for address in mine
    )


def _by_step(job: Job, column: str) -> Mapping[str, Feed]:
    return {feed.address: feed for feed in feeds_of(job, column)}


class NeededValue(NamedTuple):
    """A column that an update needs where another has a value, with the places of both."""

    column: str
    place: str
    other: str
    other_place: str
    wanted: str


def needed_values(job: Job) -> dict[str, list[NeededValue]]:
    """Return what each step's update needs as a whole, by the step's address."""
    found: dict[str, list[NeededValue]] = {}
    for column in job.columns:
        if column.required_if is None or not is_judged_whole(job, column):
            continue
        other, wanted = column.required_if
        places = _by_step(job, other)
        for address, feed in _by_step(job, column.name).items():
            need = NeededValue(column.name, feed.path, other, places[address].path, wanted)
            found.setdefault(address, []).append(need)
    return found


def lacking(
    needs: Iterable[NeededValue], arguments: Iterable[Argument], values: Mapping[str, Value]
) -> Iterator[tuple[str, Flaw]]:
    """Yield (column at fault, flaw) for each value that an update as a whole would lack."""
    sent = {each.dotted: each.value for each in arguments}
    for need in needs:
        if sent.get(need.other_place) == need.wanted and not sent.get(need.place):
            given = f"it must be given where {need.other} is {need.wanted}"
            flaw = Flaw(code="missing-value", message=f"{need.column} is missing: {given}")
            yield (need.column if need.column in values else need.other), flaw
