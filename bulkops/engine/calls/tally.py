"""Counting rows as they end: progress for the screen, and the fuse that stops a bad run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import anyio

from bulkops.engine.calls.waits import Waits
from bulkops.engine.ports import Listener
from bulkops.engine.run_limits import MaxFail
from bulkops.engine.signals import Control, Stop
from bulkops.ledger.interface import Ledger
from bulkops.ledger.records import RowResult, StoredCall
from bulkops.ledger.states import CallState, RowStatus
from bulkops.planning.rows.row_names import RowNames

OPEN = frozenset({RowStatus.PENDING})
"""Statuses of rows on which something is still to be done."""
PROGRESS_SECONDS = 1.0


class Tally:
    """The rows of a run by status. Counts are those of the whole run, resumes included."""

    def __init__(
        self,
        ledger: Ledger,
        tell: Listener,
        control: Control,
        max_fail: MaxFail | None,
        *,
        names: RowNames | None = None,
    ) -> None:
        self._ledger = ledger
        self._tell = tell
        self._control = control
        self._max_fail = max_fail
        self._ended = 0
        self._bad: dict[int, RowStatus] = {}
        """Rows that ended otherwise than well: a shared call of theirs may still be under way."""
        self._first_sent: dict[int, float] = {}
        """When this process first sent a call, or began to settle it, on the loop's clock."""
        self._under_way: dict[int, tuple[int, ...]] = {}
        """The rows of every call that is sent or in doubt."""
        self.waits = Waits(names)

    def moved(self, call: StoredCall, state: CallState) -> None:
        """Take note of where a call stands now, as the ledger has it."""
        if state in (CallState.SENT, CallState.IN_DOUBT):
            self._under_way[call.id] = call.rows
        else:
            self._under_way.pop(call.id, None)

    def begins(self, call: StoredCall) -> None:
        """Note when a call is sent; when it is sent again, its first time counts."""
        self._first_sent.setdefault(call.id, anyio.current_time())

    def divided(self, call: StoredCall, parts: Sequence[StoredCall]) -> None:
        """Count the parts that a call was divided into from when it was sent."""
        begun = self._first_sent.pop(call.id, anyio.current_time())
        self._first_sent.update({part.id: begun for part in parts})

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
            if row.status in OPEN or self._bad.get(number) is row.status:
                continue
            self._count(row)
            self._tell(
                "row",
                **self.waits.names.facts(number),
                key=row.key,
                status=row.status.value,
                code=row.error_code,
                attempts=row.attempts,
                ms=milliseconds,
            )
        if self._max_fail and self._max_fail.blown(failed=len(self._bad), done=self._ended):
            self._control.stop(Stop.MAX_FAIL)

    def _count(self, row: RowResult) -> None:
        """Count a row once, though another of its calls ends as well."""
        self._ended += row.number not in self._bad
        if row.status in (RowStatus.FAILED, RowStatus.UNKNOWN):
            self._bad[row.number] = row.status

    async def report_progress(self) -> None:
        """Tell how far the run is, once a second, until cancelled."""
        while True:
            await self.tell_progress()
            await anyio.sleep(PROGRESS_SECONDS)

    async def tell_progress(self, *, over: bool = False) -> None:
        """Tell how many rows have each status, and what is waited for; `over`: nothing is any more.

        Rows of calls that are under way or being settled are pending here. The ledger, which must
        be right after a crash too, has them as unknown.
        """
        counts = Counter(await self._ledger.counts())
        if not over:
            rows = {row for rows in self._under_way.values() for row in rows} - self._bad.keys()
            open_rows = min(len(rows), counts[RowStatus.UNKNOWN])
            counts[RowStatus.UNKNOWN] -= open_rows
            counts[RowStatus.PENDING] += open_rows
        facts = {status.value: counts[status] for status in RowStatus}
        total = sum(facts.values())
        waits = self.waits.facts(anyio.current_time())
        self._tell("progress", total=total, done=total - facts["pending"], **facts, **waits)
