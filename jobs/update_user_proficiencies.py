"""Set the levels of proficiencies that users have."""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.definition import Again, Arg, Col, Each, Job, Member, Step
from bulkops.definition.user_columns import (
    ATTRIBUTE,
    ATTRIBUTE_FOUND,
    ATTRIBUTE_VALUE,
    LEVEL,
    USER,
    USERNAME,
)

PLACE = Member("user-proficiency", of=USER)
PROFICIENCY: Mapping[str, Arg] = {
    "AttributeName": ATTRIBUTE_FOUND,
    "AttributeValue": Col("value"),
}
LEVELLED: Mapping[str, Arg] = {**PROFICIENCY, "Level": Col("level")}

JOB = Job(
    name="update-user-proficiencies",
    summary="Set the levels of proficiencies that users have already.",
    key=("username", "attribute", "value"),
    columns=(USERNAME, ATTRIBUTE, ATTRIBUTE_VALUE, LEVEL),
    steps=(
        Step(
            operation="UpdateUserProficiencies",
            subject=PLACE,
            args={"UserId": USER, "UserProficiencies": Each(LEVELLED)},
            settle=Again(),
        ),
    ),
)
