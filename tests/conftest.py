"""What every test may ask for."""

from __future__ import annotations

import pytest

from bulkops.sim.clock import VirtualLoop


@pytest.fixture
def anyio_backend():
    """Async tests run on a loop whose clock jumps to the next timer: hours pass in no time."""
    return ("asyncio", {"loop_factory": VirtualLoop})
