"""The views that AWS manages: every instance has them, and nobody can change one."""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.sim.state.world import WorldSession

VIEWS: Mapping[str, str] = {
    "after-contact-work": "After contact work",
    "cards": "Cards",
    "confirmation": "Confirmation",
    "detail": "Detail",
    "form": "Form",
    "list": "List",
}
"""Id → name (Amazon Connect administrator guide, AWS-managed views)."""


def plant_views(session: WorldSession) -> None:
    """Make them all; no id is drawn for one."""
    for view_id, name in VIEWS.items():
        members = {
            "Name": name,
            "Arn": f"arn:aws:connect:{session.instance.region}:aws:view/{view_id}",
            "Type": "AWS_MANAGED",
            "Status": "PUBLISHED",
            "Version": 1,
            "Content": {"InputSchema": "{}", "Template": "{}", "Actions": ["Back", "Next"]},
        }
        session.put_named("view", view_id, members)
