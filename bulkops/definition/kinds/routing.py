"""Queues, and what leads to them."""

from __future__ import annotations

from bulkops.definition.kinds.listing import SEARCH_KEYS, Listing
from bulkops.definition.kinds.reading import Reading
from bulkops.definition.kinds.thing_kind import Beside, ThingKind

ROUTING = (
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
    ThingKind(  # its number is its name
        name="phone-number",
        noun="phone number",
        listing=Listing(
            operation="ListPhoneNumbersV2",
            items="ListPhoneNumbersSummaryList",
            id="PhoneNumberId",
            name="PhoneNumber",
            arn="PhoneNumberArn",
        ),
        describe=Reading(
            operation="DescribePhoneNumber",
            id_argument="PhoneNumberId",
            item="ClaimedPhoneNumberSummary",
        ),
        beside=Beside(
            listing=Listing(
                operation="ListFlowAssociations",
                items="FlowAssociationSummaryList",
                id="ResourceId",
                fixed={"ResourceType": "VOICE_PHONE_NUMBER"},
            ),
            member="ContactFlowId",
            value="FlowId",
        ),
    ),
    ThingKind(
        name="prompt",
        noun="prompt",
        listing=Listing(operation="ListPrompts", items="PromptSummaryList"),
        search=Listing(
            operation="SearchPrompts",
            dated=True,
            items="Prompts",
            id="PromptId",
            arn="PromptARN",
            keys=SEARCH_KEYS,
            field_name="name",
        ),
        describe=Reading(operation="DescribePrompt", id_argument="PromptId", item="Prompt"),
    ),
    ThingKind(
        name="hours-of-operation-override",
        noun="override of hours of operation",
        within="hours-of-operation",
        within_argument="HoursOfOperationId",
        listing=Listing(
            operation="ListHoursOfOperationOverrides",
            items="HoursOfOperationOverrideList",
            id="HoursOfOperationOverrideId",
            arn="",
        ),
        across=Listing(
            operation="SearchHoursOfOperationOverrides",
            items="HoursOfOperationOverrides",
            id="HoursOfOperationOverrideId",
            arn="",
            parent="HoursOfOperationId",
        ),
        describe=Reading(
            operation="DescribeHoursOfOperationOverride",
            id_argument="HoursOfOperationOverrideId",
            item="HoursOfOperationOverride",
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
)
