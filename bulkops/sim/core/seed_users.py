"""What the first world has beside users: proficiencies, tags, and contacts that go on."""

from __future__ import annotations

from bulkops.sim.core.planted import planted
from bulkops.sim.state.world import WorldSession

PROFICIENCIES = (
    ("Skill", "Technical", 2.0),
    ("Skill", "Returns", 3.0),
    ("Skill", "Billing", 1.0),
)
"""Those of the user admin."""
TAGS = {"owner": "nobody", "site": "Dublin"}
"""Those of the queue Support VIP."""

CONTACTS = (
    ("5f0c1d1e-1111-4a6b-8a01-000000000001", "CHAT", "API"),
    ("5f0c1d1e-1111-4a6b-8a01-000000000002", "TASK", "API"),
    ("5f0c1d1e-1111-4a6b-8a01-000000000003", "VOICE", "CALLBACK"),
    ("5f0c1d1e-1111-4a6b-8a01-000000000004", "VOICE", "TRANSFER"),
)
"""Id, channel and initiation method of contacts that have not ended."""


def plant_user_details(session: WorldSession) -> None:
    """Give them to the users and queues that are there."""
    held = [
        {"AttributeName": name, "AttributeValue": value, "Level": level}
        for name, value, level in PROFICIENCIES
    ]
    session.update("user", planted(session, "user", "admin"), Proficiencies=held)
    session.update("queue", planted(session, "queue", "Support VIP"), Tags=dict(TAGS))
    for contact, channel, method in CONTACTS:
        members = {"Channel": channel, "InitiationMethod": method}
        session.put_named("contact", contact, members)
