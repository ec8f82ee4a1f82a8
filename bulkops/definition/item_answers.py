"""Operations that take many items at once and answer of each by itself, by the service's model.

An HTTP 200 of theirs may hold failures: each item has its own outcome. Members are those of the
service models; an operation that the installed model does not know is not offered, and is once it
does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bulkops.definition.model.member_paths import EACH

_SLOWED = frozenset(
    {
        *("RequestThrottled", "BufferLimitExceeded", "ThrottlingException", "TooManyRequests"),
        *("ProvisionedThroughputExceededException", "REQUEST_THROTTLED", "429"),
    }
)
_PASSING = frozenset({"InternalError", "ServiceUnavailable", "InternalServiceException", "503"})
_DOUBTFUL = frozenset({"UnknownError", "INTERNAL_ERROR", "500"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAnswers:
    """How one operation's items are sent, and where its reply speaks of each.

    `sent_by` is the path inside an item that tells it from the others, or several with commas
    between them; empty: the item itself. `answered_by` is the same inside an entry of the reply's
    lists. `numbered`: it means nothing else, so that each item is given one of its own.
    """

    items: str
    """Member of the request that holds the items."""
    sent_by: str
    answered_by: str
    failed: str
    """Member of the reply that lists what was not done."""
    code: str
    """Path inside an entry of what failed; empty: it bears none, and only says why."""
    succeeded: str = ""
    """Member of the reply that lists what was done; empty: all that did not fail."""
    message: str = ""
    numbered: bool = False
    once: bool = False
    """Whether an item that comes again under the same number has no second effect."""
    tells_apart: tuple[str, ...] = ()
    """Paths inside an item by which people tell it from others."""
    slowed: frozenset[str] = field(default=_SLOWED)
    """Codes of items that came too soon: they are sent again, and that costs no attempt."""
    passing: frozenset[str] = field(default=_PASSING)
    """Codes of items that were not done for a reason that passes."""
    doubtful: frozenset[str] = field(default=_DOUBTFUL)
    """Codes that do not say whether an item was done."""


_CAMPAIGN: Mapping[str, Any] = {
    "sent_by": "clientToken",
    "answered_by": "clientToken",
    "succeeded": "successfulRequests",
    "failed": "failedRequests",
    "code": "failureCode",
}
_BY_ID: Mapping[str, Any] = {
    "sent_by": "Id",
    "answered_by": "Id",
    "succeeded": "Successful",
    "failed": "Failed",
    "code": "Code",
    "message": "Message",
}

_CELL = "PrimaryValues,AttributeName"
"""One item is one cell of a data table: of a row, which its primary values name, in a column."""
_TELEPHONY = "channelSubtypeParameters.telephony.destinationPhoneNumber"
_SMS = "channelSubtypeParameters.sms.destinationPhoneNumber"
_EMAIL = "channelSubtypeParameters.email.destinationEmailAddress"

ITEM_ANSWERS: Mapping[tuple[str, str], ItemAnswers] = {
    ("connectcampaignsv2", "PutOutboundRequestBatch"): ItemAnswers(
        items="outboundRequests",
        numbered=True,
        once=True,
        tells_apart=(_TELEPHONY, _SMS, _EMAIL),
        **_CAMPAIGN,
    ),
    ("connectcampaignsv2", "PutProfileOutboundRequestBatch"): ItemAnswers(
        items="profileOutboundRequests",
        numbered=True,
        once=True,
        tells_apart=("profileId",),
        **_CAMPAIGN,
    ),
    ("connectcases", "BatchPutFieldOptions"): ItemAnswers(
        items="options",
        sent_by="value",
        answered_by="value",
        failed="errors",
        code="errorCode",
        message="message",
        tells_apart=("value",),
    ),
    ("connect", "BatchPutContact"): ItemAnswers(
        items="ContactDataRequestList",
        sent_by="RequestIdentifier",
        answered_by="RequestIdentifier",
        succeeded="SuccessfulRequestList",
        failed="FailedRequestList",
        code="FailureReasonCode",
        message="FailureReasonMessage",
        numbered=True,
        tells_apart=("CustomerEndpoint.Address",),
    ),
    ("sqs", "SendMessageBatch"): ItemAnswers(
        items="Entries", numbered=True, tells_apart=("MessageBody",), **_BY_ID
    ),
    ("sqs", "DeleteMessageBatch"): ItemAnswers(
        items="Entries", numbered=True, tells_apart=("ReceiptHandle",), **_BY_ID
    ),
    **{
        ("connect", f"{does}Workspace"): ItemAnswers(
            items="ResourceArns",
            sent_by="",
            answered_by="ResourceArn",
            succeeded="SuccessfulList",
            failed="FailedList",
            code="ErrorCode",
            message="ErrorMessage",
        )
        for does in ("Associate", "Disassociate")
    },
    **{
        ("connect", f"Batch{does}DataTableValue"): ItemAnswers(
            items="Values",
            sent_by=_CELL,
            answered_by=_CELL,
            succeeded="Successful",
            failed="Failed",
            code="",
            message="Message",
            tells_apart=("PrimaryValues", "AttributeName"),
        )
        for does in ("Create", "Update", "Delete")
    },
    ("customer-profiles", "BatchPutProfileObject"): ItemAnswers(
        items="Items", numbered=True, tells_apart=("Object",), **_BY_ID
    ),
}
"""(service, operation) → how it answers of its items."""


def item_answers(service: str, operation: str) -> ItemAnswers | None:
    """Return how an operation answers of its items; None where it answers as a whole."""
    return ITEM_ANSWERS.get((service, operation))


def numbered_at(service: str, operation: str) -> str:
    """Return where each item bears a number of its own, as a path; empty where none does."""
    answers = item_answers(service, operation)
    if answers is None or not answers.numbered:
        return ""
    return f"{answers.items}{EACH}.{answers.sent_by}"
