"""The actions of the flow language: what each needs, and in which flows each may stand.

Types, parameters and branches are those of the flow language reference, and where the service
enforces other branches than its pages say, those. What the reference leaves open is not refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MODULE = "MODULE"
"""Stands for the type of a module, which has none."""
CALLS = frozenset({"CONTACT_FLOW", "AGENT_TRANSFER", "QUEUE_TRANSFER", "CAMPAIGN", MODULE})
"""Flows that a contact goes through before it is with anybody."""
WAITING = CALLS | {"CUSTOMER_QUEUE"}
HOLDS = frozenset({"CUSTOMER_HOLD", "AGENT_HOLD"})
WHISPERS = frozenset({"CUSTOMER_WHISPER", "AGENT_WHISPER", "OUTBOUND_WHISPER"})
EVERYWHERE = WAITING | HOLDS | WHISPERS
FAILED = "NoMatchingError"
UNMATCHED = "NoMatchingCondition"


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowAction:
    """What the service asks of the actions of one type."""

    needs: tuple[str, ...] = ()
    """Parameters that must be there."""
    one_of: tuple[str, ...] = ()
    """Parameters of which exactly one must be there."""
    rivals: tuple[str, ...] = ()
    """Parameters of which one at the most may be there."""
    takes: frozenset[str] | None = None
    """All the parameters that there are; None where that is not sure."""
    errors: tuple[str, ...] = (FAILED,)
    """Error branches that must be there."""
    no_errors: frozenset[str] = frozenset()
    """Error branches that must not be there."""
    results: tuple[str, ...] = ()
    """Results for each of which a condition must be there, and none beside."""
    ends: bool = False
    """Whether the flow ends here: nothing comes after it."""
    leaves: bool = False
    """Whether what comes next happens elsewhere, so that no next action need be named."""
    inside: frozenset[str] = EVERYWHERE
    """Types of flows in which it may stand."""


_SPOKEN = ("PromptId", "Text", "SSML", "Media")
_TARGET = ("QueueId", "AgentId")
_PROFILE = FlowAction(needs=("ProfileRequestData",))
_QUIET = FlowAction(errors=())

_CONTACT: Mapping[str, FlowAction] = {
    "CompleteOutboundCall": _QUIET,
    "CreateCase": FlowAction(needs=("LinkContactToCase", "CaseTemplateId")),
    "UpdateCase": FlowAction(needs=("LinkContactToCase",)),
    "GetCase": FlowAction(needs=("LinkContactToCase",)),
    "CreateContact": FlowAction(),
    "CreatePersistentContactAssociation": FlowAction(),
    "CreateTask": FlowAction(),
    "CreateWisdomSession": FlowAction(),
    "DequeueContactAndTransferToQueue": FlowAction(
        one_of=_TARGET,
        errors=("QueueAtCapacity", FAILED),
        leaves=True,
        inside=frozenset({"CUSTOMER_QUEUE"}),
    ),
    "EndFlowModuleExecution": FlowAction(errors=(), ends=True, inside=frozenset({MODULE})),
    "InvokeFlowModule": FlowAction(needs=("FlowModuleId",)),
    "LoadContactContent": FlowAction(),
    "ResumeContact": FlowAction(),
    "StartOutboundChatContact": FlowAction(needs=("SourceEndpoint", "DestinationEndpoint")),
    "StartOutboundEmailContact": FlowAction(),
    "TagContact": FlowAction(needs=("Tags",)),
    "UntagContact": FlowAction(needs=("TagKeys",)),
    "TransferContactToAgent": FlowAction(
        errors=(), ends=True, inside=frozenset({"AGENT_TRANSFER", "QUEUE_TRANSFER", MODULE})
    ),
    "TransferContactToQueue": FlowAction(
        takes=frozenset(), errors=("QueueAtCapacity", FAILED), leaves=True, inside=CALLS
    ),
    "UpdateContactAttributes": FlowAction(needs=("Attributes",)),
    "UpdateContactCallbackNumber": FlowAction(
        needs=("CallbackNumber",),
        errors=("InvalidCallbackNumber", "CallbackNumberNotDialable"),
        inside=WAITING,
    ),
    "UpdateContactData": FlowAction(),
    "UpdateContactEventHooks": FlowAction(needs=("EventHooks",)),
    "UpdateContactMediaProcessing": FlowAction(),
    "UpdateContactMediaStreamingBehavior": FlowAction(
        needs=("MediaStreamingState",), inside=EVERYWHERE - HOLDS
    ),
    "UpdateContactRecordingAndAnalyticsBehavior": FlowAction(errors=(FAILED, "ChannelMismatch")),
    "UpdateContactRecordingBehavior": FlowAction(needs=("RecordingBehavior",), errors=()),
    "UpdateContactRoutingBehavior": FlowAction(
        errors=(), one_of=("QueuePriority", "QueueTimeAdjustmentSeconds")
    ),
    "UpdateContactRoutingCriteria": FlowAction(),
    "UpdateContactTargetQueue": FlowAction(one_of=_TARGET, takes=frozenset(_TARGET), inside=CALLS),
    "UpdateContactTextToSpeechVoice": FlowAction(needs=("TextToSpeechVoice",), errors=()),
    "UpdatePreviousContactParticipantState": FlowAction(needs=("PreviousContactParticipantState",)),
}
_CONTROL: Mapping[str, FlowAction] = {
    "CheckHoursOfOperation": FlowAction(results=("True", "False"), inside=WAITING),
    "CheckMetricData": FlowAction(
        needs=("MetricType",), rivals=_TARGET, errors=(FAILED, UNMATCHED), inside=WAITING
    ),
    "CheckOutboundCallStatus": FlowAction(),
    "CheckVoiceId": FlowAction(),
    "Compare": FlowAction(
        needs=("ComparisonValue",),
        takes=frozenset({"ComparisonValue"}),
        errors=(UNMATCHED,),
        no_errors=frozenset({FAILED}),
    ),
    "DistributeByPercentage": FlowAction(errors=(UNMATCHED,), inside=WAITING),
    "EndFlowExecution": FlowAction(errors=(), ends=True),
    "EvaluateDataTableValues": FlowAction(needs=("DataTableId",)),
    "ListDataTableValues": FlowAction(needs=("DataTableId",)),
    "UpsertDataTableValues": FlowAction(needs=("DataTableId",)),
    "GetMetricData": FlowAction(rivals=_TARGET),
    "Loop": FlowAction(needs=("LoopCount",), errors=(), results=("ContinueLooping", "DoneLooping")),
    "StartVoiceIdStream": FlowAction(),
    "TransferToFlow": FlowAction(
        needs=("ContactFlowId",),
        takes=frozenset({"ContactFlowId"}),
        leaves=True,
        inside=CALLS,
    ),
    "UpdateFlowAttributes": FlowAction(needs=("FlowAttributes",)),
    "UpdateFlowLoggingBehavior": FlowAction(needs=("FlowLoggingBehavior",), errors=()),
    "UpdateRoutingCriteria": FlowAction(needs=("RoutingCriteria",), inside=WAITING),
    "Wait": FlowAction(one_of=("TimeLimitSeconds", "TimeoutSeconds")),
}
_BESIDE: Mapping[str, FlowAction] = {
    "AssociateContactToCustomerProfile": _PROFILE,
    "CreateCallbackContact": FlowAction(
        needs=("InitialCallDelaySeconds", "MaximumConnectionAttempts", "RetryDelaySeconds"),
        rivals=_TARGET,
        inside=WAITING,
    ),
    "CreateCustomerProfile": _PROFILE,
    "GetCalculatedAttributesForCustomerProfile": _PROFILE,
    "GetCustomerProfile": _PROFILE,
    "GetCustomerProfileObject": _PROFILE,
    "UpdateCustomerProfile": _PROFILE,
    "GetSegmentMembership": FlowAction(),
    "InvokeLambdaFunction": FlowAction(needs=("LambdaFunctionARN", "InvocationTimeLimitSeconds")),
    "RenderMessageTemplate": FlowAction(),
}
_PARTICIPANT: Mapping[str, FlowAction] = {
    "AuthenticateParticipant": FlowAction(needs=("CognitoConfiguration",)),
    "ConnectParticipantWithLexBot": FlowAction(one_of=("LexV2Bot", "LexBot"), inside=WAITING),
    "DisconnectParticipant": FlowAction(errors=(), ends=True, inside=WAITING),
    "GetParticipantInput": FlowAction(
        needs=("InputTimeLimitSeconds",), one_of=_SPOKEN, inside=WAITING
    ),
    "MessageParticipant": FlowAction(one_of=_SPOKEN, errors=(), inside=EVERYWHERE - HOLDS),
    "MessageParticipantIteratively": FlowAction(
        needs=("Messages",), errors=(), leaves=True, inside=HOLDS | {"CUSTOMER_QUEUE"}
    ),
    "ShowView": FlowAction(
        needs=("ViewResource",), errors=(UNMATCHED, FAILED, "TimeLimitExceeded")
    ),
    "TransferParticipantToThirdParty": FlowAction(
        needs=("ContinueFlowExecution", "ThirdPartyConnectionTimeLimitSeconds"),
        one_of=("ThirdPartyPhoneNumber", "VoiceConnector"),
        inside=EVERYWHERE - HOLDS,
    ),
}
ACTIONS: Mapping[str, FlowAction] = {**_CONTACT, **_CONTROL, **_BESIDE, **_PARTICIPANT}
"""Type of an action → what is asked of it."""
