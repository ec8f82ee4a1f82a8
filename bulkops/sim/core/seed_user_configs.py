"""What the first world has of settings channel by channel: all of one user's, one of others'."""

from __future__ import annotations

from bulkops.sim.core.planted import planted
from bulkops.sim.state.world import WorldSession

_SECONDS = {"VOICE": 30, "CHAT": 60, "TASK": 0}


def plant_user_configs(session: WorldSession) -> None:
    """Give them to users, of whom the others have one time limit for all channels."""
    connection = [{"Channel": "VOICE", "PersistentConnection": False}]
    for name in ("j.murphy", "m.silva", "a.kowalska"):
        user = planted(session, "user", name)
        session.update("user", user, PersistentConnectionConfigs=connection)
    session.update(
        "user",
        planted(session, "user", "admin"),
        AutoAcceptConfigs=[
            {"Channel": "VOICE", "AutoAccept": True, "AgentFirstCallbackAutoAccept": False},
            {"Channel": "CHAT", "AutoAccept": False},
        ],
        AfterContactWorkConfigs=[
            {"Channel": channel, "AfterContactWorkConfig": {"AfterContactWorkTimeLimit": limit}}
            for channel, limit in _SECONDS.items()
        ],
        PhoneNumberConfigs=[{"Channel": "VOICE", "PhoneType": "SOFT_PHONE"}],
        PersistentConnectionConfigs=connection,
        VoiceEnhancementConfigs=[
            {"Channel": "VOICE", "VoiceEnhancementMode": "NOISE_SUPPRESSION"},
        ],
    )
