"""Rows whose key stands in the sheet for the second time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

from bulkops.definition.repeatable_jobs import idle_repeat
from bulkops.planning.rows.cells import Secret
from bulkops.planning.rows.row_keys import KeyFolding
from bulkops.planning.rows.sheet_numbers import row_in_sheet
from bulkops.planning.rows.typed_rows import Identities, Order, TypedRow
from bulkops.problems import Problem

KEEP_ONE = "Keep one of the two rows."


class _Said(NamedTuple):
    """What stands for a row's values beside its key, for its key as it is spelt, and caseless."""

    values: int
    key: int
    folded: int


class RowRepeats:
    """Finds the rows of one order that repeat a key; remembers the keys, and no row.

    What else a row says is looked at from the first repeated key on, for the rows before it in a
    second walk: in nearly every sheet no key is repeated.
    """

    def __init__(self, order: Order, identities: Identities) -> None:
        self._order = order
        self._identities = identities
        self._folding = KeyFolding(order.job)
        idle = idle_repeat(order.job)
        self._may_repeat = order.allow_duplicates and not idle
        self._advice = KEEP_ONE
        if order.allow_duplicates:
            self._advice = f"{KEEP_ONE} --allow-duplicates is no help: {idle}."
        elif not idle:
            self._advice = f"{KEEP_ONE} If both are meant, add --allow-duplicates."
        self._first: dict[tuple[str, ...], int] = {}
        self._said: dict[int, _Said] | None = None

    def of(self, row: TypedRow) -> Iterator[Problem]:
        """Say where a row's key stood before, if it did, and whether the two rows agree."""
        names = self._order.job.key
        if self._may_repeat or not names or any(name not in row.values for name in names):
            return
        key = self._folding.parts(tuple(str(row.values[name]) for name in names))
        first = self._first.setdefault((row.target, *key), row.number)
        if first == row.number:
            if self._said is not None:
                self._said[row.number] = self._what_is_said(row)
            return
        if self._said is None:
            self._said = self._said_before(row)
        before, now = self._said[first], self._what_is_said(row)
        alike = before.values == now.values
        yield Problem(
            code="duplicate-row" if alike else "contradicting-row",
            message=f"{row.key} stands{_how_written(before, now)} in row"
            f" {row_in_sheet(first)} already"
            + (", with the same values" if alike else ", with other values"),
            address=self._order.address(row.number, names[0]),
            found=row.key,
            advice=self._advice,
        )

    def _said_before(self, row: TypedRow) -> dict[int, _Said]:
        """Return what each row before this one says, by its number."""
        rows = self._order.rows(self._identities)
        before = takewhile(lambda each: each.number != row.number, rows)
        return {each.number: self._what_is_said(each) for each in before}

    def _what_is_said(self, row: TypedRow) -> _Said:
        names = self._order.job.key
        others = {
            name: repr(_plain(value)) for name, value in row.values.items() if name not in names
        }
        return _Said(hash(frozenset(others.items())), hash(row.key), hash(row.key.casefold()))


def _how_written(before: _Said, now: _Said) -> str:
    """Say how two spellings of one key differ; nothing where they don't."""
    if before.key == now.key:
        return ""
    return ", in another case," if before.folded == now.folded else ", written otherwise,"


def _plain(value: object) -> object:
    """Return a value to compare rows by; secrets are compared by their text, which is not kept."""
    return str(value) if isinstance(value, Secret) else value
