"""Flows and their modules."""

from __future__ import annotations

from bulkops.definition.kinds.listing import SEARCH_KEYS, Listing
from bulkops.definition.kinds.reading import Reading
from bulkops.definition.kinds.thing_kind import ThingKind

NAMED = (
    "agent-status", "contact-flow", "contact-flow-module", "data-table", "hours-of-operation",
    "lambda-function", "lex-bot-alias", "phone-number", "prompt", "queue", "quick-connect",
    "routing-profile", "security-profile", "task-template", "user", "view",
)  # fmt: skip
"""Kinds of the instance's things that flows refer to: what a flow names is looked for there."""
DRAFT = ":$SAVED"
"""What follows the id of a flow where its draft is meant, and not what is published of it."""
FLOW = Reading(
    operation="DescribeContactFlow",
    id_argument="ContactFlowId",
    item="ContactFlow",
    otherwise=("ContactFlowNotPublishedException", DRAFT),
)

FLOWS = (
    ThingKind(  # of flows, those that a queue may play to whom it calls
        name="outbound-whisper-flow",
        noun="outbound whisper flow",
        listing=Listing(
            operation="ListContactFlows",
            items="ContactFlowSummaryList",
            fixed={"ContactFlowTypes": ["OUTBOUND_WHISPER"]},
        ),
        describe=FLOW,
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
        describe=FLOW,
        read_as={"ContactFlowState": "State"},
        may_lack="Content",
    ),
    ThingKind(
        name="contact-flow-module",
        noun="flow module",
        listing=Listing(operation="ListContactFlowModules", items="ContactFlowModulesSummaryList"),
        search=Listing(
            operation="SearchContactFlowModules",
            items="ContactFlowModules",
            keys=SEARCH_KEYS,
            field_name="name",
        ),
        describe=Reading(
            operation="DescribeContactFlowModule",
            id_argument="ContactFlowModuleId",
            item="ContactFlowModule",
        ),
        may_lack="Content",
    ),
    ThingKind(
        name="view",
        noun="view",
        listing=Listing(operation="ListViews", items="ViewsSummaryList"),
    ),
    ThingKind(  # of AWS Lambda, those that flows of the instance may call
        name="lambda-function",
        noun="Lambda function of the instance",
        listing=Listing(
            operation="ListLambdaFunctions", items="LambdaFunctions", id="", name="", arn=""
        ),
    ),
    ThingKind(  # of Amazon Lex, those that flows of the instance may ask
        name="lex-bot-alias",
        noun="Lex bot alias of the instance",
        listing=Listing(
            operation="ListBots",
            items="LexBots",
            id="LexV2Bot.AliasArn",
            name="LexV2Bot.AliasArn",
            arn="",
            fixed={"LexVersion": "V2"},
        ),
    ),
)
