"""The templates by which the first world's agents make tasks."""

from __future__ import annotations

from bulkops.sim.core.planted import planted
from bulkops.sim.services.connect.task_templates import create
from bulkops.sim.state.world import WorldSession

TEMPLATES = (("Follow up", "ACTIVE"), ("Old follow up", "INACTIVE"))
FLOW = "Sample inbound flow"


def plant_task_templates(session: WorldSession) -> None:
    """Make it all."""
    flow = planted(session, "contact-flow", FLOW)["Id"]
    for name, status in TEMPLATES:
        create(
            session,
            {
                "Name": name,
                "Description": "What an agent promises to do later",
                "ContactFlowId": flow,
                "Status": status,
                "Fields": [
                    {"Id": {"Name": "Title"}, "Type": "NAME"},
                    {"Id": {"Name": "Reason"}, "Type": "TEXT", "Description": "Why"},
                ],
                "Constraints": {"RequiredFields": [{"Id": {"Name": "Title"}}]},
            },
        )
