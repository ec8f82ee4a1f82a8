"""What is in the first world already, by name."""

from __future__ import annotations

from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession


def planted(session: WorldSession, kind: str, name: str) -> StoredThing:
    """Return what was planted before under a name; KeyError where there is nothing."""
    found = session.table(kind).named(name)
    if found is None:
        raise KeyError(name)
    return found
