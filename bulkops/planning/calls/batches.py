"""Rows that share a call, gathered until the call is full."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bulkops.definition.batch_limits import batch_size, batched_member
from bulkops.definition.gathered_rows import gathers
from bulkops.definition.job import Job, Step
from bulkops.definition.kinds.found_things import Member
from bulkops.planning.calls.placeholders import to_json
from bulkops.planning.calls.row_parts import list_members
from bulkops.planning.plan import Need, PlannedCall

MOST_OPEN = 10_000
"""Calls kept open at a time; a sheet that needs more sends the oldest before it is full."""


class Batches:
    """The calls of one plan that are not full yet, by what their rows must agree on.

    Where a job's rows are gathered, rows with the same call share it: it is full once all are in.
    """

    def __init__(self, job: Job, most_open: int = MOST_OPEN) -> None:
        self._job = job
        self._gathered = {part.name for part in job.each() if gathers(part)}
        self._most_open = most_open
        self._open: dict[str, _Batch] = {}

    def add(self, step: Step, call: PlannedCall) -> Iterator[PlannedCall]:
        """Take in a call for one row; yield what has become full."""
        member = batched_member(step)
        old = list_members(self._job, call.step)[1]
        # Values that are set are put back by the same operation, so by the same list.
        if call.undo and member in call.undo:
            old = member
        shared = [_without(call.params, member), call.undo and _without(call.undo, old)]
        # what is made waits for no more than it needs; nothing waits for a place in a list
        needs = () if isinstance(step.subject, Member) else call.needs
        key = json.dumps([call.target, call.step, to_json(shared), needs], sort_keys=True)
        batch = self._open.setdefault(key, _Batch(call, member, old))
        batch.take(call)
        job = self._job.part(call.step)
        if job.name in self._gathered:
            return
        if len(batch.rows) == batch_size(job.service, step):
            yield self._open.pop(key).call()
        elif len(self._open) > self._most_open:
            yield self._open.pop(next(iter(self._open))).call()

    def rest(self) -> Iterator[PlannedCall]:
        """Yield what is left, in the order it was begun."""
        for batch in self._open.values():
            yield batch.call()
        self._open.clear()


def _without(params: Mapping[str, Any], member: str) -> Mapping[str, Any]:
    return {name: value for name, value in params.items() if name != member}


@dataclass(slots=True)
class _Batch:
    """One call on its way: the first row's, with everybody's elements.

    `old_member` holds the list in what takes the call back. Without a `member` all rows have the
    first one's call.
    """

    first: PlannedCall
    member: str
    old_member: str
    elements: list[Any] = field(default_factory=list)
    old: list[Any] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    needs: dict[Need, None] = field(default_factory=dict)

    def take(self, call: PlannedCall) -> None:
        self.rows.extend(call.rows)
        self.needs.update(dict.fromkeys(call.needs))
        if self.member:
            self.elements.extend(call.params[self.member])
            self.old.extend(call.undo[self.old_member] if call.undo else ())

    def call(self) -> PlannedCall:
        if not self.member:
            return replace(self.first, rows=tuple(self.rows), needs=tuple(self.needs))
        undo: Mapping[str, Any] | None = self.first.undo
        if undo is not None:
            undo = {**undo, self.old_member: self.old}
        params = {**self.first.params, self.member: self.elements}
        return replace(
            self.first, params=params, undo=undo, rows=tuple(self.rows), needs=tuple(self.needs)
        )
