"""What undos have taken back, told to the ledger of the run that they took it back from.

Two ledgers share no commit. So what is told is derived from the undo's own ledger, and told again
by whichever command opens one of the two next: to tell it twice changes nothing.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bulkops.ledger.interface import Ledger
from bulkops.ledger.ledger_file import LEDGER_FILE
from bulkops.ledger.records import RowResult, RunRecord
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.states import RowStatus
from bulkops.runs.ledger_notes import Meta, Note


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoRun:
    """A run that takes another one back.

    `is_over`: it has nothing left to send or to settle. `is_undone`: it was taken back itself.
    """

    folder: Path
    is_over: bool
    is_undone: bool

    @property
    def id(self) -> str:
        """The run's id."""
        return self.folder.name


def rows_in(kept: Iterable[Sequence[int]]) -> frozenset[int]:
    """Return the row numbers that `ranges` made short."""
    return frozenset(row for first, last in kept for row in range(first, last + 1))


def is_taken_back(row: RowResult, covered: Collection[int] | None) -> bool:
    """Tell whether a row of an undo says that its row of the other run is taken back.

    `covered` are the rows that had done something when the undo was planned: of those, one that
    is unchanged was found to be back already. None: an earlier version kept no such thing.
    """
    if row.status is RowStatus.UNCHANGED:
        return covered is not None and row.number in covered
    # an undo that was itself undone has still ended what the first run did
    return row.status in (RowStatus.SUCCEEDED, RowStatus.UNDONE)


async def tell(original: Ledger, undo: Ledger) -> int:
    """Tell a run's ledger what an undo has taken back of it; return how many rows are new."""
    notes, record = await undo.notes(), await undo.run()
    covered = rows_in(notes[Note.COVERS]) if Note.COVERS in notes else None
    back = [row.number async for row in undo.results() if is_taken_back(row, covered)]
    return await original.take_back(back, by=record.id)


def undos_named(notes: Mapping[str, Any]) -> list[str]:
    """Return the ids of the undos that were begun of a run, the last one last."""
    named = notes.get(Note.UNDONE_BY, [])
    # an earlier version kept the last one alone
    return [named] if isinstance(named, str) else list(named)


async def undos_of(folder: Path, notes: Mapping[str, Any]) -> list[UndoRun]:
    """Return the undos of a run that are there still, as they stand; the last one last."""
    found = []
    for name in undos_named(notes):
        place = folder.parent / name
        # one that its process died over before it was approved, or that was removed, is not there
        if (place / LEDGER_FILE).exists():
            async with SqliteLedger.open(place, readonly=True) as ledger:
                found.append(await _described(place, ledger))
    return found


async def _described(folder: Path, ledger: Ledger) -> UndoRun:
    counts = await ledger.counts()
    is_over = not counts.get(RowStatus.PENDING) and not await ledger.doubtful()
    return UndoRun(folder=folder, is_over=is_over, is_undone=await is_undone(ledger))


async def is_undone(ledger: Ledger) -> bool:
    """Tell whether a run was taken back, and nothing that it did stands."""
    counts = await ledger.counts()
    return bool(counts.get(RowStatus.UNDONE)) and not await ledger.standing()


async def hear_undos(folder: Path, ledger: SqliteLedger) -> int:
    """Tell a run's ledger what all its undos have taken back; return how many rows are new."""
    told = 0
    for undo in await undos_of(folder, await ledger.notes()):
        async with SqliteLedger.open(undo.folder, readonly=True) as theirs:
            told += await tell(ledger, theirs)
    return told


@asynccontextmanager
async def original_of(folder: Path, record: RunRecord) -> AsyncIterator[Original | None]:
    """Hold the run that an undo takes back, as long as the undo is worked on; None: it is gone.

    Raises LedgerBusyError where another process works on it.
    """
    place = folder.parent / str(record.meta.get(Meta.UNDOES, ""))
    if Meta.UNDOES not in record.meta or not (place / LEDGER_FILE).exists():
        yield None
        return
    async with SqliteLedger.open(place) as ledger:
        yield Original(folder=place, ledger=ledger)


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The run that an undo takes back, held by this process."""

    folder: Path
    ledger: SqliteLedger
