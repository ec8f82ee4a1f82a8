"""From raw rows to a table: finding the header, packing the rows, collecting what is wrong."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from bulkops.problems import Address, Problem, Severity
from bulkops.sheets.input.cell_values import DOUBTS
from bulkops.sheets.input.known_headers import KnownHeaders
from bulkops.sheets.input.packed_rows import PackedRows
from bulkops.sheets.name_lists import spans

HEADER_DEPTH = 20
"""How many rows that hold anything may stand above and including the header."""
MOST_ALIKE = 1000
"""How many problems of one code are listed one by one."""


class RawRow(NamedTuple):
    """A row as the file holds it: its number, its texts, and the code of each doubtful cell."""

    number: int
    texts: Sequence[str]
    doubts: Mapping[int, str]


class Head(NamedTuple):
    """The header row of a sheet, and how many known headers stand in it."""

    number: int
    texts: tuple[str, ...]
    score: int


def find_head(rows: Iterable[RawRow], known: KnownHeaders) -> Head | None:
    """Return the row that matches most known headers; the first row where none matches.

    Looks at the first `HEADER_DEPTH` rows that hold anything; None where no row does.
    """
    best: Head | None = None
    for row in islice((row for row in rows if holds_anything(row.texts)), HEADER_DEPTH):
        score = known.score(row.texts)
        if best is None or score > best.score:
            best = Head(row.number, _trimmed(row.texts), score)
    return best


def holds_anything(texts: Iterable[str]) -> bool:
    """Tell whether a row has anything but white space in it."""
    return bool("".join(texts).strip())


def _trimmed(texts: Sequence[str]) -> tuple[str, ...]:
    end = len(texts)
    while end and not texts[end - 1].strip():
        end -= 1
    return tuple(texts[:end])


@dataclass(slots=True, kw_only=True)
class TableBuilder:
    """Takes in the rows under a header one by one; then has the rows and the problems.

    `positional` is for separated text, where a value too many shifts all those after it.
    """

    file: str
    head: Head
    known: KnownHeaders
    sheet: str = ""
    positional: bool = False
    rows: PackedRows = field(default_factory=PackedRows)
    problems: list[Problem] = field(default_factory=list)
    _alike: Counter[tuple[str, Severity]] = field(default_factory=Counter)
    _nameless: dict[int, int] = field(default_factory=dict)
    _short: array[int] = field(default_factory=lambda: array("Q"))

    def take(self, rows: Iterable[RawRow]) -> None:
        """Take in the rows below the header, to the end."""
        width = len(self.head.texts)
        blanks = [index for index, header in enumerate(self.head.texts) if not header.strip()]
        for row in rows:
            texts = row.texts
            if len(texts) != width:
                texts = self._fitted(row, width)
            for index in blanks:
                if texts[index].strip():
                    self._nameless.setdefault(index, row.number)
            if row.doubts:
                self._doubt(row, width)
            if holds_anything(texts):
                self.rows.append(row.number, texts)

    def finish(self) -> tuple[Problem, ...]:
        """Add what is said once for the whole sheet, and return all problems."""
        self.problems += self._nameless_columns()
        if self._short:
            self.warn(
                "too-few-values",
                f"these lines have fewer values than the header: {spans(self._short)};"
                " the missing ones are taken as empty",
                row=self._short[0],
            )
        for (code, severity), count in self._alike.items():
            if count > MOST_ALIKE:
                self._add(code, f"and {count - MOST_ALIKE} more like these", severity)
        return tuple(self.problems)

    def warn(self, code: str, message: str, *, row: int = 0, column: int = 0) -> None:
        """Add a warning."""
        self._add(code, message, Severity.WARNING, row=row, column=column)

    def error(self, code: str, message: str, *, row: int = 0, column: int = 0) -> None:
        """Add a problem that keeps the run from starting; only the first thousand of a code."""
        if self._is_listed(code, Severity.ERROR):
            self._add(code, message, Severity.ERROR, row=row, column=column)

    def _is_listed(self, code: str, severity: Severity) -> bool:
        """Count a problem, and tell whether it is among the first thousand like it."""
        self._alike[code, severity] += 1
        return self._alike[code, severity] <= MOST_ALIKE

    def _fitted(self, row: RawRow, width: int) -> Sequence[str]:
        texts = row.texts
        if len(texts) < width:
            if self.positional and holds_anything(texts):
                self._short.append(row.number)
            return [*texts, *[""] * (width - len(texts))]
        surplus = [index for index in range(width, len(texts)) if texts[index].strip()]
        if surplus and self.positional:
            self.error(
                "too-many-values",
                f"this line has {surplus[-1] + 1} values, the header {width}: a value may hold"
                " the separator and lack its quotes",
                row=row.number,
            )
        elif surplus:
            self._nameless.setdefault(surplus[0], row.number)
        return texts[:width]

    def _doubt(self, row: RawRow, width: int) -> None:
        for index, code in row.doubts.items():
            header = self.head.texts[index] if index < width else ""
            used = self.known.uses(header)
            lossless = code in {"date-in-text", "time-in-text"}
            if lossless and (not used or self.known.dates(header)):
                continue
            severity = Severity.ERROR if used else Severity.WARNING
            if self._is_listed(code, severity):
                self.problems.append(self._doubtful(row, index, code, severity))

    def _doubtful(self, row: RawRow, index: int, code: str, severity: Severity) -> Problem:
        says, hint = DOUBTS[code]
        address = self.address(row.number, index + 1)
        found = "" if self.known.hides(address.header) else row.texts[index]
        return Problem(
            code=code,
            message=f'"{found}" {says}' if found else f"the value {says}",
            address=address,
            found=found,
            advice=hint,
            severity=severity,
        )

    def _nameless_columns(self) -> Iterator[Problem]:
        for index, row in sorted(self._nameless.items()):
            yield Problem(
                code="value-without-header",
                message="there are values here, but the column has no header: they are not used",
                address=self.address(row, index + 1),
                severity=Severity.WARNING,
            )

    def _add(
        self, code: str, message: str, severity: Severity, *, row: int = 0, column: int = 0
    ) -> None:
        address = self.address(row, column)
        self.problems.append(
            Problem(code=code, message=message, address=address, severity=severity)
        )

    def address(self, row: int, column: int) -> Address:
        """Return the place of a cell of this sheet."""
        texts = self.head.texts
        header = texts[column - 1] if 0 < column <= len(texts) else ""
        return Address(file=self.file, sheet=self.sheet, row=row, column=column, header=header)
