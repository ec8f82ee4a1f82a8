"""What comes of putting a file to an address that a service has signed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from bulkops.aws.wire_answers import WireAnswer
from bulkops.pacing.error_codes import FOREIGN_ANSWER
from bulkops.pacing.replies import Fault, FaultClass, Outcome, Reply

REQUEST_ID = "x-amz-request-id"
"""The header by which an answer is known as that of Amazon S3."""
_CODE = re.compile(rb"<Code>([\w.]{1,64})</Code>")
_MESSAGE = re.compile(rb"<Message>([^<]{1,500})</Message>")
_REFUSED = range(400, 500)
_UNSIGNED = (403, 408, 429)
"""Refusals that another address may not meet: it is too old, or what signed it has changed."""
_SHORT = 8


def secrets_of(url: str) -> frozenset[str]:
    """Return what no message may hold of a signed address: all of it, and each of its parts."""
    parts = [value for _, value in parse_qsl(urlsplit(url).query)]
    return frozenset((url, urlsplit(url).query, *(each for each in parts if len(each) > _SHORT)))


def upload_outcome(answer: WireAnswer) -> Outcome:
    """Return what an answer to a file means."""
    request_id = answer.headers.get(REQUEST_ID, "")
    if answer.is_success and request_id:
        return Reply(data={}, request_id=request_id, http_status=answer.status)
    if answer.is_success:
        message = "What answered to the file is not Amazon S3."
        return upload_fault(FOREIGN_ANSWER, message, answer.status)
    code, message = (found[1].decode() if found else "" for found in _told(answer))
    said = f"The file was not taken: {message or 'no reason is given'}"
    return upload_fault(code or str(answer.status), said, answer.status, request_id)


def _told(answer: WireAnswer) -> tuple[re.Match[bytes] | None, re.Match[bytes] | None]:
    return _CODE.search(answer.body), _MESSAGE.search(answer.body)


def upload_fault(code: str, message: str, status: int, request_id: str = "") -> Fault:
    """Return the fault that a file met: for good where the file itself was refused."""
    lasting = status in _REFUSED and status not in _UNSIGNED
    return Fault(
        fault_class=FaultClass.REJECTED if lasting else FaultClass.TRANSIENT,
        code=code,
        message=message,
        http_status=status,
        request_id=request_id,
    )


def plain_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Return headers as texts: exactly those that belong to an address."""
    return {str(name): str(value) for name, value in headers.items()}
