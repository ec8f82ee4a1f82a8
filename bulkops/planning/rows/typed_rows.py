"""A job, a sheet and what is meant by them: rows of typed values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, TypeAlias

from bulkops.definition.column_facts import facts_of
from bulkops.definition.job import Column, Identity, Job
from bulkops.planning.problems import Address, Problem
from bulkops.planning.rows.cell_text import trimmed
from bulkops.planning.rows.cells import MASK, CellReader, Flaw, Value
from bulkops.planning.rows.clear_values import uncleared
from bulkops.planning.rows.headers import HeaderMap
from bulkops.planning.rows.requirements import requirements
from bulkops.planning.rows.selection import Selection
from bulkops.planning.rows.table import Record, Table

OnExists: TypeAlias = Literal["fail", "skip", "update"]
Identities: TypeAlias = Mapping[str, Identity | None]
Read: TypeAlias = Callable[[tuple[str, ...]], tuple[Value | None, tuple[Flaw, ...]]]

KEPT_CELLS = 4096
"""Readings kept for each column: most cells of a sheet say one of a few things."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedRow:
    """One row of the sheet as typed values.

    `values` has no entry for a blank cell without a default. `defaulted` are the columns whose
    value is the default: it is for what is new, and changes nothing that is there. `cells` are
    the original texts, secrets masked. `problems` empty: the row is fit to be planned.
    """

    number: int
    key: str
    target: str
    values: Mapping[str, Value]
    cells: tuple[str, ...]
    defaulted: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a person asks for: a job, its sheet, which rows, and what to do with what is there."""

    job: Job
    table: Table
    headers: HeaderMap
    on_exists: OnExists = "fail"
    selection: Selection = field(default_factory=Selection)

    def records(self) -> Iterator[Record]:
        """Yield the rows that are meant, in the order of the sheet."""
        return self.selection.choose(self.table, self.headers)

    def rows(self, identities: Identities | None = None) -> Iterator[TypedRow]:
        """Yield the rows that are meant as typed values.

        `identities` are the identity management types of the targets, by the target's name;
        without them, what depends on one is not looked at.
        """
        known = identities or {}
        readings: dict[Identity | None, _Reading] = {}
        for record in self.records():
            target = target_name(self._target(record), known)
            identity = known.get(target)
            if identity not in readings:
                readings[identity] = _Reading(self, identity)
            yield readings[identity].row(record, target)

    def address(self, row: int, column: str = "") -> Address:
        """Return the place of a row's cell in a column of the job; else of the whole row."""
        return self.headers.address(self.table, row, column)

    def secret_indexes(self) -> frozenset[int]:
        """Return the indexes of the cells that may not be shown."""
        return self.headers.secretive | {
            index
            for name, indexes in self.headers.columns.items()
            if _is_secret(self.job, name)
            for index in indexes
        }

    def _target(self, record: Record) -> str:
        return "" if self.headers.target is None else trimmed(record.cells[self.headers.target])


def target_name(written: str, known: Collection[str]) -> str:
    """Return the target that a row means: the one written, or the only one there is."""
    return next(iter(known)) if not written and len(known) == 1 else written


class _Reading:
    """Turns the records of one identity management type into typed rows."""

    def __init__(self, order: Order, identity: Identity | None) -> None:
        self._order = order
        self._identity = identity
        self._secret = order.secret_indexes()
        self._readers = {name: _reader(order.job, name, identity) for name in order.headers.columns}

    def row(self, record: Record, target: str) -> TypedRow:
        """Return a record as typed values, with all that is wrong with it."""
        values: dict[str, Value] = {}
        flaws: list[tuple[str, Flaw]] = []
        for name, indexes in self._order.headers.columns.items():
            value, wrong = self._readers[name](tuple(record.cells[index] for index in indexes))
            flaws.extend((name, flaw) for flaw in wrong)
            if value is not None:
                values[name] = value
        broken = {name for name, _ in flaws}
        defaulted = self._add_defaults(values, broken)
        flaws += [
            (name, flaw)
            for name, flaw in requirements(
                self._order.job,
                self._order.headers,
                values,
                self._identity,
                self._order.on_exists,
            )
            if name not in broken
        ]
        return TypedRow(
            number=record.number,
            key=self._key(record, values),
            target=target,
            values=values,
            cells=self._masked(record),
            defaulted=defaulted,
            problems=tuple(
                problem(flaw, self._order.address(record.number, name)) for name, flaw in flaws
            ),
        )

    def _add_defaults(self, values: dict[str, Value], broken: set[str]) -> frozenset[str]:
        defaults = {
            column.name: column.default
            for column in self._order.job.columns
            if column.default is not None
            and column.name not in values
            and column.name not in broken
        }
        values.update(defaults)
        return frozenset(defaults)

    def _key(self, record: Record, values: Mapping[str, Value]) -> str:
        parts = []
        for name in self._order.job.key:
            indexes = self._order.headers.columns.get(name, ())
            typed = next((trimmed(record.cells[index]) for index in indexes), "")
            parts.append(typed or str(values.get(name, "")))
        return " / ".join(parts)

    def _masked(self, record: Record) -> tuple[str, ...]:
        if not self._secret:
            return record.cells
        return tuple(
            MASK if index in self._secret and trimmed(cell) else cell
            for index, cell in enumerate(record.cells)
        )


def problem(flaw: Flaw, address: Address) -> Problem:
    """Return a flaw with the place where it stands."""
    return Problem(
        code=flaw.code,
        message=flaw.message,
        address=address,
        found=flaw.found,
        allowed=flaw.allowed,
        hint=flaw.hint,
    )


def _is_secret(job: Job, name: str) -> bool:
    return facts_of(job, name).secret


def _reader(job: Job, name: str, identity: Identity | None) -> Read:
    column: Column = job.column(name)
    facts = facts_of(job, name, identity)
    reader = CellReader(column, facts, uncleared(job, name))
    return reader.read if facts.secret else lru_cache(KEPT_CELLS)(reader.read)
