from __future__ import annotations

import json
import math

import anyio
import pytest

from bulkops.aws.client import AwsClient
from bulkops.aws.credentials import SessionOptions
from bulkops.pacing.replies import Fault, Reply
from bulkops.sim.core.fault_injection import FOREIGN, Faults, Mishap
from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.core.simulator import Answer, Simulator
from bulkops.sim.http.foreign_answers import instead
from bulkops.sim.http.protocols import protocols
from bulkops.sim.http.server import ServerConfig, serve
from bulkops.sim.simulated_client import SimulatedClient
from bulkops.sim.state.refusals import ServiceError

KINDS = sorted(FOREIGN)
LATER = 30.0


def simulator(**mishap):
    faults = Faults(mishaps=(Mishap(calls=(1,), **mishap),))
    return Simulator(SimConfig(faults=faults))


def user(sim, username="new.user"):
    (instance,) = sim.world.instances.values()
    return {
        "InstanceId": instance.id,
        "Username": username,
        "Password": "Sesame-open-12",
        "IdentityInfo": {"FirstName": "New", "LastName": "User"},
        "PhoneConfig": {"PhoneType": "SOFT_PHONE"},
        "SecurityProfileIds": [instance.tables["security-profile"].named("Agent")["Id"]],
        "RoutingProfileId": instance.tables["routing-profile"].named("Billing")["Id"],
    }


def made(sim):
    return dict(sim.request_log.effects("CreateUser"))


@pytest.mark.parametrize(
    ("kind", "status", "body"),
    [
        ("page", 200, b"<!DOCTYPE html>"),
        ("empty", 200, b""),
        ("malformed", 200, b'{"Use'),
        ("text", 200, b"OK"),
        ("no-content", 204, b""),
        ("hollow", 200, b"{}"),
        ("blocked", 403, b"<!DOCTYPE html>"),
    ],
)
def test_every_kind_looks_like_what_it_is_called(kind, status, body):
    answer = Answer(request_id="r", data={"UserId": "u", "UserArn": "arn"})
    reply = instead(kind, protocols()["connect"], "CreateUser", answer)
    assert (reply.status, reply.body[: len(body)]) == (status, body)
    assert ("x-amzn-requestid" in reply.headers) == (kind in ("malformed", "hollow"))
    if kind == "malformed":
        with pytest.raises(ValueError, match="line 1"):
            json.loads(reply.body)


@pytest.mark.parametrize(("kind", "status"), [("page", 200), ("hollow", 409), ("malformed", 409)])
def test_what_the_service_refuses_stays_refused_where_the_answer_is_its_own(kind, status):
    answer = Answer(request_id="r", error=ServiceError("DuplicateResourceException", "No.", 409))
    assert instead(kind, protocols()["connect"], "CreateUser", answer).status == status


@pytest.mark.parametrize("effect", [False, True], ids=["without effect", "with effect"])
@pytest.mark.parametrize("kind", KINDS)
async def test_an_answer_hides_whether_the_request_took_effect(kind, effect):
    sim = simulator(kind=kind, effect=effect)
    await SimulatedClient(sim).call("connect", "CreateUser", user(sim))
    assert made(sim) == ({"new.user": 1} if effect else {})
    assert [entry.mishap for entry in sim.request_log.entries] == [kind]


@pytest.mark.process
@pytest.mark.parametrize("anyio_backend", ["asyncio"])  # real sockets need a real clock
@pytest.mark.parametrize("operation", ["CreateUser", "DescribeUser", "DeleteUser"])
@pytest.mark.parametrize("kind", KINDS)
async def test_both_skins_bring_the_same_outcome(kind, operation, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    outcomes = []
    for _ in range(2):
        sim = simulator(kind=kind)
        asked = user(sim)
        if operation != "CreateUser":
            asked = {"InstanceId": asked["InstanceId"], "UserId": "u"}
        if not outcomes:
            client = SimulatedClient(sim, clock=lambda: 1.0)
            outcomes.append(await client.call("connect", operation, asked))
            continue
        async with (
            serve(ServerConfig(), sim) as url,
            AwsClient(SessionOptions(endpoint_url=url, region="us-east-1")) as client,
        ):
            outcomes.append(await client.call("connect", operation, asked))
    inside, outside = (_comparable(outcome) for outcome in outcomes)
    assert inside == outside


def _comparable(outcome):
    if isinstance(outcome, Reply):
        return dict(outcome.data), outcome.http_status
    return outcome.code, outcome.fault_class, outcome.http_status, outcome.message


@pytest.mark.parametrize(("seconds", "effects"), [(300.0, {"new.user": 1}), (301.0, {})])
async def test_a_request_that_arrives_after_its_signature_has_expired_is_refused(seconds, effects):
    sim = simulator(kind="late", seconds=seconds, operation="CreateUser")
    await SimulatedClient(sim).call("connect", "CreateUser", user(sim))
    sim.land(math.inf)
    assert made(sim) == effects


async def test_a_late_request_acts_after_others_that_were_sent_after_it():
    sim = simulator(kind="late", seconds=LATER, operation="CreateUser")
    client = SimulatedClient(sim)
    fault = await client.call("connect", "CreateUser", user(sim))
    assert (fault.code, made(sim)) == ("ConnectionClosedError", {})
    await client.call("connect", "CreateUser", user(sim, "other"))
    assert made(sim) == {"other": 1}
    await anyio.sleep(LATER)
    await client.call("connect", "ListInstances", {})
    assert made(sim) == {"other": 1, "new.user": 1}
    landed = [(entry.key, round(entry.at - sim.request_log.entries[0].at)) for entry in log(sim)]
    assert landed == [("other", 0), ("new.user", LATER)]


def log(sim):
    return [entry for entry in sim.request_log.entries if entry.operation == "CreateUser"]


async def test_a_late_request_is_checked_when_it_arrives_and_may_be_refused_unheard():
    sim = simulator(kind="late", seconds=LATER, operation="CreateUser")
    client = SimulatedClient(sim)
    await client.call("connect", "CreateUser", user(sim))
    assert isinstance(await client.call("connect", "CreateUser", user(sim)), Reply)
    await anyio.sleep(LATER)
    sim.land(client._clock())
    assert made(sim) == {"new.user": 1}
    assert [entry.code for entry in log(sim)] == ["", "DuplicateResourceException"]


async def test_late_requests_arrive_in_the_order_of_their_times():
    mishaps = (
        Mishap(kind="late", seconds=20, operation="CreateUser", calls=(1,)),
        Mishap(kind="late", seconds=10, operation="CreateUser", calls=(2,)),
    )
    sim = Simulator(SimConfig(faults=Faults(mishaps=mishaps)))
    client = SimulatedClient(sim)
    assert isinstance(await client.call("connect", "CreateUser", user(sim, "slow")), Fault)
    assert isinstance(await client.call("connect", "CreateUser", user(sim, "quick")), Fault)
    sim.land(client._clock() + 60)
    assert [entry.key for entry in log(sim)] == ["quick", "slow"]
