"""Claim phone numbers, and send their calls to flows."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import ByToken, Col, Column, Job, Look, Saved, Step, Token
from bulkops.definition.phone_number_columns import (
    DESCRIBED,
    FLOW,
    NUMBER,
    PHONE_NUMBER,
    SENT_TO_FLOW,
    UPDATED,
)
from bulkops.definition.tag_columns import tags_added

CLAIMED = replace(UPDATED, args={"PhoneNumberId": Saved("phone_number_id")})

JOB = Job(
    name="claim-phone-numbers",
    summary="Claim phone numbers for the instance, describe them, and send their calls to flows.",
    key=("phone_number",),
    columns=(
        replace(
            PHONE_NUMBER,
            help="The number to claim, with + and country code; it must be one that is available.",
            example="+35315552001",
        ),
        Column(
            name="description",
            aliases=("phone number description",),
            help="What the number is for.",
            example="Support line Ireland",
        ),
        Column(
            name="tags",
            kind="tags",
            split=";|",
            help="Tags as key=value, separated by semicolons.",
            example="team=support; site=Dublin",
        ),
        replace(FLOW, help="The flow that calls to the number are to reach; blank: none yet."),
    ),
    steps=(
        Step(
            operation="ClaimPhoneNumber",
            subject=NUMBER,
            args={
                "PhoneNumber": Col("phone_number"),
                "PhoneNumberDescription": Col("description"),
                "Tags": Col("tags"),
                "ClientToken": Token(),
            },
            save={"phone_number_id": "PhoneNumberId", "phone_number_arn": "PhoneNumberArn"},
            settle=ByToken(),
            accepted=CLAIMED,
            otherwise=(
                replace(DESCRIBED, when="description"),
                tags_added(NUMBER),
            ),
            undo=Step(
                operation="ReleasePhoneNumber",
                subject=NUMBER,
                args={"PhoneNumberId": Saved("phone_number_id"), "ClientToken": Token()},
                settle=Look(),
            ),
        ),
        replace(SENT_TO_FLOW, when="flow"),
    ),
)
