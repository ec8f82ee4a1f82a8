from __future__ import annotations

import pytest

from bulkops.definition.settling_ways import Again, ByToken, Look, Never
from bulkops.engine.calls.next_move import LAG_ATTEMPTS, NETWORK_ATTEMPTS, Next, decide
from bulkops.pacing.replies import Fault, FaultClass


def fault(fault_class, code="Some", http_status=503):
    return Fault(fault_class=fault_class, code=code, message="", http_status=http_status)


def decided(fault, **changed):
    usual = {
        "settle": Again(),
        "rows": 1,
        "attempts": 1,
        "doubts": 0,
        "fresh": False,
        "seen": True,
        "max_attempts": 5,
    }
    return decide(fault, **(usual | changed))


@pytest.mark.parametrize(
    ("fault_class", "expected"),
    [
        (FaultClass.THROTTLED, Next.REQUEUE),
        (FaultClass.FATAL, Next.STOP),
        (FaultClass.EXHAUSTED, Next.CLOSE),
        (FaultClass.TRANSIENT, Next.AGAIN),
        (FaultClass.REJECTED, Next.FAIL),
    ],
)
def test_each_class_of_failure_gets_its_own_treatment(fault_class, expected):
    assert decided(fault(fault_class)) is expected


def test_a_transient_failure_fails_the_row_at_the_last_attempt():
    assert decided(fault(FaultClass.TRANSIENT), attempts=4) is Next.AGAIN
    assert decided(fault(FaultClass.TRANSIENT), attempts=5) is Next.FAIL


def test_a_network_that_stays_away_stops_the_run_and_fails_no_row():
    away = fault(FaultClass.TRANSIENT, "EndpointConnectionError", http_status=0)
    assert decided(away, attempts=NETWORK_ATTEMPTS - 1) is Next.AGAIN
    assert decided(away, attempts=NETWORK_ATTEMPTS) is Next.STOP


@pytest.mark.parametrize(
    ("settle", "expected"),
    [
        (Again(), Next.REPEAT),
        (ByToken(), Next.REPEAT),
        (Look(), Next.SETTLE),
        (Never(), Next.GIVE_UP),
    ],
)
def test_a_doubt_is_settled_as_the_step_says(settle, expected):
    assert decided(fault(FaultClass.IN_DOUBT), settle=settle) is expected


def test_a_doubt_that_can_be_repeated_is_given_up_at_the_last_attempt():
    assert decided(fault(FaultClass.IN_DOUBT), attempts=5) is Next.GIVE_UP


def test_a_throttle_never_ends_a_call_however_many_attempts_it_had():
    assert decided(fault(FaultClass.THROTTLED), attempts=99) is Next.REQUEUE


def test_a_rejected_batch_is_split_and_a_single_row_fails():
    assert decided(fault(FaultClass.REJECTED), rows=10) is Next.SPLIT
    assert decided(fault(FaultClass.REJECTED), rows=1) is Next.FAIL


REFUSED = fault(FaultClass.REJECTED, "InvalidParameterException", 400)


@pytest.mark.parametrize("settle", [Again(), Look(duplicate="Taken"), Never()])
def test_a_refusal_after_a_doubt_does_not_say_that_it_did_not_act(settle):
    assert decided(REFUSED, settle=settle, doubts=1) is Next.SETTLE
    assert decided(REFUSED, settle=settle, doubts=0) is Next.FAIL


def test_where_nothing_is_to_be_looked_at_a_refusal_after_a_doubt_is_given_up():
    assert decided(REFUSED, doubts=1, seen=False) is Next.GIVE_UP


def test_a_repeated_token_is_answered_like_the_first():
    assert decided(REFUSED, settle=ByToken(), doubts=1, seen=False) is Next.FAIL
    assert decided(REFUSED, settle=ByToken(), doubts=1, rows=2) is Next.SPLIT


def test_a_batch_that_is_refused_after_a_doubt_is_looked_at_once_and_then_halved():
    assert decided(REFUSED, settle=Look(), doubts=1, rows=10) is Next.SETTLE
    assert decided(REFUSED, settle=Look(), doubts=2, rows=10) is Next.SPLIT
    assert decided(REFUSED, settle=Look(), doubts=2, rows=1) is Next.SETTLE


@pytest.mark.parametrize("settle", [Again(), ByToken()])
def test_a_repeat_that_stays_busy_says_nothing_of_the_sending_that_was_in_doubt(settle):
    busy = fault(FaultClass.TRANSIENT, "ConflictException", 409)
    assert decided(busy, settle=settle, doubts=1, attempts=5) is Next.GIVE_UP
    assert decided(busy, settle=settle, doubts=0, attempts=5) is Next.FAIL


def test_what_an_earlier_step_made_may_not_be_visible_yet():
    missing = fault(FaultClass.REJECTED, "ResourceNotFoundException")
    assert decided(missing, fresh=True) is Next.AGAIN
    assert decided(missing, fresh=True, attempts=LAG_ATTEMPTS) is Next.FAIL
    assert decided(missing, fresh=False) is Next.FAIL
