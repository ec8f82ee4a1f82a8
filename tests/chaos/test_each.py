"""Not by lot but one by one: a death at every write, and every fault at every call."""

from __future__ import annotations

import pytest

from bulkops.sim.core.fault_injection import PRESETS, Faults, Latency, Mishap
from bulkops.sim.core.simulation_config import SimConfig
from tests.chaos.scene import Scene
from tests.chaos.trials import TRIALS
from tests.chaos.verdicts import wrongs

ROWS = "username,password,first_name,last_name,security_profiles,routing_profile\n" + "".join(
    f"agent{n},Secret-{n}-Word,Ana,Núñez,Agent,Billing\n" for n in range(4)
)
WRITES = 2 * 4
"""Intent and outcome of each of the four calls."""
STOPPING = ("expired", "denied", "quota")
KINDS = [kind for kind in PRESETS if kind not in STOPPING]
"""Faults that a run outlives by itself; the others stop it."""


def scene(folder):
    sheet = folder / "sheet.csv"
    sheet.write_text(ROWS, encoding="utf-8")
    made = Scene(folder=folder / "run", config=SimConfig(), trial=TRIALS[0], sheet=sheet)
    made.plan()
    made.simulator.set_faults(Faults(latency=Latency(fixed=0.2)))
    return made


def made_once(lived):
    return lived.simulator.request_log.effects("CreateUser") == {f"agent{n}": 1 for n in range(4)}


@pytest.mark.parametrize("disk", [0.0, 0.3], ids=["fast", "slow"])
@pytest.mark.parametrize("before_commit", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("writes", range(WRITES))
def test_a_death_at_any_write_loses_and_doubles_nothing(tmp_path, writes, before_commit, disk):
    lived = scene(tmp_path)
    assert lived.live(writes=writes, before_commit=before_commit, disk=disk) is False
    assert lived.live() is True
    assert made_once(lived)
    assert {row.status.value for row in lived.rows()} == {"succeeded"}


@pytest.mark.parametrize("number", range(1, 5))
@pytest.mark.parametrize("kind", KINDS)
def test_any_fault_at_any_call_is_outlived(tmp_path, kind, number):
    lived = scene(tmp_path)
    preset = PRESETS[kind]
    mishap = Mishap(
        kind=preset.kind,
        operation="CreateUser",
        calls=(number,),
        code=preset.code,
        status=preset.status,
        effect=preset.effect,
    )
    lived.simulator.set_faults(Faults(latency=Latency(fixed=0.2), mishaps=(mishap,)))
    assert lived.live() is True
    assert made_once(lived)
    assert wrongs(lived) == []
    assert {row.status.value for row in lived.rows()} == {"succeeded"}


def test_what_is_in_flight_when_a_quota_is_used_up_is_settled(tmp_path):
    lived = scene(tmp_path)
    full = PRESETS["quota"]
    used_up = Mishap(kind="error", operation="CreateUser", calls=(1,), code=full.code, status=429)
    lost = Mishap(kind="hang", operation="CreateUser", calls=(2,), effect=True)
    lived.simulator.set_faults(Faults(latency=Latency(fixed=0.2), mishaps=(used_up, lost)))
    assert lived.live() is True
    assert [row.status.value for row in lived.rows()].count("pending") == 1
    assert wrongs_but_pending(lived) == []
    assert lived.live() is True
    assert made_once(lived)


def wrongs_but_pending(lived):
    return [each for each in wrongs(lived) if "is pending with 0 effects" not in each]
