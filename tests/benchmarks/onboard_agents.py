"""Onboard agents: create each one, give it a proficiency, put it into a status."""

from __future__ import annotations

from bulkops.definition import Again, Col, Column, Each, Find, Job, Look, Saved, Step

USER = Find("user", Col("username"))

JOB = Job(
    name="onboard-agents",
    summary="Create users, give each a proficiency, and put each into a status.",
    key=("username",),
    columns=(
        Column(name="username", required=True, help="The login name.", example="a.byrne"),
        Column(name="password", secret=True, help="The first password.", example="Tulip-27-Quay"),
        Column(name="first_name", required=True, help="The first name.", example="Aoife"),
        Column(name="last_name", required=True, help="The last name.", example="Byrne"),
        Column(
            name="security_profile",
            required=True,
            split=";",
            help="The names of the security profiles.",
            example="Agent",
        ),
        Column(
            name="routing_profile", required=True, help="The routing profile.", example="Billing"
        ),
        Column(name="attribute", required=True, help="The predefined attribute.", example="Skill"),
        Column(name="value", required=True, help="The attribute's value.", example="Returns"),
        Column(name="level", kind="integer", required=True, help="1 to 5.", example="3"),
        Column(name="status", required=True, help="The agent status.", example="Training"),
    ),
    steps=(
        Step(
            operation="CreateUser",
            subject=USER,
            args={
                "Username": Col("username"),
                "Password": Col("password"),
                "IdentityInfo": {"FirstName": Col("first_name"), "LastName": Col("last_name")},
                "PhoneConfig": {"PhoneType": "SOFT_PHONE"},
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
            settle=Again(),
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
