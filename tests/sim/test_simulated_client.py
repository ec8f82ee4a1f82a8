from __future__ import annotations

from datetime import UTC, datetime

import anyio
import pytest

from bulkops.pacing.replies import Fault, FaultClass, Reply
from bulkops.sim.core.fault_injection import Faults, Latency, Mishap
from bulkops.sim.core.request_log import state
from bulkops.sim.core.seed import BEGUN
from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.core.simulator import Simulator
from bulkops.sim.simulated_client import SimulatedClient, virtual_clock
from bulkops.sim.state.throttle import UNLIMITED
from tests.sim.centre import PASSWORD


class Desk:
    """A simulator with a client, and the ids that a user needs."""

    def __init__(self, **config):
        self.simulator = Simulator(SimConfig(**config))
        self.client = SimulatedClient(self.simulator)
        (self.instance,) = self.simulator.world.instances.values()

    def user(self, username="new.user"):
        tables = self.instance.tables
        return {
            "InstanceId": self.instance.id,
            "Username": username,
            "Password": PASSWORD,
            "IdentityInfo": {"FirstName": "New", "LastName": "User"},
            "PhoneConfig": {"PhoneType": "SOFT_PHONE"},
            "SecurityProfileIds": [tables["security-profile"].named("Agent")["Id"]],
            "RoutingProfileId": tables["routing-profile"].named("Billing")["Id"],
        }

    async def create(self, username="new.user"):
        return await self.client.call("connect", "CreateUser", self.user(username))

    def made(self):
        return dict(self.simulator.request_log.effects("CreateUser"))


def failing(**mishap):
    return Desk(faults=Faults(mishaps=(Mishap(operation="CreateUser", **mishap),)))


async def test_a_success_is_a_reply_with_an_id():
    desk = Desk()
    reply = await desk.create()
    assert isinstance(reply, Reply)
    assert set(reply.data) == {"UserId", "UserArn"}
    assert reply.request_id
    assert desk.made() == {"new.user": 1}


async def test_times_are_the_loops_own():
    desk = Desk(faults=Faults(latency=Latency(fixed=10, outward=1.0)))
    reply = await desk.create()
    asked = {"InstanceId": desk.instance.id, "UserId": reply.data["UserId"]}
    user = (await desk.client.call("connect", "DescribeUser", asked)).data["User"]
    assert user["LastModifiedTime"] == datetime(2026, 1, 1, 0, 0, 10, tzinfo=UTC)
    assert round(virtual_clock() - BEGUN, 3) == 20


async def test_a_refusal_is_a_fault_in_the_words_of_the_service():
    desk = Desk()
    await desk.create()
    fault = await desk.create()
    assert fault == Fault(
        fault_class=FaultClass.REJECTED,
        code="DuplicateResourceException",
        message="A resource with the specified name already exists.",
        http_status=409,
        request_id=fault.request_id,
    )


async def test_the_sixth_call_at_once_is_throttled_and_half_a_second_later_one_is_not():
    desk = Desk()
    outcomes = [await desk.create(f"user{number}") for number in range(6)]
    assert [isinstance(outcome, Reply) for outcome in outcomes] == [True] * 5 + [False]
    assert outcomes[5].fault_class is FaultClass.THROTTLED
    assert (outcomes[5].code, outcomes[5].http_status) == ("ThrottlingException", 429)
    await anyio.sleep(0.5)
    assert isinstance(await desk.create("user5"), Reply)
    assert desk.simulator.request_log.throttles == {"CreateUser": 1}


async def test_a_throttle_may_bear_the_other_name():
    desk = Desk(throttle_code="TooManyRequestsException")
    outcomes = [await desk.create(f"user{number}") for number in range(6)]
    assert (outcomes[5].code, outcomes[5].fault_class) == (
        "TooManyRequestsException",
        FaultClass.THROTTLED,
    )


@pytest.mark.parametrize(
    ("mishap", "code", "fault_class", "made", "seconds"),
    [
        ({"kind": "cut"}, "ConnectionClosedError", FaultClass.IN_DOUBT, {}, 0),
        (
            {"kind": "cut", "effect": True},
            "ConnectionClosedError",
            FaultClass.IN_DOUBT,
            {"new.user": 1},
            0,
        ),
        ({"kind": "refuse"}, "EndpointConnectionError", FaultClass.TRANSIENT, {}, 0),
        ({"kind": "hang"}, "ReadTimeoutError", FaultClass.IN_DOUBT, {}, 60),
        (
            {"kind": "hang", "effect": True, "seconds": 9},
            "ReadTimeoutError",
            FaultClass.IN_DOUBT,
            {"new.user": 1},
            9,
        ),
        (
            {"kind": "error", "code": "InternalServiceException", "effect": True},
            "InternalServiceException",
            FaultClass.IN_DOUBT,
            {"new.user": 1},
            0,
        ),
        (
            {"kind": "error", "code": "LimitExceededException"},
            "LimitExceededException",
            FaultClass.EXHAUSTED,
            {},
            0,
        ),
        (
            {"kind": "error", "code": "ExpiredTokenException"},
            "ExpiredTokenException",
            FaultClass.FATAL,
            {},
            0,
        ),
    ],
)
async def test_what_goes_wrong_is_what_was_asked_for(mishap, code, fault_class, made, seconds):
    desk = failing(**mishap)
    fault = await desk.create()
    assert (fault.code, fault.fault_class) == (code, fault_class)
    assert desk.made() == made
    assert round(anyio.current_time(), 3) == seconds


async def test_a_request_refused_by_the_service_is_refused_even_if_it_was_to_fail_after():
    desk = failing(kind="error", code="InternalServiceException", effect=True, calls=(2,))
    await desk.create()
    assert (await desk.create()).code == "DuplicateResourceException"
    assert desk.made() == {"new.user": 1}


async def test_a_slow_answer_comes_after_the_effect():
    desk = failing(kind="slow", seconds=30)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(desk.create)
        await anyio.sleep(1)
        assert desk.made() == {"new.user": 1}
    assert round(anyio.current_time(), 3) == 30


async def test_a_call_cancelled_on_its_way_out_has_no_effect_and_on_its_way_back_it_has():
    latency = Latency(fixed=2.0)
    for limit, made in ((0.5, {}), (1.5, {"new.user": 1})):
        desk = Desk(faults=Faults(latency=latency))
        with anyio.move_on_after(limit) as scope:
            await desk.create()
        assert scope.cancelled_caught
        assert desk.made() == made


async def test_a_member_that_no_model_knows_is_refused_before_it_is_sent():
    desk = Desk()
    params = desk.user() | {"Nickname": "n"}
    params["IdentityInfo"] = params["IdentityInfo"] | {"Middle": "m"}
    fault = await desk.client.call("connect", "CreateUser", params)
    assert (fault.code, fault.fault_class) == ("ParamValidationError", FaultClass.REJECTED)
    assert fault.message == "Unknown parameters in input: IdentityInfo.Middle, Nickname"
    assert desk.simulator.request_log.calls.total() == 0


async def test_a_service_or_operation_that_is_not_there_is_a_fault():
    desk = Desk()
    assert (await desk.client.call("s3", "ListBuckets", {})).fault_class is FaultClass.FATAL
    assert (await desk.client.call("connect", "FlyAway", {})).code == "UnknownOperationException"


def test_a_client_says_where_its_calls_go():
    client = Desk().client
    assert (client.region, client.is_custom) == ("us-east-1", True)
    assert client.endpoint("connect") == "the simulated connect"


async def test_what_a_client_holds_is_not_what_the_world_holds():
    desk = Desk()
    params = desk.user()
    reply = await desk.client.call("connect", "CreateUser", params)
    before = state(desk.simulator.world)
    params["IdentityInfo"]["FirstName"] = "Changed"
    asked = {"InstanceId": desk.instance.id, "UserId": reply.data["UserId"]}
    user = (await desk.client.call("connect", "DescribeUser", asked)).data["User"]
    user["PhoneConfig"]["PhoneType"] = "changed"
    assert state(desk.simulator.world) == before


async def test_the_record_counts_what_was_asked_and_what_it_did():
    desk = Desk(rates={"CreateUser": UNLIMITED})
    for second in range(3):
        for number in range(4):
            await desk.create(f"user{second}{number}")
        await anyio.sleep(1)
    await desk.create("user00")
    log = desk.simulator.request_log
    assert log.calls == {"CreateUser": 13}
    assert log.rate("CreateUser") == 4.0
    assert log.rate("CreateUser", window=3.0) == 4.0
    assert log.rate("DeleteUser") == 0.0
    assert sum(desk.made().values()) == 12
    last = log.as_json()["entries"][-1]
    assert (last["key"], last["effect"], last["code"]) == (
        "user00",
        False,
        "DuplicateResourceException",
    )
    assert repr(desk.client).endswith("<RequestLog 13 calls, 0 throttled>>>")


async def test_faults_can_change_while_it_runs_and_calls_are_counted_anew():
    desk = failing(kind="cut", calls=(1,))
    assert isinstance(await desk.create(), Fault)
    assert isinstance(await desk.create(), Reply)
    desk.simulator.set_faults(Faults(mishaps=(Mishap(kind="hang", calls=(1,)),)))
    assert (await desk.create("other")).code == "ReadTimeoutError"
    assert isinstance(await desk.create("other"), Reply)


async def history():
    faults = Faults(
        latency=Latency(fixed=0.1, spread=0.4),
        mishaps=(Mishap(kind="cut", probability=0.2, effect=True),),
    )
    desk = Desk(faults=faults)
    async with anyio.create_task_group() as tasks:
        for number in range(40):
            tasks.start_soon(desk.create, f"user{number}")
            await anyio.sleep(0.3)
    return desk.simulator.request_log.as_json()["entries"]


async def test_the_same_requests_have_the_same_history():
    first = await history()
    with anyio.CancelScope():
        second = await history()
    assert [(one["key"], one["code"], one["mishap"]) for one in first] == [
        (one["key"], one["code"], one["mishap"]) for one in second
    ]
    assert {one["mishap"] for one in first} == {"", "cut"}
