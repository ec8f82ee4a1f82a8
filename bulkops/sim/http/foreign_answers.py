"""What comes in place of the service's answer when something else answers, or damages it."""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.sim.core.fault_injection import ForeignKind
from bulkops.sim.core.simulator import Answer
from bulkops.sim.http.json_protocols import HttpReply
from bulkops.sim.http.protocols import Protocol

PAGE = (
    b"<!DOCTYPE html>\n<html><head><title>Welcome</title></head>"
    b"<body><h1>Log in to use this network</h1></body></html>\n"
)
BLOCKED = (
    b"<!DOCTYPE html>\n<html><head><title>Blocked</title></head>"
    b"<body><h1>Your request was blocked by the network's rules</h1></body></html>\n"
)
HTML: Mapping[str, str] = {"content-type": "text/html; charset=utf-8"}
REPLIES: Mapping[str, HttpReply] = {
    "page": HttpReply(headers=HTML, body=PAGE),
    "empty": HttpReply(headers={"content-type": "application/json"}),
    "text": HttpReply(headers={"content-type": "text/plain"}, body=b"OK"),
    "no-content": HttpReply(status=204),
    "blocked": HttpReply(status=403, headers=HTML, body=BLOCKED),
}
"""What something between here and AWS says by itself: no request id of AWS is in it."""


def instead(kind: ForeignKind, protocol: Protocol, operation: str, answer: Answer) -> HttpReply:
    """Return what arrives in place of a service's answer.

    Two kinds are the service's own answer, damaged: `malformed` is its first half, `hollow` a
    success that says nothing. A refusal is a refusal in both.
    """
    if kind in REPLIES:
        return REPLIES[kind]
    if answer.error is not None:
        whole = protocol.render_error(answer.error, answer.request_id)
    else:
        said = {} if kind == "hollow" else answer.data
        whole = protocol.render(operation, said, answer.request_id)
    if kind == "hollow":
        return whole
    half = whole.body[: len(whole.body) // 2]
    return HttpReply(status=whole.status, headers=whole.headers, body=half)
