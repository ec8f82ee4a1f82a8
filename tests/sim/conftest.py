"""What the simulator's tests share."""

from __future__ import annotations

import pytest

from tests.sim.centre import Centre


@pytest.fixture
def centre():
    """The demonstration instance."""
    return Centre()
