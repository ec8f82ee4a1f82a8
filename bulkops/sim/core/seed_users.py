"""What the first world has for users beside their names: proficiencies, tags."""

from __future__ import annotations

from bulkops.sim.state.world import WorldSession

PROFICIENCIES = (
    ("Skill", "Technical", 2.0),
    ("Skill", "Returns", 3.0),
    ("Skill", "Billing", 1.0),
)
"""Those of the user admin."""
TAGS = {"owner": "nobody", "site": "Dublin"}
"""Those of the queue Support VIP."""


def plant_user_details(session: WorldSession) -> None:
    """Give them to the users and queues that are there."""
    admin = session.table("user").named("admin")
    if admin is not None:
        held = [
            {"AttributeName": name, "AttributeValue": value, "Level": level}
            for name, value, level in PROFICIENCIES
        ]
        session.update("user", admin, Proficiencies=held)
    queue = session.table("queue").named("Support VIP")
    if queue is not None:
        session.update("queue", queue, Tags=dict(TAGS))
