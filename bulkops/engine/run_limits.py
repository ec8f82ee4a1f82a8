"""How far a run may go by itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLimits:
    """How far a run may go by itself. Seconds; None where there is no limit.

    `concurrency` is the most calls that are in flight at a time, in all lanes together.
    """

    max_attempts: int = 5
    concurrency: int | None = None
    max_fail: MaxFail | None = None
    max_duration: float | None = None
    canary: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MaxFail:
    """A fuse: more than `rows` failed rows, or more than `percent` of those done after `after`."""

    rows: int | None = None
    percent: float | None = None
    after: int = 0

    def blown(self, *, failed: int, done: int) -> bool:
        """Tell whether the run must stop."""
        if done < self.after:
            return False
        if self.rows is not None:
            return failed > self.rows
        return self.percent is not None and done > 0 and failed * 100 > self.percent * done
