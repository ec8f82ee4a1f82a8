"""From the cells of a column to a typed value, or to what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bulkops.definition.column_facts import ColumnFacts, facts_of
from bulkops.definition.column_kinds import COLUMN_KINDS
from bulkops.definition.job import Column, Job
from bulkops.definition.job_description import allowed as allowed_in
from bulkops.definition.model.value_limits import text_breach
from bulkops.definition.thing_kinds import KINDS
from bulkops.planning.rows.cell_text import invisible, trimmed
from bulkops.planning.rows.cells import (
    CLEAR,
    MASK,
    CellReading,
    Flaw,
    FlawError,
    LaterText,
    Secret,
    refusal,
)
from bulkops.planning.rows.readers.cell_files import CellFiles, names_file, unmarked_text
from bulkops.planning.rows.readers.column_readers import read_column, read_content

CLEAR_WORD = "CLEAR!"
_CLEARS = frozenset({CLEAR_WORD, "(CLEAR)"})


def is_one_text(column: Column) -> bool:
    """Tell whether a column's cell is sent as it stands, and not read into parts or numbers."""
    return column.kind == "text" and not column.split


def joined(given: Iterable[str]) -> str:
    """Return the cells of a column as one text, from which they are read as from themselves."""
    return "\n".join(given)


def secret_value(text: str, job: Job, name: str) -> Any:  # noqa: ANN401  # whatever a request holds
    """Return what is sent for a secret cell: its text, or what the text says of a list or map."""
    column = next((each for each in job.columns if each.name == name), None)
    if column is None or is_one_text(column):
        return text
    value, _ = read_column((text,), column, facts_of(job, name))
    match value:
        case tuple():
            return list(value)
        case Mapping():
            return dict(value)
        case _:
            return value


@dataclass(frozen=True, slots=True)
class CellReader:
    """Reads the cells of one column. `uncleared` says why it can't be cleared; empty: it can.

    `files` are those that its cells name.
    """

    column: Column
    facts: ColumnFacts
    uncleared: str = ""
    files: CellFiles = field(default_factory=dict)

    def read(self, texts: Sequence[str]) -> CellReading:
        """Return the value of a column's cells (None where all are blank), or their flaws."""
        given = [text for text in map(trimmed, texts) if text]
        if not given:
            return None, ()
        if self.facts.secret:
            return self._secret(given)
        if not _CLEARS.isdisjoint(map(str.upper, given)):
            return self._clear()
        try:
            if len(given) > 1:
                given = self._agreed(given)
            if self.column.file:
                return self._filed(given[0])
            return read_column(given, self.column, self.facts)
        except FlawError as error:
            return None, (error.flaw,)

    def _agreed(self, given: list[str]) -> list[str]:
        """Return the one text of a value that stands in several columns; FlawError if they differ.

        Where things have paths, the name alone agrees with a path that ends in it.
        """
        if self.column.split or COLUMN_KINDS[self.column.kind].is_map:
            return given
        longest = max(given, key=len)
        has_paths = bool(self.facts.finds) and KINDS[self.facts.finds].has_paths
        for other in given:
            if other != longest and not (has_paths and longest.endswith(f"/{other}")):
                says = f'and "{other}" stand in two columns for one value: keep one of them'
                raise refusal("two-values", longest, says)
        return [longest]

    def _filed(self, text: str) -> CellReading:
        """Read a cell of a column that takes files: by the file that it names, or as it is."""
        if not names_file(text):
            return read_column((unmarked_text(text),), self.column, self.facts)
        found = self.files.get(text)
        if found is None:
            raise refusal("no-file", text, "names a file, and files are not read here")
        if found.flaw is not None:
            return None, (found.flaw,)
        if found.again is not None:
            return self._later(found.sha256, found.again, text)
        return read_content(found.content, text, self.column, self.facts)

    def _later(self, sha256: str, again: Callable[[], str], text: str) -> CellReading:
        """Read a file whose content is not kept: its value is read anew when it is asked for."""

        def read() -> CellReading:
            return read_content(again(), text, self.column, self.facts)

        value, flaws = read()
        return (None, flaws) if value is None else (LaterText(sha256, lambda: str(read()[0])), ())

    def _clear(self) -> CellReading:
        if not self.uncleared:
            return CLEAR, ()
        message = f"{self.column.name} can't be cleared: {self.uncleared}"
        return None, (Flaw(code="not-clearable", message=message, found=CLEAR_WORD),)

    def _secret(self, given: Sequence[str]) -> CellReading:
        if not all(text.strip("*") for text in given):
            return None, (_MASKED,)
        if is_one_text(self.column):
            breach = text_breach(self.facts.value, given[0])
            fits, allowed = breach is None and not invisible(given[0]), breach and breach.allowed
        else:
            fits, allowed = self._is_readable(given), allowed_in(self.facts)
        if fits:
            return Secret(joined(given)), ()
        says = f"; allowed: {allowed}" if allowed else ""
        message = f"the value is not of the form that is asked for{says}"
        return None, (Flaw(code="wrong-form", message=message),)

    def _is_readable(self, given: Sequence[str]) -> bool:
        """Tell whether the cells can be read; what is wrong would say what stands in them."""
        try:
            return not read_column(given, self.column, self.facts)[1]
        except FlawError:
            return False


_MASKED = Flaw(
    code="masked-secret",
    message=f"reports show secrets as {MASK}: this is not the secret itself",
    hint="The original sheet has it: copy the column from there.",
)
