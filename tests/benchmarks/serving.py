"""The strict server of a race, in a process of its own: `python -m tests.benchmarks.serving`."""

from __future__ import annotations

import gc
import json
import sys

import anyio

from bulkops.sim.core.fault_injection import Faults, Latency
from bulkops.sim.core.simulation_config import InstanceConfig, SimConfig
from bulkops.sim.core.simulator import Simulator
from bulkops.sim.http.server import ServerConfig, serve
from bulkops.sim.state.throttle import Allowance

LATENCY = Latency(fixed=0.08, spread=0.06)
"""What a call to a Region on the same continent takes, roughly."""


def config(asked):
    """Return the server's configuration from the parent's words."""
    rates = {
        operation: tuple((since, Allowance(**quota)) for since, quota in timetable)
        for operation, timetable in asked["rates"].items()
    }
    instance = InstanceConfig(users=asked["users"], routing_profiles=asked["profiles"])
    latency = LATENCY if asked.get("latency", True) else Latency()
    simulation = SimConfig(
        seed=asked["seed"],
        instances=(instance,),
        rates=rates,
        faults=Faults(seed=asked["seed"], latency=latency),
        limits=asked.get("limits", {}),
    )
    return ServerConfig(simulation=simulation)


async def main(asked):
    given = config(asked)
    simulator = Simulator(given.simulation)
    gc.freeze()  # 200,000 users need not be looked through again and again
    async with serve(given, simulator) as url:
        print(url, flush=True)
        await anyio.sleep_forever()


if __name__ == "__main__":
    anyio.run(main, json.loads(sys.argv[1]))
