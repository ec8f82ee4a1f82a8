"""Jobs for queues and what leads to them, on their samples, each with an answer lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulkops.definition.catalogue import load
from bulkops.ledger.states import RowStatus
from bulkops.sim.core.fault_injection import Faults, Mishap
from bulkops.sim.core.simulation_config import SimConfig
from tests.catalogue.world_picture import picture
from tests.engine.race import Race

SAMPLES = Path(__file__).parents[2] / "samples"
JOBS = (
    "create-queues",
    "update-queues",
    "disassociate-queue-quick-connects",
    "create-routing-profiles",
    "update-routing-profiles",
    "update-routing-profile-queues",
    "disassociate-routing-profile-queues",
    "associate-routing-profile-manual-queues",
    "disassociate-routing-profile-manual-queues",
    "create-quick-connects",
    "update-quick-connects",
    "create-agent-statuses",
    "update-agent-statuses",
    "create-prompts",
    "update-prompts",
    "delete-prompts",
)


def carried_out(folder, job, *mishaps):
    """Carry a job out on its sample; return how many rows ended in which way, and the world."""
    folder.mkdir()
    race = Race(folder, SimConfig(), seed=3)
    race.simulator.set_faults(Faults(seed=3, mishaps=mishaps))
    race.run(job, (SAMPLES / f"{job}.csv").read_text(encoding="utf-8"))
    return race.counts, picture(race.simulator.world)


@pytest.mark.parametrize("job", JOBS)
def test_what_is_done_is_the_same_whichever_answer_is_lost(tmp_path, job):
    usual = carried_out(tmp_path / "usual", job)
    assert set(usual[0]) <= {RowStatus.SUCCEEDED, RowStatus.UNCHANGED}
    for number, operation in enumerate({step.operation for step in load(job).job.steps}):
        for effect in (True, False):
            lost = Mishap(kind="cut", operation=operation, calls=(1,), effect=effect)
            folder = tmp_path / f"{number}-{effect}"
            assert carried_out(folder, job, lost) == usual, f"{operation}, effect {effect}"
