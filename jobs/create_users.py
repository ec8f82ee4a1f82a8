"""Create users, one per row; one that is already there can be brought to its row."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Col, Column, Job, Look, Saved, Step
from bulkops.definition.tag_columns import tags_added
from bulkops.definition.user_columns import (
    ACW_SECONDS,
    AUTO_ACCEPT,
    DESK_PHONE,
    EMAIL,
    FIRST_NAME,
    HIERARCHY_GROUP,
    HIERARCHY_GROUP_FOUND,
    IDENTITY_INFO,
    LAST_NAME,
    MOBILE,
    NAMED,
    PHONE_CONFIG,
    PHONE_TYPE,
    ROUTING_PROFILE,
    ROUTING_PROFILE_FOUND,
    SECONDARY_EMAIL,
    SECURITY_PROFILES,
    SECURITY_PROFILES_FOUND,
    TAGS,
    USER,
    USERNAME,
)

JOB = Job(
    name="create-users",
    summary=(
        "Create users with their security profiles, routing profile, hierarchy group"
        " and phone settings."
    ),
    key=("username",),
    columns=(
        replace(
            USERNAME,
            help="The name to log in with; on SAML instances it must be the identity provider's.",
            example="a.byrne",
        ),
        Column(
            name="password",
            secret=True,
            required_for=("CONNECT_MANAGED",),
            refused_for=("SAML", "EXISTING_DIRECTORY"),
            help="The first password. Leave it empty where Amazon Connect does not keep passwords.",
            example="Tulip-Harbour-27",
        ),
        replace(FIRST_NAME, required_for=NAMED),
        replace(LAST_NAME, required_for=NAMED),
        EMAIL,
        SECONDARY_EMAIL,
        MOBILE,
        replace(SECURITY_PROFILES, required=True),
        replace(ROUTING_PROFILE, required=True),
        HIERARCHY_GROUP,
        replace(PHONE_TYPE, default="SOFT_PHONE"),
        DESK_PHONE,
        replace(AUTO_ACCEPT, default=False),
        replace(ACW_SECONDS, default=0),
        replace(TAGS, help="Tags as key=value, separated by ; or |; a user keeps the others."),
    ),
    steps=(
        Step(
            operation="CreateUser",
            subject=USER,
            args={
                "Username": Col("username"),
                "Password": Col("password"),
                "IdentityInfo": IDENTITY_INFO,
                "PhoneConfig": PHONE_CONFIG,
                "SecurityProfileIds": SECURITY_PROFILES_FOUND,
                "RoutingProfileId": ROUTING_PROFILE_FOUND,
                "HierarchyGroupId": HIERARCHY_GROUP_FOUND,
                "Tags": Col("tags"),
            },
            save={"user_id": "UserId", "user_arn": "UserArn"},
            settle=Look(duplicate="DuplicateResourceException"),
            otherwise=(
                Step(
                    operation="UpdateUserIdentityInfo",
                    subject=USER,
                    args={"UserId": USER, "IdentityInfo": IDENTITY_INFO},
                    settle=Again(),
                ),
                Step(
                    operation="UpdateUserPhoneConfig",
                    subject=USER,
                    args={"UserId": USER, "PhoneConfig": PHONE_CONFIG},
                    settle=Again(),
                ),
                Step(
                    operation="UpdateUserSecurityProfiles",
                    subject=USER,
                    args={"UserId": USER, "SecurityProfileIds": SECURITY_PROFILES_FOUND},
                    settle=Again(),
                ),
                Step(
                    operation="UpdateUserRoutingProfile",
                    subject=USER,
                    args={"UserId": USER, "RoutingProfileId": ROUTING_PROFILE_FOUND},
                    settle=Again(),
                ),
                Step(
                    operation="UpdateUserHierarchy",
                    subject=USER,
                    when="hierarchy_group",
                    args={"UserId": USER, "HierarchyGroupId": HIERARCHY_GROUP_FOUND},
                    settle=Again(),
                ),
                tags_added(USER),
            ),
            undo=Step(
                operation="DeleteUser",
                subject=USER,
                args={"UserId": Saved("user_id")},
                settle=Look(),
            ),
        ),
    ),
)
