"""Whether values of the first world's predefined attributes are checked: they are not."""

from __future__ import annotations

from bulkops.sim.services.connect.predefined_attributes import UNCHECKED
from bulkops.sim.state.world import WorldSession


def plant_attribute_settings(session: WorldSession) -> None:
    """Say of each attribute of the first world that its values are not checked."""
    for attribute in session.all("predefined-attribute"):
        session.update("predefined-attribute", attribute, AttributeConfiguration=dict(UNCHECKED))
