"""Counting rows as they end: progress for the screen, and the fuse that stops a bad run."""

from __future__ import annotations

from collections import Counter

import anyio

from bulkops.engine.ports import Listener
from bulkops.engine.run_limits import MaxFail
from bulkops.engine.signals import Control, Stop
from bulkops.ledger.interface import Ledger, StoredCall
from bulkops.ledger.states import RowStatus

OPEN = frozenset({RowStatus.PENDING})
"""Statuses of rows on which something is still to be done."""
PROGRESS_SECONDS = 1.0


class Tally:
    """The rows of a run by status. Counts are those of the whole run, resumes included."""

    def __init__(
        self, ledger: Ledger, tell: Listener, control: Control, max_fail: MaxFail | None
    ) -> None:
        self._ledger = ledger
        self._tell = tell
        self._control = control
        self._max_fail = max_fail
        self._counts: Counter[RowStatus] = Counter()
        self._ended = 0
        self._failed = 0
        self._first_sent: dict[int, float] = {}
        """When this process first sent a call, or began to settle it, on the loop's clock."""

    async def begin(self) -> None:
        """Take up the counts that the ledger has."""
        self._counts = Counter(await self._ledger.counts())

    def begins(self, call: StoredCall) -> None:
        """Note when a call is sent; when it is sent again, its first time counts."""
        self._first_sent.setdefault(call.id, anyio.current_time())

    def forget(self, call: StoredCall) -> None:
        """Let go of a batch that was split: its rows end with other calls."""
        self._first_sent.pop(call.id, None)

    async def ended(self, call: StoredCall) -> None:
        """Count the rows that ended with a call, tell of them, and blow the fuse if it must.

        Each is told with the milliseconds from the call's first sending to its recorded end.
        """
        now = anyio.current_time()
        milliseconds = round((now - self._first_sent.pop(call.id, now)) * 1000)
        for number in call.rows:
            row = await self._ledger.result(number)
            if row.status in OPEN:
                continue
            self._counts[RowStatus.PENDING] -= 1
            self._counts[row.status] += 1
            self._ended += 1
            self._failed += row.status in (RowStatus.FAILED, RowStatus.UNKNOWN)
            self._tell(
                "row",
                row=number,
                key=row.key,
                status=row.status.value,
                code=row.error_code,
                attempts=row.attempts,
                ms=milliseconds,
            )
        if self._max_fail and self._max_fail.blown(failed=self._failed, done=self._ended):
            self._control.stop(Stop.MAX_FAIL)

    async def report_progress(self) -> None:
        """Tell how far the run is, once a second, until cancelled."""
        while True:
            self.tell_progress()
            await anyio.sleep(PROGRESS_SECONDS)

    def tell_progress(self) -> None:
        """Tell how many rows have each status."""
        counts = {status.value: self._counts[status] for status in RowStatus}
        total = sum(counts.values())
        self._tell("progress", total=total, done=total - counts["pending"], **counts)
