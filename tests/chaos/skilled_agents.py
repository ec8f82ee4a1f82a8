"""A job whose rows take three calls: an agent is made, given a skill, and put into a status."""

from __future__ import annotations

from bulkops.definition import Again, Col, Column, Each, Find, Job, Look, Never, Saved, Step

USER = Find("user", Col("username"))

JOB = Job(
    name="skilled-agents",
    summary="Make agents, each with a skill and a status.",
    key=("username",),
    columns=(
        Column(name="username", required=True, help="The login name.", example="a.byrne"),
        Column(name="password", secret=True, required=True, help="The password.", example="Abc-1"),
        Column(name="routing_profile", required=True, help="The profile.", example="Billing"),
        Column(
            name="security_profile", required=True, split=";", help="The profiles.", example="Agent"
        ),
        Column(name="attribute", required=True, help="The attribute.", example="Language"),
        Column(name="value", required=True, help="Its value.", example="English"),
        Column(name="level", kind="integer", required=True, help="From 1 to 5.", example="3"),
        Column(name="status", required=True, help="The status.", example="Training"),
    ),
    steps=(
        Step(
            operation="CreateUser",
            subject=USER,
            args={
                "Username": Col("username"),
                "Password": Col("password"),
                "IdentityInfo": {"FirstName": "Ana", "LastName": Col("username")},
                "PhoneConfig": {"PhoneType": "SOFT_PHONE", "AutoAccept": False},
                "SecurityProfileIds": Find("security-profile", Col("security_profile")),
                "RoutingProfileId": Find("routing-profile", Col("routing_profile")),
            },
            save={"user_id": "UserId", "user_arn": "UserArn"},
            settle=Look(duplicate="DuplicateResourceException"),
            undo=Step(
                operation="DeleteUser",
                subject=USER,
                args={"UserId": Saved("user_id")},
                settle=Look(),
            ),
        ),
        Step(
            operation="AssociateUserProficiencies",
            args={
                "UserId": Saved("user_id"),
                "UserProficiencies": Each(
                    {
                        "AttributeName": Col("attribute"),
                        "AttributeValue": Col("value"),
                        "Level": Col("level"),
                    }
                ),
            },
            settle=Never(),
            irreversible="An undo deletes the user with its proficiencies.",
        ),
        Step(
            operation="PutUserStatus",
            args={
                "UserId": Saved("user_id"),
                "AgentStatusId": Find("agent-status", Col("status")),
            },
            settle=Again(),
            irreversible="An undo deletes the user, whatever its status.",
        ),
    ),
)
