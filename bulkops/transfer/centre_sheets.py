"""The sheets of a workbook, made row by row of what was read of one instance."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bulkops.definition.job import Job
from bulkops.definition.workbook_sheets import WorkbookSheet
from bulkops.planning.centre_scope import ExportPart, parts_of
from bulkops.planning.export_rows import Exporter
from bulkops.planning.left_out import ALL, ROW, LeftOut
from bulkops.planning.rows.headers import ACTION
from bulkops.planning.spoken_names import things_of
from bulkops.planning.target import Target
from bulkops.planning.uncovered_members import UncoveredMembers, untold_columns

if TYPE_CHECKING:
    from bulkops.transfer.centre_reading import CentreReading

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetScope:
    """A sheet with its job, and the parts by which that is exported."""

    sheet: WorkbookSheet
    job: Job
    parts: tuple[ExportPart, ...]

    @staticmethod
    def of(sheet: WorkbookSheet, job: Job) -> SheetScope:
        """Return the scope of a sheet. Raises JobError where there is nothing to export."""
        return SheetScope(sheet, job, tuple(parts_of([job])))

    @property
    def headers(self) -> list[str]:
        """The columns of the job, and the one that says what is to be done with a row."""
        return [*(column.name for column in self.job.columns), ACTION]


@dataclass(slots=True)
class SheetRows:
    """The rows of one sheet: one walk; `left_out` is complete when it has ended."""

    scope: SheetScope
    reading: CentreReading
    target: Target
    left_out: list[LeftOut] = field(default_factory=list)

    def __iter__(self) -> Iterator[Row]:
        """Yield the cells of one row after another, under the headers of the scope."""
        others: list[set[str]] = []
        for part in self.scope.parts:
            exporter = Exporter(
                part.job,
                self.reading.inventory,
                self.target.identity,
                described=part.kind.name in self.reading.described,
                fixed=part.fixed,
            )
            yield from ((*row, "") for row in exporter.rows())
            self._take(exporter)
            others.append(exporter.left_out.others)
        made_by_none = set.intersection(*others)
        for name in sorted(made_by_none):
            self.left_out.append(LeftOut(name, ROW, "it is of a sort that the job makes none of"))
        self.left_out += self._uncovered(made_by_none)

    def _take(self, exporter: Exporter) -> None:
        why = "only a Describe call each tells it (--full)"
        told = [LeftOut(ALL, column, why, is_unknown=True) for column in exporter.silent]
        known = {(each.thing, each.what) for each in self.left_out}
        found = (*told, *exporter.left_out.each())
        self.left_out += [each for each in found if (each.thing, each.what) not in known]

    def _uncovered(self, others: Container[str]) -> Iterator[LeftOut]:
        """Yield what no column holds, thing by thing, and the columns that no read tells.

        `others` are things that have no row at all.
        """
        job, kind = self.scope.job, self.scope.parts[0].kind
        for column in untold_columns(job):
            is_secret = any(each.name == column and each.secret for each in job.columns)
            why = "a secret can't be read" if is_secret else "the service tells it of none"
            yield LeftOut(ALL, column, why)
        if self.scope.parts[0].relation is not None:
            return
        members = UncoveredMembers(part.job for part in self.scope.parts)
        things = things_of(self.reading.inventory, kind.name)
        for thing in (each for each in things if each.name not in others):
            for path in members.of(thing.state or {}):
                yield LeftOut(thing.name, path, "the sheet has no column for it")


def scopes_of(sheets: Sequence[WorkbookSheet], jobs: Mapping[str, Job]) -> list[SheetScope]:
    """Return the scopes of sheets; `jobs` are the catalogue's by name."""
    return [SheetScope.of(sheet, jobs[sheet.job]) for sheet in sheets]
