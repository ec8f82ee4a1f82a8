"""Describe and tag phone numbers that an instance has, and send their calls to flows."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Job
from bulkops.definition.phone_number_columns import (
    DESCRIBED,
    DESCRIPTION,
    FLOW,
    NUMBER,
    PHONE_NUMBER,
    SENT_TO_FLOW,
)
from bulkops.definition.tag_columns import TAGS_KEPT, tags_added

JOB = Job(
    name="set-up-phone-numbers",
    summary="Describe, tag and send to flows what numbers are there; a number that is not is said.",
    key=("phone_number",),
    columns=(
        PHONE_NUMBER,
        DESCRIPTION,
        replace(FLOW, help="The flow that calls to the number are to reach; blank: as it is."),
        TAGS_KEPT,
    ),
    steps=(
        replace(DESCRIBED, if_there=True),
        replace(SENT_TO_FLOW, when="flow", if_there=True),
        replace(tags_added(NUMBER), if_there=True),
    ),
)
