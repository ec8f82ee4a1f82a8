"""A job, a sheet and what is meant by them: rows of typed values, each typed once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from bulkops.definition.column_facts import facts_of
from bulkops.definition.column_kinds import COLUMN_KINDS, written
from bulkops.definition.job import Identity, Job
from bulkops.planning.existing_things import OnExists
from bulkops.planning.promotion.flow_mapping import FlowMapping
from bulkops.planning.rows.cell_text import trimmed
from bulkops.planning.rows.cells import MASK, Flaw, Value
from bulkops.planning.rows.column_cells import Read, column_read
from bulkops.planning.rows.headers import ACTION, HeaderMap
from bulkops.planning.rows.kept_rows import KeptRows, KeptValue, Mark, packed, unpacked
from bulkops.planning.rows.mapped_names import MappedNames
from bulkops.planning.rows.readers.cell_files import CellFiles
from bulkops.planning.rows.requirements import Requirements
from bulkops.planning.rows.row_keys import SEPARATOR
from bulkops.planning.rows.row_verbs import RowVerb, read_verb
from bulkops.planning.rows.selection import Selection
from bulkops.planning.rows.spoken_ids import SpokenIds
from bulkops.planning.rows.table import Record, Table
from bulkops.problems import Address, Problem

Identities: TypeAlias = Mapping[str, Identity | None]


class TypedRow(NamedTuple):
    """One row of the sheet as typed values.

    `values` has no entry for a blank cell without a default. `defaulted` are the columns whose
    value is the default: it is for what is new, and changes nothing that is there. `cells` are
    the original texts, secrets masked. `problems` empty: the row is fit to be planned. `together`:
    values and defaulted columns of each row where it stands for all that are about one thing.
    `verb` is what the row itself says is to be done.
    """

    number: int
    key: str
    target: str
    values: Mapping[str, Value]
    cells: tuple[str, ...]
    defaulted: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    together: tuple[tuple[Mapping[str, Value], frozenset[str]], ...] = ()
    verb: RowVerb = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a person asks for: a job, its sheet, which rows, and what to do with what is there."""

    job: Job
    table: Table
    headers: HeaderMap
    on_exists: OnExists = "fail"
    selection: Selection = field(default_factory=Selection)
    files: CellFiles = field(default_factory=dict, repr=False)
    mapping: FlowMapping = field(default_factory=FlowMapping, repr=False)
    """What stands in the targets for what flows refer to in the instance that they come from."""
    allow_duplicates: bool = False
    """Whether rows of one key are meant, each a call of its own."""
    spoken: SpokenIds | None = None
    """What the ids are called that the sheet gives in place of names; None: nothing is known."""
    _kept: dict[frozenset[tuple[str, Identity | None]], KeptRows] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def reach(self) -> OnExists:
        """What a row may ask for at the most, where rows say themselves what is to be done."""
        return self.on_exists if self.headers.action is None else "update"

    def records(self) -> Iterator[Record]:
        """Yield the rows that are meant, in the order of the sheet."""
        return self.selection.choose(self.table, self.headers)

    def rows(self, identities: Identities | None = None) -> Iterator[TypedRow]:
        """Yield the rows that are meant as typed values.

        A second walk with the same identities types none again.

        `identities` are the identity management types of the targets, by the target's name;
        without them, what depends on one is not looked at.
        """
        rows, spoken = self._typed(identities or {}), self.spoken
        if self.mapping.rows and (names := MappedNames(self.job, self.mapping)):
            rows = (row._replace(values=names.mapped(row.values)) for row in rows)
        if spoken is None:
            return rows
        return (row._replace(values=spoken.spoken(row.values, row.target)) for row in rows)

    def _typed(self, known: Identities) -> Iterator[TypedRow]:
        kept = self._kept.setdefault(frozenset(known.items()), KeptRows())
        readings: dict[Identity | None, _RowReader] = {}
        for place, record in enumerate(self.records()):
            target = target_name(self._target(record), known)
            identity = known.get(target)
            if identity not in readings:
                readings[identity] = _RowReader(self, identity)
            reading = readings[identity]
            if place == len(kept.rows):
                yield reading.first(record, target, kept)
            else:
                yield reading.again(record, target, kept, place)

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


class _RowReader:
    """Turns the records of one identity management type into typed rows."""

    def __init__(self, order: Order, identity: Identity | None) -> None:
        self._order = order
        self._secret = order.secret_indexes()
        self._columns = order.headers.columns
        self._readers = [
            (name, self._reader(name, indexes, identity)) for name, indexes in self._columns.items()
        ]
        self._key_columns = [(name, self._columns.get(name, ())) for name in order.job.key]
        self._by_value = {name for name in order.job.key if _has_many_texts(order.job, name)}
        self._requirements = Requirements(order.job, order.headers, identity, order.reach)
        self._defaults = {
            column.name: column.default
            for column in order.job.columns
            if column.default is not None
        }

    def _reader(self, name: str, indexes: Sequence[int], identity: Identity | None) -> Read:
        order = self._order
        headers = {index: order.table.headers[index] for index in indexes}
        return column_read(order.job, name, headers, identity=identity, files=order.files)

    def first(self, record: Record, target: str, kept: KeptRows) -> TypedRow:
        """Read a record's cells, find all that is wrong with it, and keep what was read."""
        values: dict[str, Value] = {}
        marks: list[KeptValue] = []
        flaws: list[tuple[str, Flaw]] = []
        for name, read in self._readers:
            value, wrong = read(record.cells)
            if wrong:
                flaws += [(name, flaw) for flaw in wrong]
                marks.append(Mark.BROKEN)
                continue
            if value is None:
                marks.append(None)
                continue
            values[name] = value
            marks.append(packed(value, record, self._columns[name]))
        broken = {name for name, _ in flaws}
        defaulted = self._add_defaults(values, broken)
        unmet = self._requirements.unmet(values)
        flaws += [(name, flaw) for name, flaw in unmet if name not in broken]
        said = self._verb(record)
        if said == "none":
            flaws = []  # whatever its other cells say
        elif isinstance(said, Flaw):
            flaws.append((ACTION, said))
        order = self._order
        problems = tuple(
            [problem(flaw, order.address(record.number, name)) for name, flaw in flaws]
        )
        kept.add(tuple(marks), problems)
        return self._row(record, target, values, defaulted, problems)

    def again(self, record: Record, target: str, kept: KeptRows, place: int) -> TypedRow:
        """Return the typed row of a record that has been read before."""
        values: dict[str, Value] = {}
        broken: set[str] = set()
        for (name, indexes), mark in zip(self._columns.items(), kept.rows[place], strict=True):
            value = unpacked(mark, record, indexes)
            if value is not None:
                values[name] = value
            elif mark is Mark.BROKEN:
                broken.add(name)
        defaulted = self._add_defaults(values, broken)
        return self._row(record, target, values, defaulted, kept.problems.get(place, ()))

    def _row(
        self,
        record: Record,
        target: str,
        values: Mapping[str, Value],
        defaulted: frozenset[str],
        problems: tuple[Problem, ...],
    ) -> TypedRow:
        said = self._verb(record)
        return TypedRow(
            number=record.number,
            key=self._key(record, values),
            target=target,
            values=values,
            cells=self._masked(record),
            defaulted=defaulted,
            problems=problems,
            verb="" if isinstance(said, Flaw) else said,
        )

    def _verb(self, record: Record) -> RowVerb | Flaw:
        index = self._order.headers.action
        return "" if index is None else read_verb(record.cells[index], self._order.job)

    def _add_defaults(self, values: dict[str, Value], broken: set[str]) -> frozenset[str]:
        lacking = [name for name in self._defaults if name not in values and name not in broken]
        for name in lacking:
            values[name] = self._defaults[name]
        return frozenset(lacking)

    def _key(self, record: Record, values: Mapping[str, Value]) -> str:
        parts = []
        for name, indexes in self._key_columns:
            typed = trimmed(record.cells[indexes[0]]) if indexes else ""
            if name in self._by_value and name in values:
                typed = written(values[name])
            parts.append(typed or str(values.get(name, "")))
        return SEPARATOR.join(parts)

    def _masked(self, record: Record) -> tuple[str, ...]:
        if not self._secret:
            return record.cells
        cells = list(record.cells)
        for index in self._secret:
            if trimmed(cells[index]):
                cells[index] = MASK
        return tuple(cells)


def _has_many_texts(job: Job, name: str) -> bool:
    """Tell whether a column's value may be written in many ways, and so is the key and no text."""
    kind = COLUMN_KINDS[job.column(name).kind]
    return kind.is_moment or float in kind.types[:1]


def problem(flaw: Flaw, address: Address) -> Problem:
    """Return a flaw with the place where it stands."""
    return Problem(
        code=flaw.code,
        message=flaw.message,
        address=address,
        found=flaw.found,
        allowed=flaw.allowed,
        advice=flaw.hint,
    )


def _is_secret(job: Job, name: str) -> bool:
    return facts_of(job, name).secret
