"""A whole centre whose rows need one another: `python -m tests.benchmarks.chained_run [--scale 1]`.

Queues, routing profiles with twenty queues each, users and flows, all in one workbook, are carried
out on the simulator with the usual quotas, on a clock that jumps to the next timer. What is
printed is the least time that the plan says, what the run took of the simulated time, and the
processor's time of both; `--flat` takes the same users without the rest, whose profile is there.
"""

from __future__ import annotations

import argparse
import random
import time
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import anyio
import openpyxl

from bulkops.ledger.sqlite import SqliteLedger
from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.kept_simulation import open_simulation
from bulkops.sim.virtual_clock import VirtualLoop
from tests.office import Office

LIMITS = dict.fromkeys(("queue", "routing-profile", "contact-flow", "user"), 100_000)
FLOW = (
    '{"Version": "2019-10-30", "StartAction": "end", "Actions": '
    '[{"Identifier": "end", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}]}'
)
WORKBOOK = "workbook"


def sheets_of(scale, *, flat, in_order):
    """Return the rows of each sheet; in no order that would suit the run, unless asked for."""
    rng = random.Random(1)
    queues = [f"Queue {number}" for number in range(int(300 * scale))]
    profiles = [f"Profile {number}" for number in range(int(200 * scale))]
    lists = {profile: rng.sample(queues, 20) for profile in profiles}
    those = profiles if in_order else [rng.choice(profiles) for _ in range(int(5000 * scale))]
    people = [
        (f"user{number}", "Blue-Harbour-4711", "A", "B", "Agent", those[number % len(those)])
        for number in range(int(5000 * scale))
    ]
    head = ("username", "password", "first_name", "last_name", "security_profiles")
    if flat:
        rest = [(*row[:5], "Basic Routing Profile") for row in people]
        return {"Users": [(*head, "routing_profile"), *rest]}
    return {
        "Queues": [("queue", "hours"), *[(queue, "Basic Hours") for queue in queues]],
        "Routing profiles": [
            ("routing_profile", "description", "default_outbound_queue", "voice"),
            *[(profile, "New", mine[0], 1) for profile, mine in lists.items()],
        ],
        "Routing profile queues": [
            ("routing_profile", "queue", "channel", "priority", "delay"),
            *[(profile, queue, "VOICE", 1, 0) for profile, mine in lists.items() for queue in mine],
        ],
        "Users": [(*head, "routing_profile"), *people],
        "Flows": [
            ("flow", "type", "status", "content"),
            *[(f"Flow {n}", "CONTACT_FLOW", "SAVED", FLOW) for n in range(int(400 * scale))],
        ],
    }


def written(path, sheets):
    book = openpyxl.Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


async def carried_out(folder, sheets):
    office = Office(folder)
    now = time.time
    open_simulation(office.runs_dir / "simulated", now=now, config=SimConfig(limits=LIMITS)).close()
    path = written(folder / "centre.xlsx", sheets)
    began = time.process_time()
    asked = {}

    def plan(summary, _targets):
        asked.update(summary=summary, cpu=time.process_time() - began)
        return True

    office.answers.plan = plan
    ending = await office.run(WORKBOOK, path)
    cpu = time.process_time() - began
    return asked["summary"], asked["cpu"], cpu - asked["cpu"], await taken(ending.folder), ending


async def taken(folder):
    """Return the seconds from the first request to the last answer, and how many were sent."""
    ledger = SqliteLedger.open(folder, readonly=True)
    moves = [event async for event in ledger.events()]
    await ledger.close()
    at = sorted(datetime.fromisoformat(event.at) for event in moves)
    sent = sum(event.to_state == "sent" for event in moves)
    return (at[-1] - at[0]).total_seconds(), sent


async def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--flat", action="store_true")
    parser.add_argument("--in-order", action="store_true")
    asked = parser.parse_args()
    sheets = sheets_of(asked.scale, flat=asked.flat, in_order=asked.in_order)
    with TemporaryDirectory() as folder:
        summary, planning, running, (seconds, sent), ending = await carried_out(
            Path(folder), sheets
        )
    print(f"rows {summary.totals.rows:,}, calls {sum(summary.totals.calls.values()):,}")
    print(f"least {summary.least_seconds:.1f} s: {' → '.join(map(str, summary.course))}")
    print(f"took {seconds:.1f} s for {sent:,} calls: {seconds / summary.least_seconds:.3f}")
    print(f"processor: plan {planning:.1f} s, run {running:.1f} s; {dict(ending.counts)}")


if __name__ == "__main__":
    anyio.run(main, backend="asyncio", backend_options={"loop_factory": VirtualLoop})
