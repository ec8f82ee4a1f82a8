from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulkops.errors import Exit, RefusedError
from bulkops.pacing.replies import Reply
from bulkops.sim.core.request_log import state
from bulkops.sim.core.seed import BEGUN
from bulkops.sim.core.simulation_config import InstanceConfig, SimConfig
from bulkops.sim.journal import Journal, JournalError, read_commits
from bulkops.sim.kept_simulation import JOURNAL, SimulationBusyError, open_simulation
from bulkops.sim.state.throttle import UNLIMITED
from tests.sim.centre import PASSWORD, Centre
from tests.sim.examples import examples


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "simulation"


def opened(folder, now=BEGUN, **config):
    return open_simulation(folder, now=lambda: now, config=SimConfig(**config))


def kept(folder):
    with opened(folder) as client:
        return state(client.simulator.world)


class KeptCentre(Centre):
    """A centre whose world is that of an open simulation."""

    def __init__(self, client):
        super().__init__()
        self.world = client.simulator.world
        self.service.world = self.world
        self.instance = next(iter(self.world.instances.values()))


def test_every_write_is_there_again_when_the_folder_is_opened(folder):
    with opened(folder) as client:
        centre = KeptCentre(client)
        for operation, params in examples(centre):
            centre.ask(operation, **params)
        before = state(client.simulator.world)
        made = centre.ask("CreateUser", **centre.user("later"))
    with opened(folder) as client:
        again = KeptCentre(client)
        assert again.ask("DescribeUser", UserId=made["UserId"])["User"]["Username"] == "later"
        again.ask("DeleteUser", UserId=made["UserId"])
        assert state(client.simulator.world) == before


def test_ids_go_on_where_they_were(folder):
    ids = set()
    for number in range(3):
        with opened(folder) as client:
            centre = KeptCentre(client)
            ids.add(centre.ask("CreateUser", **centre.user(f"user{number}"))["UserId"])
    assert len(ids) == 3


def test_no_password_is_in_the_folder(folder):
    with opened(folder) as client:
        centre = KeptCentre(client)
        centre.ask("CreateUser", **centre.user())
    assert PASSWORD.encode() not in (folder / JOURNAL).read_bytes()
    assert (folder / JOURNAL).stat().st_mode & 0o777 == 0o600


def test_what_is_refused_leaves_no_line(folder):
    with opened(folder) as client:
        centre = KeptCentre(client)
        centre.code("CreateUser", **centre.user(RoutingProfileId="none"))
        centre.ask("ListUsers")
    assert read_commits(folder / JOURNAL) == []


def test_the_world_stays_the_one_it_was_begun_with(folder):
    begun = SimConfig(seed=7, instances=(InstanceConfig(alias="mine", identity="SAML", users=3),))
    with open_simulation(folder, now=lambda: BEGUN, config=begun) as client:
        before = state(client.simulator.world)
    with opened(folder, lag=2.5, search_lag=7.5, limits={"user": 1}) as client:
        assert state(client.simulator.world) == before
        world = client.simulator.world
        assert (world.lag, world.search_lag) == (2.5, 7.5)
        assert client.simulator.world.limits == {}


def test_a_second_opening_is_refused_with_the_first_ones_process(folder):
    with opened(folder), pytest.raises(SimulationBusyError, match=f"process {os.getpid()} "):
        opened(folder)
    opened(folder).close()


def test_closing_twice_is_harmless(folder):
    client = opened(folder)
    client.close()
    client.close()


@given(cut=st.integers(1, 10_000))
@settings(max_examples=40, deadline=None)
def test_a_torn_last_line_costs_only_itself(tmp_path_factory, cut):
    folder = tmp_path_factory.mktemp("torn")
    with opened(folder) as client:
        centre = KeptCentre(client)
        centre.ask("CreateUser", **centre.user("first"))
        before = state(client.simulator.world)
        whole = (folder / JOURNAL).stat().st_size
        centre.ask("CreateUser", **centre.user("second"))
    content = (folder / JOURNAL).read_bytes()
    last = len(content) - whole
    (folder / JOURNAL).write_bytes(content[: -1 - (cut % last)] if cut % last else content[:-1])
    assert kept(folder) == before
    with opened(folder) as client:
        centre = KeptCentre(client)
        centre.ask("CreateUser", **centre.user("third"))
    assert [commit.operation for commit in read_commits(folder / JOURNAL)] == ["CreateUser"] * 2


def test_a_line_damaged_in_the_middle_is_said_and_the_folder_is_free_again(folder):
    with opened(folder) as client:
        centre = KeptCentre(client)
        for number in range(2):
            centre.ask("CreateUser", **centre.user(f"user{number}"))
    path = folder / JOURNAL
    good = path.read_bytes()
    path.write_bytes(good.replace(b"user0", b"userX", 1))
    for _ in range(2):
        with pytest.raises(JournalError, match=r"world\.journal is damaged at byte"):
            opened(folder)
    path.write_bytes(good)
    opened(folder).close()


def test_another_format_is_refused(folder):
    folder.mkdir()
    journal = Journal(folder / JOURNAL, SimConfig())
    journal._write({"format": 99})
    journal.close()
    lines = (folder / JOURNAL).read_bytes().splitlines(keepends=True)
    (folder / JOURNAL).write_bytes(lines[1])
    with pytest.raises(JournalError, match="has format 99; this bulkops reads 1"):
        opened(folder)


NAMES = st.sampled_from(["ann", "bob", "cal", "dee"])
STEPS = st.lists(st.tuples(st.sampled_from(["make", "drop", "move", "tag"]), NAMES), max_size=25)


@given(steps=STEPS, lag=st.sampled_from([0.0, 2.0]))
@settings(max_examples=40, deadline=None)
def test_the_state_after_replay_is_the_state_before(tmp_path_factory, steps, lag):
    folder = tmp_path_factory.mktemp("replay")
    with opened(folder, lag=lag) as client:
        centre = KeptCentre(client)
        for second, (step, name) in enumerate(steps):
            centre.now = float(second)
            take(centre, step, name)
        before = state(client.simulator.world)
        drawn = centre.instance.drawn
    with opened(folder, lag=lag) as client:
        assert state(client.simulator.world) == before
        assert KeptCentre(client).instance.drawn == drawn


def take(centre, step, name):
    found = centre.instance.tables["user"].named(name)
    if step == "make" and found is None:
        centre.ask("CreateUser", **centre.user(name))
    elif found is None:
        return
    elif step == "make":
        centre.code("CreateUser", **centre.user(name))
    elif step == "drop":
        centre.ask("DeleteUser", UserId=found["Id"])
    elif step == "move":
        billing = centre.id("routing-profile", "Billing")
        centre.ask("UpdateUserRoutingProfile", UserId=found["Id"], RoutingProfileId=billing)
    else:
        centre.ask("TagResource", resourceArn=found["Arn"], tags={"at": str(centre.now)})


async def test_buckets_are_full_again_after_a_restart(folder):
    for _ in range(2):
        with opened(folder, rates={"ListUsers": UNLIMITED}) as client:
            outcomes = [await client.call("connect", "ListInstances", {}) for _ in range(6)]
            assert [isinstance(one, Reply) for one in outcomes] == [True] * 5 + [False]


WRITER = textwrap.dedent("""
    import sys, time
    from pathlib import Path
    from tests.sim.centre import Centre
    from tests.sim.test_kept_simulation import KeptCentre
    from bulkops.sim.core.simulation_config import SimConfig
    from bulkops.sim.kept_simulation import open_simulation

    with open_simulation(Path(sys.argv[1]), now=time.time, config=SimConfig()) as client:
        centre = KeptCentre(client)
        for number in range(1_000_000):
            print(centre.ask("CreateUser", **centre.user(f"user{number}"))["UserId"], flush=True)
""")


@pytest.mark.process
def test_a_kill_loses_nothing_that_was_answered(folder):
    command = [sys.executable, "-c", WRITER, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        answered = [process.stdout.readline().strip() for _ in range(30)]
        with pytest.raises(SimulationBusyError, match=f"process {process.pid} "):
            opened(folder)
        process.send_signal(signal.SIGKILL)
        answered += [line.strip() for line in process.stdout if line.endswith("\n")]
    with opened(folder) as client:
        centre = KeptCentre(client)
        ids = [record["Id"] for record in centre.instance.tables["user"].all()][4:]
    assert answered == ids[: len(answered)]
    assert len(ids) - len(answered) <= 1


@pytest.mark.parametrize("error", [SimulationBusyError, JournalError])
def test_what_keeps_a_simulation_from_being_opened_refuses_the_run(error):
    assert issubclass(error, RefusedError)
    assert error("Busy.").exit is Exit.REFUSED
