"""Create security profiles, one per row, with their permissions and restrictions."""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.definition import PERMISSIONS, Again, Arg, Col, Column, Find, Job, Look, Saved, Step

PROFILE = Find("security-profile", Col("security_profile"))
VALUES: Mapping[str, Arg] = {
    "Description": Col("description"),
    "AllowedAccessControlTags": Col("access_tags"),
    "TagRestrictedResources": Col("restricted_resources"),
    "AllowedAccessControlHierarchyGroupId": Find("hierarchy-group", Col("hierarchy_group")),
    "HierarchyRestrictedResources": Col("hierarchy_resources"),
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
        Column(
            name="access_tags",
            kind="tags",
            split=";|",
            aliases=("access control tags",),
            help="Tags of what may be seen, as key=value, separated by ; or |; four at the most.",
            example="team=support",
        ),
        Column(
            name="restricted_resources",
            split=";|",
            aliases=("tag restricted resources",),
            help="The kinds of resource that the tags restrict, such as User; Queue.",
            example="User; Queue",
        ),
        Column(
            name="hierarchy_group",
            aliases=("access control hierarchy group",),
            help="The hierarchy group to which what may be seen is restricted, by name or path.",
            example="Contact Centre/Dublin",
        ),
        Column(
            name="hierarchy_resources",
            split=";|",
            aliases=("hierarchy restricted resources",),
            help="The kinds of resource that the hierarchy group restricts, such as User.",
            example="User",
        ),
        Column(
            name="tags",
            kind="tags",
            split=";|",
            help="Tags of a new security profile as key=value, separated by ; or |.",
            example="team=support",
        ),
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
