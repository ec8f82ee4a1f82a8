"""What the rows of a plan need of one another, and where in a circle."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from bulkops.planning.calls.placeholders import placeholders_in
from bulkops.planning.flows.flow_circles import in_order_of_need
from bulkops.planning.plan import Need


def needs_in(params: object) -> tuple[Need, ...]:
    """Return the calls that make the placeholders of some arguments, each once."""
    found = (each.of for each in placeholders_in(params))
    return tuple(dict.fromkeys(need for need in found if need is not None))


def needs_of_part(needs: Iterable[Need], whole: object, part: object) -> tuple[Need, ...]:
    """Return what a part of a call needs: not what only makes placeholders of the rest of it."""
    mine, all_of_them = set(needs_in(part)), set(needs_in(whole))
    return tuple(need for need in needs if need in mine or need not in all_of_them)


def circles(waits: Mapping[int, Collection[int]]) -> Iterator[tuple[int, ...]]:
    """Yield the rows that wait for one another, each circle once, its rows in order.

    `waits` are by row the rows that it waits for. Circles that share a row are one.
    """
    for knot in in_order_of_need(waits):
        if knot.is_circle:
            yield tuple(sorted(knot.members))
