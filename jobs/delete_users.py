"""Delete users."""

from __future__ import annotations

from bulkops.definition import Col, Column, Find, Job, Look, Step

USER = Find("user", Col("username"))

JOB = Job(
    name="delete-users",
    summary="Delete users. Their quick connects stay and lead nowhere: remove those first.",
    key=("username",),
    columns=(
        Column(
            name="username",
            required=True,
            aliases=("user login", "login", "user name"),
            help="The login name of the user to delete.",
            example="j.murphy",
        ),
    ),
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
