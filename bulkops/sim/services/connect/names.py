"""Names of things: new to their kind, or to what they lie in, without regard to case."""

from __future__ import annotations

from collections.abc import Callable

from bulkops.sim.services.connect.listing import Handler, Members
from bulkops.sim.state.refusals import ServiceError, duplicate, refused
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession


def check_new(
    session: WorldSession,
    kind: str,
    name: str,
    *,
    parent: str = "",
    besides: StoredThing | None = None,
    taken: Callable[[], ServiceError] = duplicate,
) -> None:
    """Refuse a name that a thing below `parent` has, other than the one that is to get it.

    `taken` makes the refusal, where it is not DuplicateResourceException.
    """
    other = session.table(kind).named(name, parent)
    if other is not None and (besides is None or other["Id"] != besides["Id"]):
        raise taken()


def renaming(kind: str, argument: str, taken: Callable[[], ServiceError] = duplicate) -> Handler:
    """Return what gives the thing that `argument` names another name, description, or both."""

    def rename(session: WorldSession, params: Members) -> Members:
        record = session.need(kind, params[argument])
        given = {name: params[name] for name in ("Name", "Description") if name in params}
        if not given:
            raise refused("Name or Description must be given.")
        name = str(given.get("Name", record["Name"]))
        check_new(session, kind, name, besides=record, taken=taken)
        session.update(kind, record, **given)
        return {}

    return rename
