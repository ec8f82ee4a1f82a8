"""The fields of the flow language that hold a thing of the instance, or of another service."""

from __future__ import annotations

from bulkops.planning.flows.flow_places import UUID, Place

_FIELDS = {
    "AgentId": "user",
    "CallerId.Number": "phone-number",
    "CaseTemplateId": "case-template",
    "ChatProcessor.LambdaProcessorARN": "lambda-function",
    "CognitoConfiguration.AppClientId": "user-pool-client",
    "CognitoConfiguration.UserPoolArn": "user-pool",
    "ContactFlowArn": "contact-flow",
    "ContactFlowId": "contact-flow",
    "DataTableId": "data-table",
    "FlowModuleId": "contact-flow-module",
    "FromEmailAddress.EmailAddress": "email-address",
    "HoursOfOperationId": "hours-of-operation",
    "InputEncryption.EncryptionKeyId": "security-key",
    "InputEncryption.KeyId": "security-key",
    "LambdaFunctionARN": "lambda-function",
    "LexBot.Name": "lex-bot",
    "LexBot.Region": "region",
    "LexSessionAttributes.x-amz-lex:q-in-connect:ai-agent-arn": "ai-agent",
    "LexV2Bot.AliasArn": "lex-bot-alias",
    "Media.Uri": "s3-object",
    "Messages.*.Media.Uri": "s3-object",
    "Messages.*.PromptId": "prompt",
    "PromptId": "prompt",
    "QueueId": "queue",
    "QuickConnectId": "quick-connect",
    "SourceEndpoint.Address": "phone-number",
    "TaskTemplateId": "task-template",
    "ViewResource.Id": "view",
    "VoiceConnector.VoiceConnectorArn": "voice-connector",
    "WisdomAssistantArn": "assistant",
    "WisdomKnowledgeBaseArn": "knowledge-base",
    "WisdomMessageTemplateArn": "message-template",
    "WisdomSessionArn": "session",
    # attributes that the agent's workspace itself reads
    "Attributes.DefaultFlowForAgentUI": "contact-flow",
    "Attributes.DisconnectFlowForAgentUI": "contact-flow",
}
"""A field of Parameters, elements of lists as `*`, and the kind of what it holds.

A name means the same in blocks of every type, those included that are newer than this table.
"""
_ROOTS = frozenset(field.partition(".")[0] for field in _FIELDS)
_HOOKS = "EventHooks"
_CRITERIA = "RoutingCriteria"
_CASE_KEYS = ("CaseRequestFields", "CaseResponseFields")
_CASES_SHOWN = (
    *_CASE_KEYS, "requestFieldsOptions", "requiredFieldsOptions", "responseFieldsOptions",
)  # fmt: skip


def kind_of_field(place: Place) -> str | None:
    """Return the kind of what a field holds, by its place in Parameters; None for other fields."""
    if len(place) == 2 and place[0] == _HOOKS:  # noqa: PLR2004  # one hook each
        return "contact-flow"
    if place[0] == _CRITERIA:
        return _in_criteria(place)
    if place[0] not in _ROOTS:
        return None
    return _FIELDS.get(".".join("*" if isinstance(step, int) else step for step in place))


def _in_criteria(place: Place) -> str | None:
    """Return the kind of what routing criteria name, at any depth of their expressions."""
    if place[-2:-1] == ("AgentIds",):
        return "user"
    named = place[-2:] == ("AttributeCondition", "Name")
    return "predefined-attribute" if named else None


def is_case_field(place: Place, text: str) -> bool:
    """Tell a case field that is no built-in one, in Parameters: a key, or an element of a list."""
    return len(place) == 2 and place[0] in _CASE_KEYS and bool(UUID.fullmatch(text))  # noqa: PLR2004  # the map and its key


def is_case_field_shown(place: Place, text: str) -> bool:
    """Tell a case field in what the designer keeps about a block."""
    where = place[1:] if place[0] == "parameters" else place
    return len(where) == 2 and where[0] in _CASES_SHOWN and bool(UUID.fullmatch(text))  # noqa: PLR2004  # the map and its key
