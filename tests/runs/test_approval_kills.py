"""Real processes killed while the question stands, and at each step from the yes to the run."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from bulkops.engine.ports import World
from bulkops.ledger.states import RowStatus
from bulkops.ledger.traces import has_begun
from bulkops.runs.history import describe_runs
from bulkops.runs.ledger_notes import Note
from bulkops.runs.run_folders import DRAFT, all_runs, find_run
from tests.office import Office
from tests.runs.standing_by import results, take_back

MOVES = "username,routing_profile\nj.murphy,Billing\nm.silva,Support Tier 1\n"
JOB = "update-user-routing-profiles"
STEPS = """
import os, signal, sys
from pathlib import Path
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.runs.draft import Draft
left = int(sys.argv.pop(1))
armed = False

def step():
    global left
    if armed:
        left -= 1
        if left < 0:
            print("killed", flush=True)
            os.kill(os.getpid(), signal.SIGKILL)

def stepping(real):
    def stepped(*args, **named):
        step()
        done = real(*args, **named)
        step()
        return done
    return stepped

def stepping_async(real):
    async def stepped(*args, **named):
        step()
        done = await real(*args, **named)
        step()
        return done
    return stepped

SqliteLedger.note = stepping_async(SqliteLedger.note)
SqliteLedger.close = stepping_async(SqliteLedger.close)
Path.rename = stepping(Path.rename)
os.fsync = stepping(os.fsync)
approve = Draft.approve

async def approving(*args):
    global armed
    armed = True
    folder = await approve(*args)
    step()
    print("approved", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

Draft.approve = approving
from bulkops.__main__ import main
main()
"""
"""The command line, dead after so many steps of an approval. A step is before or after an act."""
ASKING = """
import signal, sys, time
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # as at a terminal, though the tests run without one
from bulkops.cli.questions import TerminalAsker
TerminalAsker.plan = lambda *_: print("asked", flush=True) or time.sleep(600)
from bulkops.__main__ import main
main()
"""
"""The command line, with a person who looks at the plan for long."""


def bulkops(folder, code, *words):
    run = ("run", JOB, "sheet.csv", "--simulate", "--yes", "--progress", "none")
    return subprocess.Popen(
        [sys.executable, "-c", code, *words, *run, "--runs-dir", "runs"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        text=True,
    )


class Later(Office):
    """The office after the machine was started again, on the clock of the wall."""

    def __init__(self, folder):
        super().__init__(folder)
        chance = random.Random(2)
        self.world = World(now=lambda: datetime.now(UTC), chance=chance.random)


@pytest.fixture
async def office(tmp_path):
    made = Later(tmp_path)
    made.sheet("username,routing_profile\nadmin,Support Tier 2\n", "older.csv")
    made.older = await made.run(JOB, tmp_path / "older.csv")
    made.sheet(MOVES)
    return made


@pytest.mark.process
@pytest.mark.parametrize("sent", [signal.SIGHUP, signal.SIGTERM, signal.SIGKILL])
async def test_a_process_killed_while_the_question_stands_leaves_no_run(office, sent):
    with bulkops(office.folder, ASKING) as process:
        while process.stdout.readline() not in ("asked\n", ""):
            pass
        process.send_signal(sent)
        process.wait(60)
    assert [line.id for line in await describe_runs(office.runs_dir)] == [office.older.run]
    for draft in office.runs_dir.glob(f"{DRAFT}*"):
        with pytest.raises(Exception, match="nobody has approved"):
            await office.resume(str(draft))
    assert (await office.resume()).run == office.older.run
    assert (await take_back(office)).counts == {RowStatus.SUCCEEDED: 1}


@pytest.mark.process
async def test_a_kill_at_any_step_of_an_approval_leaves_a_draft_or_a_run(office):
    seen = []
    for left in range(40):
        before = set(all_runs(office.runs_dir))
        with bulkops(office.folder, STEPS, str(left)) as process:
            said = process.stdout.read().split()[-1]
        new = [run for run in all_runs(office.runs_dir) if run not in before]
        seen.append(bool(new))
        if new:
            await _is_whole(office, *new)
        else:
            assert find_run(office.runs_dir, None) in before
        for draft in office.runs_dir.glob(f"{DRAFT}*"):
            assert has_begun(draft, Note.APPROVED) is False
        if said == "approved":
            break
    assert said == "approved"
    # what is approved once stays so, whatever comes after
    assert seen == sorted(seen)
    assert {False, True} == set(seen)


async def _is_whole(office, run):
    """Carry a run out that was killed before its first call, and take it back."""
    (line,) = [line for line in await describe_runs(office.runs_dir) if line.folder == run]
    assert (line.state, line.counts) == ("incomplete", {RowStatus.PENDING: 2})
    done = await office.resume(run.name)
    assert (done.run, done.counts) == (run.name, {RowStatus.SUCCEEDED: 2})
    assert {row["bulkops_attempts"] for row in results(done)} == {"1"}
    assert (await take_back(office, run.name)).counts == {RowStatus.SUCCEEDED: 2}
