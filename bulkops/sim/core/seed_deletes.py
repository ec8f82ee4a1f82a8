"""What the first world has to be tidied up: flows and modules that are out of use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bulkops.sim.core.planted import planted
from bulkops.sim.core.seed_contents import flow_content
from bulkops.sim.state.world import WorldSession

HOTLINE_FLOW, MENU_FLOW, GREETING = "Old hotline", "Old menu", "Old greeting"


def plant_old_settings(session: WorldSession) -> None:
    """Make an attribute that nothing uses, and give hours that nothing uses a holiday."""
    hours_id = planted(session, "hours-of-operation", "Around the clock")["Id"]
    members = {
        "Name": "August holiday",
        "HoursOfOperationId": hours_id,
        "ParentGroupId": hours_id,
        "Config": [],
        "EffectiveFrom": "2026-08-03",
        "EffectiveTill": "2026-08-03",
    }
    session.create("hours-of-operation-override", members)
    skill = {
        "Values": {"StringList": ["Beginner", "Expert"]},
        "AttributeConfiguration": {"EnableValueValidationOnAssociation": False},
    }
    session.put_named("predefined-attribute", "Old skill", skill)


def plant_old_flows(session: WorldSession) -> None:
    """Make modules and flows that nothing uses, but for one that leads to another."""
    words: Sequence[tuple[str, Mapping[str, Any]]] = (("MessageParticipant", {"Text": "Closed."}),)
    live = {"State": "ACTIVE", "Status": "PUBLISHED"}
    old = {"Type": "CONTACT_FLOW", "State": "ACTIVE", "Status": "PUBLISHED"}
    for name in ("Old prompts", "Old survey"):
        session.create(
            "contact-flow-module", {"Name": name, **live, "Content": flow_content(*words)}
        )
    queue_id = planted(session, "queue", "BasicQueue")["Id"]
    to_queue = ("UpdateContactTargetQueue", {"QueueId": queue_id})
    menu = {"Name": MENU_FLOW, **old, "Content": flow_content(*words, to_queue)}
    menu_id = session.create("contact-flow", menu)["Id"]
    to_menu = ("TransferToFlow", {"ContactFlowId": menu_id})
    session.create("contact-flow", {"Name": GREETING, **old, "Content": flow_content(*words)})
    session.create("contact-flow", {"Name": HOTLINE_FLOW, **old, "Content": flow_content(to_menu)})
