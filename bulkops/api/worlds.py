"""The real world: wall time and chance, handed to whatever needs them."""

from __future__ import annotations

import random
from datetime import UTC, datetime

from bulkops.engine.ports import World


def real_world() -> World:
    """Return the machine's clock and a source of chance that nobody can predict."""
    return World(now=lambda: datetime.now(UTC), chance=random.SystemRandom().random)
