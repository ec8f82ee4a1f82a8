"""A sheet of 200,000 rows, phase by phase: `python -m tests.benchmarks.scale OUTPUT`.

Moves users to another routing profile on a server that grants whatever is asked. Each phase runs
in a process of its own, so that its memory is its own: `plan` reads, checks, looks, plans and
stores; `run` carries out what is stored, up to half of it; `resume` goes on from there.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from tests.benchmarks.contenders import cpu_seconds, most_memory
from tests.benchmarks.racing import CREDENTIALS, serving
from tests.benchmarks.reporting import table, write_csv

JOB = "update-user-routing-profiles"
COLUMNS = ("phase", "sheet", "rows", "seconds", "cpu_seconds", "cpu_ms_per_row", "memory_mb")
UNLIMITED = {"rate": 1e9, "burst": 1e9}
FAST = {"tps": ("100000",), "burst": 200.0}
OPERATIONS = (
    "UpdateUserRoutingProfile", "ListUsers", "SearchUsers", "ListRoutingProfiles",
    "SearchRoutingProfiles", "DescribeInstance", "ListInstances",
)  # fmt: skip


class Phases:
    """Times and memory of what a process does, printed as one line of JSON in the end."""

    def __init__(self):
        self.seconds = {}

    def start(self):
        self._began = time.monotonic(), cpu_seconds()

    def end(self, name):
        seconds, cpu = self._began
        self.seconds[name] = (time.monotonic() - seconds, cpu_seconds() - cpu, most_memory())
        self.start()


class Watcher:
    """Notes when the first row was done, and stops a run after so many."""

    def __init__(self, control, most):
        self.control = control
        self.most = most
        self.first = None
        self.rows = 0

    def __call__(self, event, /, **_facts):
        if event == "row":
            from bulkops.engine.signals import Stop  # noqa: PLC0415  # as all of this room's

            self.first = self.first or time.monotonic()
            self.rows += 1
            if self.rows == self.most:
                self.control.stop(Stop.INTERRUPTED)


def phase(name, asked):
    import anyio  # noqa: PLC0415  # the parent need not load what its phases do

    phases = Phases()
    phases.start()
    anyio.run(PHASES[name], asked, phases)
    print(json.dumps(phases.seconds))


async def plan(asked, phases):
    from bulkops.engine.ports import Broadcast  # noqa: PLC0415  # likewise
    from bulkops.runs.inputs.job_inputs import read_inputs  # noqa: PLC0415  # likewise
    from bulkops.targets.connect import connect  # noqa: PLC0415  # its import is timed, too
    from tests.benchmarks.whole_run import planned, world  # noqa: PLC0415  # likewise

    request = _request(asked)
    phases.end("import")
    inputs = read_inputs(request.job, request.sheet)
    phases.end("read the sheet")
    async with connect(request, world=world(), tell=Broadcast()) as connection:
        ledger = await planned(inputs, connection, Path(asked["folder"]))
        await ledger.close()
    phases.end("check, survey, plan, store")


async def carry_on(asked, phases):
    """Go on with a run, as resume does; told to stop after `asked["most"]` rows."""
    from bulkops.definition.catalogue import load  # noqa: PLC0415  # likewise
    from bulkops.engine.calls.conductor import Conductor  # noqa: PLC0415  # likewise
    from bulkops.engine.run_limits import RunLimits  # noqa: PLC0415  # likewise
    from bulkops.engine.signals import Control  # noqa: PLC0415  # likewise
    from bulkops.runs.secrets import CellSecrets  # noqa: PLC0415  # its import is timed, too
    from tests.benchmarks.whole_run import reopened, staged  # noqa: PLC0415  # likewise

    began = time.monotonic()
    request = _request(asked)
    phases.end("import")
    control = Control()
    watcher = Watcher(control, asked["most"])
    async with reopened(request, Path(asked["folder"])) as (ledger, connection):
        stage = staged(load(JOB).job, CellSecrets(None), connection, ledger, watcher)
        await Conductor(stage, control, RunLimits()).conduct()
    phases.end(asked["phase"])
    phases.seconds["until the first row was done"] = (watcher.first - began, 0.0, 0)


PHASES = {"plan": plan, "carry-on": carry_on}


def _request(asked):
    from bulkops.targets.request import PaceChoice, Request, SheetChoice, TargetChoice  # noqa: PLC0415  # as above

    return Request(
        job=JOB,
        sheet=SheetChoice(path=Path(asked["sheet"])),
        target=TargetChoice(endpoint_url=asked["url"]),
        pace=PaceChoice(**FAST),
    )


def in_a_process(name, asked):
    """Run a phase in a process of its own; return what it measured."""
    command = [sys.executable, "-m", "tests.benchmarks.scale", "--phase", name, json.dumps(asked)]
    done = subprocess.run(
        command, env={**os.environ, **CREDENTIALS}, stdout=subprocess.PIPE, check=True, text=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def sheets(output, rows):
    """Write the rows as CSV and as a workbook; return both paths."""
    import openpyxl  # noqa: PLC0415  # as above

    text = output / "moves.csv"
    lines = [f"agent{number:05d},Billing" for number in range(1, rows + 1)]
    text.write_text("\n".join(["username,routing_profile", *lines, ""]), encoding="utf-8")
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("Moves")
    page.append(["username", "routing_profile"])
    for line in lines:
        page.append(line.split(","))
    book.save(output / "moves.xlsx")
    return text, output / "moves.xlsx"


def measured(output, rows, send, seed):
    """Yield a record for each phase of each sheet; a run and its resume send so many rows each."""
    asked = {
        "rates": {operation: [[0.0, UNLIMITED]] for operation in OPERATIONS}, "users": rows,
        "profiles": 0, "seed": seed, "latency": False, "limits": {"user": rows + 10},
    }  # fmt: skip
    for sheet in sheets(output, rows):
        folder = output / f"run-{sheet.suffix[1:]}"
        with serving(asked) as url:
            base = {"sheet": str(sheet), "url": url, "folder": str(folder)}
            yield from _records(sheet, rows, in_a_process("plan", base))
            for name in ("run", "resume"):
                part = {**base, "phase": f"{name}, {send:,} rows of it", "most": send}
                yield from _records(sheet, send, in_a_process("carry-on", part))


def _records(sheet, rows, phases):
    for name, (seconds, cpu, memory) in phases.items():
        if name != "import":
            yield {
                "phase": name, "sheet": sheet.suffix[1:], "rows": rows,
                "seconds": f"{seconds:.2f}", "cpu_seconds": f"{cpu:.2f}",
                "cpu_ms_per_row": f"{cpu / rows * 1000:.3f}", "memory_mb": f"{memory / 1e6:.0f}",
            }  # fmt: skip


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.scale", description=__doc__)
    parser.add_argument("output", type=Path, nargs="?", help="folder for scale.csv, sheets, runs")
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--send", type=int, help="rows that run and resume send (default: half)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--phase", nargs=2, metavar=("NAME", "JSON"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.phase:
        phase(given.phase[0], json.loads(given.phase[1]))
        return
    given.output.mkdir(parents=True, exist_ok=True)
    print(f"seed {given.seed}, {given.rows:,} rows")
    send = given.send or given.rows // 2
    records = []
    for each in measured(given.output, given.rows, send, given.seed):
        records.append(each)
        print(each, flush=True)
    write_csv(given.output / "scale.csv", records, COLUMNS)
    print(table(records, COLUMNS))


if __name__ == "__main__":
    main()
