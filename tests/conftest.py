"""What every test may ask for."""

from __future__ import annotations

import pytest

from bulkops.sim.virtual_clock import VirtualLoop
from tests.office import SAMPLES, Office


@pytest.fixture
def anyio_backend():
    """Async tests run on a loop whose clock jumps to the next timer: hours pass in no time."""
    return ("asyncio", {"loop_factory": VirtualLoop})


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)


@pytest.fixture
def samples():
    return SAMPLES


def pytest_addoption(parser):
    parser.addoption("--chaos", type=int, default=0, help="histories of the chaos suite to live")
    parser.addoption("--hours-rows", type=int, default=0, help="rows of the run of eight hours")
    parser.addoption("--chaos-seed", type=int, default=1, help="seed of the first of them")


def pytest_pycollect_makemodule(module_path):
    """Hold no drawn example to a time: beside other processes anything may be slow."""
    if "hypothesis" in module_path.read_text(encoding="utf-8"):
        from hypothesis import HealthCheck, settings  # noqa: PLC0415  # most rooms need none of it

        slow = [HealthCheck.too_slow]
        settings.register_profile("untimed", deadline=None, suppress_health_check=slow)
        settings.load_profile("untimed")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Let whoever has nothing left take over from the others: a few tests are long ones."""
    from xdist.scheduler import WorkStealingScheduling  # noqa: PLC0415  # one process needs none

    return WorkStealingScheduling(config, log) if config.option.dist == "load" else None
