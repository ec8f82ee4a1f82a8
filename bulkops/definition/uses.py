"""Where things refer to one another, so that it is known what uses a thing before it goes.

The places are those of the service model and of the flow language in the Amazon Connect API
reference. What is refused by the service while it is used, and what goes and leaves its users
pointing at nothing, both count: no row deletes what is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bulkops.definition.kinds.listing import Listing
from bulkops.definition.relations import RELATIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class InState:
    """Places in the states of a kind, such as the hours of queues."""

    by: str
    paths: Mapping[str, str]
    """Dotted path in the state → what the thing is there, in words; a list means its elements."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InContent:
    """The texts of flows: an id or ARN anywhere in the parameters of an action.

    With `actions`, only those of these types count, and a whole text: of what bears no id.
    """

    by: str
    member: str = "Content"
    actions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class InList:
    """Lists of a kind's things, which are read one by one, such as the quick connects of queues."""

    relation: str

    @property
    def by(self) -> str:
        """The kind of the things whose lists they are."""
        return RELATIONS[self.relation].of


@dataclass(frozen=True, slots=True, kw_only=True)
class InAssociations:
    """A listing of what leads where, of things that are no kind of their own."""

    nouns: Mapping[str, str]
    """Value of `argument` → what things of that type are called; each is listed by itself."""
    listing: Listing
    argument: str
    member: str
    """The member of an item that holds the id of what is used."""


Place = InState | InContent | InList | InAssociations


@dataclass(frozen=True, slots=True, kw_only=True)
class Uses:
    """All places where things of a kind may be used, as far as they can be looked at.

    `unseen` says where else one may be used, in words; empty: nowhere.
    """

    places: tuple[Place, ...]
    unseen: str = ""

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of the things that may use one."""
        return frozenset(each.by for each in self.places if not isinstance(each, InAssociations))


_IN_FLOWS = (InContent(by="contact-flow"), InContent(by="contact-flow-module"))
_BY_FLOWS_AT_RUN_TIME = "flows that get an id at run time, and drafts of flows"
_ROUTING_ACTIONS = frozenset({"UpdateRoutingCriteria", "UpdateContactRoutingCriteria"})
_ASSOCIATIONS = InAssociations(
    nouns={
        "VOICE_PHONE_NUMBER": "phone number",
        "WHATSAPP_MESSAGING_PHONE_NUMBER": "WhatsApp number",
        "INBOUND_EMAIL": "e-mail address",
        "OUTBOUND_EMAIL": "e-mail address",
        "ANALYTICS_CONNECTOR": "analytics connector",
    },
    listing=Listing(
        operation="ListFlowAssociations",
        items="FlowAssociationSummaryList",
        id="ResourceId",
        name="ResourceId",
    ),
    argument="ResourceType",
    member="FlowId",
)

USES: Mapping[str, Uses] = {
    "queue": Uses(
        places=(
            InState(
                by="routing-profile",
                paths={
                    "DefaultOutboundQueueId": "default outbound queue",
                    "AssociatedQueueIds": "",
                    "AssociatedManualAssignmentQueueIds": "by hand",
                },
            ),
            InState(by="quick-connect", paths={"QuickConnectConfig.QueueConfig.QueueId": ""}),
            *_IN_FLOWS,
        ),
        unseen=f"rules, {_BY_FLOWS_AT_RUN_TIME}, and programs that name it",
    ),
    "hours-of-operation": Uses(
        places=(InState(by="queue", paths={"HoursOfOperationId": ""}), *_IN_FLOWS),
        unseen=f"{_BY_FLOWS_AT_RUN_TIME}, and hours that take days over from it",
    ),
    "phone-number": Uses(
        places=(
            InState(
                by="queue", paths={"OutboundCallerConfig.OutboundCallerIdNumberId": "caller id"}
            ),
            *_IN_FLOWS,
        ),
        unseen=f"campaigns, {_BY_FLOWS_AT_RUN_TIME}, and whoever calls it",
    ),
    "quick-connect": Uses(
        places=(InList(relation="queue-quick-connect"), *_IN_FLOWS),
        unseen=f"task templates, {_BY_FLOWS_AT_RUN_TIME}",
    ),
    "prompt": Uses(places=_IN_FLOWS, unseen=_BY_FLOWS_AT_RUN_TIME),
    "routing-profile": Uses(places=(InState(by="user", paths={"RoutingProfileId": ""}),)),
    "security-profile": Uses(places=(InState(by="user", paths={"SecurityProfileIds": ""}),)),
    "hierarchy-group": Uses(
        places=(
            InState(by="user", paths={"HierarchyGroupId": ""}),
            InState(
                by="hierarchy-group",
                paths={
                    f"HierarchyPath.Level{level}.Id": "group above it"
                    for level in ("One", "Two", "Three", "Four")
                },
            ),
        ),
        unseen="security profiles that are bound to it",
    ),
    "predefined-attribute": Uses(
        places=tuple(
            InContent(by=kind, actions=_ROUTING_ACTIONS)
            for kind in ("contact-flow", "contact-flow-module")
        ),
        unseen="proficiencies of users, for which Amazon Connect refuses to delete it",
    ),
    "contact-flow": Uses(
        places=(
            InState(by="queue", paths={"OutboundCallerConfig.OutboundFlowId": "outbound whisper"}),
            InState(
                by="quick-connect",
                paths={
                    f"QuickConnectConfig.{config}.ContactFlowId": "transfer flow"
                    for config in ("UserConfig", "QueueConfig")
                },
            ),
            _ASSOCIATIONS,
            *_IN_FLOWS,
        ),
        unseen="chat widgets, task templates, rules, campaigns, programs that start contacts,"
        f" {_BY_FLOWS_AT_RUN_TIME}, and Amazon Connect itself where it is a default flow",
    ),
    "data-table": Uses(
        places=_IN_FLOWS, unseen=f"{_BY_FLOWS_AT_RUN_TIME}, and programs that look values up"
    ),
    "data-table-attribute": Uses(
        places=(), unseen="flows, values that are worked out of others, and programs"
    ),
    "contact-flow-module": Uses(
        places=_IN_FLOWS,
        unseen=f"AI agents that have it as a tool, {_BY_FLOWS_AT_RUN_TIME}",
    ),
}
"""By kind of what is used."""


def used_kinds(kind: str) -> frozenset[str]:
    """Return the kinds of things that may use one of a kind, in whatever way."""
    return USES[kind].kinds if kind in USES else frozenset()
