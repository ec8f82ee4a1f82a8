"""Flows that need one another and all kinds of other things: what is hard to carry elsewhere.

There are a circle of two, one that leads to itself, a chain of five, modules, functions and bots,
what hides in attributes, a flow that was never published, one with a draft, and one in the archive.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bulkops.sim.core.planted import planted
from bulkops.sim.core.seed_contents import END, flow_content, usual_content
from bulkops.sim.services.flow_language.associated import BOT, FUNCTION
from bulkops.sim.state.world import WorldSession

Action = tuple[str, Mapping[str, Any]]
FLOW, MODULE = "contact-flow", "contact-flow-module"
CHAIN = tuple(f"Step {number}" for number in range(1, 6))
"""Each leads to the next."""
FLOWS: Mapping[str, str] = {
    "Main menu": "CONTACT_FLOW",
    "Error handling": "CONTACT_FLOW",
    "Once more": "CONTACT_FLOW",
    **dict.fromkeys(CHAIN, "CONTACT_FLOW"),
    "Waiting in line": "CUSTOMER_QUEUE",
    "To another queue": "QUEUE_TRANSFER",
    "Before the agent": "AGENT_WHISPER",
    "Reworked": "CONTACT_FLOW",
    "Retired": "CONTACT_FLOW",
    "Unfinished": "CONTACT_FLOW",
}
"""Name → type."""
MODULES = ("Greeting", "Call back later")


def function_arn(session: WorldSession) -> str:
    """Return the ARN of the function that flows of an instance call."""
    place = session.instance
    return f"arn:aws:lambda:{place.region}:{place.account}:function:find-customer"


def bot_arn(session: WorldSession) -> str:
    """Return the ARN of the alias of the bot that flows of an instance talk through."""
    place = session.instance
    return f"arn:aws:lex:{place.region}:{place.account}:bot-alias/ORDERSBOT1/LIVEALIAS1"


def plant_associated(session: WorldSession) -> None:
    """Associate the function and the bot; no id is drawn for either."""
    session.put_named(FUNCTION, function_arn(session), {})
    session.put_named(BOT, bot_arn(session), {})


def plant_flows(session: WorldSession) -> None:
    """Make the modules and flows, whose texts come when all of them are there."""
    live = {"State": "ACTIVE", "Status": "PUBLISHED"}
    for name in MODULES:
        session.create(MODULE, {"Name": name, **live, "Content": "{}", "Description": f"{name}."})
    for name, type_ in FLOWS.items():
        members = {"Name": name, "Type": type_, **live, "Content": usual_content(type_)}
        session.create(FLOW, {**members, "Description": f"{name}, as callers meet it"})


def plant_texts(session: WorldSession) -> None:
    """Give the modules and flows their texts."""
    for name, actions in _modules(session).items():
        text = flow_content(*actions, end="EndFlowModuleExecution")
        session.update(MODULE, planted(session, MODULE, name), Content=drawn(text, name))
    for name, actions in _flows(session).items():
        flow = planted(session, FLOW, name)
        session.update(FLOW, flow, Content=drawn(flow_content(*actions), name))
    held = ("MessageParticipantIteratively", {"Messages": [_prompt(session, "Hold.wav")]})
    waiting = drawn(flow_content(held, end=END), "Waiting in line")
    session.update(FLOW, planted(session, FLOW, "Waiting in line"), Content=waiting)


def plant_states(session: WorldSession) -> None:
    """Draft, archive and tag what is to be so."""
    draft = flow_content(("MessageParticipant", {"Text": "Soon all will be new."}))
    session.update(FLOW, planted(session, FLOW, "Reworked"), Draft=draft)
    session.update(FLOW, planted(session, FLOW, "Retired"), State="ARCHIVED")
    unset = '{"Version":"2019-10-30","StartAction":"","Actions":[]}'
    unfinished = planted(session, FLOW, "Unfinished")
    session.update(FLOW, unfinished, Status="SAVED", Content=unset)
    session.update(FLOW, planted(session, FLOW, "Main menu"), Tags={"team": "front"})


def _modules(session: WorldSession) -> Mapping[str, Sequence[Action]]:
    recall = {
        "QueueId": _arn(session, "queue", "Support"),
        "InitialCallDelaySeconds": "60",
        "MaximumConnectionAttempts": "2",
        "RetryDelaySeconds": "600",
    }
    return {
        "Greeting": [("MessageParticipant", _prompt(session, "Welcome.wav"))],
        "Call back later": [("CreateCallbackContact", recall)],
    }


def _flows(session: WorldSession) -> Mapping[str, Sequence[Action]]:
    chained = {
        name: [_to(session, following)]
        for name, following in zip(CHAIN, (*CHAIN[1:], "Main menu"), strict=True)
    }
    hidden = {"fallback": f"go to {_arn(session, 'queue', 'Escalations')} at last"}
    return {
        **chained,
        "Main menu": _menu(session),
        "Error handling": [
            ("UpdateContactAttributes", {"Attributes": hidden}),
            ("InvokeFlowModule", {"FlowModuleId": _arn(session, MODULE, "Call back later")}),
            _to(session, "Main menu"),
        ],
        "Once more": [("Loop", {"LoopCount": "3"}), _to(session, "Once more")],
        "To another queue": [
            ("UpdateContactTargetQueue", {"QueueId": planted(session, "queue", "Billing")["Id"]}),
            ("TransferContactToQueue", {}),
        ],
    }


def _menu(session: WorldSession) -> Sequence[Action]:
    whisper = {"AgentWhisper": _arn(session, FLOW, "Before the agent")}
    waiting = {"CustomerQueue": _arn(session, FLOW, "Waiting in line")}
    return [
        ("InvokeFlowModule", {"FlowModuleId": planted(session, MODULE, "Greeting")["Id"]}),
        (
            "CheckHoursOfOperation",
            {"HoursOfOperationId": _arn(session, "hours-of-operation", "Basic Hours")},
        ),
        (
            "InvokeLambdaFunction",
            {"LambdaFunctionARN": function_arn(session), "InvocationTimeLimitSeconds": "3"},
        ),
        (
            "ConnectParticipantWithLexBot",
            {"Text": "How can we help?", "LexV2Bot": {"AliasArn": bot_arn(session)}},
        ),
        ("UpdateContactEventHooks", {"EventHooks": whisper}),
        ("UpdateContactEventHooks", {"EventHooks": waiting}),
        ("UpdateContactTargetQueue", {"QueueId": "$.External.queue"}),
        ("UpdateContactTargetQueue", {"QueueId": _arn(session, "queue", "Support VIP")}),
        ("TransferContactToQueue", {}),
        _to(session, "Error handling"),
    ]


def _to(session: WorldSession, name: str) -> Action:
    return ("TransferToFlow", {"ContactFlowId": _arn(session, FLOW, name)})


def _prompt(session: WorldSession, name: str) -> Mapping[str, Any]:
    return {"PromptId": _arn(session, "prompt", name)}


def _arn(session: WorldSession, kind: str, name: str) -> str:
    return str(planted(session, kind, name)["Arn"])


def drawn(text: str, name: str) -> str:
    """Return a flow's text with where the designer draws each block."""
    flow = json.loads(text)
    blocks = {
        action["Identifier"]: {"position": {"x": 160 + 240 * number, "y": 40}}
        for number, action in enumerate(flow["Actions"])
    }
    start = {"entryPointPosition": {"x": 20, "y": 20}, "snapToGrid": False, "name": name}
    return json.dumps({**flow, "Metadata": {**start, "ActionMetadata": blocks}}, indent=None)


FULL: Sequence[Callable[[WorldSession], None]] = (
    plant_flows,
    plant_texts,
    plant_states,
)
"""What makes it all, in this order."""
