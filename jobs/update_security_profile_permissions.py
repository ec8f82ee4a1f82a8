"""Change what those with a security profile may do, a row for each permission."""

from __future__ import annotations

from bulkops.definition import PERMISSIONS, Again, Col, Column, Find, Job, Step, Together

PROFILE = Find("security-profile", Col("security_profile"))

JOB = Job(
    name="update-security-profile-permissions",
    summary="Add permissions to security profiles, take them away, or replace them all.",
    key=("security_profile", "permission"),
    columns=(
        Column(
            name="security_profile",
            required=True,
            aliases=("security profile name",),
            help="The name of the security profile; as many rows as permissions change.",
            example="Agent",
        ),
        Column(
            name="permission",
            required=True,
            known=PERMISSIONS,
            aliases=("permission name",),
            help="The permission by its API name, such as Users.View.",
            example="ContactSearch.View",
        ),
        Column(
            name="change",
            spellings={
                "add": ("give", "grant", "+", "x", "yes"),
                "remove": ("take", "revoke", "-", "no"),
                "replace": ("set", "replace all", "="),
            },
            default="add",
            help="Add (blank) or remove; replace: the profile's rows are all that it is to have.",
            example="add",
        ),
    ),
    steps=(
        Step(
            operation="UpdateSecurityProfile",
            subject=PROFILE,
            args={
                "SecurityProfileId": PROFILE,
                "Permissions": Together(Col("permission"), how=Col("change")),
            },
            settle=Again(),
        ),
    ),
)
