"""Cells that a person sets for every row (`--set`): constants, or templates of other cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bulkops.definition.column_facts import facts_of
from bulkops.definition.job import Job
from bulkops.errors import TemplateError
from bulkops.planning.rows.cell_text import trimmed
from bulkops.planning.rows.headers import ACTION, TARGET, HeaderMap, folded
from bulkops.planning.rows.table import Record
from bulkops.planning.rows.text_changes import TextChange, change
from bulkops.suggestions import nearest_hint

_OWN = (TARGET, ACTION)
"""Columns that are no job's."""
_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|([{}])")


@dataclass(frozen=True, slots=True)
class _Cell:
    """A place in a template that another cell fills: its indexes in a record, and the changes."""

    indexes: tuple[int, ...]
    changes: tuple[TextChange, ...]

    def text(self, cells: Sequence[str]) -> str:
        found = next(filter(None, (trimmed(cells[index]) for index in self.indexes)), "")
        for each in self.changes:
            found = each(found)
        return found


@dataclass(frozen=True, slots=True)
class SetCell:
    """One column that is set: the indexes of a record that it fills, and what with.

    An index behind a record's last cell adds one. Where a cell that the template speaks of is
    blank, without an `or`, the cell that is set is blank too. `own` is whether the sheet has the
    column itself.
    """

    column: str
    indexes: tuple[int, ...]
    pieces: tuple[str | _Cell, ...]
    own: bool

    def fill(self, cells: list[str]) -> None:
        """Set the cell of one record, whose cells are given."""
        first, *others = self.indexes
        if first == len(cells):
            cells.append("")
        cells[first] = self._text(cells)
        for other in others:
            cells[other] = ""

    def _text(self, cells: Sequence[str]) -> str:
        said = [each if isinstance(each, str) else each.text(cells) for each in self.pieces]
        return "" if "" in said else "".join(said)


@dataclass(frozen=True, slots=True)
class SetCells:
    """All columns that are set, in the order in which the person wrote them."""

    headers: tuple[str, ...]
    cells: tuple[SetCell, ...]

    @property
    def replaced(self) -> frozenset[int]:
        """The indexes of the sheet's own cells that are set in place of what they say."""
        return frozenset(index for each in self.cells if each.own for index in each.indexes)

    @property
    def sources(self) -> frozenset[int]:
        """The indexes of the cells that templates speak of."""
        pieces = (piece for each in self.cells for piece in each.pieces)
        return frozenset(i for piece in pieces if isinstance(piece, _Cell) for i in piece.indexes)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know of it, a sentence each."""
        own = [each.column for each in self.cells if each.own]
        said = f"{', '.join(own)}: set by --set in every row, in place of what the sheet says"
        return (said,) if own else ()

    def record(self, record: Record) -> Record:
        """Return a record with what is set; the sheet's own stays as it was."""
        cells = list(record.cells)
        for each in self.cells:
            each.fill(cells)
        return Record(record.number, tuple(cells))


def set_cells(
    job: Job, headers: Sequence[str], match: HeaderMap, given: Mapping[str, str]
) -> SetCells:
    """Return what sets cells of a sheet: column → constant or template.

    Raises TemplateError where a column or a template can't be used, and where a column holds a
    secret: what a person types, others can read.
    """
    setting = _Setting(job, [*headers], match)
    return SetCells(cells=tuple(setting.of(*each) for each in given.items()), headers=setting.all)


class _Setting:
    """Templates on their way to places; `headers` grow by what the sheet has not."""

    def __init__(self, job: Job, headers: list[str], match: HeaderMap) -> None:
        self._job = job
        self._headers = headers
        self._secretive = match.secretive
        self._fed = {folded(name): indexes for name, indexes in match.columns.items()}
        own = {TARGET: match.target, ACTION: match.action}
        self._fed |= {name: (index,) for name, index in own.items() if index is not None}
        self._columns = {
            folded(name): column.name
            for column in job.columns
            for name in (column.name, *column.aliases)
        }
        for name in own:
            self._columns.setdefault(name, name)

    @property
    def all(self) -> tuple[str, ...]:
        return tuple(self._headers)

    def of(self, name: str, template: str) -> SetCell:
        column = self._columns.get(folded(name))
        if column is None:
            hint = nearest_hint(name, self._columns.values())
            raise TemplateError(f'--set: {self._job.name} has no column "{name}". {hint}'.rstrip())
        self._refuse_secret(column)
        pieces = tuple(self._piece(column, each) for each in _parts(column, template))
        own = self._fed.get(folded(column))
        if own is None:
            own_index = len(self._headers)
            self._headers.append(column)
            self._fed[folded(column)] = (own_index,)
            return SetCell(column, (own_index,), pieces, own=False)
        return SetCell(column, own, pieces, own=True)

    def _refuse_secret(self, column: str) -> None:
        if column not in _OWN and facts_of(self._job, column).secret:
            raise TemplateError(
                f"--set: {column} is secret, and what is typed here others can read: put it in"
                " the sheet, or use --generate-passwords where it is a first password."
            )

    def _piece(self, column: str, part: str | tuple[str, ...]) -> str | _Cell:
        if isinstance(part, str):
            return part
        name, *changes = part
        indexes = self._fed.get(self._word(name)) or self._places(folded(name))
        if not indexes:
            known = [*self._headers, *self._columns.values()]
            raise TemplateError(
                f'--set {column}: the sheet has no column "{name.strip()}".'
                f" {nearest_hint(name, known)}".rstrip()
            )
        self._refuse_source(column, name.strip(), indexes)
        try:
            return _Cell(indexes, tuple(change(each) for each in changes))
        except TemplateError as error:
            raise TemplateError(f"--set {column}: {error}") from error

    def _word(self, name: str) -> str:
        """Return what a column that a template names is fed by: an alias is its column."""
        return folded(self._columns.get(folded(name), name))

    def _refuse_source(self, column: str, name: str, indexes: tuple[int, ...]) -> None:
        source = self._columns.get(folded(name), TARGET)
        secret = source not in _OWN and facts_of(self._job, source).secret
        if secret or not self._secretive.isdisjoint(indexes):
            raise TemplateError(f"--set {column}: {name} is secret, and {column} would show it.")

    def _places(self, word: str) -> tuple[int, ...]:
        return tuple(i for i, header in enumerate(self._headers) if folded(header) == word)


def _parts(column: str, template: str) -> list[str | tuple[str, ...]]:
    """Return a template's texts, and its places as (name, change, …); `{{` is a brace."""
    parts: list[str | tuple[str, ...]] = []
    end = 0
    for found in _PIECE.finditer(template):
        parts.append(template[end : found.start()])
        end = found.end()
        if found[2]:
            raise TemplateError(
                f'--set {column}: "{template}" has a {found[2]} alone; one that is meant is'
                f" written {found[2] * 2}."
            )
        inner = found[1]
        parts.append(found[0][0] if inner is None else tuple(inner.split("|")))
    parts.append(template[end:])
    return [part for part in parts if part]
