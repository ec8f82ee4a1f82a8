"""The state of the simulated instances, and the one way in which it changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bulkops.definition.job import Identity
from bulkops.sim.state.ids import fraction, identifier, instance_arn, thing_arn
from bulkops.sim.state.refusals import not_found, not_visible_yet
from bulkops.sim.state.tables import Shows, StoredThing, ThingTable

NOUNS: Mapping[str, str] = {
    "agent-status": "agent status",
    "campaign": "campaign",
    "contact": "contact",
    "content": "content",
    "contact-flow": "contact flow",
    "contact-flow-alias": "contact flow alias",
    "contact-flow-module": "contact flow module",
    "contact-flow-module-alias": "contact flow module alias",
    "contact-flow-module-version": "contact flow module version",
    "contact-flow-version": "contact flow version",
    "data-table": "data table",
    "data-table-attribute": "data table attribute",
    "data-table-value": "data table value",
    "evaluation-form": "evaluation form",
    "flow-association": "flow association",
    "hierarchy-group": "hierarchy group",
    "hours-of-operation": "hours of operation",
    "hours-of-operation-override": "hours of operation override",
    "knowledge-base": "knowledge base",
    "phone-number": "phone number",
    "prompt": "prompt",
    "predefined-attribute": "predefined attribute",
    "queue": "queue",
    "quick-connect": "quick connect",
    "quick-response": "quick response",
    "routing-profile": "routing profile",
    "rule": "rule",
    "security-profile": "security profile",
    "task-template": "task template",
    "user": "user",
    "view": "view",
    "vocabulary": "vocabulary",
}
"""Every kind of thing that an instance holds, as its error messages call it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who asks: the account and Region that the credentials and the endpoint stand for."""

    account: str
    region: str
    access_key: str = field(default="", compare=False)
    role_arn: str = field(default="", compare=False)
    """The ARN of the session, where a role was assumed."""

    @property
    def arn(self) -> str:
        """The ARN of whoever calls."""
        return self.role_arn or f"arn:aws:iam::{self.account}:user/operator"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldChange:
    """One record put, or dropped where `record` is None, in the instance of that id."""

    instance: str
    kind: str
    id: str
    record: StoredThing | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """What one accepted request changed; `drawn` is how many ids it used up."""

    at: float
    instance: str
    operation: str
    drawn: int
    changes: tuple[WorldChange, ...]


@dataclass(slots=True, kw_only=True)
class SimulatedInstance:
    """One instance: who it is, and its things by kind."""

    id: str
    arn: str
    account: str
    region: str
    alias: str
    identity: Identity
    created_at: float
    drawn: int = 0
    tables: dict[str, ThingTable] = field(default_factory=lambda: defaultdict(ThingTable))

    def belongs_to(self, caller: Caller) -> bool:
        """Return whether a caller's account and Region are the instance's own."""
        return (self.account, self.region) == (caller.account, caller.region)


class SimulatedWorld:
    """All instances. It changes by `commit` alone, so that a journal of commits restores it."""

    def __init__(self, *, seed: int = 1, limits: Mapping[str, int] | None = None) -> None:
        self.seed = seed
        self.lag = 0.0
        """Seconds by which lists and descriptions trail behind writes."""
        self.search_lag = 0.0
        """Seconds by which searches do; never less than `lag`."""
        self.limits = limits or {}
        """Resource quotas that differ from `resource_quotas.LIMITS`."""
        self.instances: dict[str, SimulatedInstance] = {}
        self.journal: Callable[[Commit], None] | None = None
        """Where a commit is written before it takes effect, for a world that is kept."""

    def __repr__(self) -> str:
        counts = ", ".join(
            f"{instance.alias}: {len(instance.tables['user'])} users"
            for instance in self.instances.values()
        )
        return f"<SimulatedWorld {counts or 'empty'}>"

    def add_instance(
        self, *, alias: str, account: str, region: str, identity: Identity, at: float
    ) -> SimulatedInstance:
        """Make an empty instance; its id depends on seed, account, Region and alias alone."""
        instance_id = identifier(self.seed, account, region, alias)
        self.instances[instance_id] = SimulatedInstance(
            id=instance_id,
            arn=instance_arn(region, account, instance_id),
            account=account,
            region=region,
            alias=alias,
            identity=identity,
            created_at=at,
        )
        return self.instances[instance_id]

    def instance(self, instance_id: str, caller: Caller) -> SimulatedInstance:
        """Return an instance that the caller may see; ResourceNotFoundException otherwise."""
        found = self.instances.get(instance_id)
        if found is None or not found.belongs_to(caller):
            raise not_found("instance")
        return found

    def commit(self, commit: Commit) -> None:
        """Carry out what a request changed: whole, at once, and the same again on replay."""
        if self.journal is not None:
            self.journal(commit)
        instance = self.instances[commit.instance]
        instance.drawn += commit.drawn
        shows = self._shows(commit.at)
        for change in commit.changes:
            table = self.instances[change.instance].tables[change.kind]
            if change.record is None:
                table.drop(change.id, shows)
            else:
                table.put(change.record, shows)

    def _shows(self, at: float) -> Shows | None:
        searches = max(self.lag, self.search_lag)
        return Shows(reads=at + self.lag, searches=at + searches) if searches else None


_HALF = 0.5


class WorldSession:
    """One request's view of an instance: reads, and the changes that it asks for.

    Nothing changes until the request is accepted and `commit` is handed to the world, so that a
    refused request leaves no trace.
    """

    def __init__(
        self, world: SimulatedWorld, instance: SimulatedInstance, operation: str, now: float
    ) -> None:
        self.world = world
        self.instance = instance
        self.operation = operation
        self.now = now
        self._changes: list[WorldChange] = []
        self._drawn = 0

    def new_id(self) -> str:
        """Draw the next id of the instance."""
        self._drawn += 1
        return identifier(self.world.seed, self.instance.id, self.instance.drawn + self._drawn)

    def arn(self, kind: str, thing_id: str) -> str:
        """Return the ARN of a thing of this instance."""
        return thing_arn(self.instance.arn, kind, thing_id)

    def table(self, kind: str) -> ThingTable:
        """Return the things of a kind."""
        return self.instance.tables[kind]

    def need(self, kind: str, thing_id: str) -> StoredThing:
        """Return what is true of an id; ResourceNotFoundException where there is nothing."""
        return self._found(kind, self.table(kind).get(thing_id))

    def see(self, kind: str, thing_id: str) -> StoredThing:
        """Return what a lagging read sees of an id, or refuse the request where it sees nothing.

        What is there and not visible yet is refused in one of two ways, by lot: as an id that
        nothing bears, or as an invalid request.
        """
        table = self.table(kind)
        seen = table.seen(thing_id, self.now)
        if seen is None and table.get(thing_id) is not None:
            lot = fraction(self.world.seed, thing_id, self.now)
            raise not_visible_yet() if lot < _HALF else not_found(NOUNS[kind])
        return self._found(kind, seen)

    def see_all(self, kind: str, *, searched: bool = False) -> list[tuple[int, StoredThing]]:
        """Return what a lagging read sees of a kind, numbered in the order of making."""
        return self.table(kind).all_seen(self.now, searched=searched)

    def all(self, kind: str) -> Iterator[StoredThing]:
        """Yield what is true of a kind."""
        return self.table(kind).all()

    def create(self, kind: str, members: Mapping[str, Any]) -> StoredThing:
        """Ask for a new thing with an id and ARN of its own, and return it."""
        thing_id = self.new_id()
        given = {name: value for name, value in members.items() if value is not None}
        return self._put(kind, {"Id": thing_id, "Arn": self.arn(kind, thing_id), **given})

    def put_named(self, kind: str, name: str, members: Mapping[str, Any]) -> StoredThing:
        """Ask for a thing that has no id beside its name, such as a predefined attribute."""
        return self._put(kind, {"Id": name, "Name": name, **members})

    def update(self, kind: str, record: StoredThing, **members: object) -> StoredThing:
        """Ask for members of a thing to be replaced; None takes one away."""
        merged = {**record, **members}
        return self._put(kind, {name: value for name, value in merged.items() if value is not None})

    def delete(self, kind: str, thing_id: str) -> None:
        """Ask for a thing to be deleted."""
        self._changes.append(
            WorldChange(instance=self.instance.id, kind=kind, id=thing_id, record=None)
        )

    def commit(self) -> Commit | None:
        """Return what the request changes, or None for one that only reads."""
        if not self._changes:
            return None
        return Commit(
            at=self.now,
            instance=self.instance.id,
            operation=self.operation,
            drawn=self._drawn,
            changes=tuple(self._changes),
        )

    def _put(self, kind: str, members: Mapping[str, Any]) -> StoredThing:
        record = {
            **members,
            "LastModifiedTime": self.now,
            "LastModifiedRegion": self.instance.region,
        }
        self._changes.append(
            WorldChange(instance=self.instance.id, kind=kind, id=str(record["Id"]), record=record)
        )
        return record

    def _found(self, kind: str, record: StoredThing | None) -> StoredThing:
        if record is None:
            raise not_found(NOUNS[kind])
        return record


def moment(seconds: float) -> datetime:
    """Return POSIX seconds as UTC, to the millisecond, as the service stamps its things."""
    return datetime.fromtimestamp(round(seconds, 3), UTC)
