"""Names of what no row can make, as a workbook's mapping has them in the target: phone numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bulkops.definition.column_facts import facts_of
from bulkops.definition.job import Job
from bulkops.planning.promotion.flow_mapping import FlowMapping
from bulkops.planning.rows.cells import Value

PHONE_NUMBER = "phone-number"
KINDS_MAPPED = (PHONE_NUMBER, "number")
"""What the mapping calls the kind."""
_NUMBER = "+"


def _naming(job: Job) -> Iterator[str]:
    """Yield the columns that name phone numbers."""
    for column in job.columns:
        if facts_of(job, column.name).finds == PHONE_NUMBER:
            yield column.name


def names_numbers(job: Job) -> bool:
    """Tell whether rows of a job name phone numbers."""
    return any(_naming(job))


class MappedNames:
    """Puts the numbers of a target in the places of those that stand in a sheet."""

    def __init__(self, job: Job, mapping: FlowMapping) -> None:
        self._numbers = {
            row.name or row.source: row.target
            for row in mapping.rows
            if row.kind in KINDS_MAPPED and not row.flow and row.target.startswith(_NUMBER)
        }
        self._columns = tuple(_naming(job)) if self._numbers else ()

    def __bool__(self) -> bool:
        return bool(self._columns)

    def mapped(self, values: Mapping[str, Value]) -> Mapping[str, Value]:
        """Return a row's values with the numbers that the mapping has for those of its cells."""
        found = {
            name: self._numbers[number]
            for name in self._columns
            if isinstance(number := values.get(name), str) and number in self._numbers
        }
        return {**values, **found} if found else values
