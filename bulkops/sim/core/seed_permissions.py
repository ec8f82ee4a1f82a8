"""What those with the first world's security profiles may do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bulkops.sim.core.planted import planted
from bulkops.sim.state.world import WorldSession

PERMISSIONS: Mapping[str, Sequence[str]] = {
    "Agent": ("BasicAgentAccess", "OutboundCallAccess"),
    "CallCenterManager": (
        "AccessMetrics",
        "ContactSearch.View",
        "ManagerListenIn",
        "Queues.Edit",
        "Queues.View",
        "Users.View",
    ),
    "QualityAnalyst": ("AccessMetrics", "ContactSearch.View", "ContactAttributes.View"),
    "Admin": (
        "AccessMetrics",
        "BasicAgentAccess",
        "ContactFlows.Edit",
        "ContactFlows.View",
        "SecurityProfiles.Edit",
        "SecurityProfiles.View",
        "Users.Create",
        "Users.Edit",
        "Users.View",
    ),
}


def plant_permissions(session: WorldSession) -> None:
    """Give the first world's security profiles their permissions."""
    for name, permissions in PERMISSIONS.items():
        profile = planted(session, "security-profile", name)
        said, held = f"What {name} may do", [*permissions]
        session.update("security-profile", profile, Description=said, Permissions=held)
