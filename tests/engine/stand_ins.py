"""Stand-ins for what the engine works with: a ledger in memory, a client that follows a script."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import anyio

from bulkops.definition.expressions import Each
from bulkops.definition.job import Column, Job, Step
from bulkops.definition.kinds.found_things import Col, Find, Member
from bulkops.definition.settling_ways import Again, Look, Never
from bulkops.engine.calls.context import RunContext
from bulkops.engine.lanes import Lanes
from bulkops.engine.ports import World
from bulkops.ledger.aside import at_once
from bulkops.ledger.records import RowResult, StoredCall
from bulkops.ledger.states import CallState, status_of
from bulkops.pacing.adaptive_rate import Pace
from bulkops.pacing.quotas import Quota
from bulkops.pacing.replies import Fault, FaultClass, Reply
from bulkops.planning.target import Target

USER = Find("user", Col("username"))
PROFILE = Find("routing-profile", Col("profile"))
PLACE = Member("routing-profile-queue", of=PROFILE)
QUEUE = {"QueueReference": {"QueueId": Find("queue", Col("queue")), "Channel": "VOICE"}}
JOB = Job(
    name="everything",
    summary="One step for each way of settling.",
    key=("username",),
    columns=(Column(name="username", help="A login."),),
    steps=(
        Step(
            operation="CreateUser",
            subject=USER,
            args={"Username": Col("username"), "RoutingProfileId": PROFILE},
            save={"user_id": "UserId", "user_arn": "UserArn"},
            settle=Look(duplicate="DuplicateResourceException"),
        ),
        Step(
            operation="UpdateUserRoutingProfile",
            subject=USER,
            args={"UserId": USER, "RoutingProfileId": PROFILE},
            settle=Again(),
        ),
        Step(
            operation="AssociateRoutingProfileQueues",
            subject=PLACE,
            args={"RoutingProfileId": PROFILE, "QueueConfigs": Each(QUEUE)},
            settle=Look(),
        ),
        Step(operation="PutUserStatus", args={"UserId": USER}, settle=Never()),
        Step(operation="DeleteUser", subject=USER, args={"UserId": USER}, settle=Never()),
    ),
)
CREATE, MOVE, ASSOCIATE, PUT, DELETE = "01234"
PARAMS = {
    CREATE: {"Username": "ana", "RoutingProfileId": "p1"},
    MOVE: {"UserId": "u1", "RoutingProfileId": "p1"},
    ASSOCIATE: {"RoutingProfileId": "p1", "QueueConfigs": []},
    PUT: {"UserId": "u1"},
    DELETE: {"UserId": "u1"},
}
TARGET = Target(
    account="123456789012", region="eu-west-2", instance_id="i", instance_arn="arn", alias="demo"
)
BEGUN = datetime(2026, 1, 1, tzinfo=UTC)


def call(number, step=CREATE, *, rows=(1,), state=CallState.PLANNED, **more):
    """Return a call of one of the job's steps."""
    usual = {"params": PARAMS[step], "attempts": 0}
    return StoredCall(
        id=number, step=step, target="", service="connect", operation=JOB.step(step).operation,
        rows=rows, state=state, **(usual | more),
    )  # fmt: skip


def queue_config(queue):
    """Return what one row gives a routing profile."""
    return {"QueueReference": {"QueueId": queue, "Channel": "VOICE"}}


def fault(fault_class, code="Some", http_status=500):
    return Fault(fault_class=fault_class, code=code, message="No.", http_status=http_status)


DENIED = fault(FaultClass.FATAL, "AccessDeniedException", 403)
LOST = fault(FaultClass.IN_DOUBT, "ReadTimeoutError", 0)


class MemoryLedger:
    """The calls of one run and what was recorded of them; moves what it is told to move."""

    def __init__(self, *calls):
        self.stored = {each.id: each for each in calls}
        self.moves = []
        self.splits = []
        self.kept = {}
        self.asked = []

    def told(self):
        """Return every move as (call, from, to, why)."""
        return [(each.call, *each.moved, each.why) for each in self.moves]

    async def lanes(self):
        return Counter(each.lane for each in self.stored.values())

    async def ready(self, lane, *, limit, last_row=None, sooner_than=None):
        self.asked.append((lane, limit))
        stored = sorted(self.stored.values(), key=lambda each: (each.turn, each.id))
        latest = math.inf if sooner_than is None else sooner_than
        planned = (each for each in stored if each.lane == lane and each.turn < latest)
        meant = (each for each in planned if last_row is None or min(each.rows) <= last_row)
        return [each for each in meant if each.state is CallState.PLANNED][:limit]

    async def record(self, moves, *, aside=at_once):
        for move in moves:
            self.move(move)
        await aside(lambda: None)
        return [None] * len(moves)

    def move(self, move):
        before = self.stored[move.call]
        assert before.state is move.moved[0]
        self.moves.append(move)
        self.stored[move.call] = replace(
            before,
            state=move.moved[1],
            attempts=before.attempts + move.attempt,
            throttles=before.throttles + move.throttle,
            doubts=before.doubts + (move.moved[1] is CallState.IN_DOUBT),
        )
        if move.result is not None:
            self.kept[move.call] = move.result

    async def split(self, split):
        self.splits.append(split)

    async def counts(self):
        numbers = {row for each in self.stored.values() for row in each.rows}
        return Counter([(await self.result(number)).status for number in sorted(numbers)])

    async def result(self, row):
        carrying = [each for each in self.stored.values() if row in each.rows]
        kept = [self.kept[each.id] for each in carrying if each.id in self.kept]
        return RowResult(
            number=row, key=f"row {row}", target="", action="create", cells=(),
            status=status_of(frozenset(each.state for each in carrying)),
            error_code=kept[-1].error_code if kept else "",
            attempts=sum(each.attempts for each in carrying),
        )  # fmt: skip


class ScriptedClient:
    """Answers each operation with what its list says next; the last answer stays."""

    def __init__(self, answers):
        self.answers = {name: list(said) for name, said in answers.items()}
        self.calls = []
        self.seconds = 0.0

    async def call(self, _service, operation, params):
        self.calls.append((operation, dict(params), anyio.current_time()))
        await anyio.sleep(self.seconds)
        said = self.answers[operation]
        answer = said.pop(0) if len(said) > 1 else said[0]
        return answer if isinstance(answer, Fault) else Reply(data=answer)


class Stand:
    """A run's context around a ledger, and everything that was told."""

    def __init__(self, ledger=None, **answers):
        self.ledger = ledger or MemoryLedger()
        self.client = ScriptedClient(answers)
        self.events = []
        quota = Quota(rate=100.0, burst=100.0, source="a test")
        self.lanes = Lanes(lambda _lane: (quota, Pace(quota)), tell=self.tell)
        self.context = RunContext(
            job=JOB, ledger=self.ledger, targets={"": TARGET}, clients={"": self.client},
            lanes=self.lanes, world=World(now=self.now, chance=lambda: 0.5),
            secrets=lambda _row, _column: "secret", tell=self.tell, token="run",
        )  # fmt: skip

    def now(self):
        return BEGUN + timedelta(seconds=anyio.current_time())

    def tell(self, event, /, **facts):
        self.events.append((event, facts))

    def told(self, name):
        """Return the facts of every event of a name."""
        return [facts for event, facts in self.events if event == name]
