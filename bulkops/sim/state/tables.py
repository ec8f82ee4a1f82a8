"""The things of one kind: what is true, and what a read that lags behind still sees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

StoredThing = Mapping[str, Any]
"""A thing as the simulator keeps it, by AWS's member names; replaced whole, never changed."""


class Shows(NamedTuple):
    """When a write shows: to lists and descriptions, and to searches."""

    reads: float
    searches: float


class _Past(NamedTuple):
    """What an id bore before a write, and until when it is seen so."""

    until: Shows
    record: StoredThing | None


class ThingTable:
    """Records by id, in the order of their making, with an index of names.

    A read goes on seeing what a write replaced until the read's lag is over, and a search, whose
    index trails behind, for longer; names are unique at once, without regard to case.
    """

    def __init__(self) -> None:
        self._true: dict[str, StoredThing] = {}
        self._names: dict[tuple[str, str], str] = {}
        self._numbers: dict[str, int] = {}
        self._past: dict[str, list[_Past]] = {}
        self._made = 0

    def __len__(self) -> int:
        return len(self._true)

    def put(self, record: StoredThing, shows: Shows | None = None) -> None:
        """Make or replace a record, which shows at once or when `shows` says."""
        thing_id = str(record["Id"])
        self._keep(thing_id, shows)
        old = self._true.get(thing_id)
        if old is not None:
            self._names.pop(_name_key(old), None)
        self._true[thing_id] = record
        self._names[_name_key(record)] = thing_id
        if thing_id not in self._numbers:
            self._made += 1
            self._numbers[thing_id] = self._made

    def drop(self, thing_id: str, shows: Shows | None = None) -> None:
        """Delete a record; that shows at once or when `shows` says."""
        self._keep(thing_id, shows)
        self._names.pop(_name_key(self._true.pop(thing_id)), None)
        if thing_id not in self._past:
            del self._numbers[thing_id]

    def get(self, thing_id: str) -> StoredThing | None:
        """Return what is true of an id."""
        return self._true.get(thing_id)

    def named(self, name: str, parent: str = "") -> StoredThing | None:
        """Return what truly bears a name, without regard to case."""
        found = self._names.get((parent, name.casefold()))
        return None if found is None else self._true[found]

    def all(self) -> Iterator[StoredThing]:
        """Yield what is true, in the order of making."""
        yield from self._true.values()

    def seen(self, thing_id: str, now: float, *, searched: bool = False) -> StoredThing | None:
        """Return what a read at `now` sees of an id: a search, or any other."""
        for past in self._past.get(thing_id, ()):
            if now < (past.until.searches if searched else past.until.reads):
                return past.record
        return self._true.get(thing_id)

    def all_seen(self, now: float, *, searched: bool = False) -> list[tuple[int, StoredThing]]:
        """Return what a read at `now` sees, numbered and in the order of making."""
        self._forget(now)
        numbers = self._numbers
        if not self._past:
            return [(numbers[thing_id], record) for thing_id, record in self._true.items()]
        ids = sorted({*self._true, *self._past}, key=numbers.__getitem__)
        seen = ((numbers[each], self.seen(each, now, searched=searched)) for each in ids)
        return [(number, record) for number, record in seen if record is not None]

    def _keep(self, thing_id: str, shows: Shows | None) -> None:
        if shows is not None:
            past = _Past(until=shows, record=self._true.get(thing_id))
            self._past.setdefault(thing_id, []).append(past)

    def _forget(self, now: float) -> None:
        over = [each for each, past in self._past.items() if max(past[-1].until) <= now]
        for thing_id in over:
            del self._past[thing_id]
            if thing_id not in self._true:
                del self._numbers[thing_id]


def _name_key(record: StoredThing) -> tuple[str, str]:
    """Return what must be unique: the name, and for hierarchy groups the parent with it."""
    return str(record.get("ParentGroupId", "")), str(record["Name"]).casefold()
