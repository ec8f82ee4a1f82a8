"""Those who race, each in a process of its own: `python -m tests.benchmarks.contenders NAME`.

Standard input brings a line of JSON that says what to do and then a line `go`; standard output
gets `ready` when all is prepared, and a line of JSON in the end.
"""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from botocore import xform_name
from botocore.exceptions import BotoCoreError, ClientError

from tests.benchmarks.scenarios import BURST, RATE

THREADS = 10


def fill(arguments, saved):
    return {name: saved if value == "$user" else value for name, value in arguments.items()}


class Tally:
    """What a contender's program would know at its end: calls that it gave up."""

    def __init__(self):
        self.failed = 0


@contextmanager
def boto3_client(asked, **retries):
    import boto3  # noqa: PLC0415  # each contender loads what it uses
    from botocore.config import Config  # noqa: PLC0415  # as above

    config = Config(retries=retries or None, max_pool_connections=THREADS)
    yield boto3.client("connect", endpoint_url=asked["url"], config=config)


def send_row(client, instance, row, tally):
    saved = ""
    for operation, arguments in row:
        try:
            method = getattr(client, xform_name(operation))
            reply = method(InstanceId=instance, **fill(arguments, saved))
        except (ClientError, BotoCoreError):
            tally.failed += 1
            return
        saved = reply.get("UserId", saved)


def sleeping_loop(asked, ready):
    """A script that calls, one after another, and sleeps half a second after each."""
    tally = Tally()

    class Sleepy:
        def __init__(self, client):
            self._client = client

        def __getattr__(self, name):
            def call(**arguments):
                try:
                    return getattr(self._client, name)(**arguments)
                finally:
                    time.sleep(1 / (RATE * asked["speed"]))

            return call

    with boto3_client(asked) as client:
        ready()
        for row in asked["rows"]:
            send_row(Sleepy(client), asked["instance"], row, tally)
    return tally


def threads(mode):
    """Ten threads, and botocore's retries of a mode."""

    def contender(asked, ready):
        tally = Tally()
        with boto3_client(asked, mode=mode) as client, ThreadPoolExecutor(THREADS) as pool:
            ready()
            for row in asked["rows"]:
                pool.submit(send_row, client, asked["instance"], row, tally)
        return tally

    return contender


def plain_limiter(asked, ready):
    """aioboto3 behind one aiolimiter of 2 calls a second for each operation."""
    return asyncio.run(_plain_limiter(asked, ready))


async def _plain_limiter(asked, ready):
    import aioboto3  # noqa: PLC0415  # as above
    from aiolimiter import AsyncLimiter  # noqa: PLC0415  # as above

    tally, limiters = Tally(), {}

    async def send(client, row):
        saved = ""
        for operation, arguments in row:
            limiter = limiters.setdefault(operation, AsyncLimiter(RATE * asked["speed"], 1.0))
            async with limiter:
                try:
                    method = getattr(client, xform_name(operation))
                    reply = await method(InstanceId=asked["instance"], **fill(arguments, saved))
                except (ClientError, BotoCoreError):
                    tally.failed += 1
                    return
            saved = reply.get("UserId", saved)

    async with aioboto3.Session().client("connect", endpoint_url=asked["url"]) as client:
        ready()
        await asyncio.gather(*(send(client, row) for row in asked["rows"]))
    return tally


def aws_cli(asked, ready):
    """The AWS CLI in a shell loop, as its documentation shows it; few rows, for it is slow."""
    tally = Tally()
    ready()
    for row in asked["rows"]:
        saved = ""
        for operation, arguments in row:
            command = ["aws", "connect", xform_name(operation, "-"), "--output", "json"]
            command += ["--endpoint-url", asked["url"], "--cli-input-json"]
            given = {"InstanceId": asked["instance"], **fill(arguments, saved)}
            done = subprocess.run([*command, json.dumps(given)], capture_output=True, check=False)
            if done.returncode:
                tally.failed += 1
                break
            saved = json.loads(done.stdout or b"{}").get("UserId", saved)
    return tally


def bulkops(asked, ready):
    """This project: everything from the sheet to the reports' ledger."""
    import anyio  # noqa: PLC0415  # as above

    from tests.benchmarks.whole_run import carried_out  # noqa: PLC0415  # as above

    tally = Tally()
    pace = {"tps": (str(RATE * asked["speed"]),), "burst": BURST * asked["speed"]}
    tally.failed = anyio.run(carried_out, asked, pace, ready)
    return tally


CONTENDERS = {
    "bulkops": bulkops,
    "loop, sleep 0.5": sleeping_loop,
    "boto3, 10 threads": threads("standard"),
    "boto3, adaptive": threads("adaptive"),
    "aiolimiter 2/s": plain_limiter,
    "aws cli loop": aws_cli,
}
"""Whoever is first has the first column."""


def main(name):
    asked = json.loads(sys.stdin.readline())
    begun = {}

    def ready():
        print("ready", flush=True)
        sys.stdin.readline()
        begun["cpu"], begun["memory"] = cpu_seconds(), most_memory()

    tally = CONTENDERS[name](asked, ready)
    said = {
        "cpu": cpu_seconds() - begun["cpu"],
        "memory": most_memory(),
        "memory_before": begun["memory"],
        "failed": tally.failed,
    }
    print(json.dumps(said), flush=True)


def cpu_seconds():
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def most_memory():
    """Return the most bytes that the process had resident so far."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    (kilobytes,) = (line.split()[1] for line in lines if line.startswith("VmHWM"))
    return int(kilobytes) * 1024


if __name__ == "__main__":
    main(sys.argv[1])
