"""What a plan comes to: the figures that a person decides by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bulkops.engine.reading_progress import ReadingCost
from bulkops.pacing.chains.plan_course import CourseLink
from bulkops.pacing.quotas import Quota
from bulkops.planning.plan import Action, PlannedRow, Totals
from bulkops.planning.rows.row_names import RowNames
from bulkops.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedCalls:
    """How many calls of an operation a plan sends to one target, and the quota they keep to."""

    target: str
    service: str
    operation: str
    number: int
    quota: Quota


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A plan's rows and calls counted, its least time, and what to know before saying yes."""

    totals: Totals
    least_seconds: float
    calls: tuple[PlannedCalls, ...]
    rows: tuple[PlannedRow, ...] = ()
    """The first rows that change something or are in conflict, in the order of the plan."""
    irreversible: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    sha256: str = ""
    reading: ReadingCost | None = None
    """What it took to read what is there, which a plan made anew takes again."""
    course: tuple[CourseLink, ...] = ()
    """What `least_seconds` comes from, in its order, where calls wait for others; else empty."""
    names: RowNames = field(default_factory=RowNames)
    """What the rows are called."""
    sheets: Mapping[str, Mapping[Action, int]] = field(default_factory=dict)
    """Of a workbook: what is done with the rows of each sheet, by its name, in their order."""
    keeping_seconds: float = 0.0
    """The part of `least_seconds` in which what is to be deleted is read, so that it is kept."""

    @property
    def chained(self) -> bool:
        """Whether calls that wait for others set the least time, and not one lane's quota."""
        return any(not link.rate for link in self.course) or len(self.course) > 1
