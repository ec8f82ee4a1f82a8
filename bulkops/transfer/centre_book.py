"""How the workbook of a centre looks: headers with notes, drop-downs, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from bulkops.definition.gathered_rows import gathers
from bulkops.definition.job_description import ColumnDescription, describe
from bulkops.planning.export_scope import owner_of
from bulkops.planning.rows.row_verbs import allowed_verbs
from bulkops.problems import letters
from bulkops.sheets.output.column_rules import (
    add_drop_down,
    add_list,
    choices_of,
    explained,
    mark_missing,
)
from bulkops.sheets.output.template_workbook import LISTS
from bulkops.transfer.centre_sheets import SheetScope

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

    from bulkops.sheets.output.sheet_writer import SheetWriter
    from bulkops.sheets.output.table_writer import WorkbookWriter

Names = Mapping[str, Sequence[str]]
"""Kind → the names of its things."""
_LOOKS = {"always": "header", "no": "added"}
_ACTION_NOTE = (
    "What is to be done with the row; blank: what the command's --on-exists says.\nAllowed: {}."
)
_NARROWEST, _WIDEST = 12, 40


class CentreBook:
    """A workbook with a sheet for each kind; what several sheets may say stands in hidden lists.

    `names` are of kinds whose names the sheets don't tell one by one. `is_empty`: no rows say how
    wide the columns are to be. `close` it at the end.
    """

    def __init__(
        self,
        writer: WorkbookWriter,
        scopes: Sequence[SheetScope],
        names: Names,
        *,
        is_empty: bool = False,
    ) -> None:
        self._writer = writer
        self._names = names
        self._is_empty = is_empty
        self._places = dict(filter(None, map(_place_of_names, scopes)))
        self._lists: dict[tuple[str, ...], str] = {}

    def begin(self, scope: SheetScope) -> SheetWriter:
        """Begin the sheet of a scope, with its headers."""
        columns, headers = describe(scope.job).columns, scope.headers
        verbs = actions_of(scope)
        notes = {number: "\n".join(explained(each)) for number, each in enumerate(columns)}
        notes[len(columns)] = _ACTION_NOTE.format(", ".join(verbs))
        looks = {n: _LOOKS.get(each.needed, "sometimes") for n, each in enumerate(columns)}
        looks[len(columns)] = "added"
        widths = _widths(columns) if self._is_empty else ()
        sheet = self._writer.sheet(
            scope.sheet.name, headers, widths=widths, looks=looks, notes=notes
        )
        for index, description in enumerate(columns, 1):
            self._add_rules(sheet.view, index, description)
            mark_missing(sheet.view, index, columns)
        add_list(sheet.view, len(headers), self._listed(verbs))
        _as_text(sheet.view, len(headers))
        return sheet

    def plain(
        self,
        title: str,
        headers: Sequence[str],
        rows: Iterable[Sequence[str]] = (),
        *,
        notes: Mapping[int, str] | None = None,
    ) -> None:
        """Write a sheet that holds no things: what stands for others, or what is left out."""
        sheet = self._writer.sheet(title, headers, notes=notes or {})
        for row in rows:
            sheet.row(row)
        _as_text(sheet.view, len(headers))

    def close(self) -> None:
        """Write the hidden lists."""
        if not self._lists:
            return
        sheet = self._writer.sheet(LISTS, [*self._lists.values()])
        for row in zip_longest(*self._lists, fillvalue=""):
            sheet.row(row)
        sheet.view.sheet_state = "hidden"
        _define(sheet.view.parent, {name: len(texts) for texts, name in self._lists.items()})

    def _add_rules(self, view: Any, index: int, description: ColumnDescription) -> None:  # noqa: ANN401  # openpyxl's
        kind = description.facts.finds
        choices = choices_of(description, self._names)
        if choices:
            formula = self._listed(choices)
            add_drop_down(view, index, description, formula, is_open=bool(kind))
        elif kind in self._places:
            add_drop_down(view, index, description, self._places[kind], is_open=True)

    def _listed(self, choices: Sequence[str]) -> str:
        """Return the name of the hidden list of some choices."""
        return self._lists.setdefault(tuple(choices), f"bulkops_list_{len(self._lists) + 1}")


def actions_of(scope: SheetScope) -> list[str]:
    """Return what a row of a sheet may say that is to be done with it.

    Rows that make a thing together are all made or changed alike.
    """
    own = () if gathers(scope.job) else allowed_verbs(scope.job)
    return [*own, *(["delete"] if scope.sheet.deletes else [])]


def kinds_of_lists(scopes: Sequence[SheetScope]) -> set[str]:
    """Return the kinds whose things have several rows each, so that no column lists their names."""
    mine = [scope for scope in scopes if scope.parts[0].relation is None]
    return {scope.parts[0].kind.name for scope in mine if gathers(scope.job)}


def _place_of_names(scope: SheetScope) -> tuple[str, str] | None:
    """Return (kind, formula) of the names that a sheet has a row each of; None where it has none.

    The formula is of as many rows as are filled, so that a name that is added is there at once.
    """
    if scope.parts[0].relation is not None or gathers(scope.job):
        return None
    owner = owner_of(scope.job)
    if owner.within is not None:
        return None
    letter = letters(1 + [column.name for column in scope.job.columns].index(owner.column))
    sheet = f"'{scope.sheet.name}'!"
    filled = f"MAX(COUNTA({sheet}${letter}:${letter})-1,1)"
    return owner.kind, f"OFFSET({sheet}${letter}$2,0,0,{filled},1)"


def _widths(columns: Sequence[ColumnDescription]) -> list[float]:
    needed = (max(len(each.column.name), len(each.column.example)) + 4 for each in columns)
    return [min(max(width, _NARROWEST), _WIDEST) for width in needed]


def _as_text(view: Any, columns: int) -> None:  # noqa: ANN401  # openpyxl's
    """Have what is typed below the rows stay as it is typed."""
    from bulkops.sheets.output import styles  # noqa: PLC0415 - heavy

    for index in range(1, columns + 1):
        view.column_dimensions[letters(index)].number_format = styles.TEXT_FORMAT


def _define(book: Workbook, lengths: Mapping[str, int]) -> None:
    from openpyxl.workbook.defined_name import DefinedName  # noqa: PLC0415 - heavy

    for index, (name, length) in enumerate(lengths.items(), 1):
        letter = letters(index)
        reference = f"{LISTS}!${letter}$2:${letter}${length + 1}"
        book.defined_names[name] = DefinedName(name, attr_text=reference)
