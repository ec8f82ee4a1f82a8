"""Rows that give two things one name."""

from __future__ import annotations

from collections.abc import Iterator

from bulkops.definition.thing_kinds import KINDS
from bulkops.planning.rows.paths import beside
from bulkops.planning.rows.sheet_numbers import row_in_sheet
from bulkops.planning.rows.typed_rows import Order, TypedRow
from bulkops.problems import Problem


class NewNames:
    """Finds the rows of one order that give a name which a row of another thing gives already."""

    def __init__(self, order: Order) -> None:
        self._order = order
        about = [step.about for _, step in order.job.addresses() if step.about is not None]
        self._columns = sorted(
            {
                (each.column, each.renamed.column, KINDS[each.kind].has_paths)
                for each in about
                if each.renamed is not None
            }
        )
        self._first: dict[tuple[str, str, str], tuple[int, str]] = {}

    def of(self, row: TypedRow) -> Iterator[Problem]:
        """Say which row gives a row's new name already; names that differ by case are one here."""
        for old, new, is_path in self._columns:
            name = row.values.get(new)
            if not isinstance(name, str):
                continue
            mine = (row.number, str(row.values.get(old, "")))
            # what lies in two things may bear one name in both
            whole = beside(mine[1], name) if is_path else name
            first, thing = self._first.setdefault((row.target, new, whole.casefold()), mine)
            if thing != mine[1]:
                yield Problem(
                    code="duplicate-name",
                    message=f'row {row_in_sheet(first)} gives the name "{name}" already',
                    address=self._order.address(row.number, new),
                    found=name,
                    advice="Two things can't bear one name: give one of them another.",
                )
