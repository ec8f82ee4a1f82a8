"""Which flows need one another in a circle, and in which order all of them can be made."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

from bulkops.planning.flows.flow_references import FlowReference
from bulkops.planning.flows.found_texts import ReferenceForm

_FLOWS = ("contact-flow", "contact-flow-module")
_FIXED = (ReferenceForm.ID, ReferenceForm.ARN)
Key = TypeVar("Key", bound=Hashable)


class FlowKnot(NamedTuple, Generic[Key]):
    """Flows that need one another; mostly a single one, which then may need itself."""

    members: tuple[Key, ...]
    is_circle: bool


def needed_flows(found: Iterable[FlowReference]) -> Iterator[FlowReference]:
    """Yield those of a flow's references that lead contacts to another flow, or to a module."""
    return (each for each in found if each.kind in _FLOWS and each.form in _FIXED and each.is_run)


def in_order_of_need(needs: Mapping[Key, Iterable[Key]]) -> tuple[FlowKnot[Key], ...]:
    """Return all flows, those first that others need; what needs one another stands together.

    `needs` says for each flow which it names; what is no key of it is there already. The order of
    the keys decides where need does not. As deep as the chain may be, nothing recurses.
    """
    walk = _Walk(needs)
    for key in needs:
        if key not in walk.numbers:
            walk.begin(key)
    return tuple(walk.knots)


class _Walk(Generic[Key]):
    """Tarjan's walk through a graph, with a stack of its own."""

    def __init__(self, needs: Mapping[Key, Iterable[Key]]) -> None:
        self._needs = {
            key: [each for each in dict.fromkeys(named) if each in needs]
            for key, named in needs.items()
        }
        self.numbers: dict[Key, int] = {}
        self._lowest: dict[Key, int] = {}
        self._open: dict[Key, None] = {}
        self.knots: list[FlowKnot[Key]] = []

    def begin(self, key: Key) -> None:
        """Walk all that can be come to from a flow, and tell the knots that are complete."""
        path = [(key, iter(self._needs[self._reach(key)]))]
        while path:
            at, ahead = path[-1]
            step = next(ahead, None)
            if step is None:
                path.pop()
                self._leave(at)
                for before, _ in path[-1:]:
                    self._lowest[before] = min(self._lowest[before], self._lowest[at])
            elif step not in self.numbers:
                path.append((step, iter(self._needs[self._reach(step)])))
            elif step in self._open:
                self._lowest[at] = min(self._lowest[at], self.numbers[step])

    def _reach(self, key: Key) -> Key:
        self.numbers[key] = self._lowest[key] = len(self.numbers)
        self._open[key] = None
        return key

    def _leave(self, key: Key) -> None:
        if self._lowest[key] < self.numbers[key]:
            return
        members: list[Key] = []
        while key in self._open:
            members.append(self._open.popitem()[0])
        is_circle = len(members) > 1 or key in self._needs[key]
        self.knots.append(FlowKnot(tuple(reversed(members)), is_circle))
