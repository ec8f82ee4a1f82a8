"""A command line test's terminal: run a command, see what it printed and how it ended."""

from __future__ import annotations

from pathlib import Path

import pytest
from anyio.from_thread import start_blocking_portal
from typer.testing import CliRunner

from bulkops.cli.app import app
from bulkops.cli.output import console
from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.core.simulator import Simulator
from bulkops.sim.http.server import ServerConfig, serve
from bulkops.sim.kept_simulation import open_simulation
from tests.served import served

SAMPLES = Path(__file__).parents[2] / "samples"


class Terminal:
    """Runs commands in a folder of their own, with no one to answer and no AWS configuration."""

    def __init__(self, folder):
        self.folder = folder
        self._runner = CliRunner()

    def __call__(self, *words, **more):
        console.cache_clear()
        return self._runner.invoke(app, [str(word) for word in words], **more)


@pytest.fixture
def terminal(tmp_path, monkeypatch):
    console.cache_clear()  # one that a test without this fixture has left keeps its width
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for name in ("AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    yield Terminal(tmp_path)
    console.cache_clear()


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder of one's own to type commands in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def credentials(terminal, monkeypatch):  # noqa: ARG001  # it clears the environment first
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_REGION", "us-east-1")


@pytest.fixture
def samples():
    return SAMPLES


@pytest.fixture
def simulated(monkeypatch):
    """Give the simulation that `quotas`, `policy` and `doctor` look at a configuration."""

    def configure(**more):
        def opened(folder, world):
            now = lambda: world.now().timestamp()  # noqa: E731  # as the command does it
            return open_simulation(folder, now=now, config=SimConfig(**more))

        monkeypatch.setattr("bulkops.targets.connect.simulation", opened)

    return configure


@pytest.fixture
def server():
    """A simulated Connect over HTTP, in a thread of its own."""
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(serve(ServerConfig())) as url,
    ):
        yield url


@pytest.fixture
def sim():
    """A simulated Connect over HTTP whose world can be looked at."""
    simulator = Simulator(SimConfig(speed=100))
    with served(simulator.config, simulator) as url:
        simulator.url = url
        yield simulator
