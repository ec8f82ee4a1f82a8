"""Answers of success that tell of a failure: of a part, or of all, of what one row asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from bulkops.definition.item_answers import item_answers
from bulkops.definition.model.operations import operation_model
from bulkops.pacing.replies import Fault, FaultClass, Reply

PARTLY_FAILED = "PartlyFailed"
"""bulkops' own code where an answer tells of failures without a code."""
_LISTS = re.compile(
    r"(?:Failed|Unprocessed|Unsuccessful)\w*|\w*Errors|Failures?|InvalidParameters", re.IGNORECASE
)
_COUNTS = re.compile(r"Failed\w*Count", re.IGNORECASE)
_SAYS = re.compile(r"FunctionError")
_MEMBERS: Mapping[str, tuple[re.Pattern[str], int]] = {
    "list": (_LISTS, 0),
    "map": (_LISTS, 0),
    "integer": (_COUNTS, 1),
    "long": (_COUNTS, 1),
    "string": (_SAYS, 1),
}
"""How members of answers are named that tell what was not done, by their type; and their rank."""
_DESCRIBING = frozenset({"FailedMediaResourceMap", "validationErrors", "ValidationErrors"})
"""Members with such a name that speak of something else: of what a thing holds, of a check."""
_CODE = re.compile(r"(?:Error|Failure)?_?Code", re.IGNORECASE)
_MESSAGE = re.compile(r"(?:(?:Error|Failure|Status)?_?(?:Message|Reason|Detail))", re.IGNORECASE)
_SHOWN = 300
"""Letters of an answer that are shown where it has no message of its own."""


def told_failure(service: str, operation: str, reply: Reply) -> Fault | None:
    """Return the fault that a success tells of; None where all was done, as far as it says.

    EventBridge answers PutTargets with 200 and FailedEntryCount, DynamoDB BatchWriteItem with
    UnprocessedItems, Lambda's Invoke with FunctionError where the function raised one. Operations
    whose items are rows of their own are none of these: what is said of each item is its row's.
    """
    if item_answers(service, operation) is not None:
        return None
    for member in _members(service, operation):
        told = reply.data.get(member)
        if told:
            code, message = _said(told)
            return Fault(
                fault_class=FaultClass.REJECTED,
                code=code or PARTLY_FAILED,
                message=f"{operation} answered with {member}: {message}",
                http_status=reply.http_status,
                request_id=reply.request_id,
            )
    return None


@cache
def _members(service: str, operation: str) -> tuple[str, ...]:
    """Return the members of an answer that tell of failures; lists first, since they say why."""
    shape = operation_model(service, operation).output_shape
    if shape is None:
        return ()
    found = [
        (_MEMBERS[member.type_name][1], name)
        for name, member in shape.members.items()
        if member.type_name in _MEMBERS and name not in _DESCRIBING
        if _MEMBERS[member.type_name][0].fullmatch(name)
    ]
    return tuple(name for _, name in sorted(found))


def _said(told: Any) -> tuple[str, str]:  # noqa: ANN401  # whatever an answer holds
    """Return the first code and the first message in what an answer tells of a failure."""
    values = list(_values(told))
    code = next((str(value) for name, value in values if _CODE.fullmatch(name)), "")
    message = next((str(value) for name, value in values if _MESSAGE.fullmatch(name)), "")
    return code, message or str(told)[:_SHOWN]


def _values(told: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401  # as above
    """Yield every member of the structures inside, with its name, from the outside in."""
    if isinstance(told, Mapping):
        for name, value in told.items():
            yield str(name), value
        for value in told.values():
            yield from _values(value)
    elif isinstance(told, list):
        for each in told:
            yield from _values(each)
