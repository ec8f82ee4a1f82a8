from __future__ import annotations

import itertools

import pytest

from bulkops.ledger.call_changes import Move, Reopening, Split
from bulkops.ledger.records import Result, RowResult
from bulkops.ledger.states import CallState, RowStatus, status_of
from bulkops.planning.plan import Action, Change
from bulkops.problems import Address, Problem, Severity
from tests.ledger.plans import BATCH, CREATE, UPDATE, at, call, listed, row

P, S, D = CallState.PLANNED, CallState.SENT, CallState.IN_DOUBT
OK, F, U = CallState.SUCCEEDED, CallState.FAILED, CallState.UNKNOWN
A = CallState.ACCEPTED
PATHS = {P: (P,), S: (P, S), D: (P, S, D), OK: (P, S, OK), F: (P, S, F), U: (P, S, D, U)} | {
    A: (P, S, A)
}


def problem(severity=Severity.ERROR):
    return Problem(
        code="exists",
        message="It is there, but different.",
        address=Address(file="users.xlsx"),
        advice="Use --on-exists update.",
        severity=severity,
    )


@pytest.mark.parametrize(
    ("planned", "status", "code"),
    [
        (row(2, action=Action.NONE), RowStatus.UNCHANGED, ""),
        (row(2, action=Action.SKIP), RowStatus.SKIPPED, ""),
        (row(2, action=Action.CONFLICT, problem=problem()), RowStatus.FAILED, "exists"),
        (row(2, action=Action.CREATE, problem=problem()), RowStatus.INVALID, "exists"),
        (row(2, CREATE, problem=problem(Severity.WARNING)), RowStatus.PENDING, ""),
    ],
)
async def test_the_plan_fixes_the_end_of_rows_that_it_sends_nothing_for(
    ledger, planned, status, code
):
    await ledger.load([planned])
    (found,) = await listed(ledger.results())
    assert (found.status, found.error_code) == (status, code)
    if code:
        assert found.error == "It is there, but different."
        assert found.hint == "Use --on-exists update."
    assert (found.started_at, found.finished_at, found.attempts) == ("", "", 0)
    assert await ledger.counts() == {status: 1}


async def test_a_row_that_succeeded_has_all_that_the_reports_show(ledger):
    changes = (Change(field="ACW", old="", new="30"), Change(field="phone", old="x", new="y"))
    await ledger.load([row(2, CREATE, UPDATE, changes=changes, thing=("old-id", "old-arn"))])
    before = await ledger.result(2)
    assert (before.id, before.arn) == ("old-id", "old-arn")
    await ledger.move(Move(1, (P, S), at=at(1), attempt=1))
    await ledger.move(Move(1, (S, P), at=at(2), attempt=-1, throttle=1))
    await ledger.move(Move(1, (P, S), at=at(3), attempt=1))
    saved = {"user_id": "u", "other_id": "o", "user_arn": "arn:u", "name": "n"}
    await ledger.move(Move(1, (S, OK), at=at(4), result=Result(saved=saved, request_id="r1")))
    await ledger.move(Move(2, (P, S), at=at(5), attempt=1))
    last = Result(saved={"late_id": "l"}, request_id="r2", http_status=200)
    await ledger.move(Move(2, (S, OK), at=at(6), result=last))
    assert await listed(ledger.results()) == [
        RowResult(
            number=2,
            key="agent2",
            target="",
            status=RowStatus.SUCCEEDED,
            action="create",
            cells=("agent2",),
            id="u",
            arn="arn:u",
            changes="ACW: ∅ → 30; phone: x → y",
            http_status=200,
            request_id="r2",
            attempts=2,
            started_at=at(1),
            finished_at=at(6),
        )
    ]


async def test_the_call_that_failed_a_row_speaks_for_it(ledger):
    await ledger.load([row(2, CREATE), call(BATCH, 2), call(UPDATE, 2)])
    fault = Result(error_code="Bad", error="no", hint="fix", http_status=400, request_id="r")
    for number, outcome in ((1, Result(request_id="first")), (2, fault), (3, Result())):
        await ledger.move(Move(number, (P, S), at=at(number), attempt=1))
        ended = F if outcome is fault else OK
        await ledger.move(Move(number, (S, ended), at=at(number + 3), result=outcome))
    found = await ledger.result(2)
    assert (found.status, found.error_code, found.error) == (F, "Bad", "no")
    others = "Of this row's other calls took effect: CreateUser, UpdateUserPhoneConfig."
    assert found.hint == f"fix {others}"
    assert (found.http_status, found.request_id, found.finished_at) == (400, "r", at(6))


@pytest.mark.parametrize("states", list(itertools.product(CallState, repeat=2)))
async def test_a_row_has_the_status_that_its_calls_states_give(ledger, states):
    await ledger.load([row(2), call(BATCH, 2), call(UPDATE, 2)])
    for number, state in enumerate(states, start=1):
        for moved in itertools.pairwise(PATHS[state]):
            await ledger.move(Move(number, moved, at=at(number)))
    status = status_of(frozenset(states))
    found = await ledger.result(2)
    assert found.status is status
    assert await ledger.counts() == {status: 1}
    over = status is not RowStatus.PENDING and not set(states) & {S, D, A}
    assert bool(found.finished_at) == over


async def test_accepted_work_is_pending_keeps_what_was_answered_and_says_how_it_is_gone_on_with(
    ledger,
):
    await ledger.load([row(2, CREATE)])
    await ledger.move(Move(1, (P, S), at=at(1), attempt=1))
    answered = Result(saved={"number_id": "n"}, http_status=200, request_id="r1")
    await ledger.move(Move(1, (S, A), at=at(2), result=answered))
    found = await ledger.result(2)
    assert (found.status, found.id, found.finished_at) == (RowStatus.PENDING, "n", "")
    assert "bulkops resume" in found.hint
    assert [call.state async for call in ledger.calls()] == [A]
    assert [call.id for call in await ledger.doubtful()] == [1]
    assert await ledger.standing() == 1
    await ledger.move(Move(1, (A, OK), at=at(3)))
    found = await ledger.result(2)
    assert (found.status, found.id, found.request_id) == (RowStatus.SUCCEEDED, "n", "r1")


async def test_work_that_came_to_nothing_fails_its_row_with_what_the_service_says(ledger):
    await ledger.load([row(2, CREATE)])
    await ledger.move(Move(1, (P, S), at=at(1), attempt=1))
    await ledger.move(Move(1, (S, A), at=at(2), result=Result(saved={"number_id": "n"})))
    kept = Result(error_code="FAILED", error="No stock.")
    await ledger.move(Move(1, (A, F), at=at(3), why="FAILED", result=kept))
    found = await ledger.result(2)
    assert (found.status, found.error_code, found.error) == (F, "FAILED", "No stock.")


async def test_a_doubt_is_told_with_what_is_known_of_it(ledger):
    await ledger.load([row(2, CREATE)])
    await ledger.move(Move(1, (P, S), at=at(1), attempt=1))
    await ledger.move(Move(1, (S, D), at=at(2), result=Result(error_code="ReadTimeout")))
    found = await ledger.result(2)
    assert (found.status, found.error_code, found.finished_at) == ("unknown", "ReadTimeout", "")


async def test_results_follow_the_sheet_and_not_the_plan(ledger):
    await ledger.load([row(9, CREATE), call(BATCH, 4, 2), row(4), row(2)])
    assert [found.number async for found in ledger.results()] == [2, 4, 9]


async def test_a_row_that_is_not_there_has_no_result(ledger):
    with pytest.raises(KeyError):
        await ledger.result(1)
    assert await listed(ledger.results()) == []


async def test_moves_may_go_on_while_results_are_read(ledger):
    await ledger.load([row(number, CREATE) for number in range(1, 1203)])
    seen = 0
    async for found in ledger.results():
        await ledger.move(Move(found.number, (P, S), at=at(0)))
        seen += 1
    assert seen == 1202
    assert await ledger.counts() == {RowStatus.UNKNOWN: 1202}


async def test_attempts_are_the_requests_that_carried_a_row_over_all_its_calls(ledger):
    parts = [call(BATCH, 2), call(BATCH, 3)]
    await ledger.load([row(2, CREATE), row(3), call(BATCH, 2, 3), call(UPDATE, 2)])
    (batch,) = [each.id async for each in ledger.calls(P) if each.operation == BATCH[2]]
    # the row's own call was throttled, and sent twice: a throttled one counts for nothing
    await ledger.move(Move(1, (P, S), at=at(1), attempt=1))
    await ledger.move(Move(1, (S, P), at=at(2), attempt=-1, throttle=1))
    for outcome in (P, OK):
        await ledger.move(Move(1, (P, S), at=at(3), attempt=1))
        await ledger.move(Move(1, (S, outcome), at=at(4)))
    # a request that rows share counts for each of them, and so does their own part of it later
    await ledger.move(Move(batch, (P, S), at=at(5), attempt=1))
    await ledger.split(Split(batch, parts, at=at(6), why="Bad"))
    assert [each.attempts for each in await listed(ledger.results())] == [3, 1]
    planned = [each async for each in ledger.calls(P)]
    own = [each.id for each in planned if each.operation == BATCH[2]]
    (update,) = (each.id for each in planned if each.operation == UPDATE[2])
    for number in own:
        await ledger.move(Move(number, (P, S), at=at(7), attempt=1))
        await ledger.move(Move(number, (S, F), at=at(8), result=Result(error_code="Bad")))
    await ledger.move(Move(update, (P, S), at=at(9), attempt=1))
    await ledger.move(Move(update, (S, OK), at=at(10)))
    assert [each.attempts for each in await listed(ledger.results())] == [5, 2]
    # a retry gives its calls their attempts anew; what succeeded keeps its own
    await ledger.reopen(Reopening(own, at=at(11), why="retry"))
    assert [each.attempts for each in await listed(ledger.results())] == [3, 0]
