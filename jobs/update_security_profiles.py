"""Change security profiles: their description and what they are restricted to."""

from __future__ import annotations

from bulkops.definition import Again, Col, Column, Find, Job, Step

PROFILE = Find("security-profile", Col("security_profile"))
GROUP = Find("hierarchy-group", Col("hierarchy_group"))

JOB = Job(
    name="update-security-profiles",
    summary="Change the description and the restrictions of security profiles.",
    key=("security_profile",),
    columns=(
        Column(
            name="security_profile",
            required=True,
            aliases=("security profile name", "name"),
            help="The name of the security profile, which can't be changed.",
            example="Agent",
        ),
        Column(
            name="description",
            help="What the security profile is for.",
            example="Agents who may look at contacts",
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
    ),
    steps=(
        Step(
            operation="UpdateSecurityProfile",
            subject=PROFILE,
            args={
                "SecurityProfileId": PROFILE,
                "Description": Col("description"),
                "AllowedAccessControlTags": Col("access_tags"),
                "TagRestrictedResources": Col("restricted_resources"),
                "AllowedAccessControlHierarchyGroupId": GROUP,
                "HierarchyRestrictedResources": Col("hierarchy_resources"),
            },
            settle=Again(),
        ),
    ),
)
