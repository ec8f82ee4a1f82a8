"""A simulator served over HTTP from a thread of its own, for tests with real processes."""

from __future__ import annotations

import threading
from contextlib import contextmanager

import anyio

from bulkops.sim.core.simulator import Simulator
from bulkops.sim.http.server import ServerConfig, serve


@contextmanager
def served(config, simulator=None):
    """Serve a simulation on loopback; yields the base URL."""
    ready, stop, url = threading.Event(), threading.Event(), []
    simulator = simulator or Simulator(config)

    async def serving():
        async with serve(ServerConfig(simulation=config), simulator) as base:
            url.append(base)
            ready.set()
            await anyio.to_thread.run_sync(stop.wait)

    thread = threading.Thread(target=anyio.run, args=(serving,), daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield url[0]
    finally:
        stop.set()
        thread.join(10)
