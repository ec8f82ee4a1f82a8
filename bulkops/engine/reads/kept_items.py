"""What is kept of the items of pages while a kind is looked up: what planning asks for, no more."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import datetime
from typing import Any

from bulkops.definition.kinds.listing import Listing
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.definition.model.newer_members import like
from bulkops.engine.reads.items import DATES, INDEX_LAG, changed_at, items_on
from bulkops.planning.inventory import Want


class KeptItems:
    """Cuts items down, and keeps ids and values once: a list and a search tell the same.

    When a thing was changed is kept only where that was so shortly before `now`, when the reading
    begins, that an index may not hold it yet.
    """

    def __init__(self, kind: ThingKind, want: Want, now: datetime) -> None:
        self._since = now - INDEX_LAG
        self._once_only = want.members | {
            each.id for each in (kind.listing, kind.search) if each is not None
        }
        self._listings = {
            each.operation: (each.items, kind.answered_as(_members(each, want)))
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
        return {**page, items: [self._cut(item, members) for item in items_on(page, items)]}

    def clear(self) -> None:
        """Let go of what was met: nothing more is to be read."""
        self._values.clear()

    def _cut(self, item: Mapping[str, Any], members: frozenset[str]) -> Mapping[str, Any]:
        changed = changed_at(item)
        is_old = changed is not None and changed <= self._since
        kept = {
            name: self._once(name, value)
            for name, value in item.items()
            if name in members and not (is_old and name in DATES)
        }
        return like(item, kept)

    def _once(self, name: str, value: Any) -> Any:  # noqa: ANN401  # what the service sent
        if name not in self._once_only or isinstance(value, dict | list):
            return value
        # by type too: True is equal to 1, and is sent as something else
        key = value if isinstance(value, str) else (type(value), value)
        return self._values.setdefault(key, value)


def _members(listing: Listing, want: Want) -> frozenset[str]:
    name = listing.name.partition(".")[0]
    return want.members | {listing.id, name, listing.arn, *DATES, *listing.hidden, *listing.only}
