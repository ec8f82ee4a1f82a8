"""The sheet of a run's made up passwords: kept once, in its folder, for handing out."""

from __future__ import annotations

import csv
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from bulkops.definition.job import Job
from bulkops.engine.ports import SheetSecrets
from bulkops.ledger.interface import Ledger
from bulkops.ledger.records import RowResult
from bulkops.ledger.states import RowStatus
from bulkops.planning.plan import Action, PlannedRow
from bulkops.planning.rows.row_keys import SEPARATOR, KeyFolding
from bulkops.planning.rows.sheet_numbers import sheet_place
from bulkops.sheets.input.first_passwords import (
    COLUMN,
    GeneratedPasswords,
    gives_passwords,
    password_column,
    row_name,
)
from bulkops.sheets.output.table_writer import write_csv
from bulkops.targets.request import Request, SheetChoice

FILE = "passwords.csv"
"""The sheet in a run's folder that holds what was made up; it is for its owner alone."""
_TARGET, _PARTS = "target", 3
"""The first header; a line is a target, a key and its password."""


def with_new_passwords(request: Request) -> Request:
    """Return a request whose passwords, where some are made up, are those of a run of its own."""
    if not request.sheet.generate_passwords:
        return request
    return replace(request, sheet=replace(request.sheet, passwords=GeneratedPasswords()))


def with_kept_passwords(request: Request, folder: Path) -> Request:
    """Return a run's request with the passwords that were made up when it began."""
    if not request.sheet.generate_passwords:
        return request
    kept = {row_name(target, key): password for target, key, password in _lines(folder)}
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

    def __init__(self, job: Job, choice: SheetChoice, place: int = 0) -> None:
        """Take the rows of the sheet at a place of its workbook; 0 where there is but one."""
        part = next(filter(gives_passwords, job.each()), job)
        self._fold = KeyFolding(part).fold
        self._headers = (_TARGET, SEPARATOR.join(part.key), COLUMN)
        self._place = place
        self._passwords = choice.passwords
        self._rows: list[tuple[str, str]] = []

    def add(self, row: PlannedRow | RowResult) -> None:
        """Take in a row, where it will make something."""
        is_meant = self._passwords is not None and sheet_place(row.number) == self._place
        if row.action == Action.CREATE and is_meant:
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
        for name, where in ((row_name(target, key), target), (key, "")):
            if name in made:
                return [where, key, made(name)]
        return None


async def keep_passwords(
    folder: Path,
    ledger: Ledger,
    job: Job,
    request: Request,
    secret: SheetSecrets,
    *,
    place: int = 0,
) -> None:
    """Write what is made up anew for a run that goes on, where its sheet was taken away."""
    if not request.sheet.generate_passwords:
        return
    sheet, column = PasswordSheet(job, request.sheet, place), password_column(job)
    async for row in ledger.results({RowStatus.PENDING}):
        with suppress(KeyError):  # it makes nothing, or the sheet has it no more
            secret(row.number, column)
            sheet.add(row)
    sheet.write(folder)
