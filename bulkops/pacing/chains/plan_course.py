"""Where a plan's least time goes, in the words of AWS's operations."""

from __future__ import annotations

from typing import NamedTuple


class CourseLink(NamedTuple):
    """A part of what takes a plan's least time: calls of one operation.

    `rate` is at what they go, in calls a second; 0: each waits for the answer to the one before.
    """

    operation: str
    calls: int
    rate: float = 0.0

    def __str__(self) -> str:
        """Render as `CreateUser (5,000 at 2/s)`."""
        if self.rate:
            return f"{self.operation} ({self.calls:,} at {self.rate:g}/s)"
        return f"{self.operation} ({self.calls:,} in a row)" if self.calls > 1 else self.operation


class PlanCourse(NamedTuple):
    """The least time of calls of which some wait for others, and where it goes."""

    seconds: float
    links: tuple[CourseLink, ...]
