"""A workbook as a job: made of the jobs of its sheets, each with its own steps and addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bulkops.definition.job import Job, Step

NAME = "workbook"
"""What the job of a whole workbook is called, and how its runs' folders begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookJob(Job):
    """Several jobs in one plan. `steps` and `columns` are those of all `parts`.

    A part's addresses begin with its name: "create-users:0.1".
    """

    parts: tuple[Job, ...]

    def part(self, address: str) -> Job:
        """Return the job that a step's address belongs to; KeyError where there is none."""
        name = address.partition(":")[0]
        for part in self.parts:
            if part.name == name:
                return part
        raise KeyError(address)

    def each(self) -> tuple[Job, ...]:
        """Return the jobs that it is made of."""
        return self.parts

    def step(self, address: str) -> Step:
        """Return the step at an address of `addresses`."""
        return self.part(address).step(address)

    def addresses(self) -> Iterator[tuple[str, Step]]:
        """Yield every step of all parts with its address."""
        for part in self.parts:
            yield from part.addresses()


def part_of_workbook(job: Job) -> Job:
    """Return a job as a part of a workbook's."""
    return replace(job, prefix=f"{job.name}:")


def workbook_job(jobs: Iterable[Job]) -> WorkbookJob:
    """Return the job that is made of others, each but once, whatever their order."""
    found = {job.name: part_of_workbook(job) for job in jobs}
    parts = tuple(found[name] for name in sorted(found))
    return WorkbookJob(
        name=NAME,
        summary="Bring an instance to what the sheets of a workbook say.",
        key=(),
        columns=tuple(column for part in parts for column in part.columns),
        steps=tuple(step for part in parts for step in part.steps),
        parts=parts,
    )
