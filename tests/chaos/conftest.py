"""How many histories the chaos suite lives through: `--chaos N`, or enough for every day."""

from __future__ import annotations

import pytest

EVERY_DAY = 300


@pytest.fixture
def chaos_seeds(request):
    count = request.config.getoption("--chaos") or EVERY_DAY
    first = request.config.getoption("--chaos-seed")
    print(f"seeds {first} to {first + count - 1}")
    return range(first, first + count)
