"""What comes back from one request: a reply, or a fault with its class."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bulkops.definition.model.newer_members import unknown_in


class FaultClass(StrEnum):
    """What a failure asks the engine to do next (design, section 8)."""

    THROTTLED = "throttled"  # the lane slows, the call goes again, no attempt is spent
    TRANSIENT = "transient"  # it did not act: again after a jittered delay
    IN_DOUBT = "in-doubt"  # it may have acted: settle before anything is sent again
    REJECTED = "rejected"  # this call's own fault: its row fails, the others go on
    FATAL = "fatal"  # every row would meet it: stop, resumable, no row marked failed
    EXHAUSTED = "exhausted"  # a resource quota is used up: stop the operation, exit 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A request that the service answered with success."""

    data: Mapping[str, Any]
    request_id: str = ""
    http_status: int = 200

    @property
    def unknown(self) -> tuple[str, ...]:
        """The dotted paths of members that were answered and that the model does not know."""
        return tuple(dict.fromkeys(unknown_in(self.data)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A request that brought no success, in the words of the service or of the network.

    `code` is the AWS error code, or the name of the network's failure. `message` holds no value
    that was sent.
    """

    fault_class: FaultClass
    code: str
    message: str
    http_status: int = 0
    request_id: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


Outcome = Reply | Fault
