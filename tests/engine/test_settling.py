from __future__ import annotations

from dataclasses import replace

import anyio
import pytest

from bulkops.definition.call_marks import MARK_KEY
from bulkops.definition.settling_ways import Look
from bulkops.engine.calls.settling import Settler
from bulkops.engine.reads.instance_reader import ReadError
from bulkops.ledger.states import CallState
from bulkops.pacing.delays import LATE_SECONDS, SOON_SECONDS
from bulkops.pacing.read_retries import READ_ATTEMPTS
from bulkops.pacing.replies import FaultClass, Reply
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

MINE, THEIRS = {MARK_KEY: "run/1"}, {MARK_KEY: "another-run/4"}
ANA = {"Id": "u1", "Arn": "arn:u1", "Username": "ana", "RoutingProfileId": "p1", "Tags": MINE}
NOBODY = {"UserSummaryList": []}
GONE = fault(FaultClass.REJECTED, "ResourceNotFoundException", 404)
UNREADABLE = fault(FaultClass.REJECTED, "InvalidRequestException", 400)
TAKEN = fault(FaultClass.REJECTED, "DuplicateResourceException", 409)
INVALID = fault(FaultClass.REJECTED, "InvalidParameterException", 400)
AWAY = fault(FaultClass.TRANSIENT)


def there(user):
    """Return the answers of an instance that has a user."""
    return {"ListUsers": [{"UserSummaryList": [user]}], "DescribeUser": [{"User": user}]}


async def settled(number_of_step, *, refused=None, params=None, saved=None, **answers):
    """Settle a call of a step against what reads answer; also how long it took and who asked."""
    stand = Stand(**answers)
    given = {} if params is None else {"params": params}
    doubtful = call(1, number_of_step, state=CallState.IN_DOUBT, saved=saved or {}, **given)
    began = anyio.current_time()
    found = await Settler(stand.context).settle(doubtful, JOB.step(number_of_step), fault=refused)
    return found, anyio.current_time() - began, stand.client.calls


async def test_what_bears_the_calls_tag_is_adopted_with_its_id_and_arn():
    found, seconds, _ = await settled(CREATE, **there({**ANA, "RoutingProfileId": "p9"}))
    assert found.state is CallState.SUCCEEDED
    assert found.result.saved == {"user_id": "u1", "user_arn": "arn:u1"}
    assert seconds < 0.1


async def test_a_long_list_is_read_only_once_absence_tells_something():
    page = {"UserSummaryList": [], "NextToken": "more"}
    answers = {
        "ListUsers": [page] * 5 + [NOBODY],
        "SearchUsers": [{"Users": []}],
    }
    found, seconds, asked = await settled(CREATE, **answers)
    assert (found.state, seconds) == (CallState.PLANNED, pytest.approx(SOON_SECONDS, abs=0.1))
    listed = [at for operation, _, at in asked if operation == "ListUsers"]
    assert len(listed) == 6, "a page at each look, and the rest of them at the last"
    assert listed[-1] >= SOON_SECONDS


async def test_where_names_repeat_anothers_thing_is_not_taken_for_all_that_there_is():
    theirs = {**ANA, "Id": "u9", "Arn": "arn:u9", "Tags": THEIRS}
    stand = Stand()

    async def answer(_service, operation, params):
        match operation:
            case "SearchUsers":  # whose index does not hold ours yet
                return Reply(data={"Users": [theirs]})
            case "DescribeUser":
                return Reply(data={"User": theirs if params["UserId"] == "u9" else ANA})
        first = {"UserSummaryList": [theirs], "NextToken": "more"}
        return Reply(data={"UserSummaryList": [ANA]} if "NextToken" in params else first)

    stand.client.call = answer
    step = replace(JOB.step(CREATE), settle=Look())
    found = await Settler(stand.context).settle(call(1, CREATE, state=CallState.IN_DOUBT), step)
    assert (found.state, found.why) == (CallState.SUCCEEDED, "it bears this call's tag")
    assert found.result.saved == {"user_id": "u1", "user_arn": "arn:u1"}


async def test_what_becomes_visible_later_is_found_by_a_later_look():
    listed = [NOBODY, NOBODY, {"UserSummaryList": [ANA]}]
    found, seconds, _ = await settled(CREATE, **{**there(ANA), "ListUsers": listed})
    assert found.state is CallState.SUCCEEDED
    assert seconds == pytest.approx(1 + 2, abs=0.2)  # looks at once, after 1 s, after 2 s more


async def test_what_is_listed_and_not_to_be_read_yet_is_read_by_a_later_look():
    described = [UNREADABLE, GONE, {"User": ANA}]
    found, seconds, _ = await settled(CREATE, **{**there(ANA), "DescribeUser": described})
    assert found.state is CallState.SUCCEEDED
    assert seconds == pytest.approx(3, abs=0.2)


async def test_what_another_run_made_fails_the_row_as_the_service_would():
    found, _, _ = await settled(CREATE, **there({**ANA, "Tags": THEIRS}))
    assert (found.state, found.result.error_code) == (CallState.FAILED, TAKEN.code)
    assert "another run, another-run," in found.result.error
    assert "--on-exists" in found.result.hint


async def test_what_bears_no_tag_is_unknown_with_all_that_is_known():
    other = {**ANA, "RoutingProfileId": "p9", "Tags": {}}
    found, _, _ = await settled(CREATE, refused=TAKEN, **there(other))
    assert (found.state, found.result.error_code) == (CallState.UNKNOWN, "Unknown")
    for said in ("its id is u1", "differs from what was sent", f"{MARK_KEY}=run/1"):
        assert said in found.result.error


async def test_what_stays_absent_is_sent_again_once_reads_had_time_and_not_later():
    found, seconds, _ = await settled(CREATE, ListUsers=[NOBODY])
    assert (found.state, found.result) == (CallState.PLANNED, None)
    assert seconds == pytest.approx(SOON_SECONDS, abs=0.2)


async def test_what_the_service_says_is_there_is_looked_for_to_the_last_look():
    found, seconds, _ = await settled(CREATE, refused=TAKEN, ListUsers=[NOBODY])
    assert found.state is CallState.UNKNOWN
    assert seconds == pytest.approx(LATE_SECONDS, abs=1)


async def test_a_refusal_of_another_kind_is_kept_where_nothing_acted_before():
    found, seconds, _ = await settled(CREATE, refused=INVALID, ListUsers=[NOBODY])
    assert (found.state, found.result.error_code) == (CallState.FAILED, INVALID.code)
    assert seconds == pytest.approx(LATE_SECONDS, abs=1)


async def test_a_refusal_of_another_kind_does_not_say_that_a_user_is_gone():
    found, _, _ = await settled(DELETE, refused=INVALID, DescribeUser=[{"User": ANA}])
    assert (found.state, found.result.error_code) == (CallState.FAILED, INVALID.code)


async def test_a_look_that_fails_in_passing_is_made_good_by_the_next():
    away = [AWAY] * READ_ATTEMPTS
    found, _, calls = await settled(MOVE, DescribeUser=[*away, {"User": ANA}])
    assert found.state is CallState.SUCCEEDED
    assert len(calls) == READ_ATTEMPTS + 1


@pytest.mark.parametrize("step", [MOVE, CREATE])
async def test_where_no_look_gets_through_the_doubt_stays(step):
    with pytest.raises(ReadError) as caught:
        await settled(step, DescribeUser=[AWAY], ListUsers=[AWAY])
    assert caught.value.fault == AWAY


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


async def test_what_was_to_be_deleted_and_is_not_to_be_read_is_not_gone():
    found, _, _ = await settled(DELETE, DescribeUser=[UNREADABLE])
    assert found.state is CallState.PLANNED


async def test_a_list_whose_owner_is_gone_has_no_entries():
    params = {"RoutingProfileId": "p1", "QueueConfigs": [queue_config("a")]}
    for refusal in (GONE, UNREADABLE):
        found, _, _ = await settled(ASSOCIATE, params=params, ListRoutingProfileQueues=[refusal])
        assert found.state is CallState.PLANNED


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
        (("a",), CallState.PLANNED),
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


async def test_doubts_about_one_list_share_their_reads():
    """Twenty that look at once cost one read a look, not twenty."""
    page = {"RoutingProfileQueueConfigSummaryList": []}
    stand = Stand(ListRoutingProfileQueues=[page])
    stand.client.seconds = 0.3
    settler = Settler(stand.context)
    states = []

    async def settle(number):
        params = {"RoutingProfileId": "p1", "QueueConfigs": [queue_config(f"q{number}")]}
        doubtful = call(number, ASSOCIATE, state=CallState.IN_DOUBT, params=params)
        states.append((await settler.settle(doubtful, JOB.step(ASSOCIATE))).state)

    async with anyio.create_task_group() as tasks:
        for number in range(20):
            tasks.start_soon(settle, number)
    assert states == [CallState.PLANNED] * 20
    assert len(stand.client.calls) == 5  # five looks, to the one at ten seconds


async def test_doubts_about_names_share_one_walk_through_the_list():
    users = [{**ANA, "Id": f"u{n}", "Username": f"ana{n}"} for n in range(20)]
    stand = Stand(ListUsers=[{"UserSummaryList": users}], DescribeUser=[{}])
    answer = stand.client.call

    async def call_by_id(service, operation, params):
        reply = await answer(service, operation, params)
        if operation != "DescribeUser":
            return reply
        number = int(params["UserId"].removeprefix("u"))
        return Reply(data={"User": {**users[number], "Tags": {MARK_KEY: f"run/{number}"}}})

    stand.client.call = call_by_id
    stand.client.seconds = 0.3
    settler, saved = Settler(stand.context), {}

    async def settle(number):
        params = {"Username": f"ana{number}", "RoutingProfileId": "p1"}
        doubtful = call(number, CREATE, state=CallState.IN_DOUBT, params=params)
        found = await settler.settle(doubtful, JOB.step(CREATE))
        saved[number] = found.result.saved["user_id"]

    async with anyio.create_task_group() as tasks:
        for number in range(20):
            tasks.start_soon(settle, number)
    assert saved == {number: f"u{number}" for number in range(20)}
    asked = [name for name, _, _ in stand.client.calls]
    assert asked.count("ListUsers") == 1
    assert asked.count("DescribeUser") == 20
