"""Connections made before the first burst: a call that waits for one arrives late, with others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import anyio

from bulkops.engine.calls.context import RunContext
from bulkops.engine.ports import Warming
from bulkops.ledger.records import LaneKey
from bulkops.pacing.bucket import capacity

MOST = 64
"""Connections opened to one service: a greater burst makes the rest as it goes."""
SECONDS = 3.0
"""How long a run waits for them."""


async def warm(context: RunContext, lanes: Iterable[LaneKey]) -> None:
    """Open as many connections as the lanes send calls at once in the beginning.

    Clients that can't do so are left as they are; nothing is sent.
    """
    wanted: Counter[tuple[str, str]] = Counter()
    for key in lanes:
        target, service, _ = key
        wanted[target, service] += int(capacity(context.lane(key).quota))
    with anyio.move_on_after(SECONDS):
        async with anyio.create_task_group() as tasks:
            for (target, service), connections in wanted.items():
                client = context.clients[target]
                if isinstance(client, Warming):
                    tasks.start_soon(client.warm, service, min(connections, MOST))
