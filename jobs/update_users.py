"""Change what users are: names, addresses, phone, profiles, hierarchy group and tags."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Job, Step
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
    name="update-users",
    summary="Change users: what a row gives and differs is set, blank cells stay as they are.",
    key=("username",),
    columns=(
        USERNAME,
        replace(FIRST_NAME, kept_for=NAMED),
        replace(LAST_NAME, kept_for=NAMED),
        EMAIL,
        SECONDARY_EMAIL,
        MOBILE,
        SECURITY_PROFILES,
        ROUTING_PROFILE,
        HIERARCHY_GROUP,
        PHONE_TYPE,
        DESK_PHONE,
        AUTO_ACCEPT,
        ACW_SECONDS,
        replace(TAGS, help="Tags to add or change, as key=value, separated by ; or |."),
    ),
    steps=(
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
            args={"UserId": USER, "HierarchyGroupId": HIERARCHY_GROUP_FOUND},
            settle=Again(),
        ),
        tags_added(USER),
    ),
)
