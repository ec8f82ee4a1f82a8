"""The pace of whole runs, in virtual time, against a simulator with strict quotas."""

from __future__ import annotations

import anyio
import pytest

from bulkops.pacing.bucket import capacity
from bulkops.pacing.quotas import Quota
from bulkops.sim.core.fault_injection import Faults, Latency
from bulkops.sim.core.simulation_config import InstanceConfig, SimConfig
from bulkops.sim.state.throttle import Allowance
from tests.engine.race import Race, WarmClient

MOVES = "update-user-routing-profiles"
MOVE = "UpdateUserRoutingProfile"
QUEUES = "associate-routing-profile-queues"
ONBOARD = "tests/benchmarks/onboard_agents.py"
LATENCY = Faults(latency=Latency(fixed=0.08, spread=0.12))
BELIEVED = Allowance(rate=2.0, burst=5.0)


def moves(*numbers, profile="Billing"):
    """Return a sheet that moves numbered users."""
    return "username,routing_profile\n" + "".join(f"agent{n:05d},{profile}\n" for n in numbers)


def onboardings(count):
    header = (
        "username,password,first_name,last_name,security_profile,routing_profile,"
        "attribute,value,level,status\n"
    )
    rows = (
        f"new{n},Secret-1-Word,Ana,Reis,Agent,Billing,Skill,Returns,3,Training\n"
        for n in range(count)
    )
    return header + "".join(rows)


def queues_of_profiles(profiles, queues=("Support", "Billing", "Escalations", "Sales EMEA")):
    channels = ("VOICE", "CHAT", "TASK")
    places = [(queue, channel) for queue in queues for channel in channels][:10]
    return "routing_profile,queue,channel\n" + "".join(
        f"Profile {n:05d},{queue},{channel}\n"
        for n in range(1, profiles + 1)
        for queue, channel in places
    )


def spread_over(*aliases, rows):
    """Return a sheet that moves so many users in each of several targets."""
    return "target,username,routing_profile\n" + "".join(
        f"{alias},agent{n:05d},Billing\n" for n in range(1, rows + 1) for alias in aliases
    )


@pytest.fixture
def race(tmp_path):
    def make(*, users=0, profiles=0, quota=None, instances=None, **named):
        one = InstanceConfig(users=users, routing_profiles=profiles)
        config = SimConfig(
            instances=instances or (one,),
            rates={} if quota is None else {MOVE: quota},
            faults=LATENCY,
        )
        return Race(folder=tmp_path, config=config, **named)

    return make


def least(calls, rate=2.0, burst=5.0):
    return (calls - burst) / rate


def test_one_step_rows_take_the_least_time_and_meet_no_throttle(race):
    run = race(users=400)
    run.run(MOVES, moves(*range(1, 401)))
    assert run.calls == {MOVE: 400}
    assert run.throttles == 0
    assert run.seconds <= 1.01 * least(400)


def test_the_three_steps_of_rows_overlap(race):
    run = race()
    run.run(ONBOARD, onboardings(150))
    assert run.calls == {
        "CreateUser": 150,
        "AssociateUserProficiencies": 150,
        "PutUserStatus": 150,
    }
    assert run.throttles == 0
    assert run.seconds <= 1.05 * least(150)


def test_ten_queues_go_in_one_call(race):
    run = race(profiles=30)
    run.run(QUEUES, queues_of_profiles(30))
    assert run.calls == {"AssociateRoutingProfileQueues": 30}
    assert run.throttles == 0
    assert run.seconds <= 1.05 * least(30)


def test_rows_that_are_so_already_send_nothing(race):
    run = race(users=30)
    run.run(MOVES, moves(*range(1, 31), profile="Basic Routing Profile"))
    assert run.writes() == []
    assert run.counts == {"unchanged": 30}


@pytest.mark.parametrize(
    "quota",
    [Allowance(rate=1.0, burst=5.0), Allowance(rate=2.0, burst=5.0, foreign=1.0)],
    ids=["lower than believed", "half of it taken by others"],
)
def test_a_run_finds_the_half_quota_that_is_left_to_it(race, quota):
    run = race(users=150, quota=quota)
    run.run(MOVES, moves(*range(1, 151)))
    assert run.calls == {MOVE: 150}
    assert run.throttles <= 15
    assert run.seconds <= 1.05 * least(150, rate=1.0)


def test_a_quota_that_falls_for_a_while_costs_less_than_a_throttle_a_second(race):
    fallen = Allowance(rate=0.5, burst=5.0)
    run = race(users=200, quota=((0.0, BELIEVED), (20.0, fallen), (35.0, BELIEVED)))
    run.run(MOVES, moves(*range(1, 201)))
    assert run.calls == {MOVE: 200}
    assert run.throttles < 15
    granted_until_it_rose = 5 + 2 * 20 + 0.5 * 15
    assert run.seconds <= 1.05 * (35 + (200 - granted_until_it_rose) / 2)


def test_two_runs_that_share_a_quota_unknowingly_end_near_the_least_time(race):
    run = race(users=400)
    run.run(MOVES, moves(*range(1, 201)), moves(*range(201, 401)))
    assert run.calls == {MOVE: 400}
    assert run.throttles <= 40
    assert run.seconds <= 1.10 * least(400)


class Disk:
    """A disk that takes its time, and now and then a multiple of it."""

    def __init__(self, seconds, *, stalls=(), stall=0.0):
        self.seconds, self.stalls, self.stall = seconds, stalls, stall
        self.waits = 0

    async def __call__(self, work):
        self.waits += 1
        await anyio.sleep(self.stall if self.waits in self.stalls else self.seconds)
        work()


@pytest.fixture
def race_on(race):
    """Return a race of so many seconds at a quota that is all granted, on a disk of its own."""

    def make(disk, rate, burst, *, seconds):
        calls = int(burst + seconds * rate)
        run = race(
            users=calls,
            quota=Allowance(rate=rate, burst=burst),
            known=Quota(rate=rate, burst=burst, source="a test"),
            aside=disk,
        )
        run.run(MOVES, moves(*range(1, calls + 1)))
        assert run.calls == {MOVE: calls}
        return run

    return make


@pytest.mark.parametrize("milliseconds", [0, 5, 10])
@pytest.mark.parametrize(("rate", "burst"), [(2.0, 5.0), (100.0, 100.0)])
def test_a_slow_disk_costs_a_run_no_time_and_no_throttle(race_on, rate, burst, milliseconds):
    run = race_on(Disk(milliseconds / 1000), rate, burst, seconds=5)
    assert run.throttles == 0
    reserved = burst - capacity(Quota(rate=rate, burst=burst, source="a test"))
    assert run.seconds <= 5 + reserved / rate + 0.2


@pytest.mark.parametrize(("rate", "burst"), [(2.0, 5.0), (100.0, 100.0)])
def test_calls_that_the_disk_held_up_do_not_leave_all_at_once(race_on, rate, burst):
    stalls = 1.5
    run = race_on(Disk(0.002, stalls=(1, 30), stall=stalls), rate, burst, seconds=5)
    assert run.throttles == 0
    assert run.seconds <= 5 + 2 * stalls + 0.5


def test_calls_that_the_disk_held_up_in_a_storm_keep_to_what_is_left(race):
    full, fallen = Allowance(rate=20.0, burst=50.0), Allowance(rate=5.0, burst=5.0)
    disk = Disk(0.002)
    run = race(
        users=300,
        quota=((0.0, full), (5.0, fallen)),
        known=Quota(rate=20.0, burst=50.0, source="a test"),
        aside=disk,
    )
    # the disk stands still in the midst of the storm, as long as fifty calls take
    disk.stalls, disk.stall = (360,), 10.0
    run.run(MOVES, moves(*range(1, 301)))
    assert run.calls == {MOVE: 300}
    assert run.throttles <= 20


def test_instances_of_one_account_and_region_share_a_lane(race):
    here = [InstanceConfig(alias=alias, users=60) for alias in ("east", "west")]
    run = race(instances=tuple(here))
    run.run(MOVES, spread_over("east", "west", rows=60))
    assert run.calls == {MOVE: 120}
    assert run.throttles == 0
    assert least(120) <= run.seconds <= 1.05 * least(120)


def test_accounts_and_regions_do_not_wait_for_one_another(race):
    run = race(
        instances=(
            InstanceConfig(alias="first", users=60),
            InstanceConfig(alias="second", users=60, account="210987654321"),
            InstanceConfig(alias="third", users=60, region="eu-west-2"),
        )
    )
    run.run(MOVES, spread_over("first", "second", "third", rows=60))
    assert run.calls == {MOVE: 180}
    assert run.throttles == 0
    assert run.seconds <= 1.05 * least(60)


def test_a_lane_stays_below_its_known_quota_unless_it_probes(race):
    generous = Allowance(rate=20.0, burst=50.0)
    steady, probing = race(users=400, quota=generous), race(users=400, quota=generous, ceiling=10)
    steady.run(MOVES, moves(*range(1, 201)))
    assert steady.seconds >= least(200)
    assert not [event for event, _ in steady.told if event == "rate"]
    probing.folder = probing.folder / "probing"
    probing.folder.mkdir()
    probing.run(MOVES, moves(*range(1, 201)))
    assert probing.seconds < steady.seconds


def test_connections_are_made_before_the_first_burst_and_not_waited_for_too_long(race):
    run = race(users=20, door=WarmClient)
    run.run(MOVES, moves(*range(1, 21)))
    (client,) = run.clients
    entries = list(run.simulator.request_log.entries)
    first = next(n for n, entry in enumerate(entries) if entry.operation == MOVE)
    assert client.warmed == [("connect", 4, first)]
    assert entries[first].at - entries[first - 1].at < 5
    assert run.calls == {MOVE: 20}
