"""What the first world's numbers lead to."""

from __future__ import annotations

from bulkops.sim.core.planted import planted
from bulkops.sim.core.seed_contents import usual_content
from bulkops.sim.services.connect.number_claims import associate_flow
from bulkops.sim.state.world import WorldSession

SECOND_FLOW = "After hours"
LED = ("+18005550142", "Sample inbound flow")
"""A number, and the flow that its callers reach."""


def plant_numbers(session: WorldSession) -> None:
    """Make it all; the numbers and the first flow are there already."""
    flow = {"Type": "CONTACT_FLOW", "State": "ACTIVE", "Status": "PUBLISHED"}
    content = usual_content("CONTACT_FLOW")
    session.create("contact-flow", {"Name": SECOND_FLOW, **flow, "Content": content})
    number = planted(session, "phone-number", LED[0])
    leads_to = planted(session, "contact-flow", LED[1])
    associate_flow(session, {"PhoneNumberId": number["Id"], "ContactFlowId": leads_to["Id"]})
