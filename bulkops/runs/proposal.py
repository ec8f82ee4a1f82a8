"""A plan about to be made: the instance looked at, every row decided, its cost summed up."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bulkops.definition.call_marks import MARK_KEY, most_tags
from bulkops.definition.job import Job
from bulkops.ledger.records import Turn
from bulkops.planning.calls.placeholders import to_json
from bulkops.planning.plan import PlannedCall, PlannedRow, Totals
from bulkops.planning.planner import Planner
from bulkops.planning.rows.row_names import RowNames
from bulkops.planning.workbook_plan import plan_of
from bulkops.problems import Problem, ProblemsFoundError
from bulkops.runs.call_costs import kept_first, least_time, planned_calls
from bulkops.runs.check import all_problems, checked_in_names
from bulkops.runs.deletion_notes import about_usages
from bulkops.runs.inputs.sheet_inputs import Inputs, barring
from bulkops.runs.linked_calls import plan_course, sending_turns
from bulkops.runs.reads import look
from bulkops.runs.shown_rows import ShownRows
from bulkops.runs.summary import Summary
from bulkops.targets.connect import Connection


@dataclass(slots=True)
class Proposal:
    """A plan about to be walked: once, row by row, so that its size does not matter.

    `notes` say how its rows were understood, a sentence each.
    """

    job: Job
    connection: Connection
    planner: Planner
    warnings: tuple[Problem, ...]
    notes: tuple[str, ...]
    names: RowNames = field(default_factory=RowNames)
    call_tags: bool = True
    watch: Callable[[PlannedRow], None] | None = None
    """What each row is shown to as it is planned."""
    _shown: ShownRows = field(init=False)
    _digest: str = ""

    def __post_init__(self) -> None:
        self._shown = ShownRows(self.names)

    def entries(self) -> Iterator[PlannedRow | PlannedCall]:
        """Yield the plan in the order of the sheet.

        Raises ProblemsFoundError after the last row where names were missing or ambiguous, so
        that all of them are known.
        """
        digest = hashlib.sha256()
        for entry in self.planner.entries():
            digest.update(_canonical(entry))
            if isinstance(entry, PlannedRow):
                if self.watch is not None:
                    self.watch(entry)
                self._shown.take(entry)
            yield entry
        problems = barring(tuple(self.planner.problems))
        if problems:
            raise ProblemsFoundError(problems)
        self._digest = digest.hexdigest()

    def turns(self) -> Iterator[Turn]:
        """Yield when calls are to go that others wait for; only after `entries` was walked."""
        return sending_turns(self.planner.links, self.connection)

    def summary(self) -> Summary:
        """Return what the plan came to; only after `entries` was walked to its end."""
        totals = self.planner.totals()
        by_quotas = least_time(totals.calls, self.connection)
        course = plan_course(self.planner.links, self.connection)
        keeping = least_time(kept_first(self.job, totals.calls), self.connection)
        return Summary(
            totals=totals,
            least_seconds=keeping + (by_quotas if course is None else course.seconds),
            course=() if course is None else course.links,
            keeping_seconds=keeping,
            reading=self.connection.reading.cost,
            calls=planned_calls(totals.calls, self.connection),
            rows=tuple(self._shown.rows),
            names=self.names,
            sheets=self._shown.sheets,
            irreversible=tuple(
                dict.fromkeys(
                    step.irreversible
                    for step in self.job.steps
                    if step.irreversible and any(key[2] == step.operation for key in totals.calls)
                )
            ),
            warnings=(*self.warnings, *self.planner.problems),
            notes=(*self.notes, *self.connection.notes, *self._about_tags(totals)),
            sha256=self._digest,
        )

    def _about_tags(self, totals: Totals) -> Iterator[str]:
        """Say what bulkops adds to what the plan makes, and how to do without."""
        makes = sum(
            number
            for (_, service, operation), number in totals.calls.items()
            if most_tags(service, operation)
        )
        if makes and self.call_tags:
            yield (
                f"What is made ({makes:,}) gets the tag {MARK_KEY}, so that a lost answer can be"
                " settled for certain; --no-call-tags leaves it out."
            )


async def propose(inputs: Inputs, connection: Connection, *, call_tags: bool = True) -> Proposal:
    """Check the sheet against the targets, read what is there, and make ready to plan.

    Raises ProblemsFoundError with all problems, those of names included, where the sheet has any
    that could be known without the instance.
    """
    inputs, found = await checked_in_names(inputs, connection)
    if barring(found.problems):
        raise ProblemsFoundError(barring(await all_problems(inputs, found, connection)))
    inventories = await look(inputs.orders, found.wants, connection)
    planner = plan_of(inputs.orders, connection.targets, inventories)
    return Proposal(
        job=inputs.job,
        connection=connection,
        planner=planner,
        warnings=found.problems,
        notes=(*inputs.notes, *about_usages(inputs.job, inventories)),
        names=inputs.names,
        call_tags=call_tags,
    )


def _canonical(entry: PlannedRow | PlannedCall) -> bytes:
    """Render an entry for the plan's digest: old → new, and what would be sent, for which row."""
    row: list[object] = []
    if isinstance(entry, PlannedRow):
        said = [str(change) for change in entry.changes]
        row, calls = [entry.number, entry.key, entry.action, said], entry.calls
    else:
        row, calls = [*entry.rows], (entry,)
    sent = [[call.operation, call.target, to_json(call.params)] for call in calls]
    return _ENCODER.encode([row, sent]).encode()


_ENCODER = json.JSONEncoder(sort_keys=True, default=str)
