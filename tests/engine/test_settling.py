from __future__ import annotations

import anyio
import pytest

from bulkops.definition.job import Look
from bulkops.engine.calls.settling import RESEND_AFTER_SECONDS, Settler, Sighting, conclude
from bulkops.engine.reads.instance_reader import ReadError
from bulkops.ledger.states import CallState
from bulkops.pacing.delays import LOOKS
from bulkops.pacing.read_retries import READ_ATTEMPTS
from bulkops.pacing.replies import FaultClass
from bulkops.planning.plan import Placeholder
from tests.engine.stand_ins import (
    ASSOCIATE,
    CREATE,
    DELETE,
    DENIED,
    JOB,
    MOVE,
    PUT,
    Stand,
    call,
    fault,
    queue_config,
)

UNIQUE = Look(duplicate="DuplicateResourceException")


def concluded(verb, seen, **changed):
    usual = {"waited": 0.0, "refused": False, "last": False}
    look = changed.pop("look", UNIQUE)
    verdict = conclude(verb, seen, look, **(usual | changed))
    return verdict and verdict.state


def test_what_is_there_as_it_was_sent_is_ours():
    for verb in ("create", "associate", "update"):
        assert concluded(verb, Sighting.AS_SENT) is CallState.SUCCEEDED


def test_what_is_there_but_different_is_unknown():
    assert concluded("create", Sighting.DIFFERENT) is CallState.UNKNOWN
    assert concluded("associate", Sighting.DIFFERENT) is CallState.UNKNOWN


def test_what_is_absent_may_not_be_visible_yet_so_it_is_sent_again_only_later():
    assert concluded("create", Sighting.ABSENT) is None
    assert concluded("create", Sighting.ABSENT, waited=RESEND_AFTER_SECONDS) is CallState.PLANNED


def test_without_a_code_for_duplicates_it_is_sent_again_only_after_the_last_look():
    later = {"look": Look(), "waited": 100.0}
    assert concluded("associate", Sighting.ABSENT, **later) is None
    assert concluded("associate", Sighting.ABSENT, last=True, **later) is CallState.PLANNED


def test_what_the_service_says_is_there_is_waited_for_and_unknown_if_it_never_shows():
    assert concluded("create", Sighting.ABSENT, refused=True, waited=60) is None
    assert (
        concluded("create", Sighting.ABSENT, refused=True, waited=300, last=True)
        is CallState.UNKNOWN
    )


@pytest.mark.parametrize("verb", ["delete", "disassociate"])
def test_what_is_gone_was_removed(verb):
    assert concluded(verb, Sighting.ABSENT) is CallState.SUCCEEDED
    assert concluded(verb, Sighting.DIFFERENT, refused=True) is CallState.SUCCEEDED
    assert concluded(verb, Sighting.AS_SENT) is None
    assert concluded(verb, Sighting.AS_SENT, waited=RESEND_AFTER_SECONDS) is CallState.PLANNED


def test_a_value_that_is_not_set_is_set_again():
    assert concluded("update", Sighting.DIFFERENT) is None
    assert concluded("update", Sighting.DIFFERENT, waited=RESEND_AFTER_SECONDS) is CallState.PLANNED


ANA = {"Id": "u1", "Arn": "arn:u1", "Username": "ana", "RoutingProfileId": "p1"}
NOBODY = {"UserSummaryList": []}
GONE = fault(FaultClass.REJECTED, "ResourceNotFoundException", 404)


def there(user):
    """Return the answers of an instance that has a user."""
    return {"ListUsers": [{"UserSummaryList": [user]}], "DescribeUser": [{"User": user}]}


async def settled(number_of_step, *, refused=False, params=None, saved=None, **answers):
    """Settle a call of a step against what reads answer; also how long it took and who asked."""
    stand = Stand(**answers)
    given = {} if params is None else {"params": params}
    doubtful = call(1, number_of_step, state=CallState.IN_DOUBT, saved=saved or {}, **given)
    began = anyio.current_time()
    found = await Settler(stand.context).settle(doubtful, JOB.step(number_of_step), refused=refused)
    return found, anyio.current_time() - began, stand.client.calls


async def test_what_is_found_as_sent_is_adopted_with_its_id_and_arn():
    found, seconds, _ = await settled(CREATE, **there(ANA))
    assert found.state is CallState.SUCCEEDED
    assert found.result.saved == {"user_id": "u1", "user_arn": "arn:u1"}
    assert seconds < 0.1


async def test_what_becomes_visible_later_is_found_by_a_later_look():
    listed = [NOBODY, NOBODY, {"UserSummaryList": [ANA]}]
    found, seconds, _ = await settled(CREATE, **{**there(ANA), "ListUsers": listed})
    assert found.state is CallState.SUCCEEDED
    assert seconds == pytest.approx(1 + 2, abs=0.2)  # looks at once, after 1 s, after 2 s more


async def test_somebody_elses_of_that_name_is_unknown():
    other = {**ANA, "RoutingProfileId": "p9"}
    found, _, _ = await settled(CREATE, **there(other))
    assert (found.state, found.result.error_code) == (CallState.UNKNOWN, "Unknown")


async def test_what_stays_absent_is_sent_again_once_reads_had_time():
    found, seconds, _ = await settled(CREATE, ListUsers=[NOBODY])
    assert (found.state, found.result) == (CallState.PLANNED, None)
    assert seconds >= RESEND_AFTER_SECONDS


async def test_what_the_service_says_is_there_is_looked_for_to_the_last_look():
    found, seconds, _ = await settled(CREATE, refused=True, ListUsers=[NOBODY])
    assert found.state is CallState.UNKNOWN
    assert seconds == pytest.approx(sum(LOOKS), abs=1)


async def test_a_look_that_fails_in_passing_is_made_good_by_the_next():
    away = [fault(FaultClass.TRANSIENT)] * READ_ATTEMPTS
    found, _, calls = await settled(MOVE, DescribeUser=[*away, {"User": ANA}])
    assert found.state is CallState.SUCCEEDED
    assert len(calls) == READ_ATTEMPTS + 1


async def test_where_no_look_gets_through_it_is_unknown():
    found, _, _ = await settled(MOVE, DescribeUser=[fault(FaultClass.TRANSIENT)])
    assert (found.state, found.why) == (CallState.UNKNOWN, "no look told")
    assert found.result.error_code == "Unknown"


async def test_a_look_that_is_refused_is_an_error():
    with pytest.raises(ReadError) as caught:
        await settled(MOVE, DescribeUser=[DENIED])
    assert caught.value.fault == DENIED


async def test_what_a_call_changes_is_looked_at_by_its_id():
    found, _, calls = await settled(MOVE, DescribeUser=[{"User": ANA}])
    assert found.state is CallState.SUCCEEDED
    assert [(operation, params["UserId"]) for operation, params, _ in calls] == [
        ("DescribeUser", "u1")
    ]


async def test_what_an_earlier_step_saved_stands_for_the_things_id():
    params = {"UserId": Placeholder(kind="saved", name="user_id"), "RoutingProfileId": "p1"}
    _, _, calls = await settled(
        MOVE, params=params, saved={"user_id": "u7"}, DescribeUser=[{"User": ANA}]
    )
    assert calls[0][1]["UserId"] == "u7"


async def test_what_was_to_be_deleted_and_is_not_found_is_gone():
    found, _, _ = await settled(DELETE, DescribeUser=[GONE])
    assert (found.state, found.why) == (CallState.SUCCEEDED, "it is gone")


async def test_other_refusals_of_a_look_do_not_mean_that_it_is_gone():
    with pytest.raises(ReadError):
        await settled(DELETE, DescribeUser=[fault(FaultClass.REJECTED, "Other", 400)])


async def test_without_a_subject_nothing_is_found_and_nothing_is_asked():
    found, _, calls = await settled(PUT)
    assert found.state is CallState.PLANNED
    assert calls == []


@pytest.mark.parametrize(
    ("there", "state"),
    [
        (("a", "b"), CallState.SUCCEEDED),
        (("a",), CallState.UNKNOWN),
        ((), CallState.PLANNED),
    ],
)
async def test_a_batch_is_settled_by_its_whole_list(there, state):
    params = {"RoutingProfileId": "p1", "QueueConfigs": [queue_config("a"), queue_config("b")]}
    entries = [{"QueueId": queue, "Channel": "VOICE"} for queue in there]
    page = {"RoutingProfileQueueConfigSummaryList": entries}
    found, _, calls = await settled(ASSOCIATE, params=params, ListRoutingProfileQueues=[page])
    assert found.state is state
    assert calls[0][1]["RoutingProfileId"] == "p1"
