"""What a run works with, all of it given from outside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bulkops.definition.call_marks import mark_in, mark_of, marked
from bulkops.definition.gathered_rows import gathers
from bulkops.definition.job import Job
from bulkops.engine.lanes import Lane, Lanes
from bulkops.engine.ports import Client, Listener, SheetSecrets, World
from bulkops.engine.reads.instance_reader import Reader
from bulkops.ledger.interface import Ledger
from bulkops.ledger.records import LaneKey, StoredCall
from bulkops.planning.rows.row_names import RowNames
from bulkops.planning.target import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class RunContext:
    """One run's job, ledger, targets with their clients, lanes, and the world around it.

    `token` is what client tokens and marks are derived from, together with a call's number: the
    run's id.
    """

    job: Job
    ledger: Ledger
    targets: Mapping[str, Target]
    clients: Mapping[str, Client]
    lanes: Lanes
    world: World
    secrets: SheetSecrets
    tell: Listener
    token: str
    call_tags: bool = True
    """Whether what the run makes is tagged with the call that made it."""
    names: RowNames = field(default_factory=RowNames)
    """What the rows of the run are called."""

    def reader(self, target: str) -> Reader:
        """Return a reader of one of the run's targets."""
        return Reader(self.clients[target], self.targets[target], self.lanes, self.world)

    def parts_of(self, call: StoredCall) -> int:
        """Return into how many parts a call can be cut: one for a row, or one where it is whole."""
        return 1 if gathers(self.job.part(call.step)) else len(call.rows)

    def with_mark(self, call: StoredCall, params: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what a call sends, with the mark that it bears where it makes something."""
        if not self.call_tags:
            return params
        return marked(call.service, call.operation, params, mark_of(self.token, call.id))

    def mark_of(self, call: StoredCall) -> str:
        """Return the mark that a call bears when it is sent; empty where it bears none."""
        return mark_in(self.with_mark(call, call.params)) if self.call_tags else ""

    def lane(self, key: LaneKey) -> Lane:
        """Return the lane of a ledger's lane key; targets of one account and Region share it."""
        target, service, operation = key
        return self.lanes.lane(self.targets[target], service, operation)
