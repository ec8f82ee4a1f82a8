"""What is kept of the items of pages while a kind is looked up: what planning asks for, no more."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from bulkops.definition.thing_kinds import Listing, ThingKind
from bulkops.engine.reads.items import DATE
from bulkops.planning.inventory import Want


class KeptItems:
    """Cuts items down, and keeps each text once: a list and a search tell the same of a thing."""

    def __init__(self, kind: ThingKind, want: Want) -> None:
        self._listings = {
            each.operation: (each.items, _members(each, want))
            for each in (kind.listing, kind.search)
            if each is not None
        }
        # names of things with ancestors are made of what is in their states
        self._whole = kind.has_paths or (want.state and not want.members)
        self._values: dict[Hashable, Any] = {}

    def __call__(self, operation: str, page: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return a page of the kind with what is kept of its items; any other page as it is."""
        if self._whole or operation not in self._listings:
            return page
        items, members = self._listings[operation]
        return {**page, items: [self._cut(item, members) for item in page.get(items, ())]}

    def _cut(self, item: Mapping[str, Any], members: frozenset[str]) -> Mapping[str, Any]:
        return {name: self._once(value) for name, value in item.items() if name in members}

    def _once(self, value: Any) -> Any:  # noqa: ANN401  # what the service sent
        if isinstance(value, dict | list):
            return value
        # by type too: True is equal to 1, and is sent as something else
        return self._values.setdefault((type(value), value), value)


def _members(listing: Listing, want: Want) -> frozenset[str]:
    name = listing.name.partition(".")[0]
    return want.members | {listing.id, name, listing.arn, DATE}
