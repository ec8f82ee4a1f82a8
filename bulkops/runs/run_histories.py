"""What a run did, row by row, read from its ledger at each walk: it is never held as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bulkops.definition.job import Job
from bulkops.definition.settling_ways import Again, ByToken
from bulkops.ledger.records import StoredCall
from bulkops.ledger.row_calls import RowCalls
from bulkops.ledger.states import DOUBTFUL, CallState
from bulkops.planning.calls.inverse import Done
from bulkops.planning.calls.row_parts import part
from bulkops.planning.rows.sheet_numbers import sheet_place
from bulkops.planning.undo.recorded_names import RecordedNames
from bulkops.planning.undo.undo_history import RowHistory
from bulkops.problems import Address
from bulkops.runs.earlier_run import EarlierRun
from bulkops.runs.ledger_notes import Meta


class RunHistories:
    """The rows of a run that is to be taken back, in the order of the sheet, at each walk anew."""

    def __init__(self, run: EarlierRun) -> None:
        self._ledger = run.ledger
        self._job = run.loaded.job
        self._sheet = run.record.sheet
        self._rows = run.record.names
        self._names = {
            (each["place"], part.name): RecordedNames(part, each["headers"], each["mapping"])
            for each in _sheets(run)
            for part in self._job.each()
            if part.name == each["job"]
        }

    def __iter__(self) -> Iterator[RowHistory]:
        return map(self._history, self._ledger.row_calls())

    def _history(self, row: RowCalls) -> RowHistory:
        # what was taken back before is nothing that this run did, as far as undo goes
        calls = () if row.is_undone else row.calls
        doubtful = [call for call in calls if _may_have_acted(self._job, call)]
        return RowHistory(
            number=row.number,
            key=row.key,
            target=row.target,
            cells=row.cells,
            address=Address(
                file=self._sheet,
                sheet=self._rows.sheet(row.number),
                row=self._rows.row(row.number),
            ),
            names=self._named(row),
            done=tuple(
                self._done(call, call.rows.index(row.number))
                for call in calls
                if call.state is CallState.SUCCEEDED
            ),
            doubtful=bool(doubtful),
        )

    def _named(self, row: RowCalls) -> dict[str, str]:
        """Return the names by which a row's things were known; none of a row that has no call."""
        if not row.calls:
            return {}
        place = sheet_place(row.number) if self._rows.of_workbook else 0
        return self._names[place, self._job.part(row.calls[0].step).name].read(row.cells)

    def _done(self, call: StoredCall, place: int) -> Done:
        """Return one row's own part of what a call did."""
        params, undo = part(self._job, call.step, call.params, call.undo, place)
        return Done(step=call.step, params=params, saved=call.saved, undo=undo, needs=call.needs)


def _sheets(run: EarlierRun) -> Sequence[Mapping[str, Any]]:
    """Return how the run's sheets were understood: of a single job its one."""
    record = run.record
    alone = {
        "place": 0,
        "job": run.loaded.job.name,
        "headers": record.headers,
        "mapping": record.meta[Meta.MAPPING],
    }
    sheets: Sequence[Mapping[str, Any]] = record.meta.get(Meta.SHEETS, [alone])
    return sheets


def _may_have_acted(job: Job, call: StoredCall) -> bool:
    """Tell whether it is not known if a call took effect, or may take effect yet.

    One that was only to be repeated, since that is harmless, was not looked for: it may have acted
    though it is planned again, or its repetition was refused.
    """
    if call.state in DOUBTFUL or call.state is CallState.ACCEPTED:
        return True
    if call.state is CallState.PLANNED:
        return call.doubts > 0
    repeated = isinstance(job.step(call.step).settle, Again | ByToken)
    return call.state is CallState.FAILED and call.doubts > 0 and repeated
