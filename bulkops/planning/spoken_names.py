"""From what is there to the names that mean one thing alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bulkops.planning.inventory import Inventory, Thing
from bulkops.planning.name_resolution import Names


def things_of(inventory: Inventory, kind: str) -> Iterator[Thing]:
    """Yield each thing of a kind once, by name; a thing may be known by several names."""
    known: set[str] = set()
    for name in inventory.names(kind):
        for thing in inventory.find(kind, name):
            if thing.key not in known:
                known.add(thing.key)
                yield thing


def distinct_names(inventory: Inventory, kind: str) -> Iterator[str]:
    """Yield for each thing of a kind the name or path that means it alone, where it has one."""
    spoken = SpokenNames(Names(inventory))
    for thing in things_of(inventory, kind):
        name = spoken(kind, thing.id)
        if name is not None:
            yield name


@dataclass(frozen=True, slots=True)
class SpokenNames:
    """From ids to names that mean one thing alone: its name, its path, or `/` and its name."""

    names: Names
    _known: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def __call__(self, kind: str, thing_id: str) -> str | None:
        """Return the name or path that means a thing alone, of its id or ARN; None for no such."""
        if (kind, thing_id) not in self._known:
            name = self.names.inventory.name_of(kind, thing_id)
            self._known[kind, thing_id] = next(
                (text for text in (name, f"/{name}") if self._means(kind, text, thing_id)), None
            )
        return self._known[kind, thing_id]

    def _means(self, kind: str, text: str, thing_id: str) -> bool:
        things = self.names.things(kind, text)
        return len(things) == 1 and thing_id in (things[0].id, things[0].arn)
