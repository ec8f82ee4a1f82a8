"""First passwords made up for a run's rows: kept once, in a sheet for handing out."""

from __future__ import annotations

import csv
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from bulkops.definition.column_facts import facts_of
from bulkops.definition.job import Job
from bulkops.definition.model.value_limits import text_breach
from bulkops.engine.ports import SheetSecrets
from bulkops.errors import TemplateError
from bulkops.ledger.interface import Ledger, RowResult
from bulkops.ledger.states import RowStatus
from bulkops.planning.plan import Action, PlannedRow
from bulkops.planning.rows.cell_text import trimmed
from bulkops.planning.rows.headers import HeaderMap
from bulkops.planning.rows.row_keys import SEPARATOR, KeyFolding
from bulkops.planning.rows.table import Record
from bulkops.sheets.input.filled_table import filled
from bulkops.sheets.input.sheet_table import SheetTable
from bulkops.sheets.output.table_writer import write_csv
from bulkops.targets.request import Request, SheetChoice

FILE = "passwords.csv"
"""The sheet in a run's folder that holds what was made up; it is for its owner alone."""
COLUMN = "password"
_LETTERS = "abcdefghijkmnpqrstuvwxyz"
_CAPITALS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_DIGITS = "23456789"
_GROUPS, _GROUP = 4, 4
"""Four groups of four, none of them with letters that look alike: 93 bits."""
_SAMPLE = "-".join(["Aa22"] * _GROUPS)
_TARGET, _PARTS = "target", 3
"""The first header; a line is a target, a key and its password."""


class GeneratedPasswords:
    """A password for each key of a row: the one that was kept, else a new one, always the same."""

    def __init__(
        self,
        kept: Mapping[str, str] | None = None,
        choose: Callable[[str], str] = secrets.choice,
    ) -> None:
        self._choose = choose
        self._known = dict(kept or {})

    def __repr__(self) -> str:
        return f"<GeneratedPasswords of {len(self._known)} rows>"

    def __call__(self, key: str, /) -> str:
        """Return the password of a key, made up where there is none yet."""
        if key not in self._known:
            self._known[key] = generated(self._choose)
        return self._known[key]

    def __contains__(self, key: str) -> bool:
        return key in self._known


def generated(choose: Callable[[str], str]) -> str:
    """Return a password such as `Kx7m-Qp3w-vT9h-e4Rd`, with a letter of each case and a digit."""
    every = _LETTERS + _CAPITALS + _DIGITS
    while True:
        groups = ["".join(choose(every) for _ in range(_GROUP)) for _ in range(_GROUPS)]
        text = "-".join(groups)
        if all(any(sign in text for sign in kind) for kind in (_LETTERS, _CAPITALS, _DIGITS)):
            return text


def with_passwords(
    table: SheetTable, match: HeaderMap, job: Job, source: Callable[[str], str]
) -> SheetTable:
    """Return a sheet whose blank first passwords are made up.

    Raises TemplateError where the job has no first password.
    """
    column = _column(job)
    indexes = match.columns.get(column)
    headers = (*table.headers, *(() if indexes else (column,)))
    place = indexes[0] if indexes else len(table.headers)
    name_of = _naming(job, match)

    def fill(record: Record) -> Record:
        cells = [*record.cells, ""] if place == len(record.cells) else [*record.cells]
        if not trimmed(cells[place]):
            cells[place] = source(name_of(record))
        return Record(record.number, tuple(cells))

    return filled(table, headers, fill)


def _column(job: Job) -> str:
    """Return the column of a job's first passwords, where one such as ours would be accepted."""
    for column in job.columns:
        limits = facts_of(job, column.name).value
        if column.secret and COLUMN in column.name and text_breach(limits, _SAMPLE) is None:
            return column.name
    raise TemplateError(f"--generate-passwords: {job.name} gives nobody a first password.")


def _naming(job: Job, match: HeaderMap) -> Callable[[Record], str]:
    """Return what names a record's row: its target, where one is written, and its key."""
    places = [match.columns.get(name, ()) for name in job.key]
    fold = KeyFolding(job).fold
    target = match.target

    def name_of(record: Record) -> str:
        parts = [trimmed(record.cells[indexes[0]]) if indexes else "" for indexes in places]
        where = "" if target is None else trimmed(record.cells[target])
        return _name(where, fold(SEPARATOR.join(parts)))

    return name_of


def _name(target: str, key: str) -> str:
    return f"{target}{SEPARATOR}{key}" if target else key


def with_new_passwords(request: Request) -> Request:
    """Return a request whose passwords, where some are made up, are those of a run of its own."""
    if not request.sheet.generate_passwords:
        return request
    return replace(request, sheet=replace(request.sheet, passwords=GeneratedPasswords()))


def with_kept_passwords(request: Request, folder: Path) -> Request:
    """Return a run's request with the passwords that were made up when it began."""
    if not request.sheet.generate_passwords:
        return request
    kept = {_name(target, key): password for target, key, password in _lines(folder)}
    return replace(request, sheet=replace(request.sheet, passwords=GeneratedPasswords(kept)))


def passwords_in(folder: Path) -> tuple[Path, ...]:
    """Return the sheet of passwords of a run's folder, where it has one."""
    path = folder / FILE
    return (path,) if path.is_file() else ()


def _lines(folder: Path) -> list[list[str]]:
    try:
        with (folder / FILE).open(encoding="utf-8-sig", newline="") as file:
            return [row for row in csv.reader(file) if len(row) == _PARTS][1:]
    except FileNotFoundError:
        return []


class PasswordSheet:
    """The sheet of a run's made up passwords: a line for each row that makes something with one."""

    def __init__(self, job: Job, choice: SheetChoice) -> None:
        self._fold = KeyFolding(job).fold
        self._headers = (_TARGET, SEPARATOR.join(job.key), COLUMN)
        self._passwords = choice.passwords
        self._rows: list[tuple[str, str]] = []

    def add(self, row: PlannedRow | RowResult) -> None:
        """Take in a row, where it will make something."""
        if row.action == Action.CREATE and self._passwords is not None:
            self._rows.append((row.target, self._fold(row.key)))

    def write(self, folder: Path) -> Path | None:
        """Write the sheet into a run's folder, for its owner alone; None where it has no line.

        The lines that it has there stay.
        """
        lines = _lines(folder)
        there = {(target, key) for target, key, _ in lines}
        new = [line for row in self._rows if (line := self._line(*row)) is not None]
        lines += [line for line in new if (line[0], line[1]) not in there]
        if not lines:
            return None
        path = folder / FILE
        write_csv(path, self._headers, lines)
        return path

    def _line(self, target: str, key: str) -> list[str] | None:
        """Return a row's line; None where the person's own sheet has its password."""
        made = self._passwords
        if not isinstance(made, GeneratedPasswords):
            return None
        for name, where in ((_name(target, key), target), (key, "")):
            if name in made:
                return [where, key, made(name)]
        return None


async def keep_passwords(
    folder: Path, ledger: Ledger, job: Job, request: Request, secret: SheetSecrets
) -> None:
    """Write what is made up anew for a run that goes on, where its sheet was taken away."""
    if not request.sheet.generate_passwords:
        return
    sheet, column = PasswordSheet(job, request.sheet), _column(job)
    async for row in ledger.results({RowStatus.PENDING}):
        with suppress(KeyError):  # it makes nothing, or the sheet has it no more
            secret(row.number, column)
            sheet.add(row)
    sheet.write(folder)
