"""Calls and seconds of reading before a plan: `python -m tests.benchmarks.reading_calls OUTPUT`.

A few named users are looked for among many, all of them there, at the published quotas, on the
virtual clock; the simulator's own record counts the calls. The code of a revision and today's are
compared; what is measured is the same in both.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime
from functools import cache
from itertools import count
from pathlib import Path

NAMES = (1, 5, 25, 100, 1000)
THINGS = (20, 500, 5_000, 50_000)
OTHERS = (5_000, 100)
"""Things and names of the jobs after the first."""
JOBS = {
    "update-user-routing-profiles": ("fail", "username,routing_profile", "{0},Sales EMEA"),
    "create-users, update": (
        "update",
        "username,first_name,last_name,security_profiles,routing_profile",
        "{0},Agent,{1},Agent,Sales EMEA",
    ),
    "create-users, update, e-mail": (
        "update",
        "username,first_name,last_name,email,security_profiles,routing_profile",
        "{0},Agent,{1},{0}@example.com,Agent,Sales EMEA",
    ),
    "delete-users": ("fail", "username", "{0}"),
}
COLUMNS = (
    "job", "things", "names", "calls_before", "seconds_before", "calls_after", "seconds_after",
)  # fmt: skip
HOURS = count(1)
OF_INSTANCE = ("ListInstances", "DescribeInstance")


@cache
def simulator_of(things):
    """Return a simulator of so many users, who were there long ago."""
    from bulkops.sim.core.simulation_config import InstanceConfig, SimConfig  # noqa: PLC0415  # the parent compares trees and loads none
    from bulkops.sim.core.simulator import Simulator  # noqa: PLC0415  # likewise

    return Simulator(SimConfig(instances=(InstanceConfig(users=things - 4),)))


def rows(job, names, things):
    """Return a sheet of users who lie all over the instance."""
    on_exists, head, line = JOBS[job]
    numbers = [1 + (2 * place + 1) * (things - 4) // (2 * names) for place in range(names)]
    lines = [line.format(f"agent{number:05d}", f"{number:05d}") for number in numbers]
    return on_exists, "\n".join((head, *lines)) + "\n"


async def read(job, names, things):
    """Return the calls by operation, and the virtual seconds, of looking for users."""
    import anyio  # noqa: PLC0415  # likewise

    from bulkops.aws.direct_calls import DirectCalls  # noqa: PLC0415  # likewise
    from bulkops.aws.instance import resolve_target  # noqa: PLC0415  # likewise
    from bulkops.definition.catalogue import load  # noqa: PLC0415  # likewise
    from bulkops.engine.lanes import Lanes  # noqa: PLC0415  # likewise
    from bulkops.engine.ports import World  # noqa: PLC0415  # likewise
    from bulkops.pacing.adaptive_rate import Pace  # noqa: PLC0415  # likewise
    from bulkops.pacing.quotas import published  # noqa: PLC0415  # likewise
    from bulkops.runs.inputs.sheet_inputs import read_sheet  # noqa: PLC0415  # likewise
    from bulkops.runs.proposal import propose  # noqa: PLC0415  # likewise
    from bulkops.sim.simulated_client import SimulatedClient, virtual_clock  # noqa: PLC0415  # likewise
    from bulkops.targets.connect import Connection  # noqa: PLC0415  # likewise
    from bulkops.targets.request import SheetChoice  # noqa: PLC0415  # likewise

    # the simulator outlives the clocks: each goes on after the one before
    await anyio.sleep(next(HOURS) * 3600)
    simulator = simulator_of(things)
    client = SimulatedClient(simulator)
    target = (await resolve_target(DirectCalls(client, lambda: 0.5), None)).target

    def chosen(lane):
        quota = published(lane.service, lane.operation)
        return quota, Pace(quota)

    def now():
        return datetime.fromtimestamp(virtual_clock(), UTC)

    connection = Connection(
        targets={"": target}, clients={"": client}, lanes=Lanes(chosen, tell=lambda *_, **__: None),
        world=World(now=now, chance=lambda: 0.5),
    )  # fmt: skip
    on_exists, text = rows(job, names, things)
    with tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder) / "sheet.csv"
        sheet.write_text(text, encoding="utf-8")
        inputs = read_sheet(load(job.partition(",")[0]), SheetChoice(path=sheet), on_exists)
    simulator.request_log.calls.clear()
    began = anyio.current_time()
    await propose(inputs, connection)
    calls = Counter(simulator.request_log.calls)
    return {name: calls[name] for name in calls if name not in OF_INSTANCE}, (
        anyio.current_time() - began
    )


def reading(job, names, things):
    """Return the calls by operation and the virtual seconds of one look, on a clock of its own."""
    import anyio  # noqa: PLC0415  # likewise

    from bulkops.sim.virtual_clock import VirtualLoop  # noqa: PLC0415  # likewise

    loop = {"loop_factory": VirtualLoop}
    return anyio.run(read, job, names, things, backend="asyncio", backend_options=loop)


def looks(things):
    """Yield (job, names) of all looks among so many users."""
    first, *others = JOBS
    yield from ((first, names) for names in NAMES if names <= things - 4)
    if things == OTHERS[0]:
        yield from ((job, OTHERS[1]) for job in others)


def taken():
    """Print the record of every look as a line of JSON: in a process of the tree under test."""
    for things in THINGS:
        for job, names in looks(things):
            calls, seconds = reading(job, names, things)
            record = {"job": job, "things": things, "names": names}
            print(json.dumps({**record, "calls": calls, "seconds": seconds}), flush=True)
        simulator_of.cache_clear()


def taken_of(tree, links):
    """Return the records that a tree's code comes to."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(tree), str(links)))}
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.reading_calls", "--here"],
        cwd=links, env=environment, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return [json.loads(line) for line in io.StringIO(done.stdout)]


def compared(before, after):
    """Return a record for each look, of both trees."""
    return [
        {
            **{name: old[name] for name in ("job", "things", "names")},
            **{f"calls_{when}": sum(one["calls"].values()) for when, one in pair},
            **{f"seconds_{when}": f"{one['seconds']:.1f}" for when, one in pair},
        }
        for old, new in zip(before, after, strict=True)
        for pair in [(("before", old), ("after", new))]
    ]


def main():
    """Measure both trees, print the table and write reading_calls.csv."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.reading_calls")
    parser.add_argument("output", type=Path, nargs="?", help="folder for reading_calls.csv")
    parser.add_argument("--before", default="ff1c982", help="the revision to compare with")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.here:
        taken()
        return
    from tests.benchmarks.reporting import table, write_csv  # noqa: PLC0415  # likewise
    from tests.benchmarks.speed.__main__ import (  # noqa: PLC0415  # likewise
        REPOSITORY,
        tree_of_revision,
        tree_of_today,
    )

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        links = root / "links"
        links.mkdir()
        (links / "tests").symlink_to(REPOSITORY / "tests")
        before = taken_of(tree_of_revision(asked.before, root / "before"), links)
        after = taken_of(tree_of_today(root / "after"), links)
    records = compared(before, after)
    print(table(records, COLUMNS))
    if asked.output is not None:
        asked.output.mkdir(parents=True, exist_ok=True)
        write_csv(asked.output / "reading_calls.csv", records, COLUMNS)


if __name__ == "__main__":
    main()
