"""CPU of a call: the engine's own, and the SDK's: `python -m tests.benchmarks.engine_cost OUTPUT`.

The engine's own is that of a whole run, ledger on disk included, whose client answers at once.
The SDK's is that of aioboto3 alone, calling a server of ours as often. A profile of the engine's
part is written to `engine-profile.txt`.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import cProfile
import io
import os
import pstats
import tempfile
import time
from pathlib import Path

import anyio

from bulkops.aws.client import AwsClient
from bulkops.aws.credentials import SessionOptions
from bulkops.definition.catalogue import load
from bulkops.engine.calls.conductor import Conductor
from bulkops.engine.calls.context import RunContext
from bulkops.engine.lanes import Lanes
from bulkops.engine.ports import Broadcast, real_world
from bulkops.engine.run_limits import RunLimits
from bulkops.engine.signals import Control
from bulkops.ledger.records import RunRecord
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.pacing.adaptive_rate import Pace
from bulkops.pacing.quotas import Quota
from bulkops.pacing.replies import Reply
from bulkops.planning.plan import Action, PlannedCall, PlannedRow
from bulkops.planning.target import Target
from bulkops.runs.secrets import CellSecrets
from tests.benchmarks.contenders import most_memory
from tests.benchmarks.racing import CREDENTIALS, UNLIMITED, ids_of, serving
from tests.benchmarks.reporting import table, write_csv

JOB, MOVE = "update-user-routing-profiles", "UpdateUserRoutingProfile"
QUOTA = Quota(rate=1e5, burst=200.0, source="benchmark")
TARGET = Target(
    name="", account="123456789012", region="us-east-1", instance_id="i" * 36,
    instance_arn="arn", alias="bulkops-demo", identity=None, caller_arn="", protected=False,
)  # fmt: skip
AT_ONCE = 50
PROFILED = 10_000


class Instant:
    """A client that answers at once."""

    async def call(self, _service, _operation, _params):
        await anyio.lowlevel.checkpoint()
        return Reply(data={})


def entries(rows):
    """Yield a plan that moves as many users."""
    arguments = {"InstanceId": "i" * 36, "UserId": "u" * 36, "RoutingProfileId": "p" * 36}
    for number in range(2, rows + 2):
        call = PlannedCall(
            rows=(number,), target="", step="0", service="connect", operation=MOVE,
            params=arguments, undo=arguments,
        )  # fmt: skip
        yield PlannedRow(
            number=number, key=f"agent{number}", target="", action=Action.UPDATE,
            cells=(f"agent{number}", "Billing"), changes=(), calls=(call,), problem=None,
            thing=("u" * 36, "arn:" * 20),
        )  # fmt: skip


async def engine(rows, profile=None, client=None, quota=QUOTA):
    """Return the CPU seconds and the seconds that a run takes; its requests cost nothing."""
    clients = {"": client or Instant()}
    with tempfile.TemporaryDirectory() as folder:
        ledger = SqliteLedger.create(Path(folder), _record())
        await ledger.load(entries(rows))
        context = RunContext(
            job=load(JOB).job, ledger=ledger, targets={"": TARGET}, clients=clients,
            lanes=Lanes(lambda _lane: (quota, Pace(quota)), tell=Broadcast()), world=real_world(),
            secrets=CellSecrets(None), tell=Broadcast(), token="benchmark",
        )  # fmt: skip
        conductor = Conductor(context, Control(), RunLimits())
        cpu, began = time.process_time(), time.monotonic()
        with profile or contextlib.nullcontext():
            await conductor.conduct()
        taken = time.process_time() - cpu, time.monotonic() - began
        await ledger.close()
    return taken


async def aioboto3_alone(url, rows):
    """Return the CPU seconds and the seconds of as many calls with aioboto3."""
    import aioboto3  # noqa: PLC0415  # only for this measurement

    async with aioboto3.Session().client("connect", endpoint_url=url) as client:
        return await _called(client.update_user_routing_profile, url, rows)


async def our_client(url, rows):
    """Return the same of the client that bulkops calls by, which is aioboto3's with some more."""
    async with AwsClient(SessionOptions(endpoint_url=url)) as client:

        async def call(**arguments):
            await client.call("connect", MOVE, arguments)

        return await _called(call, url, rows)


async def _called(call, url, rows):
    ids, instance = ids_of(url)
    arguments = {
        "InstanceId": instance,
        "UserId": ids["user"]["admin"],
        "RoutingProfileId": ids["routing-profile"]["Billing"],
    }
    await call(**arguments)
    gate = asyncio.Semaphore(AT_ONCE)

    async def one():
        async with gate:
            await call(**arguments)

    cpu, began = time.process_time(), time.monotonic()
    await asyncio.gather(*(one() for _ in range(rows)))
    return time.process_time() - cpu, time.monotonic() - began


def _record():
    return RunRecord(
        id="run", job=JOB, job_sha256="", sheet="", sheet_sha256="", headers=(),
        version="benchmark", created_at="2026-01-01T00:00:00Z",
    )  # fmt: skip


def profiled(output):
    """Write where the engine's own time goes."""
    profile, text = cProfile.Profile(), io.StringIO()
    anyio.run(engine, PROFILED, profile)
    pstats.Stats(profile, stream=text).strip_dirs().sort_stats("tottime").print_stats(40)
    (output / "engine-profile.txt").write_text(text.getvalue(), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path, help="folder for engine-cost.csv and the profile")
    parser.add_argument("--rows", type=int, default=20_000)
    given = parser.parse_args()
    given.output.mkdir(parents=True, exist_ok=True)
    os.environ.update(CREDENTIALS)
    asked = {
        "rates": {MOVE: [[0.0, UNLIMITED]]}, "users": 0, "profiles": 0, "seed": 1, "latency": False,
    }  # fmt: skip
    measured = {"the engine's own": anyio.run(engine, given.rows)}
    memory = most_memory()
    with serving(asked) as url:
        measured["aioboto3 alone"] = anyio.run(aioboto3_alone, url, given.rows)
        measured["bulkops' client alone"] = anyio.run(our_client, url, given.rows)
    records = [
        {
            "what": name,
            "calls": given.rows,
            "cpu_ms_per_call": f"{cpu / given.rows * 1000:.3f}",
            "ms_per_call": f"{seconds / given.rows * 1000:.3f}",
        }
        for name, (cpu, seconds) in measured.items()
    ]
    profiled(given.output)
    write_csv(given.output / "engine-cost.csv", records, tuple(records[0]))
    print(table(records, tuple(records[0])))
    print(f"the engine's process held {memory / 1e6:.0f} MB at the most")


if __name__ == "__main__":
    main()
