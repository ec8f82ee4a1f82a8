"""Give users proficiencies, as many in one call as the service takes."""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.definition import Again, Among, Arg, Col, Each, Job, Look, Member, Step
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
    name="associate-user-proficiencies",
    summary="Give users proficiencies: values of predefined attributes, with a level of 1 to 5.",
    key=("username", "attribute", "value"),
    columns=(USERNAME, ATTRIBUTE, ATTRIBUTE_VALUE, LEVEL),
    steps=(
        Step(
            operation="AssociateUserProficiencies",
            subject=PLACE,
            among={"value": Among(ATTRIBUTE_FOUND, "Values.StringList")},
            args={"UserId": USER, "UserProficiencies": Each(LEVELLED)},
            settle=Look(),
            otherwise=(
                Step(
                    operation="UpdateUserProficiencies",
                    subject=PLACE,
                    args={"UserId": USER, "UserProficiencies": Each(LEVELLED)},
                    settle=Again(),
                ),
            ),
            undo=Step(
                operation="DisassociateUserProficiencies",
                subject=PLACE,
                args={"UserId": USER, "UserProficiencies": Each(PROFICIENCY)},
                settle=Look(),
            ),
        ),
    ),
)
