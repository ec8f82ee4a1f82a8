"""From the cells of a column to a typed value, or to what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bulkops.definition.column_facts import ColumnFacts
from bulkops.definition.job import Column
from bulkops.definition.model.value_limits import text_breach
from bulkops.planning.rows.cell_text import invisible, trimmed
from bulkops.planning.rows.cells import CLEAR, MASK, CellReading, Flaw, FlawError, Secret
from bulkops.planning.rows.readers.column_readers import read_column

CLEAR_WORD = "CLEAR!"


@dataclass(frozen=True, slots=True)
class CellReader:
    """Reads the cells of one column. `uncleared` says why it can't be cleared; empty: it can."""

    column: Column
    facts: ColumnFacts
    uncleared: str = ""

    def read(self, texts: Sequence[str]) -> CellReading:
        """Return the value of a column's cells (None where all are blank), or their flaws."""
        given = [text for text in map(trimmed, texts) if text]
        if not given:
            return None, ()
        if self.facts.secret:
            return self._secret(given)
        if any(text.upper() == CLEAR_WORD for text in given):
            return self._clear()
        try:
            return read_column(given, self.column, self.facts)
        except FlawError as error:
            return None, (error.flaw,)

    def _clear(self) -> CellReading:
        if not self.uncleared:
            return CLEAR, ()
        message = f"{self.column.name} can't be cleared: {self.uncleared}"
        return None, (Flaw(code="not-clearable", message=message, found=CLEAR_WORD),)

    def _secret(self, given: Sequence[str]) -> CellReading:
        text = given[0]
        if set(text) == {"*"}:
            return None, (_MASKED,)
        breach = text_breach(self.facts.value, text)
        if breach is None and not invisible(text):
            return Secret(text), ()
        says = f"; allowed: {breach.allowed}" if breach and breach.allowed else ""
        message = f"the value is not of the form that is asked for{says}"
        return None, (Flaw(code="wrong-form", message=message),)


_MASKED = Flaw(
    code="masked-secret",
    message=f"reports show secrets as {MASK}: this is not the secret itself",
    hint="The original sheet has it: copy the column from there.",
)
