"""Users, what they may do, and where they stand."""

from __future__ import annotations

from bulkops.definition.kinds.listing import SEARCH_KEYS, Listing
from bulkops.definition.kinds.reading import Reading
from bulkops.definition.kinds.thing_kind import OwnList, ThingKind

PEOPLE = (
    ThingKind(
        name="user",
        noun="user",
        listing=Listing(operation="ListUsers", items="UserSummaryList", name="Username"),
        search=Listing(
            operation="SearchUsers",
            items="Users",
            name="Username",
            keys=SEARCH_KEYS,
            field_name="Username",
            scale={"PhoneConfig.AfterContactWorkTimeLimit": 1000},
        ),
        describe=Reading(operation="DescribeUser", id_argument="UserId", item="User"),
        described_only=(
            "IdentityInfo.Email",
            "IdentityInfo.SecondaryEmail",
            "IdentityInfo.Mobile",
            "AutoAcceptConfigs",
            "AfterContactWorkConfigs",
            "PhoneNumberConfigs",
            "PersistentConnectionConfigs",
            "VoiceEnhancementConfigs",
        ),
        case_apart=False,  # a login: the service refuses a second one whatever its case
    ),
    ThingKind(
        name="security-profile",
        noun="security profile",
        listing=Listing(operation="ListSecurityProfiles", items="SecurityProfileSummaryList"),
        search=Listing(
            operation="SearchSecurityProfiles",
            items="SecurityProfiles",
            name="SecurityProfileName",
            keys=SEARCH_KEYS,
            field_name="name",
        ),
        describe=Reading(
            operation="DescribeSecurityProfile",
            id_argument="SecurityProfileId",
            item="SecurityProfile",
        ),
        described_only=(
            "AllowedAccessControlTags",
            "TagRestrictedResources",
            "HierarchyRestrictedResources",
            "AllowedAccessControlHierarchyGroupId",
            "Permissions",
        ),
        own_list=OwnList(
            listing=Listing(operation="ListSecurityProfilePermissions", items="Permissions"),
            argument="SecurityProfileId",
            member="Permissions",
        ),
    ),
    ThingKind(
        name="hierarchy-group",
        noun="hierarchy group",
        listing=Listing(operation="ListUserHierarchyGroups", items="UserHierarchyGroupSummaryList"),
        search=Listing(  # no keys: a search by name does not know paths
            operation="SearchUserHierarchyGroups",
            dated=True,
            items="UserHierarchyGroups",
            hidden={"LevelId": "0"},  # the root, which holds the groups at the top
            names_path="HierarchyPath",
            parent="ParentGroupId",
        ),
        describe=Reading(
            operation="DescribeUserHierarchyGroup",
            id_argument="HierarchyGroupId",
            item="HierarchyGroup",
        ),
        levels="hierarchy-level",
    ),
    ThingKind(  # one operation answers with all of them, a member for each
        name="hierarchy-level",
        noun="level of the hierarchy",
        listing=Listing(operation="DescribeUserHierarchyStructure", items="HierarchyStructure"),
    ),
    ThingKind(
        name="agent-status",
        noun="agent status",
        listing=Listing(operation="ListAgentStatuses", items="AgentStatusSummaryList"),
        search=Listing(
            operation="SearchAgentStatuses",
            dated=True,
            items="AgentStatuses",
            id="AgentStatusId",
            arn="AgentStatusARN",
            keys=SEARCH_KEYS,
            field_name="name",
        ),
        describe=Reading(
            operation="DescribeAgentStatus", id_argument="AgentStatusId", item="AgentStatus"
        ),
    ),
    ThingKind(  # has no id: its name stands for it
        name="predefined-attribute",
        noun="predefined attribute",
        listing=Listing(
            operation="ListPredefinedAttributes",
            items="PredefinedAttributeSummaryList",
            id="Name",
            arn="",
        ),
        search=Listing(
            operation="SearchPredefinedAttributes",
            dated=True,
            items="PredefinedAttributes",
            id="Name",
            arn="",
            keys=SEARCH_KEYS,
            field_name="name",
        ),
        describe=Reading(
            operation="DescribePredefinedAttribute",
            id_argument="Name",
            item="PredefinedAttribute",
        ),
    ),
)
