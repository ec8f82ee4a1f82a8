"""How many histories the chaos suite lives through: `--chaos N`, or enough for every day."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

EVERY_DAY = 300
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108  # each test makes a folder of its own in it


@pytest.fixture
def chaos_seeds(request):
    count = request.config.getoption("--chaos") or EVERY_DAY
    first = request.config.getoption("--chaos-seed")
    print(f"seeds {first} to {first + count - 1}")
    return range(first, first + count)


@pytest.fixture
def ram():
    """Return a folder in memory where there is one: thousands of ledgers wait for no disk."""
    place = SHARED_MEMORY if SHARED_MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(dir=place) as folder:
        yield Path(folder)
