"""What a row is called where people read of it: by its number, in a workbook by its sheet too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from bulkops.planning.rows.sheet_numbers import row_in_sheet, sheet_place


@dataclass(frozen=True, slots=True)
class RowNames:
    """The names of the rows of a run or a plan, by their numbers.

    `sheets` are the names of a workbook's sheets by their places; of a single sheet there are none.
    """

    sheets: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, sheets: Iterable[tuple[int, str]]) -> RowNames:
        """Return the names of rows by the place and the name of each sheet, in that order."""
        return cls(dict(sorted(sheets)))

    @classmethod
    def kept(cls, meta: Mapping[str, Any]) -> RowNames:
        """Return the names of a run's rows, from what is fixed of it when it begins."""
        return cls.of((each["place"], each["name"]) for each in meta.get("sheets", ()))

    @property
    def of_workbook(self) -> bool:
        """Whether a row is known only by its sheet and its number together."""
        return bool(self.sheets)

    def sheet(self, number: int) -> str:
        """Return the name of a row's sheet; empty where there is but one."""
        return self.sheets.get(sheet_place(number), "")

    def row(self, number: int) -> int:
        """Return the row as its sheet numbers it."""
        return row_in_sheet(number) if self.sheets else number

    def said(self, number: int) -> str:
        """Return a row as a sentence names it: `row 3`, or `Queues row 3`."""
        return f"{self.sheet(number)} row {self.row(number)}".lstrip()

    def several(self, numbers: Sequence[int]) -> str:
        """Return rows as a sentence names them: `row 3`, or `4 rows from Queues row 3`."""
        first = self.said(numbers[0])
        return first if len(numbers) == 1 else f"{len(numbers)} rows from {first}"

    def listed(self, numbers: Iterable[int]) -> str:
        """Return rows in a list: `17, 23`, or `Queues 17, 23; Users 4`."""
        return "; ".join(
            f"{sheet} {', '.join(map(str, rows))}".lstrip()
            for sheet, rows in self.by_sheet(numbers)
        )

    def by_sheet(self, numbers: Iterable[int]) -> Iterator[tuple[str, list[int]]]:
        """Yield ascending rows sheet by sheet, as those number them."""
        for sheet, rows in groupby(numbers, self.sheet):
            yield sheet, [self.row(number) for number in rows]

    def facts(self, number: int) -> dict[str, Any]:
        """Return a row as flat facts: its number, and before it its sheet where it has a name."""
        return {**self._sheet_fact(number), "row": self.row(number)}

    def facts_together(self, numbers: Sequence[int]) -> dict[str, Any]:
        """Return rows of one sheet as flat facts."""
        rows = [self.row(number) for number in numbers]
        return {**self._sheet_fact(numbers[0]), "rows": rows}

    def _sheet_fact(self, number: int) -> dict[str, Any]:
        return {"sheet": self.sheet(number)} if self.sheets else {}
