from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bulkops.ledger.call_changes import Move
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.states import CallState
from tests.ledger.plans import CREATE, RECORD, listed, now, row

WRITER = """
import sys
from pathlib import Path
from bulkops.ledger.interface import Move
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.states import CallState
from tests.ledger.plans import CREATE, at, now

ledger = SqliteLedger.open(Path(sys.argv[1]))
print("open", flush=True)
while ready := now(ledger.ready(CREATE, limit=50)):
    for call in ready:
        for moved in ((CallState.PLANNED, CallState.SENT), (CallState.SENT, CallState.SUCCEEDED)):
            now(ledger.move(Move(call.id, moved, at=at(1))))
            print(call.id, moved[1], flush=True)
"""
LOADER = """
import sys
from pathlib import Path
from bulkops.ledger.sqlite import SqliteLedger
from tests.ledger.plans import CREATE, now, row

def rows():
    for number in range(1, 10**9):
        if number == 5000:
            print("half", flush=True)
        yield row(number, CREATE)

now(SqliteLedger.open(Path(sys.argv[1])).load(rows()))
"""
ROWS = 4_000
ROOT = Path(__file__).parents[2]


def started(script, folder):
    """Return a process that works on a run, with what it prints."""
    return subprocess.Popen(
        [sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )


@pytest.mark.process
def test_what_a_killed_process_had_committed_is_there_and_nothing_else(folder):
    seed = time.time_ns()
    print(f"seed {seed}")
    chance = random.Random(seed)  # moments to kill at, no secret
    ledger = SqliteLedger.create(folder, RECORD)
    now(ledger.load(row(number, CREATE) for number in range(1, ROWS + 1)))
    now(ledger.close())
    for _ in range(4):
        said = run_and_kill(folder, chance.uniform(0.05, 0.4))
        ledger = SqliteLedger.open(folder)
        check_true_to_itself(ledger, said)
        for call in now(ledger.doubtful()):
            now(ledger.move(Move(call.id, (CallState.SENT, CallState.IN_DOUBT), at="t")))
            now(ledger.move(Move(call.id, (CallState.IN_DOUBT, CallState.PLANNED), at="t")))
        now(ledger.close())


def run_and_kill(folder, seconds):
    """Return what a writer said it had committed, by call, before it was killed."""
    with started(WRITER, folder) as writer:
        assert writer.stdout.readline() == "open\n"
        first = writer.stdout.readline()
        time.sleep(seconds)
        writer.send_signal(signal.SIGKILL)
        lines = [first, *writer.stdout.read().splitlines(keepends=True)]
    whole = [line.split() for line in lines if line.endswith("\n")]
    return {int(number): CallState(state) for number, state in whole}


def check_true_to_itself(ledger, said):
    states = {found.id: found.state for found in now(listed(ledger.calls()))}
    led = dict.fromkeys(states, CallState.PLANNED)
    for event in now(listed(ledger.events())):
        assert led[event.call] == event.from_state
        led[event.call] = CallState(event.to_state)
    assert led == states
    behind = {number: state for number, state in said.items() if states[number] is not state}
    assert len(behind) <= 1, "only the last call may have gone one move further than was said"
    assert all(states[number] is CallState.SUCCEEDED for number in behind)
    counts = now(ledger.counts())
    assert sum(counts.values()) == ROWS
    assert len(now(ledger.doubtful())) <= 1


@pytest.mark.process
def test_a_process_killed_while_it_loads_leaves_no_plan(folder):
    ledger = SqliteLedger.create(folder, RECORD)
    now(ledger.close())
    with started(LOADER, folder) as loading:
        assert loading.stdout.readline() == "half\n"
        loading.send_signal(signal.SIGKILL)
    ledger = SqliteLedger.open(folder)
    assert now(ledger.counts()) == {}
    now(ledger.load([row(1, CREATE)]))
    assert len(now(ledger.ready(CREATE, limit=9))) == 1
    now(ledger.close())
