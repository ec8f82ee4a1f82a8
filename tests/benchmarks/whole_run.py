"""A whole run of bulkops by its own parts: what `bulkops run` does, to be timed by phase."""

from __future__ import annotations

import random
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from bulkops.engine.calls.conductor import Conductor
from bulkops.engine.calls.context import RunContext
from bulkops.engine.ports import Broadcast, World
from bulkops.engine.run_limits import RunLimits
from bulkops.engine.signals import Control
from bulkops.ledger.records import RunRecord
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.states import RowStatus
from bulkops.runs.inputs.job_inputs import read_inputs
from bulkops.runs.proposal import propose
from bulkops.runs.secrets import CellSecrets
from bulkops.targets.connect import connect
from bulkops.targets.request import PaceChoice, Request, SheetChoice, TargetChoice

RUN = "run-of-benchmark"


def world(seed=1):
    return World(now=lambda: datetime.now(UTC), chance=random.Random(seed).random)


async def carried_out(asked, pace, ready):
    """Plan a run, say ready, carry it out; return how many rows failed."""
    request = Request(
        job=asked["job"],
        sheet=SheetChoice(path=Path(asked["sheet"])),
        target=TargetChoice(endpoint_url=asked["url"]),
        pace=PaceChoice(**pace),
    )
    inputs = read_inputs(request.job, request.sheet)
    async with connect(request, world=world(), tell=Broadcast()) as connection:
        ledger = await planned(inputs, connection, Path(asked["folder"]))
        try:
            ready()
            await conducted(inputs, connection, ledger)
            counts = await ledger.counts()
        finally:
            await ledger.close()
    return sum(counts.values()) - counts.get(RowStatus.SUCCEEDED, 0)


async def planned(inputs, connection, folder):
    """Return a ledger that holds the whole plan."""
    proposal = await propose(inputs, connection)
    ledger = SqliteLedger.create(folder, _record(inputs))
    await ledger.load(proposal.entries())
    return ledger


async def conducted(inputs, connection, ledger):
    """Send what the ledger holds, until nothing is left."""
    stage = staged(inputs.loaded.job, CellSecrets(inputs.order), connection, ledger, Broadcast())
    await Conductor(stage, Control(), RunLimits()).conduct()


def staged(job, secrets, connection, ledger, tell):
    """Return what a run works with."""
    return RunContext(
        job=job, ledger=ledger, targets=connection.targets, clients=connection.clients,
        lanes=connection.lanes, world=connection.world, secrets=secrets, tell=tell, token=RUN,
    )  # fmt: skip


@asynccontextmanager
async def reopened(request, folder):
    """Open a ledger and reach its targets again, as `bulkops resume` does."""
    ledger = SqliteLedger.open(folder)
    try:
        async with connect(request, world=world(), tell=Broadcast()) as connection:
            yield ledger, connection
    finally:
        await ledger.close()


def _record(inputs):
    return RunRecord(
        id=RUN, job=inputs.loaded.job.name, job_sha256=inputs.loaded.sha256,
        sheet=inputs.table.file, sheet_sha256=inputs.table.sha256,
        headers=tuple(inputs.table.headers), version="benchmark",
        created_at="2026-01-01T00:00:00Z",
    )  # fmt: skip
