"""Simulations that begin otherwise than with the demonstration instance."""

from __future__ import annotations

from bulkops.sim.core.seed import BEGUN
from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.kept_simulation import open_simulation


def begin(folder, *instances):
    """Begin the simulation that a folder keeps, with instances of one's own."""
    open_simulation(folder, now=lambda: BEGUN, config=SimConfig(instances=instances)).close()
