"""Listing, describing and searching: what all kinds of things have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bulkops.sim.services.connect.pages import page_of
from bulkops.sim.services.connect.search_criteria import Fields, Leaves, criteria_test, filter_test
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession, moment

Members = Mapping[str, Any]
"""What a request or a reply holds, by AWS's names."""
Handler = Callable[[WorldSession, Members], Members]
"""Carries out one checked request and returns its reply; raises ServiceError to refuse it."""
MemberNames = Mapping[str, str]
"""Member of a reply → member of the record that it shows."""

STAMPS: MemberNames = {
    "LastModifiedTime": "LastModifiedTime",
    "LastModifiedRegion": "LastModifiedRegion",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOperations:
    """How the things of one kind are shown, by the operations and members of the model."""

    kind: str
    listing: tuple[str, str]
    """List operation, and the member of its reply."""
    summary: MemberNames
    describing: tuple[str, str, str]
    """Describe operation, the argument that takes the id, and the member of its reply."""
    whole: MemberNames
    searching: tuple[str, str]
    """Search operation, and the member of its reply."""
    found: MemberNames
    fields: Fields
    narrowing: Mapping[str, str] = field(default_factory=dict)
    """List argument that takes several values → the member of a record that must have one."""
    leaves: Callable[[WorldSession], Leaves] = field(default=lambda _: {})
    """Conditions of the search beside text and tags."""
    enrich: Callable[[WorldSession, Sequence[StoredThing]], Sequence[StoredThing]] = field(
        default=lambda _, records: records
    )
    """Adds to records what is computed when they are described or searched."""
    hidden: Callable[[WorldSession], Iterable[tuple[int, StoredThing]]] = field(
        default=lambda _: ()
    )
    """What a search finds and nothing else shows, with numbers after all others."""

    def operations(self) -> Mapping[str, Handler]:
        """Return the handlers of the three operations."""
        return {
            self.listing[0]: self._list,
            self.describing[0]: self._describe,
            self.searching[0]: self._search,
        }

    def _list(self, session: WorldSession, params: Mapping[str, Any]) -> Mapping[str, Any]:
        numbered = session.see_all(self.kind)
        for argument, member in self.narrowing.items():
            if wanted := params.get(argument):
                numbered = [pair for pair in numbered if pair[1][member] in wanted]
        page = page_of(numbered, self.listing[0], params, session.now)
        return page.reply(self.listing[1], [shown(record, self.summary) for record in page.items])

    def _describe(self, session: WorldSession, params: Mapping[str, Any]) -> Mapping[str, Any]:
        _, argument, member = self.describing
        record = session.see(self.kind, params[argument])
        return {member: shown(self.enrich(session, [record])[0], self.whole)}

    def _search(self, session: WorldSession, params: Mapping[str, Any]) -> Mapping[str, Any]:
        leaves = self.leaves(session)
        wanted = criteria_test(params.get("SearchCriteria", {}), self.fields, leaves)
        allowed = filter_test(params.get("SearchFilter", {}), leaves)
        numbered = [*session.see_all(self.kind, searched=True), *self.hidden(session)]
        if params.get("SearchCriteria") or params.get("SearchFilter"):
            numbered = [pair for pair in numbered if wanted(pair[1]) and allowed(pair[1])]
        page = page_of(numbered, self.searching[0], params, session.now)
        records = self.enrich(session, page.items)
        reply = page.reply(self.searching[1], [shown(record, self.found) for record in records])
        return {**reply, "ApproximateTotalCount": len(numbered)}


def shown(record: StoredThing, names: MemberNames) -> dict[str, Any]:
    """Return the members of a record that a reply shows, times as UTC datetimes."""
    return {
        out: moment(record[name]) if name == "LastModifiedTime" else record[name]
        for out, name in names.items()
        if name in record
    }


def same(*names: str) -> MemberNames:
    """Return names that are shown as they are kept."""
    return {name: name for name in names}


SUMMARY: MemberNames = {**same("Id", "Arn", "Name"), **STAMPS}
"""What most listings show of each thing."""


def text(*path: str) -> Callable[[StoredThing], Iterable[str]]:
    """Return what reads one text of a record, by its path; nothing where it has none."""

    def read(record: StoredThing) -> Iterable[str]:
        value: Any = record
        for member in path:
            value = value.get(member)
            if value is None:
                return ()
        return (str(value),)

    return read


NAMED: Fields = {"name": text("Name"), "description": text("Description"), "resourceID": text("Id")}
"""FieldNames that most searches know (service model, SearchCriteria shapes)."""
