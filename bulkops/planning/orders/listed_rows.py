"""What rows put on the lists of things that are there, of which other rows' cells must be one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bulkops.definition.column_facts import feeds_by
from bulkops.definition.job import takes_back
from bulkops.definition.kinds.found_things import Find
from bulkops.definition.model.member_paths import EACH
from bulkops.definition.thing_kinds import KINDS
from bulkops.planning.calls.arguments import StepArguments
from bulkops.planning.decisions.target_context import Listed
from bulkops.planning.plan import Need
from bulkops.planning.rows.row_verbs import on_exists_of
from bulkops.planning.rows.typed_rows import Identities, Order, TypedRow


class _Listing(NamedTuple):
    """A step that changes such a list of what is there, and the column of its elements."""

    address: str
    subject: Find
    column: str


def listed_by(
    orders: Sequence[Order],
    identities: Identities,
    arguments: Sequence[Mapping[str, StepArguments]],
) -> dict[str, Listed]:
    """Return by target what rows put on lists: (kind, the thing's key, value) → the call that does.

    `arguments` are each order's own.
    """
    wanted = {
        (among.of.kind, among.path)
        for each in arguments
        for args in each.values()
        for among in args.step.among.values()
    }
    found: dict[str, dict[tuple[str, str, str], Need]] = {}
    for order, steps in zip(orders, arguments, strict=True) if wanted else ():
        listings = list(_listings(steps, wanted))
        for row in order.rows(identities) if listings else ():
            if on_exists_of(row.verb, order.on_exists) == "update":
                found.setdefault(row.target, {}).update(_puts(row, listings))
    return {**found}


def _listings(
    steps: Mapping[str, StepArguments], wanted: Iterable[tuple[str, str]]
) -> Iterator[_Listing]:
    """Yield the steps that set one of the lists that are wanted, each (kind, path)."""
    for address, args in steps.items():
        subject = args.step.subject
        if args.does != "update" or takes_back(address) or not isinstance(subject, Find):
            continue
        for column, feed in feeds_by(address, args.step):
            if (subject.kind, feed.path.removesuffix(EACH)) in wanted:
                yield _Listing(address, subject, column)


def _puts(
    row: TypedRow, listings: Iterable[_Listing]
) -> Iterator[tuple[tuple[str, str, str], Need]]:
    for each in listings:
        value = row.values.get(each.column)
        key = KINDS[each.subject.kind].key_of(each.subject.name_in(row.values))
        for one in value if isinstance(value, tuple) else (value,):
            yield (each.subject.kind, key, str(one)), Need(row.number, each.address)
