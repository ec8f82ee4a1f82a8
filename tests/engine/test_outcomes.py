from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace

import anyio
import pytest

from bulkops.definition.job import Step
from bulkops.definition.kinds.found_things import Col
from bulkops.engine.calls.conductor import Conductor
from bulkops.engine.calls.outcomes import Outcomes
from bulkops.engine.calls.queue import CallQueue
from bulkops.engine.calls.recorder import Recorder, incomplete
from bulkops.engine.calls.tally import Tally
from bulkops.engine.run_limits import RunLimits
from bulkops.engine.signals import Control, Stop
from bulkops.ledger.states import CallState
from bulkops.pacing.replies import FaultClass, Reply
from tests.engine.stand_ins import (
    ASSOCIATE,
    CREATE,
    DELETE,
    DENIED,
    LOST,
    MOVE,
    PUT,
    MemoryLedger,
    Stand,
    call,
    fault,
    queue_config,
)

P, S, D = CallState.PLANNED, CallState.SENT, CallState.IN_DOUBT
OK, F, U = CallState.SUCCEEDED, CallState.FAILED, CallState.UNKNOWN

MINE = {"bulkops:call": "run/1"}
ANA = {"Id": "u1", "Arn": "arn:u1", "Username": "ana", "RoutingProfileId": "p1", "Tags": MINE}
THERE = {"ListUsers": [{"UserSummaryList": [ANA]}], "DescribeUser": [{"User": ANA}]}
NOWHERE = {"ListUsers": [{"UserSummaryList": []}]}
THROTTLE = fault(FaultClass.THROTTLED, "ThrottlingException", 429)
REFUSAL = fault(FaultClass.REJECTED, "DuplicateResourceException", 409)


class Acting:
    """What follows one sent call, with everything around it."""

    def __init__(self, sent, **answers):
        self.call = sent
        self.stand = Stand(MemoryLedger(sent), **answers)
        self.ledger = self.stand.ledger
        self.control = Control()
        self.lane = self.stand.context.lane(sent.lane)
        self.queue = CallQueue(self.ledger, frozenset({sent.lane}), last_row=None)
        self.queue.hold(sent)

    @asynccontextmanager
    async def outcomes(self):
        tally = Tally(self.ledger, self.stand.tell, self.control, None)
        async with anyio.create_task_group() as work:
            yield Outcomes(
                self.stand.context, queue=self.queue, control=self.control, limits=RunLimits(),
                tally=tally, record=Recorder(self.stand.context, tally.moved), work=work,
            )  # fmt: skip

    async def act(self, outcome):
        """Act on what came back, to the end of all that follows; return the moves."""
        async with self.outcomes() as outcomes:
            await outcomes.act(self.lane, self.call, outcome)
        return self.moves()

    async def recover(self):
        async with self.outcomes() as outcomes:
            await outcomes.recover(self.call)
        return self.moves()

    def moves(self):
        return [(before, after, why) for _, before, after, why in self.ledger.told()]

    @property
    def is_held(self):
        """Whether the queue still counts on the call."""
        return not repr(self.queue).endswith(" 0 queued, 0 under way>")

    async def comes_back(self):
        """Return the call as its lane gets it again."""
        with anyio.fail_after(0.001):
            return await self.queue.next(self.call.lane)

    def statuses(self):
        return [facts["status"] for facts in self.stand.told("row")]


def sent(step=CREATE, **more):
    return call(1, step, state=S, **({"attempts": 1} | more))


async def test_a_reply_is_kept_and_its_row_told():
    acting = Acting(sent())
    assert await acting.act(Reply(data={"UserId": "u1", "UserArn": "arn:u1"})) == [(S, OK, "")]
    assert acting.ledger.kept[1].saved == {"user_id": "u1", "user_arn": "arn:u1"}
    assert acting.statuses() == ["succeeded"]
    assert not acting.is_held


@pytest.mark.parametrize("answer", [{}, {"UserId": "u1"}, {"UserId": "", "UserArn": "arn:u1"}])
async def test_a_success_that_lacks_what_the_step_saves_is_a_doubt(answer):
    acting = Acting(sent(), **THERE)
    doubt = (S, D, "ForeignAnswer")
    assert await acting.act(Reply(data=answer)) == [doubt, (D, OK, "it bears this call's tag")]
    assert acting.ledger.kept[1].saved == {"user_id": "u1", "user_arn": "arn:u1"}


def test_a_create_that_is_answered_without_a_word_of_what_it_made_is_a_doubt():
    queue = Step(operation="CreateQueue", args={})  # saves nothing, as in a derived job
    doubt = incomplete("connect", queue, Reply(data={}))
    assert doubt.fault_class is FaultClass.IN_DOUBT
    assert doubt.message == "The answer says success and lacks QueueArn, QueueId."
    assert incomplete("connect", queue, Reply(data={"QueueId": "q"})) is None
    assert incomplete("connect", replace(queue, operation="DeleteQueue"), Reply(data={})) is None


async def test_a_throttle_slows_the_lane_and_costs_no_attempt():
    acting = Acting(sent(attempts=3))
    assert await acting.act(THROTTLE) == [(S, P, "ThrottlingException")]
    assert acting.lane.throttles == 1
    assert (acting.ledger.stored[1].attempts, acting.ledger.stored[1].throttles) == (2, 1)
    assert (await acting.comes_back()).attempts == 2


async def test_what_did_not_act_comes_back_after_a_delay_and_keeps_its_attempts():
    acting = Acting(sent(attempts=2))
    began = anyio.current_time()
    assert await acting.act(fault(FaultClass.TRANSIENT)) == [(S, P, "Some")]
    assert anyio.current_time() - began == pytest.approx(0.5, abs=0.01)  # half of twice 0.5 s
    assert (await acting.comes_back()).attempts == 2


async def test_what_is_harmless_to_repeat_is_in_doubt_only_on_record():
    acting = Acting(sent(MOVE))
    doubt = (S, D, "ReadTimeoutError")
    assert await acting.act(LOST) == [doubt, (D, P, "harmless to repeat")]
    assert (await acting.comes_back()).doubts == 1


async def test_a_doubt_that_looking_can_settle_is_settled():
    acting = Acting(sent(), **THERE)
    doubt = (S, D, "ReadTimeoutError")
    assert await acting.act(LOST) == [doubt, (D, OK, "it bears this call's tag")]
    assert acting.ledger.kept[1].saved == {"user_id": "u1", "user_arn": "arn:u1"}
    assert acting.statuses() == ["succeeded"]
    assert [facts["why"] for facts in acting.stand.told("settled")] == ["it bears this call's tag"]


async def test_what_is_not_found_is_sent_again():
    acting = Acting(sent(), **NOWHERE)
    assert (await acting.act(LOST))[-1] == (D, P, "did not act: sent again")
    assert (await acting.comes_back()).doubts == 1
    assert acting.statuses() == []


async def test_a_refusal_after_a_doubt_counts_as_the_word_that_it_is_there():
    acting = Acting(sent(doubts=1), **NOWHERE)
    moves = await acting.act(REFUSAL)
    assert moves[-1][1] is U
    assert "the service says it is there" in moves[-1][2]
    assert acting.statuses() == ["unknown"]


async def test_where_nobody_may_look_the_run_stops_and_the_doubt_stays():
    acting = Acting(sent(), ListUsers=[DENIED])
    assert await acting.act(LOST) == [(S, D, "ReadTimeoutError")]
    assert acting.control.reason is Stop.FATAL
    assert acting.control.fault == DENIED
    assert not acting.is_held


async def test_a_doubt_with_no_way_to_tell_is_unknown_with_what_was_lost():
    acting = Acting(sent(PUT))
    assert (await acting.act(LOST))[-1] == (D, U, "no way to tell")
    assert acting.ledger.kept[1].error_code == "ReadTimeoutError"
    assert acting.statuses() == ["unknown"]


async def test_before_a_call_is_given_up_its_subject_is_looked_for():
    gone = fault(FaultClass.REJECTED, "ResourceNotFoundException", 404)
    acting = Acting(sent(DELETE), DescribeUser=[gone])
    assert (await acting.act(LOST))[-1] == (D, OK, "it is gone")
    assert acting.statuses() == ["succeeded"]


async def test_a_call_given_up_whose_effect_is_not_seen_is_unknown_and_not_sent_again():
    acting = Acting(sent(DELETE), DescribeUser=[{"User": ANA}])
    why = "not seen to have acted, and not to be sent again"
    assert (await acting.act(LOST))[-1] == (D, U, why)
    assert not acting.is_held


async def test_a_call_given_up_where_nobody_may_look_stays_in_doubt():
    acting = Acting(sent(DELETE), DescribeUser=[DENIED])
    assert await acting.act(LOST) == [(S, D, "ReadTimeoutError")]
    assert acting.control.reason is Stop.FATAL
    assert not acting.is_held


async def test_a_refused_batch_goes_on_in_halves():
    params = {"RoutingProfileId": "p1", "QueueConfigs": [queue_config(q) for q in ("a", "b", "c")]}
    acting = Acting(sent(ASSOCIATE, rows=(4, 5, 6), params=params))
    assert await acting.act(fault(FaultClass.REJECTED, "InvalidParameterException", 400)) == []
    (split,) = acting.ledger.splits
    assert (split.call, split.why) == (1, "InvalidParameterException")
    assert [part.rows for part in split.parts] == [(4,), (5, 6)]
    assert [part.params["QueueConfigs"] for part in split.parts] == [
        [queue_config("a")],
        [queue_config("b"), queue_config("c")],
    ]
    assert acting.stand.told("split") == [{"rows": 3, "code": "InvalidParameterException"}]
    assert not acting.is_held
    assert acting.statuses() == []


async def test_what_every_row_would_meet_stops_the_run_and_fails_no_row():
    acting = Acting(sent())
    assert await acting.act(DENIED) == [(S, P, "AccessDeniedException")]
    assert (acting.control.reason, acting.control.operation) == (Stop.FATAL, "CreateUser")
    assert acting.control.fault == DENIED
    assert not acting.is_held


async def test_a_quota_that_is_used_up_closes_its_lane_alone():
    full = fault(FaultClass.EXHAUSTED, "LimitExceededException", 429)
    acting = Acting(sent())
    assert await acting.act(full) == [(S, P, "LimitExceededException")]
    assert acting.control.reason is None
    assert acting.control.exhausted == {acting.call.lane: full}
    assert acting.queue.lanes == ()
    assert not acting.is_held


async def test_a_refusal_fails_the_row_with_what_helps():
    acting = Acting(sent())
    assert await acting.act(REFUSAL) == [(S, F, "DuplicateResourceException")]
    kept = acting.ledger.kept[1]
    assert (kept.error, kept.http_status) == ("No.", 409)
    assert "--on-exists" in kept.hint
    assert acting.statuses() == ["failed"]
    assert not acting.is_held


@pytest.mark.parametrize("outcome", [fault(FaultClass.TRANSIENT), LOST])
async def test_after_a_stop_nothing_is_waited_for_or_looked_at(outcome):
    acting = Acting(sent())
    acting.control.stop(Stop.INTERRUPTED)
    began = anyio.current_time()
    moves = await acting.act(outcome)
    assert len(moves) == 1
    assert anyio.current_time() - began < 0.01
    assert acting.stand.client.calls == []
    assert not acting.is_held


FOUND = (S, D, "found at start")


async def test_what_a_dead_process_had_sent_is_in_doubt_and_then_settled():
    acting = Acting(sent(), **THERE)
    assert await acting.recover() == [FOUND, (D, OK, "it bears this call's tag")]
    assert acting.statuses() == ["succeeded"]


async def test_a_doubt_on_record_is_not_recorded_twice():
    acting = Acting(replace(sent(doubts=1), state=D), **THERE)
    assert await acting.recover() == [(D, OK, "it bears this call's tag")]


AS_SENT = {"User": ANA}
OLD = {"UserId": "u1", "RoutingProfileId": "p0"}


async def test_a_value_that_a_dead_process_had_set_is_not_set_again():
    acting = Acting(sent(MOVE, undo=OLD), DescribeUser=[AS_SENT])
    assert await acting.recover() == [FOUND, (D, OK, "found as it was sent")]


async def test_a_value_that_a_dead_process_had_not_set_is_set_again():
    before = {"User": {**ANA, "RoutingProfileId": "p0"}}
    acting = Acting(sent(MOVE, undo=OLD), DescribeUser=[before])
    assert await acting.recover() == [FOUND, (D, P, "did not act: sent again")]
    assert (await acting.comes_back()).doubts == 1


async def test_a_value_that_somebody_else_has_set_since_a_process_died_is_not_overwritten():
    theirs = {"User": {**ANA, "RoutingProfileId": "p9"}}
    acting = Acting(sent(MOVE, undo=OLD), DescribeUser=[theirs])
    assert (await acting.recover())[-1][1] is U
    assert acting.statuses() == ["unknown"]


async def test_who_may_not_look_sets_a_value_again():
    acting = Acting(sent(MOVE, undo=OLD), DescribeUser=[DENIED])
    assert await acting.recover() == [FOUND, (D, P, "harmless to repeat")]
    assert acting.control.closed == {}


@pytest.mark.parametrize(
    "trouble",
    [fault(FaultClass.FATAL, "ExpiredTokenException", 403), fault(FaultClass.TRANSIENT, "Away", 0)],
)
async def test_a_value_that_can_t_be_looked_at_by_now_is_not_set_over_what_may_be_there(trouble):
    acting = Acting(sent(MOVE, undo=OLD), DescribeUser=[trouble])
    assert await acting.recover() == [FOUND]
    assert acting.control.closed.keys() == {""}
    assert not acting.is_held


async def test_what_a_dead_process_left_is_looked_for_before_it_is_given_up():
    gone = fault(FaultClass.REJECTED, "ResourceNotFoundException", 404)
    acting = Acting(sent(DELETE), DescribeUser=[gone])
    assert await acting.recover() == [FOUND, (D, OK, "it is gone")]


async def test_what_is_waited_for_is_told_until_it_is_over():
    acting = Acting(sent(), **NOWHERE)
    acting.stand.client.seconds = 0.5
    said = []
    async with acting.outcomes() as outcomes, anyio.create_task_group() as tasks:
        await outcomes.act(acting.lane, acting.call, LOST)

        async def watch():
            for _ in range(3):
                await anyio.sleep(0.4)
                said.append(outcomes._tally.waits.facts(anyio.current_time()))

        tasks.start_soon(watch)
    looking = "looking whether CreateUser of row 1 took effect"
    assert [facts["waits_for"] for facts in said] == [
        looking, f"{looking}; again in 1 s", looking,
    ]  # fmt: skip
    assert {facts["waiting"] for facts in said} == {1}
    assert outcomes._tally.waits.facts(0.0) == {"waiting": 0, "accepted": 0, "waits_for": ""}


async def test_a_delay_is_waited_for_too():
    acting = Acting(sent(rows=(4, 5), attempts=3))
    async with acting.outcomes() as outcomes:
        await outcomes.act(acting.lane, acting.call, fault(FaultClass.TRANSIENT, "Busy"))
        await anyio.sleep(0.001)
        told = outcomes._tally.waits.facts(anyio.current_time())
    assert told == {
        "waiting": 1,
        "accepted": 0,
        "waits_for": "CreateUser of 2 rows from row 4 met Busy; again in 1 s",
    }


async def test_what_a_dead_process_left_with_no_way_to_tell_is_unknown():
    acting = Acting(sent(PUT))
    assert await acting.recover() == [FOUND, (D, U, "no way to tell")]
    assert "does not tell" in acting.ledger.kept[1].error
    assert acting.statuses() == ["unknown"]


async def test_a_whole_run_tells_how_long_each_row_took():
    ledger = MemoryLedger(call(1), call(2, rows=(2,)))
    made = {"UserId": "u1", "UserArn": "arn:u1"}
    stand = Stand(ledger, CreateUser=[THROTTLE, made])
    stand.client.seconds = 0.2
    ledger.doubtful = _nothing
    await Conductor(stand.context, Control(), RunLimits()).conduct()
    took = {facts["row"]: facts["ms"] for facts in stand.told("row")}
    assert took[2] == pytest.approx(200, abs=5)
    assert took[1] >= 400  # its first answer was a throttle


async def _nothing():
    return []


async def test_what_a_reply_shows_is_kept_where_it_is_there_and_missed_where_it_is_not():
    step = Step(
        operation="CreateUser",
        args={"Username": Col("username")},
        shows={"made_id": "User.UserId", "made_arn": "User.Arn"},
    )
    saved = []
    for answer in ({"User": {"UserId": "u1"}, "Path": "/"}, {"User": None}):
        stand = Stand(MemoryLedger(sent()))
        recorder = Recorder(stand.context, lambda *_: None)
        await recorder.succeeded(sent(), step, Reply(data=answer))
        saved.append(stand.ledger.kept[1].saved)
    assert saved == [{"made_id": "u1"}, {}]
    assert incomplete("iam", step, Reply(data={"User": {"Path": "/"}})) is None
