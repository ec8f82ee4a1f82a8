"""The simulator's own account of what it was asked and what it did, to check others against."""

from __future__ import annotations

import json
import re
from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bulkops.sim.state.world import SimulatedInstance, SimulatedWorld

KEYS = (
    *("Username", "Name", "UserId", "RoutingProfileId", "QueueId", "HierarchyGroupId"),
    *("quickResponseId", "contentId", "name"),
)
"""Arguments that say what a request is about; the first that is there counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One request: what it was about, and what came of it inside the simulator."""

    number: int
    at: float
    """POSIX seconds of its arrival."""
    service: str
    operation: str
    key: str
    request_id: str
    effect: bool
    """Whether it changed the world, whatever the client was told."""
    throttled: bool
    code: str = ""
    """The error code of the service's answer, whether or not that arrived; empty for success."""
    mishap: str = ""
    """What was made to go wrong with it."""
    access_key: str = ""
    """The key that it was signed with."""


class RequestLog:
    """Every request so far: counts of all, and the last `keep` of them one by one."""

    def __init__(self, keep: int = 500_000) -> None:
        self.entries: deque[Entry] = deque(maxlen=keep)
        self.calls: Counter[str] = Counter()
        self.throttles: Counter[str] = Counter()
        self._effects: dict[str, Counter[str]] = {}

    def __repr__(self) -> str:
        return f"<RequestLog {self.calls.total()} calls, {self.throttles.total()} throttled>"

    def add(self, entry: Entry) -> None:
        """Take in one request."""
        self.entries.append(entry)
        self.calls[entry.operation] += 1
        if entry.throttled:
            self.throttles[entry.operation] += 1
        if entry.effect:
            self._effects.setdefault(entry.operation, Counter())[entry.key] += 1

    def effects(self, operation: str) -> Mapping[str, int]:
        """Return how often an operation took effect, by what it was about (a login, an id)."""
        return self._effects.get(operation, Counter())

    def rate(self, operation: str, *, window: float = 1.0) -> float:
        """Return the most requests a second that arrived in any window of so many seconds."""
        times = [entry.at for entry in self.entries if entry.operation == operation]
        first = most = 0
        for last, at in enumerate(times):
            while at - times[first] >= window:
                first += 1
            most = max(most, last - first + 1)
        return most / window

    def as_json(self) -> dict[str, Any]:
        """Return the counts and the entries, as the control endpoint gives them."""
        return {
            "calls": dict(self.calls),
            "throttles": dict(self.throttles),
            "effects": {operation: dict(keys) for operation, keys in self._effects.items()},
            "entries": [asdict(entry) for entry in self.entries],
        }


_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def key_of(operation: str, params: Mapping[str, Any]) -> str:
    """Return what a request is about: the login or name for a Create, otherwise the id."""
    names = KEYS if operation.startswith("Create") else (*KEYS[2:], "resourceArn", *KEYS[:2])
    return next((str(params[name]) for name in names if name in params), "")


def state(world: SimulatedWorld, *, ids: bool = True, times: bool = True) -> str:
    """Return the whole world as one JSON text: the same worlds give the same bytes.

    Without `ids`, things are called by kind and name, so that worlds in which the same things
    were made in another order compare equal; without `times`, nothing says when.
    """
    dump = {
        instance.alias: _instance_state(instance, ids=ids, times=times)
        for instance in world.instances.values()
    }
    return json.dumps(dump, sort_keys=True, indent=1, ensure_ascii=False)


def _instance_state(instance: SimulatedInstance, *, ids: bool, times: bool) -> dict[str, Any]:
    hidden = set() if times else {"LastModifiedTime"}
    names: dict[str, str] = {}
    if not ids:
        hidden |= {"Arn", "LevelId", "InstanceId"}
        names = {instance.id: instance.alias, **_names(instance)}
    tables = {}
    for kind, table in instance.tables.items():
        records = (_renamed(record, names, hidden) for record in table.all())
        tables[kind] = {record["Id"]: record for record in records}
    return {kind: things for kind, things in tables.items() if things}


def _names(instance: SimulatedInstance) -> dict[str, str]:
    """Return id → kind and name; a hierarchy group's with the names of those above it."""
    names: dict[str, str] = {}
    for kind, table in instance.tables.items():
        for record in table.all():  # parents are made before their children
            above = names.get(record.get("ParentGroupId", ""), kind)
            names[record["Id"]] = f"{above}/{record['Name']}"
    of_arns = [thing_id for thing_id in names if thing_id.startswith("arn:")]
    for arn in of_arns:  # what is kept by the ARN of another thing
        names[arn] = f"of {names.get(arn.rpartition('/')[2], arn)}"
    return names


def _renamed(value: Any, names: Mapping[str, str], hidden: Iterable[str]) -> Any:  # noqa: ANN401
    if isinstance(value, Mapping):
        return {
            name: _renamed(inner, names, hidden)
            for name, inner in value.items()
            if name not in hidden
        }
    if isinstance(value, list):
        return [_renamed(inner, names, hidden) for inner in value]
    if not isinstance(value, str) or value in names:
        return names.get(value, value)
    return _ID.sub(lambda found: names.get(found[0], found[0]), value)  # inside a flow's text
