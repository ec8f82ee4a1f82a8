"""What the actions of a flow refer to by id or ARN, and whether an instance has it.

Only fields that the flow language types are looked at: attributes may hold any text. A value that
is found out when the flow runs (`$.…`) refers to nothing yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bulkops.sim.services.flow_language.associated import BOT, CLASSIC_BOT, FUNCTION, unqualified
from bulkops.sim.state.ids import SEGMENTS
from bulkops.sim.state.world import WorldSession

_TARGET = {"QueueId": "queue", "AgentId": "user"}
_SPOKEN = {"PromptId": "prompt"}
_OWN_NUMBER = {"CallerId.Number": "own-number"}
_TABLE = {"DataTableId": "data-table"}
TYPED: Mapping[str, Mapping[str, str]] = {
    "CheckHoursOfOperation": {"HoursOfOperationId": "hours-of-operation"},
    "CheckMetricData": _TARGET,
    "CompleteOutboundCall": _OWN_NUMBER,
    "ConnectParticipantWithLexBot": {
        **_SPOKEN,
        "LexV2Bot.AliasArn": BOT,
        "LexBot.Name": CLASSIC_BOT,
    },
    "CreateCallbackContact": {**_TARGET, "ContactFlowId": "contact-flow"},
    "CreateCase": {"CaseTemplateId": "case-template"},
    "CreateContact": {"ContactFlowId": "contact-flow", "ContactFlowArn": "contact-flow"},
    "CreateTask": {
        "ContactFlowId": "contact-flow",
        "TaskTemplateId": "task-template",
        "QuickConnectId": "quick-connect",
    },
    "DequeueContactAndTransferToQueue": _TARGET,
    "EvaluateDataTableValues": _TABLE,
    "GetMetricData": _TARGET,
    "GetParticipantInput": _SPOKEN,
    "InvokeFlowModule": {"FlowModuleId": "contact-flow-module"},
    "InvokeLambdaFunction": {"LambdaFunctionARN": FUNCTION},
    "ListDataTableValues": _TABLE,
    "MessageParticipant": _SPOKEN,
    "MessageParticipantIteratively": {"Messages.*.PromptId": "prompt"},
    "ShowView": {"ViewResource.Id": "view"},
    "StartOutboundChatContact": {
        "ContactFlowArn": "contact-flow",
        "SourceEndpoint.Address": "phone-number",
    },
    "TransferParticipantToThirdParty": _OWN_NUMBER,
    "TransferToFlow": {"ContactFlowId": "contact-flow"},
    "UpdateContactEventHooks": {"EventHooks.*": "contact-flow"},
    "UpdateContactMediaProcessing": {"ChatProcessor.LambdaProcessorARN": FUNCTION},
    "UpdateContactTargetQueue": _TARGET,
    "UpsertDataTableValues": _TABLE,
}
"""Type of an action → path of a parameter → the kind of thing that it names."""


def wrong_references(session: WorldSession, type_: str, parameters: object) -> Iterator[str]:
    """Yield the paths of an action's parameters that name nothing that the instance has."""
    for path, kind in TYPED.get(type_, {}).items():
        for where, value in _at(parameters, path.split("."), ()):
            if not _is_there(session, kind, value):
                yield where


def _at(
    value: Any,  # noqa: ANN401  # JSON
    path: list[str],
    before: tuple[str, ...],
) -> Iterator[tuple[str, Any]]:
    """Yield what stands at a path; `*` stands for every member of a structure or a list."""
    if not path:
        yield ".".join(before), value
        return
    name, rest = path[0], path[1:]
    if name == "*" and isinstance(value, list):
        pairs = [(str(number), each) for number, each in enumerate(value)]
    elif isinstance(value, Mapping):
        pairs = [*value.items()] if name == "*" else [(name, value[name])] if name in value else []
    else:
        return
    for key, inner in pairs:
        yield from _at(inner, rest, (*before, key))


def _is_there(session: WorldSession, kind: str, value: object) -> bool:
    if not isinstance(value, str) or not value.strip():
        return False
    if "$." in value or "$[" in value:
        return True
    return _FOUND.get(kind, _of_kind(kind))(session, value)


def _of_kind(kind: str) -> Callable[[WorldSession, str], bool]:
    """Return what tells whether an id or a full ARN is of a thing of a kind."""
    return lambda session, value: _known(session, kind, _own_id(session, kind, value))


def _own_id(session: WorldSession, kind: str, value: str) -> str:
    """Return the id in a value; empty for an ARN of another instance or of another kind."""
    if not value.startswith("arn:"):
        return value
    before = f"{session.instance.arn}/{SEGMENTS.get(kind, kind)}/"
    return value.removeprefix(before) if value.startswith(before) else ""


def _known(session: WorldSession, kind: str, thing_id: str) -> bool:
    return bool(thing_id) and session.table(kind).get(thing_id) is not None


def _queue(session: WorldSession, value: str) -> bool:
    """Tell whether it is a queue, or the queue that is a user's own."""
    own = value.removeprefix(f"{session.instance.arn}/queue/agent/")
    if own != value:
        return _known(session, "user", own)
    return _known(session, "queue", _own_id(session, "queue", value))


def _module(session: WorldSession, value: str) -> bool:
    """Tell whether it is a module, or one in the version or alias that is named behind it."""
    base, colon, qualifier = _own_id(session, "contact-flow-module", value).partition(":")
    if not _known(session, "contact-flow-module", base):
        return False
    named = session.table("contact-flow-module-alias").named(qualifier, base)
    version = session.table("contact-flow-module-version").get(f"{base}:{qualifier}")
    return not colon or qualifier == "$LATEST" or named is not None or version is not None


def _function(session: WorldSession, value: str) -> bool:
    """Tell whether a function is associated with the instance, with this qualifier or without."""
    table = session.table(FUNCTION)
    return table.get(value) is not None or table.get(unqualified(value)) is not None


def _bot(kind: str) -> Callable[[WorldSession, str], bool]:
    return lambda session, value: session.table(kind).get(value) is not None


def _view(session: WorldSession, value: str) -> bool:
    """Tell whether it is a view of the instance, or one that AWS manages in its Region."""
    managed = f"arn:aws:connect:{session.instance.region}:aws:view/"
    own = f"{session.instance.arn}/view/"
    given = value.removeprefix(managed).removeprefix(own)
    view_id, _, _ = given.partition(":")
    return _known(session, "view", view_id)


def _number(session: WorldSession, value: str) -> bool:
    """Tell whether it is the ARN of a number that the instance has claimed."""
    return any(each["Arn"] == value for each in session.all("phone-number"))


def _own_number(session: WorldSession, value: str) -> bool:
    return session.table("phone-number").named(value) is not None


_FOUND: Mapping[str, Callable[[WorldSession, str], bool]] = {
    "queue": _queue,
    "contact-flow-module": _module,
    FUNCTION: _function,
    BOT: _bot(BOT),
    CLASSIC_BOT: _bot(CLASSIC_BOT),
    "view": _view,
    "phone-number": _number,
    "own-number": _own_number,
}
"""Kinds that are looked for in another way than by id or ARN."""
