"""The least content that a flow of each type, or a module, can have: what circles begin from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bulkops.planning.flows.flow_document import sent_text
from bulkops.planning.flows.flow_structure import VERSION

_DISCONNECT: tuple[str, Mapping[str, Any]] = ("DisconnectParticipant", {})
_END: tuple[str, Mapping[str, Any]] = ("EndFlowExecution", {})
_LOOP: tuple[str, Mapping[str, Any]] = (
    "MessageParticipantIteratively",
    {"Messages": [{"Text": "Please hold."}]},
)
_RETURN: tuple[str, Mapping[str, Any]] = ("EndFlowModuleExecution", {})

_BLOCKS = {
    "CONTACT_FLOW": _DISCONNECT,
    "CUSTOMER_QUEUE": _DISCONNECT,
    "CUSTOMER_HOLD": _LOOP,  # a hold may neither end nor disconnect
    "CUSTOMER_WHISPER": _END,
    "AGENT_HOLD": _LOOP,
    "AGENT_WHISPER": _END,
    "OUTBOUND_WHISPER": _END,
    "AGENT_TRANSFER": _DISCONNECT,
    "QUEUE_TRANSFER": _DISCONNECT,
    "CAMPAIGN": _END,  # documented nowhere; what is saved and not published is not looked at
}
"""The one block of a stub, by the type of the flow: one that the type allows and that ends it."""


def flow_stub(flow_type: str) -> str:
    """Return the content of a flow that does nothing, as it is sent.

    Raises KeyError for a type that the service has not.
    """
    return _stub(*_BLOCKS[flow_type])


def module_stub() -> str:
    """Return the content of a module that only returns, as it is sent."""
    return _stub(*_RETURN)


def _stub(block: str, parameters: Mapping[str, Any]) -> str:
    action = {"Identifier": "stub", "Type": block, "Parameters": parameters, "Transitions": {}}
    return sent_text({"Version": VERSION, "StartAction": "stub", "Actions": [action]})
