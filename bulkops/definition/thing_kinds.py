"""The kinds of thing that a cell can name, and how each is listed, searched and read.

Operations, members and page sizes are those of the service model; what `SearchUsers` and
`DescribeUser` answer, in which units, and the field names of the search criteria are from the
Amazon Connect API reference.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A paged operation that answers with things of a kind: `List*` or `Search*`."""

    operation: str
    items: str
    """Member of the reply that holds the page."""
    id: str = "Id"
    name: str = "Name"
    """Path of the name in an item, dotted."""
    arn: str = "Arn"
    fixed: Mapping[str, object] = field(default_factory=dict)
    """Arguments that every page is asked with, such as QueueTypes."""
    keys: int = 0
    """How many exact names one call can ask for by SearchCriteria; 0: it can't."""
    field_name: str = ""
    """The FieldName by which SearchCriteria asks for the name."""
    scale: Mapping[str, int] = field(default_factory=dict)
    """Path → divisor, where the answer is in a smaller unit than the write is."""
    dated: bool = False
    """Whether an item of a search says when the thing was last changed."""
    hidden: Mapping[str, object] = field(default_factory=dict)
    """Members that tell an item which no list shows, and which nobody has made."""
    names_path: str = ""
    """Member that holds the chain of ancestors (hierarchy groups): names become paths."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An operation that reads one thing by its id: `Describe*`."""

    operation: str
    id_argument: str
    item: str
    """Member of the reply that holds the thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingKind:
    """A kind of named thing: how its names become ids, and how its state is read.

    A thing's state uses the member names that the operations writing it use, so
    that an argument and a state compare member by member.
    """

    name: str
    noun: str
    listing: Listing
    search: Listing | None = None
    """Answers with states, several hundred a call."""
    describe: Reading | None = None
    described_only: tuple[str, ...] = ()
    """Paths of a state that only `describe` gives, not `search`."""
    service: str = "connect"
    case_apart: bool = True
    """Whether names that differ by case alone are two names.

    AWS documents it for none of these kinds: where it is not established, names are told apart,
    and one that differs from another by case alone is warned of.
    """

    def key_of(self, name: str) -> str:
        """Return what is the same for all spellings that are one name to the service."""
        key = name if self.case_apart else name.casefold()
        return name if key == name else key  # one text, and not two that are the same

    @property
    def has_paths(self) -> bool:
        """Whether things of the kind have ancestors, so that a path names them."""
        return self.search is not None and bool(self.search.names_path)

    @property
    def described_members(self) -> frozenset[str]:
        """The members of a state that only `describe` gives whole."""
        return frozenset(path.partition(".")[0] for path in self.described_only)


SEARCH_KEYS = 20
"""Names asked for in one search: the model sets no limit, and the request stays small."""

_ALL = (
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
        ),
        case_apart=False,  # a login: the service refuses a second one whatever its case
    ),
    ThingKind(
        name="routing-profile",
        noun="routing profile",
        listing=Listing(operation="ListRoutingProfiles", items="RoutingProfileSummaryList"),
        search=Listing(
            operation="SearchRoutingProfiles",
            items="RoutingProfiles",
            id="RoutingProfileId",
            arn="RoutingProfileArn",
            keys=SEARCH_KEYS,
            field_name="name",
        ),
        describe=Reading(
            operation="DescribeRoutingProfile",
            id_argument="RoutingProfileId",
            item="RoutingProfile",
        ),
        described_only=("MediaConcurrencies.CrossChannelBehavior", "AgentAvailabilityTimer"),
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
        ),
        describe=Reading(
            operation="DescribeUserHierarchyGroup",
            id_argument="HierarchyGroupId",
            item="HierarchyGroup",
        ),
    ),
    ThingKind(
        name="queue",
        noun="queue",
        listing=Listing(
            operation="ListQueues", items="QueueSummaryList", fixed={"QueueTypes": ["STANDARD"]}
        ),
        search=Listing(
            operation="SearchQueues",
            dated=True,
            items="Queues",
            id="QueueId",
            arn="QueueArn",
            fixed={"SearchCriteria": {"QueueTypeCondition": "STANDARD"}},
            keys=SEARCH_KEYS,
            field_name="name",
        ),
        describe=Reading(operation="DescribeQueue", id_argument="QueueId", item="Queue"),
    ),
    ThingKind(
        name="hours-of-operation",
        noun="hours of operation",
        listing=Listing(operation="ListHoursOfOperations", items="HoursOfOperationSummaryList"),
        search=Listing(
            operation="SearchHoursOfOperations",
            dated=True,
            items="HoursOfOperations",
            id="HoursOfOperationId",
            arn="HoursOfOperationArn",
            keys=SEARCH_KEYS,
            field_name="name",
        ),
        describe=Reading(
            operation="DescribeHoursOfOperation",
            id_argument="HoursOfOperationId",
            item="HoursOfOperation",
        ),
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
    ThingKind(
        name="quick-connect",
        noun="quick connect",
        listing=Listing(operation="ListQuickConnects", items="QuickConnectSummaryList"),
        search=Listing(
            operation="SearchQuickConnects",
            dated=True,
            items="QuickConnects",
            id="QuickConnectId",
            arn="QuickConnectARN",
            keys=SEARCH_KEYS,
            field_name="name",
        ),
        describe=Reading(
            operation="DescribeQuickConnect", id_argument="QuickConnectId", item="QuickConnect"
        ),
    ),
    ThingKind(
        name="contact-flow",
        noun="flow",
        listing=Listing(operation="ListContactFlows", items="ContactFlowSummaryList"),
        search=Listing(
            operation="SearchContactFlows",
            items="ContactFlows",
            keys=SEARCH_KEYS,
            field_name="name",
        ),
        describe=Reading(
            operation="DescribeContactFlow", id_argument="ContactFlowId", item="ContactFlow"
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

KINDS: Mapping[str, ThingKind] = {kind.name: kind for kind in _ALL}
"""Every kind by its name, as `Find` writes it."""


def article(noun: str) -> str:
    """Return a noun with its indefinite article, where it has a singular: `a queue`."""
    if noun.split(maxsplit=1)[0].endswith("s"):
        return noun
    return f"an {noun}" if noun[0] in "aeio" else f"a {noun}"
