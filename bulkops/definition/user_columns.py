"""What sheets about users have in common: their columns, and what these fill.

A job takes a column as it stands, or with `dataclasses.replace` says what is its own.
"""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.definition.expressions import Arg
from bulkops.definition.job import Column, Identity
from bulkops.definition.kinds.found_things import Col, Find

USER = Find("user", Col("username"))
SECURITY_PROFILES_FOUND = Find("security-profile", Col("security_profiles"))
ROUTING_PROFILE_FOUND = Find("routing-profile", Col("routing_profile"))
HIERARCHY_GROUP_FOUND = Find("hierarchy-group", Col("hierarchy_group"))
IDENTITY_INFO: Mapping[str, Arg] = {
    "FirstName": Col("first_name"),
    "LastName": Col("last_name"),
    "Email": Col("email"),
    "SecondaryEmail": Col("secondary_email"),
    "Mobile": Col("mobile"),
}
PHONE_CONFIG: Mapping[str, Arg] = {
    "PhoneType": Col("phone_type"),
    "AutoAccept": Col("auto_accept"),
    "AfterContactWorkTimeLimit": Col("acw_seconds"),
    "DeskPhoneNumber": Col("desk_phone"),
}

USERNAME = Column(
    name="username",
    required=True,
    aliases=("user login", "login", "user name"),
    help="The user's login name.",
    example="j.murphy",
)
NAMED: tuple[Identity, ...] = ("CONNECT_MANAGED", "SAML")
"""Identity management types under which every user has a first and a last name."""
FIRST_NAME = Column(
    name="first_name", aliases=("given name",), help="The first name.", example="Aoife"
)
LAST_NAME = Column(
    name="last_name",
    aliases=("surname", "family name"),
    help="The last name.",
    example="Byrne",
)
EMAIL = Column(
    name="email",
    refused_for=("SAML",),
    aliases=("email address", "e-mail", "e-mail address"),
    help="The e-mail address for password resets. Leave it empty on SAML instances.",
    example="aoife.byrne@example.com",
)
SECONDARY_EMAIL = Column(
    name="secondary_email",
    aliases=("secondary email address", "secondary e-mail"),
    help="Where notifications go instead of the e-mail address.",
    example="aoife.byrne@example.org",
)
MOBILE = Column(
    name="mobile",
    aliases=("mobile (unused)", "mobile number"),
    help="The mobile number.",
    example="+447700900142",
)
SECURITY_PROFILES = Column(
    name="security_profiles",
    split=";|",
    aliases=(
        "security profile",
        "security profile name",
        "security_profile_name_1|security_profile_name_2",
    ),
    help="The names of the security profiles, separated by ; or |.",
    example="Agent;QualityAnalyst",
)
ROUTING_PROFILE = Column(
    name="routing_profile",
    aliases=("routing profile name",),
    help="The name of the routing profile.",
    example="Support Tier 1",
)
HIERARCHY_GROUP = Column(
    name="hierarchy_group",
    aliases=(
        "UserHierarchy",
        "agent hierarchy",
        "hierarchy",
        "user_hierarchy_1|user_hierarchy_2",
    ),
    help="The name of the hierarchy group, or its path with the levels joined by /.",
    example="Contact Centre/Dublin/Support",
)
PHONE_TYPE = Column(
    name="phone_type",
    aliases=("phone type (soft/desk)",),
    spellings={
        "SOFT_PHONE": ("soft", "soft phone"),
        "DESK_PHONE": ("desk", "desk phone"),
    },
    help="Whether calls come to the browser (soft) or to a desk phone (desk).",
    example="soft",
)
DESK_PHONE = Column(
    name="desk_phone",
    required_if=("phone_type", "DESK_PHONE"),
    aliases=("phone number", "desk phone number"),
    help="The number of the desk phone.",
    example="+353209100142",
)
AUTO_ACCEPT = Column(
    name="auto_accept",
    kind="boolean",
    aliases=("soft phone auto accept (yes/no)", "auto accept (yes/no)"),
    help="Whether calls are answered by themselves.",
    example="no",
)
ACW_SECONDS = Column(
    name="acw_seconds",
    kind="integer",
    aliases=("ACW timeout (seconds)", "ACW", "after contact work"),
    help="Seconds of after-contact work; 0 lasts until the agent closes the contact.",
    example="30",
)
TAGS = Column(
    name="tags",
    kind="tags",
    split=";|",
    help="Tags of a new user as key=value, separated by ; or |.",
    example="team=support;extension=0142",
)

CHANGE = Column(
    name="change",
    spellings={
        "replace": ("set", "all"),
        "add": ("plus", "+"),
        "remove": ("minus", "take away"),
    },
    default="replace",
    help="What the row does to what is there: replace (also where blank), add or remove.",
    example="add",
)
ATTRIBUTE = Column(
    name="attribute",
    required=True,
    aliases=("predefined attribute", "attribute name", "proficiency"),
    help="The name of the predefined attribute.",
    example="Skill",
)
ATTRIBUTE_VALUE = Column(
    name="value",
    required=True,
    aliases=("attribute value",),
    help="The value of the attribute that the user is proficient in.",
    example="Billing",
)
LEVEL = Column(
    name="level",
    kind="integer",
    required=True,
    aliases=("proficiency level",),
    help="How proficient the user is: 1 to 5.",
    example="3",
)
ATTRIBUTE_FOUND = Find("predefined-attribute", Col("attribute"))
