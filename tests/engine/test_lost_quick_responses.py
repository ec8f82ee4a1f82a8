"""Quick responses while answers are lost, throttles come as 400, and changes are under way."""

from __future__ import annotations

import asyncio

import pytest

from bulkops.definition.homes import QUICK_RESPONSES
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.states import RowStatus
from bulkops.sim.core.fault_injection import Faults, Latency, Mishap
from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.state.homes import home_id
from tests.engine.race import Race

NAMES = [f"Reply {number}" for number in range(15)]
NEW = "quick_response,content,shortcut\n" + "".join(
    f"{name},Text of {name},r{number}\n" for number, name in enumerate(NAMES)
)
CHANGED = "quick_response,content,description\nGreeting,Hi,New\nGoodbye,Bye,CLEAR!\nRefund,Soon,\n"


def raced(folder, job, text, *mishaps, seed=1):
    folder.mkdir(exist_ok=True)
    race = Race(folder, SimConfig(), seed=seed)
    (instance,) = race.simulator.world.instances.values()
    race.homes = {QUICK_RESPONSES.name: home_id(instance, QUICK_RESPONSES.name)}
    race.simulator.set_faults(Faults(seed=seed, latency=Latency(fixed=0.1), mishaps=mishaps))
    race.run(job, text)
    return race, instance, asyncio.run(statuses_of(folder / "run0"))


async def statuses_of(folder):
    ledger = SqliteLedger.open(folder, readonly=True)
    found = {row.key: row.status async for row in ledger.results()}
    await ledger.close()
    return found


def lost(operation):
    return (
        Mishap(kind="cut", operation=operation, probability=0.25, effect=True),
        Mishap(kind="cut", operation=operation, probability=0.15),
        Mishap(kind="hang", operation=operation, probability=0.1, effect=True),
        Mishap(
            kind="error",
            code="ThrottlingException",
            status=400,
            operation=operation,
            probability=0.2,
        ),
    )


@pytest.mark.parametrize("seed", range(3))
def test_each_is_made_once_and_seen_to_be_made(tmp_path, seed):
    job = "create-quick-responses"
    race, instance, found = raced(tmp_path, job, NEW, *lost("CreateQuickResponse"), seed=seed)
    assert set(found.values()) == {RowStatus.SUCCEEDED}, f"seed {seed}"
    made = [each["Name"] for each in instance.tables["quick-response"].all()]
    assert sorted(made)[-len(NAMES) :] == sorted(NAMES)
    assert len(made) == len(NAMES) + 4
    assert race.simulator.request_log.effects("CreateQuickResponse") == dict.fromkeys(NAMES, 1)


@pytest.mark.parametrize("seed", range(3))
def test_changes_come_to_their_end_though_their_answers_are_lost(tmp_path, seed):
    job = "update-quick-responses"
    _, instance, found = raced(tmp_path, job, CHANGED, *lost("UpdateQuickResponse"), seed=seed)
    assert set(found.values()) == {RowStatus.SUCCEEDED}, f"seed {seed}"
    there = instance.tables["quick-response"]
    assert [there.named(name)["Content"] for name in ("Greeting", "Goodbye", "Refund")] == [
        "Hi",
        "Bye",
        "Soon",
    ]
    assert "description" not in there.named("Goodbye")


def test_what_the_service_can_t_use_fails_its_row_once_it_is_known(tmp_path):
    text = "quick_response,content\nBroken,Dear {{Attributes.Name\nGood,Hello\n"
    race, _, found = raced(tmp_path, "create-quick-responses", text)
    assert found == {"Broken": RowStatus.FAILED, "Good": RowStatus.SUCCEEDED}
    assert race.simulator.request_log.throttles.total() == 0


def test_a_shortcut_that_is_taken_fails_its_row_alone(tmp_path):
    text = "quick_response,content,shortcut\nTaken,Hello,hi\nFree,Hello,free\n"
    _, _, found = raced(tmp_path, "create-quick-responses", text)
    assert found == {"Taken": RowStatus.FAILED, "Free": RowStatus.SUCCEEDED}
