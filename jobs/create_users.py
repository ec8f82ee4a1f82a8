"""Create users, one per row; one that is already there can be brought to its row."""

from __future__ import annotations

from bulkops.definition import Again, Col, Column, Find, Job, Look, Saved, Step

USER = Find("user", Col("username"))
IDENTITY_INFO = {
    "FirstName": Col("first_name"),
    "LastName": Col("last_name"),
    "Email": Col("email"),
    "SecondaryEmail": Col("secondary_email"),
    "Mobile": Col("mobile"),
}
PHONE_CONFIG = {
    "PhoneType": Col("phone_type"),
    "AutoAccept": Col("auto_accept"),
    "AfterContactWorkTimeLimit": Col("acw_seconds"),
    "DeskPhoneNumber": Col("desk_phone"),
}
SECURITY_PROFILES = Find("security-profile", Col("security_profiles"))
ROUTING_PROFILE = Find("routing-profile", Col("routing_profile"))
HIERARCHY_GROUP = Find("hierarchy-group", Col("hierarchy_group"))

JOB = Job(
    name="create-users",
    summary=(
        "Create users with their security profiles, routing profile, hierarchy group"
        " and phone settings."
    ),
    key=("username",),
    columns=(
        Column(
            name="username",
            required=True,
            aliases=("user login", "login", "user name"),
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
        Column(
            name="first_name",
            required_for=("CONNECT_MANAGED", "SAML"),
            aliases=("given name",),
            help="The first name.",
            example="Aoife",
        ),
        Column(
            name="last_name",
            required_for=("CONNECT_MANAGED", "SAML"),
            aliases=("surname", "family name"),
            help="The last name.",
            example="Byrne",
        ),
        Column(
            name="email",
            refused_for=("SAML",),
            aliases=("email address", "e-mail", "e-mail address"),
            help="The e-mail address for password resets. Leave it empty on SAML instances.",
            example="aoife.byrne@example.com",
        ),
        Column(
            name="secondary_email",
            aliases=("secondary email address", "secondary e-mail"),
            help="Where notifications go instead of the e-mail address.",
            example="aoife.byrne@example.org",
        ),
        Column(
            name="mobile",
            aliases=("mobile (unused)", "mobile number"),
            help="The mobile number.",
            example="+447700900142",
        ),
        Column(
            name="security_profiles",
            required=True,
            split=";|",
            aliases=(
                "security profile",
                "security profile name",
                "security_profile_name_1|security_profile_name_2",
            ),
            help="The names of the security profiles, separated by ; or |.",
            example="Agent;QualityAnalyst",
        ),
        Column(
            name="routing_profile",
            required=True,
            aliases=("routing profile name",),
            help="The name of the routing profile.",
            example="Support Tier 1",
        ),
        Column(
            name="hierarchy_group",
            aliases=(
                "UserHierarchy",
                "agent hierarchy",
                "hierarchy",
                "user_hierarchy_1|user_hierarchy_2",
            ),
            help="The name of the hierarchy group, or its path with the levels joined by /.",
            example="Contact Centre/Dublin/Support",
        ),
        Column(
            name="phone_type",
            default="SOFT_PHONE",
            aliases=("phone type (soft/desk)",),
            spellings={
                "SOFT_PHONE": ("soft", "soft phone"),
                "DESK_PHONE": ("desk", "desk phone"),
            },
            help="Whether calls come to the browser (soft) or to a desk phone (desk).",
            example="soft",
        ),
        Column(
            name="desk_phone",
            required_if=("phone_type", "DESK_PHONE"),
            aliases=("phone number", "desk phone number"),
            help="The number of the desk phone.",
            example="+353209100142",
        ),
        Column(
            name="auto_accept",
            kind="boolean",
            default=False,
            aliases=("soft phone auto accept (yes/no)", "auto accept (yes/no)"),
            help="Whether calls are answered by themselves.",
            example="no",
        ),
        Column(
            name="acw_seconds",
            kind="integer",
            default=0,
            aliases=("ACW timeout (seconds)", "ACW", "after contact work"),
            help="Seconds of after-contact work; 0 lasts until the agent closes the contact.",
            example="30",
        ),
        Column(
            name="tags",
            kind="tags",
            split=";|",
            help="Tags of a new user as key=value, separated by ; or |.",
            example="team=support;extension=0142",
        ),
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
                "SecurityProfileIds": SECURITY_PROFILES,
                "RoutingProfileId": ROUTING_PROFILE,
                "HierarchyGroupId": HIERARCHY_GROUP,
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
                    args={"UserId": USER, "SecurityProfileIds": SECURITY_PROFILES},
                    settle=Again(),
                ),
                Step(
                    operation="UpdateUserRoutingProfile",
                    subject=USER,
                    args={"UserId": USER, "RoutingProfileId": ROUTING_PROFILE},
                    settle=Again(),
                ),
                Step(
                    operation="UpdateUserHierarchy",
                    subject=USER,
                    when="hierarchy_group",
                    args={"UserId": USER, "HierarchyGroupId": HIERARCHY_GROUP},
                    settle=Again(),
                ),
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
