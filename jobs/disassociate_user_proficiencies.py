"""Take proficiencies from users."""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.definition import Arg, Col, Each, Job, Look, Member, Step, Was
from bulkops.definition.user_columns import (
    ATTRIBUTE,
    ATTRIBUTE_FOUND,
    ATTRIBUTE_VALUE,
    USER,
    USERNAME,
)

PLACE = Member("user-proficiency", of=USER)
PROFICIENCY: Mapping[str, Arg] = {
    "AttributeName": ATTRIBUTE_FOUND,
    "AttributeValue": Col("value"),
}
FORMER: Mapping[str, Arg] = {**PROFICIENCY, "Level": Was("Level")}

JOB = Job(
    name="disassociate-user-proficiencies",
    summary="Take proficiencies from users; an undo gives them back with their levels.",
    key=("username", "attribute", "value"),
    columns=(USERNAME, ATTRIBUTE, ATTRIBUTE_VALUE),
    steps=(
        Step(
            operation="DisassociateUserProficiencies",
            subject=PLACE,
            args={"UserId": USER, "UserProficiencies": Each(PROFICIENCY)},
            settle=Look(),
            undo=Step(
                operation="AssociateUserProficiencies",
                subject=PLACE,
                args={"UserId": USER, "UserProficiencies": Each(FORMER)},
                settle=Look(),
            ),
        ),
    ),
)
