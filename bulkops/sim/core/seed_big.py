"""A centre of 5,000 agents: what an export must read, and a plan compare."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from bulkops.sim.core.planted import planted
from bulkops.sim.core.seed_contents import flow_content
from bulkops.sim.core.seed_full import FLOW, MODULE, Action, drawn
from bulkops.sim.state.world import WorldSession

USERS, QUEUES, PROFILES, QUEUES_EACH = 5_000, 300, 200, 20
FLOWS, MODULES, PROMPTS, HOURS, HOLIDAYS_EACH = 400, 60, 40, 30, 8
PLAYED = 40
"""Messages in each flow, which make it as long as flows are."""
LIMITS: Mapping[str, int] = {
    "queue": 1_000,
    "routing-profile": 1_000,
    "contact-flow": 1_000,
    "contact-flow-module": 500,
    "hours-of-operation": 200,
    "quick-connect": 500,
}
"""The quotas that such a centre has had raised, by kind."""


def plant_hours(session: WorldSession) -> None:
    """Make hours with holidays, and prompts."""
    for number in range(1, HOURS + 1):
        day = {
            "Day": "MONDAY",
            "StartTime": {"Hours": number % 12, "Minutes": 0},
            "EndTime": {"Hours": 12 + number % 12, "Minutes": 30},
        }
        zone = {"TimeZone": "Europe/Dublin", "Config": [day]}
        hours = session.create("hours-of-operation", {"Name": f"Hours {number:02d}", **zone})
        for month in range(1, HOLIDAYS_EACH + 1):
            date = f"2027-{month:02d}-{1 + number % 28:02d}"
            kept = {"HoursOfOperationId": hours["Id"], "ParentGroupId": hours["Id"], "Config": []}
            dates = {"EffectiveFrom": date, "EffectiveTill": date}
            holiday = {"Name": f"Holiday {month}", **kept, **dates}
            session.create("hours-of-operation-override", holiday)
    for number in range(1, PROMPTS + 1):
        session.create("prompt", {"Name": f"Prompt {number:02d}.wav", "Description": "Played"})


def plant_queues(session: WorldSession) -> None:
    """Make queues, each with hours of those above."""
    hours = _ids(session, "hours-of-operation", "Hours {:02d}", HOURS)
    for number in range(1, QUEUES + 1):
        kept = {"HoursOfOperationId": hours[number % HOURS], "Status": "ENABLED"}
        queue = {"Name": f"Queue {number:03d}", "Description": f"Queue {number}", **kept}
        session.create("queue", queue)


def plant_profiles(session: WorldSession) -> None:
    """Make routing profiles, each with its share of the queues."""
    queues = _ids(session, "queue", "Queue {:03d}", QUEUES)
    for number in range(1, PROFILES + 1):
        own = [queues[(number * 7 + place) % QUEUES] for place in range(QUEUES_EACH)]
        session.create(
            "routing-profile",
            {
                "InstanceId": session.instance.id,
                "Name": f"Team {number:03d}",
                "Description": f"Agents of team {number}",
                "DefaultOutboundQueueId": own[0],
                "MediaConcurrencies": [{"Channel": "VOICE", "Concurrency": 1}],
                "AgentAvailabilityTimer": "TIME_SINCE_LAST_ACTIVITY",
                "QueueConfigs": [
                    {
                        "QueueReference": {"QueueId": queue, "Channel": "VOICE"},
                        "Priority": 1 + place % 5,
                        "Delay": 0,
                    }
                    for place, queue in enumerate(own)
                ],
            },
        )


def plant_users(session: WorldSession) -> None:
    """Make users, spread over the routing profiles."""
    profiles = _ids(session, "routing-profile", "Team {:03d}", PROFILES)
    security = planted(session, "security-profile", "Agent")["Id"]
    phone = {"PhoneType": "SOFT_PHONE", "AutoAccept": False, "AfterContactWorkTimeLimit": 30}
    for number in range(1, USERS + 1):
        session.create(
            "user",
            {
                "Name": f"agent.{number:04d}",
                "IdentityInfo": {"FirstName": "Agent", "LastName": f"{number:04d}"},
                "PhoneConfig": phone,
                "SecurityProfileIds": [security],
                "RoutingProfileId": profiles[number % PROFILES],
            },
        )


def plant_flows(session: WorldSession) -> None:
    """Make modules and flows, whose texts come when all of them are there."""
    live = {"State": "ACTIVE", "Status": "PUBLISHED", "Content": flow_content()}
    for number in range(1, MODULES + 1):
        words = ("MessageParticipant", {"Text": f"This is module {number}."})
        content = drawn(flow_content(words, end="EndFlowModuleExecution"), f"Module {number:02d}")
        session.create(MODULE, {"Name": f"Module {number:02d}", **live, "Content": content})
    for number in range(1, FLOWS + 1):
        session.create(FLOW, {"Name": f"Flow {number:03d}", "Type": "CONTACT_FLOW", **live})


def plant_texts(session: WorldSession) -> None:
    """Give the flows their texts: each leads to the next, and in every tenth two make a circle."""
    things = {
        "flow": _arns(session, FLOW, "Flow {:03d}", FLOWS),
        "module": _arns(session, MODULE, "Module {:02d}", MODULES),
        "queue": _arns(session, "queue", "Queue {:03d}", QUEUES),
        "prompt": _arns(session, "prompt", "Prompt {:02d}.wav", PROMPTS),
        "hours": _arns(session, "hours-of-operation", "Hours {:02d}", HOURS),
    }
    for number in range(FLOWS):
        name = f"Flow {number + 1:03d}"
        content = drawn(flow_content(*_actions(things, number)), name)
        session.update(FLOW, planted(session, FLOW, name), Content=content)


def _actions(things: Mapping[str, Sequence[str]], number: int) -> Iterator[Action]:
    def one(kind: str, place: int = 0) -> str:
        return things[kind][(number + place) % len(things[kind])]

    yield ("InvokeFlowModule", {"FlowModuleId": one("module")})
    yield ("CheckHoursOfOperation", {"HoursOfOperationId": one("hours")})
    for place in range(PLAYED):
        played: dict[str, Any] = {"PromptId": one("prompt", place)}
        yield ("MessageParticipant", played if place % 4 == 0 else {"Text": _SPOKEN})
        if place % 8 == 0:
            yield ("UpdateContactTargetQueue", {"QueueId": one("queue", place)})
    yield ("TransferToFlow", {"ContactFlowId": one("flow", -1 if number % 10 == 0 else 1)})


_SPOKEN = (
    "Thank you for your patience. All of our agents are with other callers: you will be connected "
    "with the first of them who is free, and your place in the line is kept until then."
)


def _ids(session: WorldSession, kind: str, name: str, many: int) -> list[str]:
    return [str(planted(session, kind, name.format(n))["Id"]) for n in range(1, many + 1)]


def _arns(session: WorldSession, kind: str, name: str, many: int) -> list[str]:
    return [str(planted(session, kind, name.format(n))["Arn"]) for n in range(1, many + 1)]


BIG: Sequence[Callable[[WorldSession], None]] = (
    plant_hours,
    plant_queues,
    plant_profiles,
    plant_users,
    plant_flows,
    plant_texts,
)
"""What makes it all, in this order."""
