"""What is wrong with a sheet, as values that are collected and shown together."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bulkops.errors import BulkopsError, Exit
from bulkops.suggestions import Hint


class Severity(StrEnum):
    """Whether a problem keeps the run from starting."""

    ERROR = "error"  # nothing is sent while one is there
    WARNING = "warning"  # said, and the run goes on


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a value stands: as Excel names it, or by line and column of a text file.

    `row` is the row as Excel numbers it, or the first physical line of a CSV record; 0 for the
    file as a whole. `column` counts from 1; 0 for the whole row. `sheet` is empty for text files.
    """

    file: str
    sheet: str = ""
    row: int = 0
    column: int = 0
    header: str = ""

    def __str__(self) -> str:
        """Render as `Users!C17`, or `line 17, column "Login"` for text files."""
        if self.sheet:
            place = f"{letters(self.column)}{self.row or ''}"
            return f"{self.sheet}!{place}" if place else self.sheet
        column = f'column "{self.header}"' if self.header else f"column {self.column}"
        parts = [f"line {self.row}"] * bool(self.row) + [column] * bool(self.column)
        return ", ".join(parts) or self.file


def letters(column: int) -> str:
    """Return the letters by which Excel names a column counted from 1; empty for 0."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong at a place: what was found, what is allowed, the nearest right value.

    `code` is stable and kebab-case, so that problems can be grouped and counted. `found` is
    empty for secret columns. `advice` is the hint, or what it is worked out from.
    """

    code: str
    message: str
    address: Address
    found: str = ""
    allowed: str = ""
    advice: str | Hint = ""
    severity: Severity = Severity.ERROR

    @property
    def hint(self) -> str:
        """What may mend it, such as the nearest right value; worked out when it is first read."""
        return str(self.advice)

    @property
    def text(self) -> str:
        """What is wrong and what may mend it, as sentences, without the place."""
        message, hint = self.message, self.hint
        if hint and not message.endswith((".", "!", "?")):
            message += "."
        return f"{message} {hint}" if hint else message

    def __str__(self) -> str:
        """Render on one line, as the terminal shows it."""
        return f"{self.address}: {self.text}"


class ProblemsFoundError(BulkopsError):
    """The sheet can't be carried out as it is; nothing was sent."""

    exit = Exit.PROBLEMS

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
