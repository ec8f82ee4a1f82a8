"""How long to wait before trying again, and before looking again."""

from __future__ import annotations

from datetime import timedelta
from itertools import accumulate

BASE_SECONDS = 0.5
CAP_SECONDS = 20.0
_FARTHEST = 64
"""Attempts after which a delay grows no more whatever its base: floats end at 2**1024."""

SOON_SECONDS = 10.0
"""How long what is absent may not be visible yet, where believing it too early does no harm.

Amazon Connect's guide says of its eventual consistency "typically less than a few seconds", "in
some cases several minutes" (API Reference, "Eventual consistency"). The short time holds where a
second sending sets the same again, or is refused by the name or the place that is taken.
"""
LATE_SECONDS = 300.0
"""The same where it would do harm: where nothing refuses a second one, or a row would be failed.

These are the "several minutes". A request is also not accepted later than this after it was
signed, so that one that was cut off has acted by then or will not.
"""
SIGNATURE_TOLERANCE = timedelta(minutes=5)
"""How far from the service's clock a request may be signed: so far apart clocks may be.

AWS General Reference, "Signature Version 4".
"""
_PAUSES = (0.0, 1.0, 2.0, 3.0, 4.0, 20.0, 30.0, 60.0, 60.0, 60.0, 60.0)
LOOKS = tuple(accumulate(_PAUSES))
"""Seconds after the first look at which another is due, if it is not clear before.

They come close together first, one of them exactly at SOON_SECONDS, the last at LATE_SECONDS.
"""


def next_look(elapsed: float, after: int) -> int:
    """Return which look is due next: of those that the time has passed, only the latest.

    `elapsed` is in seconds since the first look; `after` is the number of the one before, -1 for
    none. When reads are slow, missed looks are not made up for.
    """
    later = range(after + 1, len(LOOKS))
    passed = [number for number in later if LOOKS[number] <= elapsed]
    return passed[-1] if passed else after + 1


POLL_LEAST, POLL_MOST = 1.0, 60.0
_PART_WAITED = 0.5


def next_poll(waited: float) -> float:
    """Return the seconds until accepted work is asked after again, by how long it has taken."""
    return min(max(waited * _PART_WAITED, POLL_LEAST), POLL_MOST)


def delay(
    attempt: int, chance: float, *, base: float = BASE_SECONDS, cap: float = CAP_SECONDS
) -> float:
    """Return the seconds to wait after failed attempt number `attempt`, counted from 1.

    Full jitter: anything between nothing and a bound that doubles with each attempt up to
    `cap`, so that calls that failed together don't come back together. `chance` is in [0, 1).
    """
    return float(chance * min(cap, base * 2.0 ** (min(attempt, _FARTHEST) - 1)))
