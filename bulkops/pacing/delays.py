"""How long to wait before trying again, and before looking again."""

from __future__ import annotations

BASE_SECONDS = 0.5
CAP_SECONDS = 20.0
_FARTHEST = 64
"""Attempts after which a delay grows no more whatever its base: floats end at 2**1024."""

LOOKS = (0.0, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 60.0, 60.0, 60.0)
"""Seconds before each look.

Amazon Connect's guide says of its eventual consistency "typically less than a few seconds", "in
some cases several minutes": the looks come close together first, and end after five minutes.
"""


def delay(
    attempt: int, chance: float, *, base: float = BASE_SECONDS, cap: float = CAP_SECONDS
) -> float:
    """Return the seconds to wait after failed attempt number `attempt`, counted from 1.

    Full jitter: anything between nothing and a bound that doubles with each attempt up to
    `cap`, so that calls that failed together don't come back together. `chance` is in [0, 1).
    """
    return float(chance * min(cap, base * 2.0 ** (min(attempt, _FARTHEST) - 1)))
