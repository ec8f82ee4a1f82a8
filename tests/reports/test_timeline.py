from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bulkops.ledger.states import CallState
from bulkops.reports.timeline import MOST_SETTLED, is_throttle, quota_of, timeline
from tests.reports.paper import FACTS, QUOTA, TARGET, PaperLedger, call, event, now

CREATE = ("123456789012", "eu-central-1", "connect", "CreateUser")
MIDNIGHT = int(datetime(2026, 11, 22, tzinfo=UTC).timestamp())


def told(calls, events=(), facts=FACTS):
    return now(timeline(PaperLedger(calls=calls, events=events), facts))


def test_sends_and_throttles_are_counted_by_the_second():
    events = [
        event(0, 1, "planned", "sent"),
        event(0, 2, "planned", "sent"),
        event(1, 1, "sent", "planned", "TooManyRequestsException"),
        event(2, 1, "planned", "sent"),
        event(2, 2, "sent", "planned", "InternalServiceException"),
        event(3, 1, "sent", "succeeded"),
        event(3, 2, "planned", "sent"),
    ]
    lane = told([call(1), call(2)], events).lanes[CREATE]
    assert lane.sends == {MIDNIGHT: 2, MIDNIGHT + 2: 1, MIDNIGHT + 3: 1}
    assert lane.throttles == {MIDNIGHT + 1: 1}


def test_targets_of_one_account_and_region_share_their_lane():
    facts = replace(FACTS, targets=(replace(TARGET, name="a"), replace(TARGET, name="b")))
    calls = [call(1, target="a"), call(2, target="b"), call(3, target="b", operation="TagResource")]
    events = [event(number, number, "planned", "sent") for number in (1, 2, 3)]
    lanes = told(calls, events, facts).lanes
    assert {pool[3]: lane.sends.total() for pool, lane in lanes.items()} == {
        "CreateUser": 2,
        "TagResource": 1,
    }


def test_a_target_that_the_caller_does_not_name_stands_for_itself():
    assert list(told([call(1, target="gone")]).lanes) == [("gone", "", "connect", "CreateUser")]


def test_numbers_of_calls_need_not_be_consecutive():
    calls = [call(1), call(7, operation="TagResource"), call(9)]
    lanes = told(calls, [event(1, 7, "planned", "sent"), event(2, 9, "planned", "sent")]).lanes
    assert [lane.sends.total() for lane in lanes.values()] == [1, 1]


def test_a_call_that_was_in_doubt_is_told_with_its_end():
    calls = [call(1, 2, 3, doubts=1), call(2), call(3, 9, state=CallState.UNKNOWN, doubts=2)]
    events = [
        event(1, 1, "planned", "sent"),
        event(2, 1, "sent", "in_doubt", "ReadTimeoutError"),
        event(3, 1, "in_doubt", "succeeded", "found as it was sent"),
        event(4, 3, "in_doubt", "planned", "not found: sent again"),
        event(5, 3, "in_doubt", "unknown", "found, but different from what was sent"),
    ]
    first, second = told(calls, events).doubts.values()
    assert (first.rows, first.state, first.why) == (
        (2, 3),
        CallState.SUCCEEDED,
        "found as it was sent",
    )
    assert (second.rows, second.why) == ((9,), "found, but different from what was sent")


def test_only_the_first_doubts_are_told_one_by_one():
    calls = [call(number, doubts=1) for number in range(1, MOST_SETTLED + 3)]
    events = [event(9, MOST_SETTLED + 2, "in_doubt", "succeeded", "found")]
    lines = told(calls, events)
    assert len(lines.doubts) == MOST_SETTLED
    assert lines.doubtful_calls == MOST_SETTLED + 2


@pytest.mark.parametrize(
    ("code", "throttle"),
    [
        ("ThrottlingException", True),
        ("TooManyRequestsException", True),
        ("429", True),
        ("SomeNewThrottle", True),
        ("LimitExceededException", False),
        ("InternalServiceException", False),
        ("", False),
    ],
)
def test_throttles_are_told_from_other_refusals(code, throttle):
    assert is_throttle(code) is throttle


def test_a_lane_finds_the_quota_that_it_kept_to():
    assert quota_of(FACTS, CREATE) == QUOTA
    assert quota_of(FACTS, (*CREATE[:3], "TagResource")) is None
