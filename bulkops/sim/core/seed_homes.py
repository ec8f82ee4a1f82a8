"""What the first world's instances have beside themselves, by association."""

from __future__ import annotations

from bulkops.definition.homes import HOMES
from bulkops.sim.services.connect.integration_associations import KIND
from bulkops.sim.state.world import WorldSession


def plant_associations(session: WorldSession) -> None:
    """Associate an instance with each home that an association tells; no id is drawn for it."""
    for home in HOMES:
        if home.association:
            session.put_named(KIND, home.name, {"IntegrationType": home.association})
