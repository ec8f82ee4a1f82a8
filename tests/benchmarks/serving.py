"""The strict server of a race, in a process of its own: `python -m tests.benchmarks.serving`."""

from __future__ import annotations

import json
import sys
from functools import partial

import anyio

from bulkops.sim.config import InstanceConfig, SimConfig
from bulkops.sim.faults import Faults, Latency
from bulkops.sim.server import ServerConfig, run_server
from bulkops.sim.throttle import Allowance

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


if __name__ == "__main__":
    anyio.run(run_server, config(json.loads(sys.argv[1])), partial(print, flush=True))
