"""One race: a server and contenders in processes of their own, judged by the server's record."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.request import urlopen

from tests.benchmarks.contenders import CONTENDERS
from tests.benchmarks.scenarios import work

CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}
UNLIMITED = {"rate": 1e6, "burst": 1e6}
READS = (
    "ListUsers", "SearchUsers", "DescribeUser", "ListRoutingProfiles", "SearchRoutingProfiles",
    "ListQueues", "SearchQueues", "ListRoutingProfileQueues", "ListSecurityProfiles",
    "SearchSecurityProfiles", "ListAgentStatuses", "SearchAgentStatuses", "ListInstances",
    "DescribeInstance",
)  # fmt: skip
"""Reads are not what is raced: they come free."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one contender made of one scenario, by the server's own record."""

    scenario: str
    contender: str
    seed: int
    speed: float
    rows: int
    least: float
    """Seconds that the rows take at the least, those that failed left out."""
    seconds: float
    """From the first request to the last one that was granted."""
    calls: int
    """Requests that arrived."""
    granted: int
    throttles: int
    failed: int
    """Rows whose work was given up."""
    cpu_per_call: float
    """Seconds of CPU for each request granted."""
    memory: int
    """The most bytes resident, all of the contender's processes together."""
    granted_at: tuple[float, ...] = field(default=(), repr=False)
    throttled_at: tuple[float, ...] = field(default=(), repr=False)

    @property
    def ratio(self):
        """Time over the least for the rows that did not fail; 0 where the burst was enough."""
        return self.seconds / self.least if self.least else 0.0


@contextmanager
def server(scenario, seed, speed):
    """Serve a scenario's world; yields the base URL."""
    rates = {operation: [[0.0, UNLIMITED]] for operation in READS}
    rates |= {
        operation: [[since, asdict(quota)] for since, quota in scenario.faster(speed)]
        for operation in scenario.operations
    }
    asked = {
        "rates": rates, "users": scenario.users, "profiles": scenario.profiles, "seed": seed,
    }  # fmt: skip
    with serving(asked) as url:
        yield url


@contextmanager
def serving(asked):
    """Run a server process; yields its URL."""
    command = [sys.executable, "-m", "tests.benchmarks.serving", json.dumps(asked)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def fetched(url, what):
    with urlopen(f"{url}/_sim/{what}") as answer:  # noqa: S310  # our own server
        return json.loads(answer.read())


def ids_of(url):
    """Return kind → name → id, and the instance's id, past all quotas."""
    (instance,) = fetched(url, "state").values()
    ids = {
        kind: {record["Name"]: record["Id"] for record in things.values()}
        for kind, things in instance.items()
    }
    (user, *_) = instance["user"].values()
    return ids, user["Arn"].split("/")[1]


def race(scenario, contender, *, seed, speed, start):
    """Run one contender through one scenario; `start` is a barrier for those that race at once."""
    with ExitStack() as stack:
        url = stack.enter_context(server(scenario, seed, speed))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        ids, instance = ids_of(url)
        processes = []
        for number, part in enumerate(work(scenario, ids)):
            sheet = folder / f"sheet{number}.csv"
            sheet.write_text(part.sheet, encoding="utf-8")
            asked = {
                "url": url, "instance": instance, "rows": part.rows, "speed": speed,
                "job": scenario.job, "sheet": str(sheet), "folder": str(folder / f"run{number}"),
            }  # fmt: skip
            processes.append(stack.enter_context(_process(contender, asked)))
        for process in processes:
            if process.stdout.readline().strip() != "ready":
                raise RuntimeError(f"{contender} could not begin {scenario.name}")
        before = len(fetched(url, "record")["entries"])
        start.wait()
        for process in processes:
            process.stdin.write("go\n")
            process.stdin.flush()
        with ThreadPoolExecutor(len(processes)) as pool:
            said = list(pool.map(lambda each: json.loads(each.stdout.readline()), processes))
        entries = fetched(url, "record")["entries"][before:]
    return _result(scenario, contender, entries, said, seed=seed, speed=speed)


@contextmanager
def _process(contender, asked):
    command = [sys.executable, "-m", "tests.benchmarks.contenders", contender]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    process = subprocess.Popen(command, env={**os.environ, **CREDENTIALS}, **pipes)
    process.stdin.write(json.dumps(asked) + "\n")
    process.stdin.flush()
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def _result(scenario, contender, entries, said, *, seed, speed):
    writes = [entry for entry in entries if entry["operation"] in scenario.operations]
    began = min(entry["at"] for entry in writes)
    granted = [entry["at"] - began for entry in writes if not entry["code"]]
    throttled = [entry["at"] - began for entry in writes if entry["throttled"]]
    failed = sum(each["failed"] for each in said)
    return Result(
        scenario=scenario.name, contender=contender, seed=seed, speed=speed, rows=scenario.rows,
        least=scenario.least(speed, failed), seconds=max(granted), calls=len(writes),
        granted=len(granted), throttles=len(throttled),
        failed=failed,
        cpu_per_call=sum(each["cpu"] for each in said) / max(len(granted), 1),
        memory=sum(each["memory"] for each in said),
        granted_at=tuple(granted), throttled_at=tuple(throttled),
    )  # fmt: skip


def contenders(*, with_cli):
    """Return who races; the AWS CLI only where it is wanted and there."""
    cli = with_cli and shutil.which("aws")
    return [name for name in CONTENDERS if cli or name != "aws cli loop"]
