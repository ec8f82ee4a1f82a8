"""Describe and tag phone numbers that an instance has, and send their calls to flows."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Col, Column, Job, Step, Token
from bulkops.definition.phone_number_columns import FLOW, FLOW_FOUND, NUMBER, PHONE_NUMBER, UPDATED
from bulkops.definition.tag_columns import tags_added

JOB = Job(
    name="set-up-phone-numbers",
    summary="Describe, tag and send to flows what numbers are there; a number that is not is said.",
    key=("phone_number",),
    columns=(
        PHONE_NUMBER,
        Column(
            name="description",
            aliases=("phone number description",),
            help="What the number is for; CLEAR! takes the description away.",
            example="Support line Ireland",
        ),
        replace(FLOW, help="The flow that calls to the number are to reach; blank: as it is."),
        Column(
            name="tags",
            kind="tags",
            split=";|",
            help="Tags as key=value, separated by ; or |; what is there keeps its others.",
            example="team=support",
        ),
    ),
    steps=(
        Step(
            operation="UpdatePhoneNumberMetadata",
            subject=NUMBER,
            if_there=True,
            args={
                "PhoneNumberId": NUMBER,
                "PhoneNumberDescription": Col("description"),
                "ClientToken": Token(),
            },
            settle=Again(),
            accepted=UPDATED,
        ),
        Step(
            operation="AssociatePhoneNumberContactFlow",
            subject=NUMBER,
            when="flow",
            if_there=True,
            args={"PhoneNumberId": NUMBER, "ContactFlowId": FLOW_FOUND},
            settle=Again(),
            undo=Step(
                operation="DisassociatePhoneNumberContactFlow",
                subject=NUMBER,
                args={"PhoneNumberId": NUMBER},
                settle=Again(),
            ),
        ),
        replace(tags_added(NUMBER), if_there=True),
    ),
)
