"""How many histories the chaos suite lives through: `--chaos N`, or enough for every day."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

EVERY_DAY = 300
PART = 100
"""Histories in one test, so that several processes can live through them side by side."""
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108  # each test makes a folder of its own in it


def parts(seeds):
    """Cut a range of seeds into those of one test each."""
    return [seeds[start : start + PART] for start in range(0, len(seeds), PART)]


def pytest_generate_tests(metafunc):
    if "chaos_seeds" in metafunc.fixturenames:
        count = metafunc.config.getoption("--chaos") or EVERY_DAY
        first = metafunc.config.getoption("--chaos-seed")
        each = parts(range(first, first + count))
        ids = [f"{seeds[0]}-{seeds[-1]}" for seeds in each]
        metafunc.parametrize("chaos_seeds", each, ids=ids, indirect=True)


@pytest.fixture
def chaos_seeds(request):
    seeds = request.param
    print(f"seeds {seeds[0]} to {seeds[-1]}")
    return seeds


@pytest.fixture
def ram():
    """Return a folder in memory where there is one: thousands of ledgers wait for no disk."""
    place = SHARED_MEMORY if SHARED_MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(dir=place) as folder:
        yield Path(folder)
