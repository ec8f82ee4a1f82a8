"""Rows that give two things one name."""

from __future__ import annotations

from collections.abc import Iterator

from bulkops.planning.rows.typed_rows import Order, TypedRow
from bulkops.problems import Problem


class NewNames:
    """Finds the rows of one order that give a name which a row of another thing gives already."""

    def __init__(self, order: Order) -> None:
        self._order = order
        about = [step.about for _, step in order.job.addresses() if step.about is not None]
        self._columns = sorted(
            {(each.column, each.renamed.column) for each in about if each.renamed is not None}
        )
        self._first: dict[tuple[str, str, str], tuple[int, str]] = {}

    def of(self, row: TypedRow) -> Iterator[Problem]:
        """Say which row gives a row's new name already; names that differ by case are one here."""
        for old, new in self._columns:
            name = row.values.get(new)
            if not isinstance(name, str):
                continue
            mine = (row.number, str(row.values.get(old, "")))
            first, thing = self._first.setdefault((row.target, new, name.casefold()), mine)
            if thing != mine[1]:
                yield Problem(
                    code="duplicate-name",
                    message=f'row {first} gives the name "{name}" already',
                    address=self._order.address(row.number, new),
                    found=name,
                    advice="Two things can't bear one name: give one of them another.",
                )
