"""Answers lost of operations that were derived: what they address is read again by its address."""

from __future__ import annotations

import asyncio

import pytest

from bulkops.ledger.states import RowStatus
from bulkops.sim.core.fault_injection import Faults, Mishap
from bulkops.sim.core.simulation_config import SimConfig
from tests.engine.race import Race
from tests.engine.test_lost_cases import statuses

ROWS = range(4)


def lost(folder, job, text, *, effect):
    """Carry out a job half of whose answers are lost; its statuses, and the instance after it."""
    race = Race(folder, SimConfig())
    mishap = Mishap(kind="cut", operation=job[8:], probability=0.5, effect=effect)
    race.simulator.set_faults(Faults(seed=3, mishaps=(mishap,)))
    race.run(job, text(*race.simulator.world.instances.values()))
    (instance,) = race.simulator.world.instances.values()
    return asyncio.run(statuses(folder / "run0")), instance


def some(instance, kind):
    return [each["Id"] for each in instance.tables[kind].all()][: len(ROWS)]


@pytest.mark.parametrize("effect", [True, False])
def test_what_is_set_is_set_once_more_to_the_same(tmp_path, effect):
    def moves(instance):
        (profile, *_) = some(instance, "routing-profile")
        rows = "".join(f"{each},{profile}\n" for each in some(instance, "user"))
        return f"user_id,routing_profile_id\n{rows}"

    told, _ = lost(tmp_path, "connect:UpdateUserRoutingProfile", moves, effect=effect)
    assert set(told.values()) <= {RowStatus.SUCCEEDED, RowStatus.UNCHANGED}


@pytest.mark.parametrize("effect", [True, False])
def test_what_is_made_is_made_once(tmp_path, effect):
    def queues(instance):
        (hours, *_) = some(instance, "hours-of-operation")
        return "name,hours_of_operation_id\n" + "".join(f"New {n},{hours}\n" for n in ROWS)

    told, instance = lost(tmp_path, "connect:CreateQueue", queues, effect=effect)
    names = [each["Name"] for each in instance.tables["queue"].all()]
    assert sorted(each for each in names if each.startswith("New")) == [f"New {n}" for n in ROWS]
    # what is there may be another's of the name: no list shows the tag
    assert set(told.values()) <= {RowStatus.SUCCEEDED, RowStatus.UNKNOWN}
    assert effect or set(told.values()) == {RowStatus.SUCCEEDED}


@pytest.mark.parametrize("effect", [True, False])
def test_what_is_gone_is_deleted(tmp_path, effect):
    def users(instance):
        return "user_id\n" + "".join(f"{each}\n" for each in some(instance, "user"))

    told, _ = lost(tmp_path, "connect:DeleteUser", users, effect=effect)
    assert set(told.values()) == {RowStatus.SUCCEEDED}
