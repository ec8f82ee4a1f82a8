from __future__ import annotations

from dataclasses import replace

import anyio
import pytest

from bulkops.engine.calls.conductor import Conductor
from bulkops.engine.calls.group_commit import COMPANY_SECONDS, MOST, GroupCommit
from bulkops.engine.calls.recorder import Recorder
from bulkops.engine.run_limits import RunLimits
from bulkops.engine.signals import Control, Stop
from bulkops.errors import LedgerError
from bulkops.ledger.aside import at_once
from bulkops.ledger.call_changes import Move, StaleMoveError
from bulkops.ledger.loss import RecordGoneError
from bulkops.ledger.states import CallState
from bulkops.pacing.replies import Reply
from tests.engine.stand_ins import CREATE, JOB, MOVE, PUT, MemoryLedger, Stand, call

P, S, OK = CallState.PLANNED, CallState.SENT, CallState.SUCCEEDED
MADE = {"UserId": "u1", "UserArn": "arn:u1"}
DISK = 0.005


class SlowLedger(MemoryLedger):
    """Notes each commit, with the time at which it is on the disk; refuses what it is told to."""

    def __init__(self, *calls, seconds=DISK):
        super().__init__(*calls)
        self.seconds = seconds
        self.commits = []
        self.refused = {}
        self.broken = None

    async def record(self, moves, *, aside):
        if self.broken is not None:
            raise self.broken
        moves = list(moves)
        failures = [self.refused.get((move.call, move.moved[1])) for move in moves]
        for move, failure in zip(moves, failures, strict=True):
            if failure is None:
                self.move(move)
        await aside(lambda: None)
        await anyio.sleep(self.seconds)
        self.commits.append((anyio.current_time(), [(each.call, each.moved[1]) for each in moves]))
        return failures

    async def doubtful(self):
        return []

    def groups(self):
        return [moves for _, moves in self.commits]

    def on_disk(self, number, state):
        """Return when a move was on the disk."""
        return next(at for at, moves in self.commits if (number, state) in moves)


def sending(number):
    return Move(number, (P, S), at="t")


def planned(count, step=CREATE):
    return [call(number, step, rows=(number,)) for number in range(1, count + 1)]


async def recorded(commits, *moves, apart=0.0, **how):
    """Record moves, each so long after the one before; return the loop's time at each one's end."""
    ends = {}

    async def record(move):
        await commits.record(move, **how)
        ends[move.call] = anyio.current_time()

    async with anyio.create_task_group() as tasks:
        for move in moves:
            tasks.start_soon(record, move)
            await anyio.sleep(apart)
    return ends


def commits_of(ledger):
    return GroupCommit(ledger, at_once)


async def conducted(ledger, control=None, **answers):
    stand = Stand(ledger, **answers)
    control = control or Control()
    await Conductor(stand.context, control, RunLimits()).conduct()
    return stand, control


async def test_one_alone_is_committed_at_once():
    ledger = SlowLedger(*planned(2))
    began = anyio.current_time()
    ends = await recorded(commits_of(ledger), sending(1), sending(2), apart=0.5)
    assert ends[1] - began == pytest.approx(DISK, abs=1e-4)
    assert ends[2] - began == pytest.approx(0.5 + DISK, abs=1e-4)
    assert ledger.groups() == [[(1, S)], [(2, S)]]


async def test_what_is_ready_while_the_disk_is_busy_is_the_next_commit_in_its_order():
    ledger = SlowLedger(*planned(9))
    await recorded(commits_of(ledger), *map(sending, range(1, 10)), apart=0.0001)
    first, second = ledger.groups()
    assert [*first, *second] == [(number, S) for number in range(1, 10)]
    assert len(first) == 1


async def test_where_moves_come_thick_one_waits_a_little_for_the_next():
    ledger = SlowLedger(*planned(4), seconds=0.0)
    began = anyio.current_time()
    ends = await recorded(
        commits_of(ledger), *map(sending, range(1, 5)), apart=COMPANY_SECONDS * 0.4
    )
    assert ledger.groups() == [[(1, S)], [(2, S), (3, S), (4, S)]]
    assert ends[4] - began <= COMPANY_SECONDS * 1.4 + 0.0001


async def test_a_commit_has_no_more_than_its_most():
    ledger = SlowLedger(*planned(3 * MOST))
    await recorded(commits_of(ledger), *map(sending, range(1, 3 * MOST + 1)))
    sizes = [len(moves) for moves in ledger.groups()]
    assert max(sizes) == MOST
    assert sum(sizes) == 3 * MOST


async def test_what_is_hurried_waits_for_no_company_and_takes_those_along_that_do():
    ledger = SlowLedger(*planned(3), seconds=0.0)
    commits = commits_of(ledger)
    await commits.record(sending(1))
    began = anyio.current_time()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(commits.record, sending(2))
        await anyio.sleep(COMPANY_SECONDS / 4)
        assert len(ledger.commits) == 1
        await commits.record(sending(3), hurried=True)
    assert anyio.current_time() - began < COMPANY_SECONDS / 2
    assert ledger.groups() == [[(1, S)], [(2, S), (3, S)]]


async def test_of_lone_moves_there_is_one_to_a_commit():
    ledger = SlowLedger(*planned(4))
    await recorded(commits_of(ledger), *map(sending, range(1, 5)), lone=True)
    assert ledger.groups() == [[(number, S)] for number in range(1, 5)]


async def test_one_that_is_refused_fails_alone():
    ledger = SlowLedger(*planned(3))
    ledger.refused[2, S] = StaleMoveError("it is somewhere else")
    commits = commits_of(ledger)
    failed = []

    async def record(number):
        try:
            await commits.record(sending(number))
        except LedgerError as error:
            failed.append((number, str(error)))

    async with anyio.create_task_group() as tasks:
        for number in (1, 2, 3):
            tasks.start_soon(record, number)
    assert failed == [(2, "it is somewhere else")]
    assert {number for number, each in ledger.stored.items() if each.state is S} == {1, 3}


async def test_nobody_takes_a_commit_that_broke_for_done():
    ledger = SlowLedger(*planned(3))
    ledger.broken = LedgerError("the disk failed")
    commits = commits_of(ledger)
    failed = []

    async def record(number):
        try:
            await commits.record(sending(number))
        except LedgerError:
            failed.append(number)

    async with anyio.create_task_group() as tasks:
        for number in (1, 2, 3):
            tasks.start_soon(record, number)
    assert failed == [1, 2, 3]
    assert repr(commits) == "<GroupCommit 0 gathered>"


async def test_who_is_cancelled_while_he_waits_is_so_once_his_move_is_on_the_disk():
    ledger = SlowLedger(*planned(2))
    commits = commits_of(ledger)
    ended = []

    async def record(number):
        try:
            await commits.record(sending(number))
            await anyio.sleep(1)
        finally:
            ended.append((number, anyio.current_time() - began))

    began = anyio.current_time()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(record, 1)
        tasks.start_soon(record, 2)
        await anyio.sleep(DISK / 2)
        tasks.cancel_scope.cancel()
    assert all(seconds >= DISK for _, seconds in ended)
    assert {number for number, _ in ended} == {1, 2} == {each.call for each in ledger.moves}


async def test_no_request_leaves_before_its_intent_is_on_the_disk_and_none_waits_for_another():
    lanes = [*planned(20), *(call(n, MOVE, rows=(n,)) for n in range(21, 41))]
    ledger = SlowLedger(*lanes)
    stand, _ = await conducted(ledger, CreateUser=[MADE], UpdateUserRoutingProfile=[{}])
    left = {("CreateUser", n): at for n, (_, _, at) in enumerate(_of(stand, "CreateUser"), 1)}
    left |= {("Move", n): at for n, (_, _, at) in enumerate(_of(stand, "UpdateUser"), 21)}
    assert len(left) == 40
    # calls of a lane leave in the order of the plan
    assert all(ledger.on_disk(number, S) <= at for (_, number), at in left.items())
    assert len(ledger.commits) < 40 / 4
    assert any(len({number > 20 for number, _ in moves}) == 2 for moves in ledger.groups())
    assert {each.state for each in ledger.stored.values()} == {OK}


def _of(stand, operation):
    return [each for each in stand.client.calls if each[0].startswith(operation)]


async def test_the_next_call_is_let_go_while_the_disk_has_the_intent_of_the_one_before():
    ledger = SlowLedger(*planned(50), seconds=1.0)
    stand, _ = await conducted(ledger, CreateUser=[MADE])
    assert stand.client.calls[-1][2] < 3 * 1.0


@pytest.mark.parametrize(("step", "tags", "soon"), [
    (PUT, True, True), (CREATE, False, True), (CREATE, True, False), (MOVE, False, False),
])  # fmt: skip
async def test_what_no_look_would_find_again_waits_for_no_company(step, tags, soon):
    ledger = SlowLedger(*planned(1, step), seconds=0.0)
    stand = Stand(ledger)
    record = Recorder(replace(stand.context, call_tags=tags), lambda _call, _state: None)
    sent = await record.sent(planned(1, step)[0])
    began = anyio.current_time()
    await record.succeeded(sent, JOB.step(step), Reply(data=MADE))
    assert (anyio.current_time() - began < COMPANY_SECONDS / 2) is soon


async def test_of_what_no_look_would_find_one_intent_at_a_time_is_on_its_way_to_the_disk():
    ledger = SlowLedger(*planned(10, PUT))
    await conducted(ledger, PutUserStatus=[{}])
    intents = [sum(state is S for _, state in moves) for moves in ledger.groups()]
    assert max(intents) == 1
    assert sum(intents) == 10


async def test_a_second_signal_puts_back_what_has_not_left():
    ledger, control = SlowLedger(*planned(5), seconds=1.0), Control()
    stand = Stand(ledger, CreateUser=[MADE])
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(Conductor(stand.context, control, RunLimits()).conduct)
        await anyio.sleep(0.5)
        control.interrupt(Stop.INTERRUPTED)
        control.interrupt(Stop.INTERRUPTED)
    assert stand.client.calls == []
    assert {each.state for each in ledger.stored.values()} == {P}
    assert {each.attempts for each in ledger.stored.values()} == {0}
    assert {why for _, before, _, why in ledger.told() if before is S} == {"not sent"}


async def test_a_first_signal_lets_go_what_is_written_down_and_no_more():
    ledger, control = SlowLedger(*planned(300), seconds=1.0), Control()
    stand = Stand(ledger, CreateUser=[MADE])
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(Conductor(stand.context, control, RunLimits()).conduct)
        await anyio.sleep(0.5)
        control.interrupt(Stop.INTERRUPTED)
    sent = {number for moves in ledger.groups() for number, state in moves if state is S}
    assert 0 < len(stand.client.calls) == len(sent) < 300
    assert {ledger.stored[number].state for number in sent} == {OK}
    lane = stand.context.lane(call(1).lane)
    for _ in range(200):  # every place in flight was given back
        lane._slots.acquire_nowait()


async def test_where_the_record_is_gone_no_intent_of_a_commit_counts_and_every_outcome_does():
    ledger, control = SlowLedger(*planned(300)), Control()
    stand = Stand(ledger, CreateUser=[MADE])
    gone = {(number, S): RecordGoneError("it was deleted") for number in range(20, 301)}
    ledger.refused = gone
    await Conductor(stand.context, control, RunLimits()).conduct()
    assert control.reason is Stop.RECORD_GONE
    assert len(stand.client.calls) == 19
    states = [ledger.stored[number].state for number in range(1, 301)]
    assert states == [OK] * 19 + [P] * 281


async def test_what_is_on_its_way_to_the_disk_is_told_as_pending():
    ledger = SlowLedger(*planned(20), seconds=0.4)
    stand, _ = await conducted(ledger, CreateUser=[MADE])
    told = stand.told("progress")
    assert len(told) >= 2
    assert {facts["unknown"] for facts in told} == {0}


async def test_who_watches_is_told_of_a_move_when_it_can_be_seen_and_again_where_it_fails():
    ledger = SlowLedger(*planned(2))
    ledger.refused[2, S] = RecordGoneError("it was deleted")
    seen = []
    record = Recorder(Stand(ledger).context, lambda each, state: seen.append((each.id, state)))
    first, second = planned(2)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(record.sent, first)
        await anyio.sleep(DISK / 2)
        assert seen == [(1, S)]
        assert not ledger.commits
    with pytest.raises(RecordGoneError):
        await record.sent(second)
    assert seen == [(1, S), (2, S), (2, P)]
