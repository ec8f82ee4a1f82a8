"""The texts of the first world's flows: what could be published as it stands."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

END = "DisconnectParticipant"
"""How most flows end."""
_WORDS: tuple[str, Mapping[str, Any]] = ("MessageParticipant", {"Text": "Thank you for calling."})
_MUSIC: tuple[str, Mapping[str, Any]] = (
    "MessageParticipantIteratively",
    {"Messages": [{"Text": "Please hold."}]},
)
_BY_TYPE: Mapping[str, tuple[tuple[tuple[str, Mapping[str, Any]], ...], str]] = {
    "AGENT_TRANSFER": ((_WORDS,), "TransferContactToAgent"),
    "CUSTOMER_QUEUE": ((_MUSIC,), END),
    "CUSTOMER_HOLD": ((_MUSIC,), ""),
    "AGENT_HOLD": ((_MUSIC,), ""),
    "CUSTOMER_WHISPER": ((_WORDS,), "EndFlowExecution"),
    "AGENT_WHISPER": ((_WORDS,), "EndFlowExecution"),
    "OUTBOUND_WHISPER": ((_WORDS,), "EndFlowExecution"),
    "QUEUE_TRANSFER": ((_WORDS, ("TransferContactToQueue", {})), END),
}
_BRANCHES: Mapping[str, tuple[str, ...]] = {
    "CheckMetricData": ("NoMatchingCondition", "NoMatchingError"),
    "Loop": (),
    "TransferContactToQueue": ("QueueAtCapacity", "NoMatchingError"),
    "Compare": ("NoMatchingCondition",),
    "DequeueContactAndTransferToQueue": ("QueueAtCapacity", "NoMatchingError"),
}
"""Error branches of actions that have others than most."""

_RESULTS: Mapping[str, tuple[str, ...]] = {
    "CheckHoursOfOperation": ("True", "False"),
    "Loop": ("ContinueLooping", "DoneLooping"),
}
"""Results of actions that must have a condition for each."""


def usual_content(type_: str) -> str:
    """Return the text of a small flow of a type."""
    actions, end = _BY_TYPE.get(type_, ((_WORDS,), END))
    return flow_content(*actions, end=end)


def flow_content(*actions: tuple[str, Mapping[str, Any]], end: str = END) -> str:
    """Return the text of a flow whose actions, each a type with its parameters, run in turn.

    The last goes on to an action of type `end`, where that is given, and each to it in trouble.
    """
    last = len(actions)
    chained = [_action(number, last, end, *action) for number, action in enumerate(actions)]
    final = [{"Identifier": f"block-{last}", "Type": end, "Parameters": {}, "Transitions": {}}]
    whole = [*chained, *(final if end else ())]
    flow = {"Version": "2019-10-30", "StartAction": "block-0", "Actions": whole}
    return json.dumps(flow, separators=(",", ":"))


def _action(
    number: int, last: int, end: str, type_: str, parameters: Mapping[str, Any]
) -> dict[str, Any]:
    named: dict[str, Any] = {
        "Identifier": f"block-{number}",
        "Type": type_,
        "Parameters": dict(parameters),
    }
    if not end and number + 1 == last:
        return {**named, "Transitions": {}}
    errors = [
        {"ErrorType": error, "NextAction": f"block-{last if end else last - 1}"}
        for error in _BRANCHES.get(type_, ("NoMatchingError",))
    ]
    following = f"block-{number + 1}"
    conditions = [
        {"NextAction": following, "Condition": {"Operator": "Equals", "Operands": [result]}}
        for result in _RESULTS.get(type_, ())
    ]
    leads = {"NextAction": following, "Errors": errors, "Conditions": conditions}
    return {**named, "Transitions": leads}
