"""How long a run takes whose associations are cut off, on the virtual clock."""

from __future__ import annotations

from bulkops.pacing.delays import SOON_SECONDS
from bulkops.sim.core.fault_injection import Faults, Latency, Mishap
from bulkops.sim.core.simulation_config import SimConfig
from tests.engine.race import Race

ASSOCIATE = "AssociateRoutingProfileQueues"
CALLS = 20
LEAST = 8.0
"""Seconds in which twenty calls may be sent at two a second, after a burst of four."""
EVERY_SECOND = tuple(range(2, CALLS + 1, 2))


def raced(folder, *mishaps):
    """Give a queue to many routing profiles, a call each, while connections are cut."""
    race = Race(folder, SimConfig())
    (instance,) = race.simulator.world.instances.values()
    profiles = instance.tables["routing-profile"]
    pattern = next(iter(profiles.all()))
    for number in range(CALLS):
        profiles.put({**pattern, "Id": f"p{number}", "Name": f"P{number}", "QueueConfigs": []})
    race.simulator.set_faults(Faults(seed=1, latency=Latency(fixed=0.1), mishaps=mishaps))
    rows = "".join(f"P{number},Billing,VOICE,1,0\n" for number in range(CALLS))
    sheet = f"routing_profile,queue,channel,priority,delay\n{rows}"
    race.run("associate-routing-profile-queues", sheet)
    return race


def waited_for(race):
    return [facts["waits_for"] for event, facts in race.told if event == "progress"]


def test_associations_that_took_effect_before_they_were_cut_cost_no_time(tmp_path):
    cut = Mishap(kind="cut", operation=ASSOCIATE, calls=EVERY_SECOND, effect=True)
    race = raced(tmp_path, cut)
    assert race.counts == {"succeeded": CALLS}
    assert sum(race.calls.values()) == CALLS
    assert race.seconds <= LEAST + 0.5


def test_associations_that_were_cut_before_they_took_effect_cost_the_wait_once(tmp_path):
    """It took 315 seconds when absence was believed only at the last look."""
    cut = Mishap(kind="cut", operation=ASSOCIATE, calls=EVERY_SECOND)
    race = raced(tmp_path, cut)
    assert race.counts == {"succeeded": CALLS}
    assert sum(race.calls.values()) == CALLS + len(EVERY_SECOND)
    assert race.seconds <= LEAST + SOON_SECONDS + 6  # ten more calls, which wait partly meanwhile


def test_while_nothing_is_sent_the_run_says_what_it_waits_for(tmp_path):
    cut = Mishap(kind="cut", operation=ASSOCIATE, calls=EVERY_SECOND)
    said = waited_for(raced(tmp_path, cut))
    looking = [each for each in said if each.startswith(f"looking whether {ASSOCIATE} of row ")]
    assert len(looking) >= LEAST + SOON_SECONDS - 2  # progress is told once a second
    assert said[-1] == ""
