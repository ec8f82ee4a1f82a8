"""Pages of the services that write `nextToken` and `maxResults`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bulkops.sim.services.connect.pages import DEFAULT, small_page_of
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

LARGEST: Mapping[str, int] = {
    "ListDomains": 10,
    "ListCasesForContact": 10,
    "SearchRelatedItems": 25,
    "SearchAllRelatedItems": 25,
    "SearchCases": 25,  # "When no value is provided, 25 is the default" (service model)
}
"""How many are on a page where maxResults is not given; 100 of all others."""


def lower_page(
    session: WorldSession,
    numbered: Sequence[tuple[int, StoredThing]],
    params: Mapping[str, Any],
    member: str,
    shown: Callable[[StoredThing], Mapping[str, Any]],
) -> dict[str, Any]:
    """Return the reply with the page that a request asks for, each thing as `shown` says."""
    usual = LARGEST.get(session.operation, DEFAULT)
    page = small_page_of(numbered, session.operation, params, session.now, usual=usual)
    return page.small_reply(member, [shown(each) for each in page.items])
