"""A run in one line, and its failures by cause: nobody reads a thousand rows one by one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bulkops.ledger.records import RowResult
from bulkops.ledger.states import RowStatus
from bulkops.planning.rows.row_names import RowNames

FAULTY = frozenset({RowStatus.FAILED, RowStatus.INVALID, RowStatus.UNKNOWN})
"""Statuses of rows that a person must look at."""
EXAMPLES = 12
"""Row numbers kept of each cause."""
MOST_CAUSES = 500
"""Different messages kept; beyond them, failures are told apart by their code alone."""
MESSAGE_LENGTH = 2000
"""Characters of a message that are looked at."""

VARIOUS = "(various messages)"
ELLIPSIS = "…"

_ALWAYS = (
    RowStatus.SUCCEEDED,
    RowStatus.FAILED,
    RowStatus.UNCHANGED,
    RowStatus.UNKNOWN,
    RowStatus.PENDING,
)
_ORDER = (
    RowStatus.SUCCEEDED,
    RowStatus.FAILED,
    RowStatus.INVALID,
    RowStatus.UNCHANGED,
    RowStatus.SKIPPED,
    RowStatus.UNDONE,
    RowStatus.UNKNOWN,
    RowStatus.PENDING,
)
_QUOTED = re.compile(
    r"""
    "[^"]*" | “[^”]*” | «[^»]*» | (?<!\w)'[^']*'(?!\w)
    """,
    re.VERBOSE,
)
_OWN_WORD = re.compile(r"[\d@]|arn:aws")
"""What makes a word special to one row: ids, numbers, names with a digit, addresses."""


def summary_line(counts: Mapping[RowStatus, int]) -> str:
    """Return `1,187 succeeded, 4 failed, 9 unchanged, 0 unknown, 0 pending, 1,200 total`.

    Invalid, skipped and undone rows are named where there are any.
    """
    parts = [
        f"{counts.get(status, 0):,} {status.value}"
        for status in _ORDER
        if status in _ALWAYS or counts.get(status)
    ]
    return ", ".join([*parts, f"{sum(counts.values()):,} total"])


def outcome_line(counts: Mapping[RowStatus, int]) -> str:
    """Return `1,187 succeeded, 4 failed`: the statuses that rows have."""
    named = (f"{counts[status]:,} {status.value}" for status in _ORDER if counts.get(status))
    return ", ".join(named)


def pattern(message: str) -> str:
    """Return a message without what is special to one row: quoted texts, ids, numbers."""
    words: list[str] = []
    for word in _QUOTED.sub(ELLIPSIS, message[:MESSAGE_LENGTH]).split():
        general = ELLIPSIS if _OWN_WORD.search(word) else word
        if general != ELLIPSIS or words[-1:] != [ELLIPSIS]:
            words.append(general)
    return " ".join(words)


def row_list(rows: Sequence[int], count: int, names: RowNames) -> str:
    """Return `17, 23, 41`, or `17, 23, 41 and 9 more` where `count` says that there are."""
    named = names.listed(rows)
    return f"{named} and {count - len(rows):,} more" if count > len(rows) else named


@dataclass(slots=True, kw_only=True)
class Cause:
    """Rows that failed for the same reason.

    `message` is that of the rows where they all say the same, else `common`, what their messages
    have in common. `hint` is empty where the rows' hints differ: the results have each row's own.
    """

    status: RowStatus
    code: str
    common: str
    message: str
    hint: str
    count: int = 0
    rows: list[int] = field(default_factory=list)
    """Numbers of the first rows."""

    def add(self, row: RowResult) -> None:
        """Take in one more row."""
        self.count += 1
        if len(self.rows) < EXAMPLES:
            self.rows.append(row.number)
        if row.error[:MESSAGE_LENGTH] != self.message:
            self.message = self.common
        if row.hint != self.hint:
            self.hint = ""


class Causes:
    """Failures grouped by status, code and what their messages have in common."""

    def __init__(self) -> None:
        self._causes: dict[tuple[RowStatus, str, str], Cause] = {}

    def __len__(self) -> int:
        return len(self._causes)

    def add(self, row: RowResult) -> None:
        """Take in a row; one that did not fail is passed over."""
        if row.status not in FAULTY:
            return
        common = pattern(row.error)
        key = (row.status, row.error_code, common)
        if key not in self._causes and len(self._causes) >= MOST_CAUSES:
            common = VARIOUS
            key = (row.status, row.error_code, common)
        if key not in self._causes:
            message = row.error[:MESSAGE_LENGTH]
            self._causes[key] = Cause(
                status=row.status,
                code=row.error_code,
                common=common,
                message=message,
                hint=row.hint,
            )
        self._causes[key].add(row)

    def largest(self, most: int | None = None) -> list[Cause]:
        """Return the causes with the most rows first; at most so many."""
        ranked = sorted(self._causes.values(), key=lambda cause: (-cause.count, cause.rows[0]))
        return ranked[:most]
