"""What it takes to write the reports of a run of many rows, when it is over and when it is stopped.

`python -m tests.benchmarks.speed.reports FOLDER` writes those of a stopped run in this process.
"""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

import anyio

from tests.benchmarks.finished_run import RUN
from tests.benchmarks.speed.scene import Scene, Usage, measure

ROWS = 100_000
RUNS = "bulkops-runs"


def reported(scene: Scene, rows: int) -> Usage:
    """Make a run, in a process of its own, so that only its reports' memory is seen; report it."""
    scene.python("tests.benchmarks.finished_run", RUNS, rows, 1.0)
    return scene.bulkops("report")


@measure("reports of 100,000 rows", unit="CPU s", goal=8)
def all_reports(scene: Scene) -> float:
    return reported(scene, ROWS).cpu_seconds


@measure("reports of 100,000 rows, memory", unit="MB")
def memory(scene: Scene) -> float:
    return reported(scene, ROWS).memory_mb


@measure("reports of 1,000 rows", unit="CPU s")
def few_rows(scene: Scene) -> float:
    return reported(scene, 1_000).cpu_seconds


@measure(
    "Ctrl-C at half of 100,000 rows: the reports that the prompt waits for", unit="CPU s", goal=2
)
def stopped(scene: Scene) -> float:
    scene.python("tests.benchmarks.finished_run", RUNS, ROWS, 0.5)
    return float(scene.python(__name__, f"{RUNS}/{RUN}").output.split()[-1])


async def written_at_a_stop(folder: Path) -> None:
    """Write the reports as a run does that was stopped, and print the CPU seconds of it."""
    import time  # noqa: PLC0415  # with what it is to measure

    from bulkops.ledger.sqlite import SqliteLedger  # noqa: PLC0415  # the tree's under test
    from bulkops.reports.run_facts import RunFacts  # noqa: PLC0415  # likewise
    from bulkops.reports.run_reports import write_reports  # noqa: PLC0415  # likewise

    async with SqliteLedger.open(folder) as ledger:
        facts = RunFacts.from_json((await ledger.notes())["attempt"])
        brief = "stopped" in inspect.signature(write_reports).parameters
        began = time.process_time()
        await write_reports(ledger, folder, facts=facts, **({"stopped": True} if brief else {}))
        print(time.process_time() - began)


if __name__ == "__main__":
    anyio.run(written_at_a_stop, Path(sys.argv[1]))
