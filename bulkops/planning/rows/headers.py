"""Which headers of a sheet feed which columns of a job."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bulkops.definition.gathered_rows import gathers
from bulkops.definition.job import Column, Job
from bulkops.planning.existing_things import OnExists
from bulkops.planning.rows.needed_columns import always_required
from bulkops.planning.rows.table import Table
from bulkops.problems import Address, Problem, Severity
from bulkops.suggestions import Choices, nearest_hint, plain

OURS = "bulkops_"
"""How the columns begin that reports add: in a sheet that is run again they are passed over."""
TARGET = "target"
"""The column that names a row's target, where the job has no column of that name."""
ACTION = "action"
"""The column that says what is to be done with a row, where the job has none of that name."""

_NOISE = re.compile(r"[*:\u200b-\u200d\u2060\ufeff]")
_NUMBER = re.compile(r"[0-9]+$")
_SECRETIVE = re.compile(r"passw(or)?d|passphrase|secret|token")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderMap:
    """Column name → indexes of the cells that feed it, and what is wrong with the headers.

    `target` is the index of the column that names each row's target, `action` of the one that says
    what is to be done with it; None where there is none.
    `secretive` are the indexes of unused columns whose header speaks of a secret.
    """

    columns: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    target: int | None = None
    action: int | None = None
    secretive: frozenset[int] = frozenset()
    problems: tuple[Problem, ...] = ()

    def address(self, table: Table, row: int, column: str = "") -> Address:
        """Return the place of a row's cell in a column; the row as a whole where it has none."""
        if column == ACTION and self.action is not None:
            return table.address(row, self.action + 1)
        indexes = self.columns.get(column)
        return table.address(row, indexes[0] + 1 if indexes else 0)

    @property
    def used(self) -> frozenset[int]:
        """The indexes of the cells that matter to the job."""
        fed = {index for indexes in self.columns.values() for index in indexes}
        return frozenset(fed | {each for each in (self.target, self.action) if each is not None})


def folded(header: str) -> str:
    """Return a header as it is compared: without case, spaces, hyphens, underscores, * and :."""
    return plain(_NOISE.sub("", header))


def speaks_of_secret(header: str) -> bool:
    """Tell whether a header names a password, secret or token: its cells are never shown."""
    return _SECRETIVE.search(header.casefold()) is not None


def match_headers(
    job: Job,
    table: Table,
    mapping: Mapping[str, str] | None = None,
    on_exists: OnExists = "fail",
    *,
    known: Collection[int] = (),
) -> HeaderMap:
    """Match a sheet's headers with a job's columns, by name, alias, or `mapping` (--map).

    `mapping` is header → column; what is missing depends on `on_exists`. A header near to a
    column that nothing feeds is an error, any other strange one a warning; those of the `known`
    indexes are strange for a reason.
    """
    match = _Match(job, table, mapping or {}, on_exists, known)
    match.go()
    return HeaderMap(
        columns={name: tuple(indexes) for name, indexes in match.columns.items()},
        target=match.own.get(TARGET),
        action=match.own.get(ACTION),
        secretive=frozenset(match.secretive()),
        problems=tuple(match.problems),
    )


class _Match:
    """One sheet's headers on their way to a job's columns."""

    def __init__(
        self,
        job: Job,
        table: Table,
        mapping: Mapping[str, str],
        on_exists: OnExists,
        known: Collection[int],
    ) -> None:
        self._on_exists = on_exists
        self.job = job
        self._explained = known
        self.table = table
        self.columns: dict[str, list[int]] = {}
        self.own: dict[str, int] = {}
        """Indexes of the columns that are bulkops' own, by their names."""
        self.problems: list[Problem] = []
        self._strange: list[int] = []
        self._blank: list[int] = []
        self._known = {folded(name): column for column in job.columns for name in names_of(column)}
        self._mapped = dict(self._mapped_columns(mapping))
        # in a workbook each sheet has the column, whatever its rows may say there
        self._takes_actions = bool(job.prefix) or not gathers(job)

    def go(self) -> None:
        """Look at each header once, then at what is left over and what is missing."""
        for index, header in enumerate(self.table.headers):
            self._place(index, header)
        self._say_strange()
        self._say_missing()
        if self._blank:
            self._say_blank()

    def secretive(self) -> Iterator[int]:
        """Yield the strange columns that speak of a secret."""
        for index in self._strange:
            if speaks_of_secret(self.table.headers[index]):
                yield index

    def _mapped_columns(self, mapping: Mapping[str, str]) -> Iterator[tuple[str, Column]]:
        """Yield what --map says, and say where it names what is not there."""
        here = {folded(header): header for header in self.table.headers}
        for header, name in mapping.items():
            column = self._known.get(folded(name))
            if folded(header) not in here:
                message = f'--map: the sheet has no header "{header}"'
                self._say("unknown-header", message, nearest_hint(header, here.values()))
            elif column is None:
                message = f'--map: {self.job.name} has no column "{name}"'
                self._say("unknown-column", message, nearest_hint(name, _all_names(self.job)))
            else:
                yield folded(header), column

    def _place(self, index: int, header: str) -> None:
        word = folded(header)
        column = self._mapped.get(word) or self._known.get(word) or self._numbered(word)
        if column is not None:
            self._feed(index, header, column)
        elif not word:
            self._blank.append(index)
        elif word == TARGET or (word == ACTION and self._takes_actions):
            if self.own.setdefault(word, index) != index:
                self._say_duplicate(index, header, self.own[word])
        elif not header.strip().casefold().startswith(OURS):
            self._strange.append(index)

    def _numbered(self, word: str) -> Column | None:
        """Return the list column of which a header is one of several: `security_profile_2`."""
        base = _NUMBER.sub("", word)
        if base == word:
            return None
        column = self._known.get(base) or self._known.get(f"{base}s")
        return column if column is not None and column.split else None

    def _feed(self, index: int, header: str, column: Column) -> None:
        fed = self.columns.setdefault(column.name, [])
        if fed and not column.split and not self._is_other_name(header, fed, column):
            self._say_duplicate(index, header, fed[0])
        else:
            fed.append(index)

    def _is_other_name(self, header: str, fed: Sequence[int], column: Column) -> bool:
        """Tell whether headers are all other names of a column: its rows then fill one, or agree.

        The console's template has two columns for a user's one hierarchy group.
        """
        words = [folded(header), *(folded(self.table.headers[index]) for index in fed)]
        known = {folded(alias) for alias in column.aliases} - {folded(column.name)}
        return not column.secret and len(set(words)) == len(words) and known.issuperset(words)

    def _say_duplicate(self, index: int, header: str, first: int) -> None:
        other = self.table.headers[first]
        message = f'"{header}" and "{other}" are the same column: keep one of them'
        self._say("duplicate-header", message, index=index)

    def _say_strange(self) -> None:
        """Say which headers are not known; a near one is taken for a slip of the pen."""
        open_names = Choices(
            name
            for column in self.job.columns
            if column.name not in self.columns
            for name in names_of(column)
        )
        for index in self._strange:
            if index in self._explained or self.job.defined is not None:
                continue  # of what a target adds the name is known with the target alone
            header = self.table.headers[index]
            near = open_names.nearest(header)
            if near is None:
                message = f'"{header}" is not a column of {self.job.name}: it is not used'
                self._say("unused-column", message, index=index, severity=Severity.WARNING)
            else:
                message = f'"{header}" is not a column of {self.job.name}'
                hint = f'Did you mean "{near}"? If not, rename or remove it.'
                self._say("unknown-header", message, hint, index=index)
                self._meant(near)

    def _meant(self, near: str) -> None:
        """Take the column as spoken of: that it is missing need not be said again."""
        self.columns.setdefault(self._known[folded(near)].name, [])

    def _say_missing(self) -> None:
        reach: OnExists = "update" if ACTION in self.own else self._on_exists
        for column in self.job.columns:
            needed = always_required(self.job, column, reach)
            if needed and column.default is None and column.name not in self.columns:
                message = f'the sheet has no column "{column.name}", which {self.job.name} needs'
                also = ", ".join(column.aliases)
                self._say("missing-column", message, f"It may also be called {also}." * bool(also))
        for name in [name for name, indexes in self.columns.items() if not indexes]:
            del self.columns[name]

    def _say_blank(self) -> None:
        """Say once for each column without a header where its first value stands."""
        said = {p.address.column - 1 for p in self.table.problems if p.address.column}
        left = [index for index in self._blank if index not in said]
        for index, row in _first_values(self.table, left):
            message = "there are values here, but the column has no header: they are not used"
            address = self.table.address(row, index + 1)
            self.problems.append(
                Problem(
                    code="value-without-header",
                    message=message,
                    address=address,
                    severity=Severity.WARNING,
                )
            )

    def _say(
        self,
        code: str,
        message: str,
        hint: str = "",
        *,
        index: int | None = None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Add a problem of a header, or of the sheet as a whole."""
        found = "" if index is None else self.table.headers[index]
        address = self.table.address(0, 0 if index is None else index + 1)
        self.problems.append(
            Problem(
                code=code,
                message=message,
                address=address,
                found=found,
                advice=hint,
                severity=severity,
            )
        )


def names_of(column: Column) -> Sequence[str]:
    """Return every name by which a column is known, its own first."""
    return (column.name, *column.aliases)


def _all_names(job: Job) -> Iterable[str]:
    return (name for column in job.columns for name in names_of(column))


def _first_values(table: Table, indexes: Collection[int]) -> Iterator[tuple[int, int]]:
    left = set(indexes)
    for record in table.records():
        for index in sorted(left):
            if record.cells[index].strip():
                yield index, record.number
                left.discard(index)
        if not left:
            return
