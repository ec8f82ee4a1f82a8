"""Pages of the services that write `nextToken` and `maxResults`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bulkops.sim.services.connect.pages import page_of
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
_USUAL = 100


def lower_page(
    session: WorldSession,
    numbered: Sequence[tuple[int, StoredThing]],
    params: Mapping[str, Any],
    member: str,
    shown: Callable[[StoredThing], Mapping[str, Any]],
) -> dict[str, Any]:
    """Return the reply with the page that a request asks for, each thing as `shown` says."""
    asked = {name: value for name, value in params.items() if name not in _NAMES}
    asked["MaxResults"] = params.get("maxResults", LARGEST.get(session.operation, _USUAL))
    if "nextToken" in params:
        asked["NextToken"] = params["nextToken"]
    page = page_of(numbered, session.operation, asked, session.now)
    token = {"nextToken": page.token} if page.token else {}
    return {member: [shown(each) for each in page.items], **token}


_NAMES = frozenset({"nextToken", "maxResults"})
