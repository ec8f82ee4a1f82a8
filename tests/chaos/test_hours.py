"""Eight hours of one run: keys that expire, quotas that change, sleeps, deaths, lost answers."""

from __future__ import annotations

import time
from functools import partial

import pytest

from bulkops.ledger.states import RowStatus
from bulkops.pacing.quotas import Quota
from bulkops.sim.core.fault_injection import Faults, Latency, Mishap
from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.state.throttle import Allowance
from tests.chaos.mortals import EXPIRED, MortalLoop
from tests.chaos.scene import Life, Scene
from tests.chaos.trials import TRIALS, USER_HEAD

HOUR = 3600.0
EVERY_DAY, AT_THE_GATE = 2_000, 20_000
GATE = 1_000
"""Histories from which on the suite is given its time."""
WORKING = 6.2
"""Hours that the rows are to take by the quota; sleeps and a lowered quota make it eight."""
SECRET = "Hours-Secret-"


@pytest.fixture
def rows(request):
    asked = request.config.getoption("--hours-rows")
    at_the_gate = request.config.getoption("--chaos") >= GATE
    return asked or (AT_THE_GATE if at_the_gate else EVERY_DAY)


def quotas(rate):
    """Return a quota that is lowered for an hour, raised for another, and what it was again."""
    usual, burst = Allowance(rate=rate, burst=5.0), 5.0
    lowered = Allowance(rate=rate * 0.5, burst=burst)
    raised = Allowance(rate=rate * 2, burst=burst)
    return ((0.0, usual), (2 * HOUR, lowered), (3 * HOUR, raised), (4 * HOUR, usual))


def expiries():
    """Let each key expire an hour after the one before."""
    return tuple(
        Mishap(
            kind="error",
            code=EXPIRED,
            status=403,
            access_key="key" + "+" * number,
            since=(number + 1) * HOUR,
        )
        for number in range(12)
    )


def calls(rows, parts):
    return tuple(rows * part // parts for part in range(1, parts))


def scene(folder, rows):
    sheet = folder / "sheet.csv"
    lines = (f"agent{n:06},{SECRET}{n},Ana,Núñez,Agent,Billing," for n in range(rows))
    sheet.write_text("\n".join([USER_HEAD, *lines]) + "\n", encoding="utf-8")
    rate = rows / (WORKING * HOUR)
    made = Scene(
        folder=folder / "run",
        config=SimConfig(rates={"CreateUser": quotas(rate)}, limits={"user": rows + 10}),
        trial=TRIALS[0],
        sheet=sheet,
        quota=Quota(rate=rate, burst=5.0, source="a test"),
        new_loop=partial(MortalLoop, most_turns=60 * rows + 2_000_000, most_seconds=24 * HOUR),
        keys={"": "key"},
    )
    made.plan()
    # a few only: to look for one user among thousands is to list them all
    lost = Mishap(kind="cut", operation="CreateUser", calls=calls(rows, 8), effect=True)
    cut = Mishap(kind="cut", operation="CreateUser", calls=calls(rows, 7))
    made.simulator.set_faults(
        Faults(latency=Latency(fixed=0.05, spread=0.3), mishaps=(*expiries(), lost, cut))
    )
    return made


def lives(rows):
    """Return the lives of eight hours; each of the first two dies at a third of all writes."""
    third = 2 * rows // 3
    return (
        Life(writes=third, sleep=(0.9 * HOUR, 0.6 * HOUR), renewals=12),
        Life(
            writes=third,
            before_commit=True,
            sleep=(0.5 * HOUR, 0.7 * HOUR),
            steady_clock_sleeps=True,
            wall_jump=-30.0,
            renewals=12,
        ),
        Life(renewals=12),
    )


def test_a_run_of_eight_hours_loses_doubles_and_gives_away_nothing(ram, rows):
    began = time.monotonic()
    lived = scene(ram, rows)
    assert [lived.live(life) for life in lives(rows)] == [False, False, True]
    assert lived.is_over()
    made = lived.simulator.request_log.effects("CreateUser")
    assert (len(made), set(made.values())) == (rows, {1})
    counts = {status: number for status, number in lived.counts().items() if number}
    assert counts == {RowStatus.SUCCEEDED: rows}
    for path in lived.folder.iterdir():
        assert SECRET.encode() not in path.read_bytes(), path.name
    hours = (lived.past + lived.asleep) / HOUR
    throttles = lived.throttles()["CreateUser"]
    print(
        f"{rows:,} rows in {hours:.2f} virtual hours and {time.monotonic() - began:.1f} s; "
        f"{throttles} throttles, {lived.deaths} deaths"
    )
    assert 7.5 < hours < 9.0
    assert throttles < rows / 20
