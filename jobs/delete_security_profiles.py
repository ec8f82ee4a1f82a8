"""Delete security profiles that no user has."""

from __future__ import annotations

from bulkops.definition import Col, Column, Find, Job, Look, Step, Was, WasList

PROFILE = Find("security-profile", Col("security_profile"))

JOB = Job(
    name="delete-security-profiles",
    summary="Delete security profiles that no user has any more.",
    key=("security_profile",),
    columns=(
        Column(
            name="security_profile",
            required=True,
            aliases=("security profile name", "name"),
            help="The name of the security profile to delete.",
            example="CallCenterManager",
        ),
    ),
    steps=(
        Step(
            operation="DeleteSecurityProfile",
            subject=PROFILE,
            args={"SecurityProfileId": PROFILE},
            settle=Look(),
            undo=Step(
                operation="CreateSecurityProfile",
                subject=PROFILE,
                args={
                    "SecurityProfileName": Col("security_profile"),
                    "Description": Was("Description"),
                    "Permissions": Was("Permissions"),
                    "AllowedAccessControlTags": Was("AllowedAccessControlTags"),
                    "TagRestrictedResources": Was("TagRestrictedResources"),
                    "HierarchyRestrictedResources": Was("HierarchyRestrictedResources"),
                    "AllowedAccessControlHierarchyGroupId": Was(
                        "AllowedAccessControlHierarchyGroupId"
                    ),
                    "Applications": WasList("security-profile-application"),
                    "Tags": Was("Tags"),
                },
                save={"profile_id": "SecurityProfileId", "profile_arn": "SecurityProfileArn"},
                settle=Look(duplicate="DuplicateResourceException"),
            ),
        ),
    ),
)
