"""The rows of a run that failed or are unknown, and the calls that can be tried again for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from bulkops.ledger.interface import Ledger
from bulkops.ledger.records import LaneKey, RowResult, RunRecord, StoredCall
from bulkops.ledger.states import DOUBTFUL, CallState, RowStatus

RETRIED = (RowStatus.FAILED, RowStatus.UNKNOWN)
_REOPENED = (CallState.FAILED, CallState.UNKNOWN)
_SENT_NOTHING = "the plan sent nothing for it"


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedRows:
    """The numbers of the rows that failed or are unknown, and the codes that they ended with.

    `meant` are those that ended with a code that is to be retried and have a call to send again;
    `passed` says of the others with such a code why they can't be.
    """

    numbers: frozenset[int]
    meant: frozenset[int]
    passed: tuple[str, ...]
    codes: frozenset[str]

    @classmethod
    async def read(cls, ledger: Ledger, only: tuple[str, ...]) -> EndedRows:
        """Go through a run's rows once; `only` are the codes that are to be retried, or all."""
        run = await ledger.run()
        numbers: set[int] = set()
        others: set[int] = set()
        passed: list[str] = []
        codes: set[str] = set()
        async for row in ledger.results(RETRIED):
            numbers.add(row.number)
            codes.add(row.error_code)
            if only and row.error_code not in only:
                others.add(row.number)
            elif not row.started_at:  # only what the plan itself failed was never sent
                others.add(row.number)
                passed.append(_passed_over(run, row))
        known = frozenset(numbers)
        return cls(
            numbers=known,
            meant=known - others if others else known,
            passed=tuple(passed),
            codes=frozenset(codes),
        )


@dataclass(slots=True)
class OpenCalls:
    """The calls of some rows that have not succeeded, counted by lane.

    `reopened` are those to be sent or looked at again. `doubted` are the rows of calls that may
    have acted.
    """

    lanes: Counter[LaneKey] = field(default_factory=Counter)
    reopened: set[int] = field(default_factory=set)
    doubted: set[int] = field(default_factory=set)
    _counted: set[int] = field(default_factory=set)

    def add(self, call: StoredCall, rows: Iterable[int], *, counts: bool = True) -> None:
        """Take in a call for some of its rows, once or again; `counts`: it may still be sent."""
        if counts and call.id not in self._counted:
            self._counted.add(call.id)
            self.lanes[call.lane] += 1
        if call.state in _REOPENED:
            self.reopened.add(call.id)
        if call.state in DOUBTFUL:
            self.doubted.update(rows)


async def open_calls(ledger: Ledger, rows: Collection[int]) -> OpenCalls:
    """Return the calls of some rows, which are to be tried as they were."""
    found, meant = OpenCalls(), frozenset(rows)
    for state in CallState:
        if state is not CallState.SUCCEEDED:
            async for call in ledger.calls(state):
                if mine := meant.intersection(call.rows):
                    found.add(call, mine)
    return found


def never_tried(run: RunRecord, row: RowResult) -> str:
    """Say whose a row is that was not tried yet."""
    return (
        f"{run.names.said(row.number)} {row.key} was never tried, so it is not tried again: "
        f"`bulkops resume {run.id}` goes on with it"
    )


def _passed_over(run: RunRecord, row: RowResult) -> str:
    """Say why a row can't be retried as it was for which the plan sent nothing."""
    return (
        f"{run.names.said(row.number)} {row.key}: {_SENT_NOTHING} ({row.error_code}), so there is "
        f"nothing to send again; `bulkops retry {run.id} --from SHEET` plans it anew"
    )
