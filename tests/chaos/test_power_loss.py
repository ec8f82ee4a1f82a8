"""Power cuts at any moment of a run, on a disk that loses or tears whatever was not synced."""

from __future__ import annotations

import random
import shutil
from contextlib import contextmanager
from dataclasses import replace
from itertools import count

import anyio
import pytest

from bulkops.engine.run_limits import RunLimits
from bulkops.errors import LedgerError
from bulkops.ledger import ledger_file
from bulkops.ledger.database import Database
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.state_moves import record
from bulkops.ledger.states import CallState, RowStatus
from bulkops.runs.run_folders import all_runs
from bulkops.sim.simulated_client import SimulatedClient
from tests.chaos.disk_recorder import recording, sqlite
from tests.chaos.lossy_disk import SECTOR, Trace, after_power_loss
from tests.ledger.plans import listed
from tests.office import Office

LIBRARY = sqlite()
pytestmark = pytest.mark.skipif(LIBRARY is None, reason="this Python's SQLite can't be reached")
MOVES = "username,routing_profile\n" + "".join(
    f"{user},Billing\n" for user in ("admin", "j.murphy", "m.silva", "a.kowalska")
)
JOB = "update-user-routing-profiles"
REPORTS = ("results.csv", "results.xlsx", "report.html", "run.json")
DISK_SECONDS = 0.005
CUTS = 150
"""Power cuts a day, of which each is tried in every way of losing what was not synced."""


def all_kept(_chance):
    return lambda: True, lambda _data: None


def all_lost(_chance):
    return lambda: False, lambda _data: None


def some_lost(chance):
    return lambda: chance.random() < 0.5, lambda _data: None


def torn(chance):
    """Keep most of what was not synced, writes in part: whole sectors from their beginning."""
    return (
        lambda: chance.random() < 0.8,
        lambda data: chance.randrange(0, len(data) + 1, SECTOR) if chance.random() < 0.3 else None,
    )


WAYS = (all_kept, all_lost, some_lost, torn)


@contextmanager
def told(trace, monkeypatch, writing="UpdateUserRoutingProfile"):
    """Mark in the trace when a request leaves, and when somebody is told how its row ended."""
    real = SimulatedClient.call

    async def call(client, service, operation, params):
        if operation == writing:
            trace.add("mark", "", ("left", params["UserId"]))
        return await real(client, service, operation, params)

    with monkeypatch.context() as patched:
        patched.setattr(SimulatedClient, "call", call)
        yield


async def slowly(work):
    """Take a disk's time, in which the others go on."""
    await anyio.sleep(DISK_SECONDS)
    work()


async def lived(folder, monkeypatch, *, folder_syncs=True):
    """Return the trace of a run that is stopped after some rows, gone on with and reported."""
    office = Office(folder)
    sheet = office.sheet(MOVES)
    trace = Trace(folder)

    def listen(event, /, **facts):
        if event == "row":
            trace.add("mark", "", ("ended", facts["row"]))

    office.listen = listen
    office.answers.yes_to_canary = False
    office.world = replace(office.world, aside=slowly)
    with told(trace, monkeypatch), recording(trace, LIBRARY, folder_syncs=folder_syncs):
        first = await office.run(JOB, sheet, limits=RunLimits(canary=2))
        assert first.counts[RowStatus.PENDING] > 0
        trace.add("mark", "", ("reported", first.run))
        last = await office.resume()
        assert last.counts == {RowStatus.SUCCEEDED: 4}
        trace.add("mark", "", ("reported", last.run))
    return trace


def versions(trace):
    """Return every content that a report had when it was synced."""
    found = {name: set() for name in REPORTS}
    for act in trace.acts:
        if act.what == "write" and act.more[0] == 0:
            for name in REPORTS:
                stem, _, suffix = name.partition(".")
                if act.path.rpartition("/")[2].startswith(f".{stem}-") and act.path.endswith(
                    suffix
                ):
                    found[name].add(act.more[1])
    return found


async def broken_promises(trace, upto, place):
    """Return what a disk in this state holds against what was promised by then."""
    marks = trace.marks(upto)
    runs = all_runs(place / "runs")
    left = {what for kind, what in marks if kind == "left"}
    if not runs:
        return ["the run is gone, and calls were sent"] if left else []
    (run,) = runs
    wrongs = []
    try:
        ledger = SqliteLedger.open(run)
    except LedgerError as error:
        return [f"the ledger can't be opened: {error}"]
    calls = {call.params["UserId"]: call for call in await listed(ledger.calls())}
    rows = {row.number: row.status async for row in ledger.results()}
    await ledger.close()
    wrongs += [
        f"the request of {user} left, and its intent is gone"
        for user in left
        if calls[user].attempts == 0
    ]
    wrongs += [
        f"{user} succeeded, and no request of it ever left"
        for user, call in calls.items()
        if call.state is CallState.SUCCEEDED and user not in left
    ]
    wrongs += [
        f"row {what} was told to have ended, and is {rows[what]}"
        for kind, what in marks
        if kind == "ended" and rows[what] is not RowStatus.SUCCEEDED
    ]
    whole = versions(trace)
    for name in REPORTS:
        there = (run / name).exists()
        if there and (run / name).read_bytes() not in whole[name]:
            wrongs.append(f"{name} is neither the old one nor the new one")
        if not there and any(kind == "reported" for kind, _ in marks):
            wrongs.append(f"{name} was written, and is gone")
    return wrongs


def moments(trace, chance, cuts):
    """Return after how many acts the power is cut: at the end, at each mark, and by lot."""
    total = len(trace.acts)
    marked = [number + 1 for number, act in enumerate(trace.acts) if act.what == "mark"]
    return sorted({*marked, total, *chance.sample(range(total), min(cuts, total))})


async def all_broken(trace, place, chance, cuts, *, ways=WAYS):
    """Cut the power at moments drawn by lot, in each way; return what was broken."""
    broken = []
    total = len(trace.acts)
    for upto in moments(trace, chance, cuts):
        for way in ways:
            state = place / "state"
            after_power_loss(trace, upto, state, *way(chance))
            wrongs = await broken_promises(trace, upto, state)
            broken += [f"act {upto} of {total}, {way.__name__}: {wrong}" for wrong in wrongs]
            shutil.rmtree(state)
    return broken


@pytest.fixture
def cuts(request):
    return request.config.getoption("--chaos") or CUTS


@pytest.fixture
def chance(request):
    seed = request.config.getoption("--chaos-seed")
    print(f"seed {seed}")
    return random.Random(seed)


@pytest.fixture
def places(ram):
    """Return one folder after another."""
    numbers = count()

    def make():
        folder = ram / str(next(numbers))
        folder.mkdir()
        return folder

    return make


async def test_what_is_recorded_is_all_that_was_done(places, monkeypatch):
    folder, state = places(), places()
    trace = await lived(folder, monkeypatch)
    after_power_loss(trace, len(trace.acts), state, *all_kept(None))
    (run,) = all_runs(folder / "runs")
    for name in (*REPORTS, "ledger.sqlite"):
        assert (state / "runs" / run.name / name).read_bytes() == (run / name).read_bytes()
    assert {file.name for file in (state / "runs" / run.name).iterdir()} == {
        file.name for file in run.iterdir()
    }


async def test_a_power_cut_loses_no_call_invents_no_outcome_and_tears_no_report(
    places, chance, cuts, monkeypatch
):
    trace = await lived(places(), monkeypatch)
    assert len([act for act in trace.acts if act.what == "mark"]) == 4 + 4 + 2
    assert await all_broken(trace, places(), chance, cuts) == []


async def test_what_is_deleted_was_kept_before_the_first_request_left(
    places, chance, cuts, monkeypatch
):
    office = Office(places())
    sheet = office.sheet("username\nm.silva\nj.murphy\n")
    trace = Trace(office.folder)
    with told(trace, monkeypatch, "DeleteUser"), recording(trace, LIBRARY):
        ending = await office.run("delete-users", sheet, confirm="bulkops-demo")
    kept = {name: (ending.folder / name).read_bytes() for name in ("before.csv", "before.xlsx")}
    place = places()
    for upto in moments(trace, chance, cuts):
        for way in WAYS if trace.marks(upto) else ():
            after_power_loss(trace, upto, place / "state", *way(chance))
            (run,) = all_runs(place / "state" / "runs")
            assert {name: (run / name).read_bytes() for name in kept} == kept
            shutil.rmtree(place / "state")


def no_wait_at_checkpoints(patch):
    real = ledger_file._settle_durability

    def hasty(connection):
        real(connection)
        connection.execute("PRAGMA synchronous = OFF")

    patch.setattr(ledger_file, "_settle_durability", hasty)


def no_wait_for_the_log(patch):
    patch.setattr(Database, "flush", lambda _database: None)


def a_call_leaves_while_its_intent_is_on_its_way_to_the_disk(patch):
    async def unwaited(self, moves, *, aside):  # noqa: ARG001  # nobody waits
        return record(self._database, self._lock, moves)

    patch.setattr(SqliteLedger, "record", unwaited)


@pytest.mark.parametrize(
    ("mistake", "broken"),
    [
        (no_wait_at_checkpoints, "the ledger can't be opened"),
        (no_wait_for_the_log, "its intent is gone"),
        (a_call_leaves_while_its_intent_is_on_its_way_to_the_disk, "its intent is gone"),
    ],
)
async def test_a_ledger_that_does_not_wait_for_the_disk_would_be_found_out(
    places, chance, monkeypatch, mistake, broken
):
    mistake(monkeypatch)
    trace = await lived(places(), monkeypatch)
    found = await all_broken(trace, places(), chance, 0, ways=(all_lost,))
    assert any(broken in each for each in found), found


async def test_folders_that_are_not_synced_would_be_found_out(places, chance, monkeypatch):
    trace = await lived(places(), monkeypatch, folder_syncs=False)
    found = await all_broken(trace, places(), chance, 0, ways=(all_lost,))
    assert any("the run is gone, and calls were sent" in each for each in found), found
