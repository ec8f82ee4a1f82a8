"""Delete users."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Job, Look, Step
from bulkops.definition.user_columns import USER, USERNAME

JOB = Job(
    name="delete-users",
    summary="Delete users. Their quick connects stay and lead nowhere: remove those first.",
    key=("username",),
    columns=(replace(USERNAME, help="The login name of the user to delete."),),
    steps=(
        Step(
            operation="DeleteUser",
            subject=USER,
            args={"UserId": USER},
            settle=Look(),
            irreversible=(
                "Amazon Connect keeps nothing of a deleted user. A new one of the same name gets"
                " another id, and neither the password nor the proficiencies."
            ),
        ),
    ),
)
