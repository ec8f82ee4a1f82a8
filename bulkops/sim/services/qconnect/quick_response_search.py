"""SearchQuickResponses: queries of words, filters of values, and the order of what is found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from bulkops.sim.services.connect.listing import Handler, Members
from bulkops.sim.services.qconnect.knowledge_bases import invalid, paged
from bulkops.sim.services.qconnect.quick_responses import quick_base, shown, status_of, within
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

QUERIED: Mapping[str, str] = {
    "content": "Content",
    "name": "Name",
    "description": "description",
    "shortcutKey": "shortcutKey",
}
FILTERED: Mapping[str, str] = {
    "name": "Name",
    "description": "description",
    "shortcutKey": "shortcutKey",
    "isActive": "isActive",
    "channels": "channels",
    "language": "language",
    "contentType": "contentType",
    "createdTime": "CreatedTime",
    "lastModifiedTime": "LastModifiedTime",
    "lastModifiedBy": "lastModifiedBy",
    "groupingConfiguration.criteria": "groupingConfiguration.criteria",
    "groupingConfiguration.values": "groupingConfiguration.values",
}
"""Field of a filter → path in a record."""
_Test = Callable[[StoredThing], bool]


def search(session: WorldSession, params: Members) -> Members:
    """Return whole those quick responses that are made and that match, page by page."""
    if "attributes" in params:
        raise invalid("The simulator puts no contact attributes into contents.")
    base, asked = quick_base(session, params), params["searchExpression"]
    tests = [*map(_query, asked.get("queries", ())), *map(_filter, asked.get("filters", ()))]
    found = [
        pair
        for pair in within(session, base, searched=True)
        if status_of(session, pair[1]) in ("CREATED", "UPDATE_IN_PROGRESS")
        and all(test(pair[1]) for test in tests)
    ]
    page = paged(session, params, _ordered(found, asked.get("orderOnField")))
    return page.small_reply("results", [shown(session, base, each) for each in page.items])


def _query(query: Members) -> _Test:
    member = _field(query["name"], QUERIED)
    words = [word.casefold() for value in query["values"] for word in value.split()]
    prefixed = query["operator"] == "CONTAINS_AND_PREFIX"

    def holds(record: StoredThing) -> bool:
        there = str(record.get(member, "")).casefold().split()
        last = words[-1:] if prefixed else []
        whole = words[:-1] if prefixed else words
        begun = all(any(each.startswith(word) for each in there) for word in last)
        return begun and all(word in there for word in whole)

    return holds


def _filter(given: Members) -> _Test:
    path = _field(given["name"], FILTERED)
    wanted = [value.casefold() for value in given.get("values", ())]
    matches = str.__eq__ if given["operator"] == "EQUALS" else str.startswith

    def holds(record: StoredThing) -> bool:
        texts = [text.casefold() for text in _texts(record, path)]
        if not texts:
            return bool(given.get("includeNoExistence"))
        return any(matches(text, value) for text in texts for value in wanted)

    return holds


def _field(name: str, known: Mapping[str, str]) -> str:
    if name not in known:
        raise invalid(f"The field is not supported; supported are: {', '.join(known)}")
    return known[name]


def _texts(record: StoredThing, path: str) -> Iterable[str]:
    head, _, inner = path.partition(".")
    value = record.get(head, {}).get(inner) if inner else record.get(head)
    if value is None:
        return ()
    if isinstance(value, bool):
        return (str(value).lower(),)
    return map(str, value if isinstance(value, list) else (value,))


def _ordered(
    found: list[tuple[int, StoredThing]], order: Members | None
) -> list[tuple[int, StoredThing]]:
    """Return what is found in the order asked for, numbered by its place in it."""
    if order is None:
        return found
    path = _field(order["name"], FILTERED)
    down = order.get("order") == "DESC"
    sorted_ = sorted(found, key=lambda pair: tuple(_texts(pair[1], path)), reverse=down)
    return [(number, record) for number, (_, record) in enumerate(sorted_, start=1)]


OPERATIONS: Mapping[str, Handler] = {"SearchQuickResponses": search}
