"""What is raced: rows, quotas as they are and as they are believed, and the least time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf
from typing import Any

from bulkops.sim.state.throttle import Allowance, Timetable

RATE, BURST = 2.0, 5.0
"""Calls a second and burst of Amazon Connect's operations, as every contender believes."""
MOVE = "UpdateUserRoutingProfile"
ASSOCIATE = "AssociateRoutingProfileQueues"
ONBOARDING = ("CreateUser", "AssociateUserProficiencies", "PutUserStatus")
SHARED_QUEUES = ("Support", "Billing", "Escalations", "Sales EMEA")
CHANNELS = ("VOICE", "CHAT", "TASK")
PASSWORD = "Secret-1-Word"

Ids = Mapping[str, Mapping[str, str]]
"""Kind → name → id."""
Requests = list[tuple[str, dict[str, Any]]]
"""What a row sends: operation and arguments; `$user` stands for the user that it made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One race. `quota` is what the service grants of the operations that are sent."""

    name: str
    title: str
    job: str
    operations: tuple[str, ...]
    rows: int
    calls: int
    """Calls of the slowest lane at the fewest."""
    quota: Timetable = ((0.0, Allowance(rate=RATE, burst=BURST)),)
    runs: int = 1
    """Processes that do the work, knowing nothing of one another."""
    users: int = 0
    profiles: int = 0

    def least(self, speed: float, failed: int = 0) -> float:
        """Return the least seconds from the first call to the last, whoever sends them.

        Of rows that failed nothing is counted: to give up is not to be fast.
        """
        done = self.calls * (self.rows - failed) / self.rows
        return least_seconds(max(round(done), 1), self.faster(speed))

    def faster(self, speed: float) -> Timetable:
        """Return the quota with rates and bursts so much greater; its times stay."""
        return tuple((since, quota.times(speed)) for since, quota in self.quota)


def least_seconds(calls: int, timetable: Timetable) -> float:
    """Return when the last of so many calls can be granted, the first being sent at 0."""
    granted = timetable[0][1].burst
    if calls <= granted:
        return 0.0
    ends = [since for since, _ in timetable[1:]] + [inf]
    for (since, quota), until in zip(timetable, ends, strict=True):
        rate = quota.rate - quota.foreign
        if granted + rate * (until - since) >= calls:
            return since + (calls - granted) / rate
        granted += rate * (until - since)
    raise ValueError(f"{calls} calls are never granted")


def _granted(rate: float, foreign: float = 0.0) -> Allowance:
    return Allowance(rate=rate, burst=BURST, foreign=foreign)


def _moving(name: str, title: str, rows: int, **named: Any) -> Scenario:
    return Scenario(
        name=name, title=title, job="update-user-routing-profiles", operations=(MOVE,),
        rows=rows, calls=rows, users=rows, **named,
    )  # fmt: skip


def scenarios(scale: float, span: float) -> tuple[Scenario, ...]:
    """Return the races; `scale` is of their rows, `span` of the seconds of a quota's changes."""

    def n(rows: int) -> int:
        return int(rows * scale)

    fallen = (
        (0.0, _granted(RATE)),
        (20.0 * span, _granted(RATE / 4)),
        (35.0 * span, _granted(RATE)),
    )
    return (
        _moving("one-step", "One call a row", n(400)),
        Scenario(
            name="three-step", title="Three calls a row", operations=ONBOARDING,
            job="tests/benchmarks/onboard_agents.py", rows=150, calls=150,
        ),
        Scenario(
            name="batched", title="Queues, ten to a call", operations=(ASSOCIATE,),
            job="associate-routing-profile-queues", rows=300, calls=30, profiles=30,
        ),
        _moving("lower", "Quota half of what is believed", n(150), quota=((0.0, _granted(1.0)),)),
        _moving("shared", "Others take half of it", n(150), quota=((0.0, _granted(RATE, 1.0)),)),
        _moving("falling", "Quota a quarter for a while", n(200), quota=fallen),
        _moving("two-runs", "Two runs, by accident at once", n(400), runs=2),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One process's part: the sheet for bulkops, the requests for everybody else."""

    sheet: str
    rows: Sequence[Requests] = field(repr=False)


def work(scenario: Scenario, ids: Ids) -> list[Work]:
    """Return each process's part of a race, in whole rows."""
    header, lines, requests = _MAKERS[scenario.name](scenario, ids)
    bounds = [len(lines) * part // scenario.runs for part in range(scenario.runs + 1)]
    return [
        Work(sheet="\n".join([header, *lines[first:last], ""]), rows=requests[first:last])
        for first, last in pairwise(bounds)
    ]


Made = tuple[str, list[str], list[Requests]]


def _moves(scenario: Scenario, ids: Ids) -> Made:
    names = [f"agent{number:05d}" for number in range(1, scenario.rows + 1)]
    profile = ids["routing-profile"]["Billing"]
    requests = [
        [(MOVE, {"UserId": ids["user"][name], "RoutingProfileId": profile})] for name in names
    ]
    return "username,routing_profile", [f"{name},Billing" for name in names], requests


def _onboardings(scenario: Scenario, ids: Ids) -> Made:
    header = (
        "username,password,first_name,last_name,security_profile,routing_profile,"
        "attribute,value,level,status"
    )
    names = [f"new{number:05d}" for number in range(1, scenario.rows + 1)]
    lines = [f"{name},{PASSWORD},Ana,Reis,Agent,Billing,Skill,Returns,3,Training" for name in names]
    return header, lines, [_onboarding(name, ids) for name in names]


def _onboarding(name: str, ids: Ids) -> Requests:
    user = {
        "Username": name,
        "Password": PASSWORD,
        "IdentityInfo": {"FirstName": "Ana", "LastName": "Reis"},
        "PhoneConfig": {"PhoneType": "SOFT_PHONE"},
        "SecurityProfileIds": [ids["security-profile"]["Agent"]],
        "RoutingProfileId": ids["routing-profile"]["Billing"],
    }
    skill = {"AttributeName": "Skill", "AttributeValue": "Returns", "Level": 3}
    status = ids["agent-status"]["Training"]
    return [
        ("CreateUser", user),
        ("AssociateUserProficiencies", {"UserId": "$user", "UserProficiencies": [skill]}),
        ("PutUserStatus", {"UserId": "$user", "AgentStatusId": status}),
    ]


def _associations(scenario: Scenario, ids: Ids) -> Made:
    lines, requests = [], []
    places = [(queue, channel) for queue in SHARED_QUEUES for channel in CHANNELS][:10]
    for number in range(1, scenario.profiles + 1):
        profile = f"Profile {number:05d}"
        for queue, channel in places:
            lines.append(f"{profile},{queue},{channel}")
            reference = {"QueueId": ids["queue"][queue], "Channel": channel}
            config = {"QueueReference": reference, "Priority": 1, "Delay": 0}
            arguments = {
                "RoutingProfileId": ids["routing-profile"][profile],
                "QueueConfigs": [config],
            }
            requests.append([(ASSOCIATE, arguments)])
    return "routing_profile,queue,channel", lines, requests


_MAKERS = {
    "one-step": _moves, "three-step": _onboardings, "batched": _associations, "lower": _moves,
    "shared": _moves, "falling": _moves, "two-runs": _moves,
}  # fmt: skip
