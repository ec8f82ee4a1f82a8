"""Create security profiles, one per row, with their permissions and restrictions."""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.definition import PERMISSIONS, Again, Arg, Col, Column, Job, Look, Saved, Step
from bulkops.definition.security_profile_columns import (
    ACCESS_TAGS,
    HIERARCHY_GROUP,
    HIERARCHY_RESOURCES,
    PROFILE,
    RESTRICTED_RESOURCES,
    RESTRICTIONS,
)
from bulkops.definition.tag_columns import TAGS_KEPT, tags_added

VALUES: Mapping[str, Arg] = {
    "Description": Col("description"),
    **RESTRICTIONS,
    "Permissions": Col("permissions"),
}

JOB = Job(
    name="create-security-profiles",
    summary="Create security profiles with their permissions and restrictions.",
    key=("security_profile",),
    columns=(
        Column(
            name="security_profile",
            required=True,
            aliases=("security profile name", "name"),
            help="The name of the security profile; it can't be changed later.",
            example="Senior agent",
        ),
        Column(
            name="description",
            help="What the security profile is for.",
            example="Agents who may look at contacts",
        ),
        Column(
            name="permissions",
            split=";|",
            known=PERMISSIONS,
            help="The permissions by their API names, separated by ; or |.",
            example="BasicAgentAccess; ContactSearch.View",
        ),
        ACCESS_TAGS,
        RESTRICTED_RESOURCES,
        HIERARCHY_GROUP,
        HIERARCHY_RESOURCES,
        TAGS_KEPT,
    ),
    steps=(
        Step(
            operation="CreateSecurityProfile",
            subject=PROFILE,
            args={"SecurityProfileName": Col("security_profile"), **VALUES, "Tags": Col("tags")},
            save={"profile_id": "SecurityProfileId", "profile_arn": "SecurityProfileArn"},
            settle=Look(duplicate="DuplicateResourceException"),
            otherwise=(
                Step(
                    operation="UpdateSecurityProfile",
                    subject=PROFILE,
                    args={"SecurityProfileId": PROFILE, **VALUES},
                    settle=Again(),
                ),
                tags_added(PROFILE),
            ),
            undo=Step(
                operation="DeleteSecurityProfile",
                subject=PROFILE,
                args={"SecurityProfileId": Saved("profile_id")},
                settle=Look(),
            ),
        ),
    ),
)
