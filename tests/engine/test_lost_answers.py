from __future__ import annotations

import asyncio
import math

import pytest

from bulkops.definition.call_marks import MARK_KEY
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.states import CallState, RowStatus
from bulkops.sim.core.fault_injection import Faults, Latency, Mishap
from bulkops.sim.core.simulation_config import SimConfig
from tests.engine.race import Race

NAMES = [f"agent{number}" for number in range(12)]
PEOPLE = "username,password,first_name,last_name,security_profiles,routing_profile\n" + "".join(
    f"{name},Secret-1-Word,Ana,Núñez,Agent,Billing\n" for name in NAMES
)
LOST = (
    Mishap(kind="cut", operation="CreateUser", probability=0.25, effect=True),
    Mishap(kind="cut", operation="CreateUser", probability=0.15),
    Mishap(
        kind="error", code="InternalServiceException", status=500, operation="CreateUser",
        probability=0.15, effect=True,
    ),
)  # fmt: skip
GOOD, BAD, UNTOLD = RowStatus.SUCCEEDED, RowStatus.FAILED, RowStatus.UNKNOWN


def late(seconds):
    """Return requests that take effect long after their connection was cut."""
    return (Mishap(kind="late", operation="CreateUser", probability=0.2, seconds=seconds),)


def raced(folder, seed, *, operators, lag=0.0, call_tags=True, more=()):
    """Let operators create the same users at the same time, some of their answers lost."""
    folder.mkdir()
    race = Race(folder, SimConfig(lag=lag, search_lag=lag), seed=seed, call_tags=call_tags)
    race.simulator.set_faults(Faults(seed=seed, latency=Latency(fixed=0.2), mishaps=LOST + more))
    race.run("create-users", *[PEOPLE] * operators)
    race.simulator.land(math.inf)
    return race, [asyncio.run(ledger_of(folder / f"run{n}")) for n in range(operators)]


async def ledger_of(folder):
    """Return status by name, and how each call moved, of one run's ledger."""
    ledger = SqliteLedger.open(folder, readonly=True)
    statuses = {row.key: row.status async for row in ledger.results()}
    moves = [(event.call, event.from_state, event.to_state) async for event in ledger.events()]
    await ledger.close()
    return statuses, moves


def makers(race):
    """Return which run made each user, as its tag says."""
    (instance,) = race.simulator.world.instances.values()
    return {
        user["Name"]: user["Tags"][MARK_KEY].partition("/")[0]
        for user in instance.tables["user"].all()
        if user["Name"] in NAMES
    }


@pytest.mark.parametrize("seconds", [4.0, 20.0, 200.0])
def test_a_create_that_lands_late_makes_nothing_a_second_time(tmp_path, seconds):
    for seed in range(4):
        folder, more = tmp_path / str(seed), late(seconds)
        race, [(statuses, _)] = raced(folder, seed, operators=1, more=more)
        assert set(statuses.values()) == {GOOD}, f"seed {seed}"
        assert race.simulator.request_log.effects("CreateUser") == dict.fromkeys(NAMES, 1)


def test_of_two_operators_none_is_misled_by_what_lands_late(tmp_path):
    for seed in range(8):
        race, runs = raced(tmp_path / str(seed), seed, operators=2, more=late(20.0))
        made = makers(race)
        for number, (statuses, _) in enumerate(runs):
            mine = {name for name, run in made.items() if run == f"run{number}"}
            claimed = {name for name, status in statuses.items() if status is GOOD}
            assert claimed == mine, f"seed {seed}, run{number}"


@pytest.mark.parametrize("lag", [0.0, 6.0])
def test_of_two_operators_each_claims_what_it_made_and_nothing_else(tmp_path, lag):
    for seed in range(8):
        race, runs = raced(tmp_path / str(seed), seed, operators=2, lag=lag)
        made = makers(race)
        assert sorted(made) == sorted(NAMES), f"seed {seed}"
        for number, (statuses, _) in enumerate(runs):
            for name, status in statuses.items():
                expected = GOOD if made[name] == f"run{number}" else BAD
                assert status is expected, f"seed {seed}, run{number}, {name}"


def test_without_tags_nobody_claims_what_it_cannot_prove(tmp_path):
    told = set()
    for seed in range(8):
        _, runs = raced(tmp_path / str(seed), seed, operators=2, call_tags=False)
        for statuses, moves in runs:
            adopted = {call for call, before, after in moves
                       if (before, after) == (CallState.IN_DOUBT, CallState.SUCCEEDED)}  # fmt: skip
            assert adopted == set(), f"seed {seed}"
            told |= set(statuses.values())
        (first, _), (second, _) = runs
        both = [name for name in NAMES if first[name] is second[name] is GOOD]
        assert both == [], f"seed {seed}"
    assert told == {GOOD, BAD, UNTOLD}


@pytest.mark.parametrize("lag", [0.0, 6.0, 45.0])
def test_one_operator_has_every_user_in_spite_of_lost_answers(tmp_path, lag):
    for seed in range(4):
        race, [(statuses, _)] = raced(tmp_path / str(seed), seed, operators=1, lag=lag)
        assert set(statuses.values()) == {GOOD}, f"seed {seed}"
        assert race.simulator.request_log.effects("CreateUser") == dict.fromkeys(NAMES, 1)
