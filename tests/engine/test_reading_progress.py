from __future__ import annotations

import anyio
import pytest

from bulkops.definition.thing_kinds import KINDS
from bulkops.engine.reading_progress import ReadingProgress
from bulkops.engine.reads.instance_reader import Reader
from bulkops.engine.reads.inventory_reader import look_up
from bulkops.planning.inventory import Want, Wants
from bulkops.sim.core.simulation_config import InstanceConfig, SimConfig
from bulkops.sim.simulated_client import SimulatedClient
from tests.engine.desk import desk_of

USER = KINDS["user"]


@pytest.fixture
async def desk():
    return await desk_of(SimConfig(instances=(InstanceConfig(users=40),)))


def watched(desk):
    """Return a reader that tells how far it is, what it tells, and its progress."""
    told = []
    progress = ReadingProgress(lambda event, /, **facts: told.append((event, facts)))
    before = desk.reader
    client = SimulatedClient(desk.simulator)
    lanes, world = before._lanes, before._world
    return Reader(client, before.target, lanes, world, progress), told, progress


def described(count):
    names = frozenset(f"agent{number:05d}" for number in range(1, count + 1))
    return Wants(kinds={"user": Want(names=names, state=True, described=names)})


async def test_how_far_it_is_is_told_once_a_second_and_so_is_its_end(desk):
    reader, told, progress = watched(desk)
    began = anyio.current_time()
    await look_up(reader, described(30))
    took = anyio.current_time() - began
    assert {event for event, _ in told} == {"reading"}
    facts = [each for _, each in told]
    assert {each["operation"] for each in facts} == {"connect:DescribeUser"}
    assert {(each["total"], each["operation_total"]) for each in facts} == {(31, 30)}
    done = [each["done"] for each in facts]
    assert done == sorted(set(done))
    assert done[-1] == 31
    assert facts[-1]["seconds_left"] == 0
    left = [each["seconds_left"] for each in facts]
    assert left == sorted(left, reverse=True)
    assert len(facts) <= took + 1
    assert progress.cost.calls == 31
    assert progress.cost.seconds == pytest.approx(took)


async def test_of_what_takes_less_than_a_second_nothing_is_told(desk):
    reader, told, progress = watched(desk)
    await look_up(reader, described(3))
    assert told == []
    assert progress.cost.calls == 4


async def test_how_many_pages_a_long_list_has_is_asked_once_it_takes_time():
    desk = await desk_of(SimConfig(instances=(InstanceConfig(users=9_000),)))
    reader, told, _ = watched(desk)
    want = Want(names=frozenset({"new"}), state=True, new=True)
    await look_up(reader, Wants(kinds={"user": want}))
    assert desk.calls == {"ListUsers": 10, "SearchUsers": 1}
    totals = [facts["operation_total"] for _, facts in told]
    assert set(totals) == {10}


async def test_reading_that_a_refusal_ends_is_counted_as_far_as_it_came(desk):
    reader, _, progress = watched(desk)
    with pytest.raises(Exception, match="DescribeUser"):
        await reader.read(
            "connect", "DescribeUser", {"InstanceId": desk.instance, "UserId": "none"}
        )
    assert repr(progress) == "<ReadingProgress 1 of 1>"
