"""What the first world's numbers lead to."""

from __future__ import annotations

from bulkops.sim.services.connect.number_claims import associate_flow
from bulkops.sim.state.world import WorldSession

SECOND_FLOW = "After hours"
LED = ("+18005550142", "Sample inbound flow")
"""A number, and the flow that its callers reach."""


def plant_numbers(session: WorldSession) -> None:
    """Make it all; the numbers and the first flow are there already."""
    flow = {"Type": "CONTACT_FLOW", "State": "ACTIVE", "Status": "PUBLISHED", "Content": "{}"}
    session.create("contact-flow", {"Name": SECOND_FLOW, **flow})
    number = session.table("phone-number").named(LED[0])
    leads_to = session.table("contact-flow").named(LED[1])
    if number is not None and leads_to is not None:
        asked = {"PhoneNumberId": number["Id"], "ContactFlowId": leads_to["Id"]}
        associate_flow(session, asked)
