from __future__ import annotations

from dataclasses import replace

import anyio
import pytest

from bulkops.definition.expressions import Saved
from bulkops.definition.job import Polling, Step
from bulkops.definition.kinds.found_things import Col, Find
from bulkops.definition.settling_ways import ByToken, Look
from bulkops.engine.calls.context import RunContext
from bulkops.engine.calls.polls import Work, report_of
from bulkops.ledger.states import CallState
from bulkops.pacing.delays import POLL_MOST, next_poll
from bulkops.pacing.replies import FaultClass, Reply
from tests.engine.stand_ins import CREATE, DENIED, JOB, call, fault
from tests.engine.test_outcomes import Acting

S, A, D = CallState.SENT, CallState.ACCEPTED, CallState.IN_DOUBT
OK, F, U = CallState.SUCCEEDED, CallState.FAILED, CallState.UNKNOWN
GONE = fault(FaultClass.REJECTED, "ResourceNotFoundException", 404)
BUSY = fault(FaultClass.TRANSIENT, "ServiceUnavailable", 503)
CLAIM = Polling(
    operation="DescribePhoneNumber",
    args={"PhoneNumberId": Saved("user_id")},
    path="ClaimedPhoneNumberSummary.PhoneNumberStatus.Status",
    done=("CLAIMED",),
    failed=("FAILED",),
    message="ClaimedPhoneNumberSummary.PhoneNumberStatus.Message",
    most=300,
)
ANSWER = Reply(data={"UserId": "n1", "UserArn": "arn:n1"}, request_id="r1")


def says(state, **more):
    return {"ClaimedPhoneNumberSummary": {"PhoneNumberStatus": {"Status": state, **more}}}


class Waiting(Acting):
    """One sent call whose answer says only that it was accepted."""

    def __init__(self, *heard, state=S, saved=None, **changes):
        given = call(1, CREATE, state=state, attempts=1, saved=saved or {})
        super().__init__(given, DescribePhoneNumber=list(heard))
        step = replace(JOB.step(CREATE), accepted=CLAIM, settle=ByToken(), **changes)
        self.stand.context = RunContext(
            **{
                name: getattr(self.stand.context, name)
                for name in RunContext.__dataclass_fields__
                if name != "job"
            },
            job=replace(JOB, steps=(step, *JOB.steps[1:])),
        )


async def test_accepted_work_is_asked_after_until_it_is_done():
    waiting = Waiting(says("IN_PROGRESS"), says("IN_PROGRESS"), says("CLAIMED"))
    assert await waiting.act(ANSWER) == [(S, A, ""), (A, OK, "CLAIMED")]
    assert [params for _, params, _ in waiting.stand.client.calls] == [
        {"PhoneNumberId": "n1"}
    ] * 3  # no InstanceId: the operation takes none
    assert not waiting.is_held
    assert waiting.statuses() == ["succeeded"]
    assert waiting.ledger.kept[1].saved == {"user_id": "n1", "user_arn": "arn:n1"}


async def test_work_that_fails_fails_its_row_with_the_services_own_words():
    waiting = Waiting(says("FAILED", Message="Out of numbers."))
    assert await waiting.act(ANSWER) == [(S, A, ""), (A, F, "FAILED")]
    kept = waiting.ledger.kept[1]
    assert (kept.error_code, kept.error) == ("FAILED", "Out of numbers.")


async def test_what_takes_longer_than_its_step_allows_stays_accepted_and_is_said():
    waiting = Waiting(says("IN_PROGRESS"))
    assert await waiting.act(ANSWER) == [(S, A, "")]
    assert not waiting.is_held
    assert anyio.current_time() == pytest.approx(CLAIM.most, abs=1)
    (left,) = waiting.stand.told("left")
    assert left["why"] == "accepted, and IN_PROGRESS there after 5 min: a resume asks on"


async def test_an_accepted_call_that_a_dead_process_left_is_asked_after_and_not_sent_again():
    waiting = Waiting(says("CLAIMED"), state=A, saved={"user_id": "n1"})
    assert await waiting.recover() == [(A, OK, "CLAIMED")]
    assert [name for name, _, _ in waiting.stand.client.calls] == ["DescribePhoneNumber"]


async def test_after_a_stop_it_stays_accepted():
    waiting = Waiting(says("CLAIMED"))
    waiting.control.stopping.set()
    assert await waiting.act(ANSWER) == [(S, A, "")]
    assert not waiting.is_held
    assert not waiting.stand.client.calls


async def test_what_can_t_be_read_for_a_while_is_asked_again():
    waiting = Waiting(*[BUSY] * 7, GONE, says("CLAIMED"))
    assert await waiting.act(ANSWER) == [(S, A, ""), (A, OK, "CLAIMED")]


async def test_where_nobody_may_ask_the_target_is_closed_and_the_call_stays_accepted():
    waiting = Waiting(DENIED)
    assert await waiting.act(ANSWER) == [(S, A, "")]
    assert waiting.control.closed[""].operation == "DescribePhoneNumber"
    assert not waiting.is_held


async def test_what_never_comes_to_be_there_is_unknown():
    waiting = Waiting(GONE)
    assert await waiting.act(ANSWER) == [(S, A, ""), (A, U, "nothing is there")]
    assert waiting.statuses() == ["unknown"]


async def test_what_is_found_after_a_lost_answer_is_accepted_and_not_yet_done():
    waiting = Waiting(says("CLAIMED"), state=D)
    step = waiting.stand.context.job.steps[0]
    looking = replace(step, settle=Look(duplicate="DuplicateResourceException"))
    job = replace(waiting.stand.context.job, steps=(looking, *JOB.steps[1:]))
    waiting.stand.context = replace(waiting.stand.context, job=job)
    mine = {"Id": "n1", "Arn": "arn:n1", "Username": "ana", "Tags": {"bulkops:call": "run/1"}}
    waiting.stand.client.answers |= {
        "ListUsers": [{"UserSummaryList": [mine]}],
        "DescribeUser": [{"User": mine}],
    }
    assert await waiting.recover() == [
        (D, A, "it bears this call's tag"),
        (A, OK, "CLAIMED"),
    ]


async def test_progress_says_how_many_are_accepted():
    waiting = Waiting(says("IN_PROGRESS"), says("CLAIMED"))
    said = []
    async with waiting.outcomes() as outcomes:
        await outcomes.act(waiting.lane, waiting.call, ANSWER)
        for _ in range(2):
            await anyio.sleep(0.75)
            said.append(outcomes._tally.waits.facts(anyio.current_time()))
    assert [(facts["waiting"], facts["accepted"]) for facts in said] == [(1, 1)] * 2
    assert said[0]["waits_for"] == "CreateUser of row 1 is accepted; again in 1 s"
    assert (
        said[1]["waits_for"] == "CreateUser of row 1 is accepted, IN_PROGRESS there; again in 1 s"
    )


@pytest.mark.parametrize(
    ("heard", "gone", "work"),
    [
        ({"Status": "ACTIVE"}, False, Work.DONE),
        ({"Status": "CREATING"}, True, Work.UNDER_WAY),
        ({"Status": "BROKEN"}, False, Work.FAILED),
        ({}, False, Work.UNDER_WAY),
        (None, False, Work.ABSENT),
        (None, True, Work.DONE),
    ],
)
def test_what_a_poll_says_of_the_work(heard, gone, work):
    polling = Polling(
        operation="DescribeUser",
        args={"UserId": Find("user", Col("username"))},
        path="Status",
        done=("ACTIVE",),
        failed=("BROKEN",),
        gone=gone,
    )
    assert report_of(polling, heard).work is work


def test_polls_grow_rarer_up_to_a_minute():
    assert [next_poll(waited) for waited in (0, 4, 1e9)] == [1, 2, POLL_MOST]


def test_a_step_without_polling_keeps_its_digest():
    assert Step(operation="CreateUser", args={}).accepted is None
