"""What sheets about phone numbers have in common: their columns, and how numbers are found.

A job takes a column as it stands, or with `dataclasses.replace` says what is its own.
"""

from __future__ import annotations

from bulkops.definition.expressions import Token
from bulkops.definition.job import Column, Polling, Step
from bulkops.definition.kinds.found_things import Col, Find
from bulkops.definition.settling_ways import Again

NUMBER = Find("phone-number", Col("phone_number"))
FLOW_FOUND = Find("contact-flow", Col("flow"))
UPDATED = Polling(
    operation="DescribePhoneNumber",
    args={"PhoneNumberId": NUMBER},
    path="ClaimedPhoneNumberSummary.PhoneNumberStatus.Status",
    done=("CLAIMED",),
    failed=("FAILED",),
    message="ClaimedPhoneNumberSummary.PhoneNumberStatus.Message",
)
"""How the end of a change of a number is found out."""

PHONE_NUMBER = Column(
    name="phone_number",
    required=True,
    aliases=("number", "phone number", "phone", "did"),
    help="The claimed number, with + and country code.",
    example="+35315550100",
)
FLOW = Column(
    name="flow",
    aliases=("contact flow", "contact flow name", "flow name", "contactflowname"),
    help="The flow that calls to the number are to reach.",
    example="Sample inbound flow",
)
DESCRIPTION = Column(
    name="description",
    aliases=("phone number description",),
    help="What the number is for; CLEAR! takes the description away.",
    example="Support line Ireland",
)

DESCRIBED = Step(
    operation="UpdatePhoneNumberMetadata",
    subject=NUMBER,
    args={
        "PhoneNumberId": NUMBER,
        "PhoneNumberDescription": Col("description"),
        "ClientToken": Token(),
    },
    settle=Again(),
    accepted=UPDATED,
)
"""Gives a number that is there another description."""
SENT_TO_FLOW = Step(
    operation="AssociatePhoneNumberContactFlow",
    subject=NUMBER,
    args={"PhoneNumberId": NUMBER, "ContactFlowId": FLOW_FOUND},
    settle=Again(),
    undo=Step(
        operation="DisassociatePhoneNumberContactFlow",
        subject=NUMBER,
        args={"PhoneNumberId": NUMBER},
        settle=Again(),
    ),
)
"""Sends the calls of a number that is there to another flow."""
