"""What a run begins with: a job and a sheet, loaded by name and path, offline."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace

from bulkops.definition.catalogue import LoadedJob, load
from bulkops.definition.job import Job
from bulkops.planning.existing_things import OnExists
from bulkops.planning.rows.header_spellings import known_headers, moment_headers, secret_headers
from bulkops.planning.rows.headers import HeaderMap, match_headers
from bulkops.planning.rows.selection import Selection
from bulkops.planning.rows.set_cells import set_cells
from bulkops.planning.rows.typed_rows import Identities, Order
from bulkops.planning.sheet_check import Checked, check
from bulkops.problems import Problem, Severity
from bulkops.sheets.input.cell_files import FilesFolder
from bulkops.sheets.input.filled_table import filled
from bulkops.sheets.input.first_passwords import GeneratedPasswords, with_passwords
from bulkops.sheets.input.named_files import named_files
from bulkops.sheets.input.reader import SheetTable, read_table
from bulkops.targets.request import SheetChoice


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """A job, the sheet it is applied to, and what of it is meant."""

    loaded: LoadedJob
    table: SheetTable
    order: Order

    @property
    def job(self) -> Job:
        """The job itself."""
        return self.loaded.job

    @property
    def headers(self) -> HeaderMap:
        """Which header feeds which column."""
        return self.order.headers


def read_inputs(job: str, choice: SheetChoice, on_exists: OnExists = "fail") -> Inputs:
    """Load a job and read a sheet. Raises JobError, SheetError, TemplateError; sends nothing."""
    loaded = load(job)
    return read_sheet(loaded, choice, on_exists)


def read_sheet(loaded: LoadedJob, choice: SheetChoice, on_exists: OnExists) -> Inputs:
    """Read a sheet for a job that is loaded already."""
    table, headers = _completed(loaded.job, choice, on_exists)
    return _inputs(loaded, table, headers, choice, on_exists)


def understood(
    loaded: LoadedJob, table: SheetTable, choice: SheetChoice, on_exists: OnExists
) -> Inputs:
    """Return what a sheet that was read already says to a job that has got more columns."""
    headers = match_headers(loaded.job, table, choice.mapping, on_exists)
    return _inputs(loaded, table, headers, choice, on_exists)


def _inputs(
    loaded: LoadedJob,
    table: SheetTable,
    headers: HeaderMap,
    choice: SheetChoice,
    on_exists: OnExists,
) -> Inputs:
    order = Order(
        job=loaded.job,
        table=table,
        headers=headers,
        on_exists=on_exists,
        selection=Selection.of(rows=choice.rows, where=choice.where, limit=choice.limit),
        allow_duplicates=choice.allow_duplicates,
    )
    order = replace(order, files=named_files(order, FilesFolder(path=choice.files_folder)))
    return Inputs(loaded=loaded, table=table, order=order)


def _completed(job: Job, choice: SheetChoice, on_exists: OnExists) -> tuple[SheetTable, HeaderMap]:
    """Return a sheet with the cells that are set or made up, and what its headers mean."""
    table = _table(job, choice)
    match = match_headers(job, table, choice.mapping, on_exists)
    spoken_of: frozenset[int] = frozenset()
    if choice.settings:
        setting = set_cells(job, table.headers, match, choice.settings)
        spoken_of = setting.sources
        table = filled(
            table, setting.headers, setting.record, replaced=setting.replaced, notes=setting.notes
        )
        match = match_headers(job, table, choice.mapping, on_exists, known=spoken_of)
    if choice.generate_passwords:
        table = with_passwords(table, match, job, choice.passwords or GeneratedPasswords())
        match = match_headers(job, table, choice.mapping, on_exists, known=spoken_of)
    return table, match


def _table(job: Job, choice: SheetChoice) -> SheetTable:
    """Read the sheet that is meant: a file, standard input, or a table in memory."""
    known, secret = known_headers(job, choice.mapping), secret_headers(job, choice.mapping)
    moments = moment_headers(job, choice.mapping)
    if choice.frame is not None:
        from bulkops.sheets.input.dataframe import from_frame  # noqa: PLC0415  # only from Python

        name = str(choice.path)
        return from_frame(
            choice.frame,
            name=name,
            known_headers=known,
            date_headers=moments,
            secret_headers=secret,
        )
    return read_table(
        choice.path,
        sheet=choice.sheet,
        known_headers=known,
        date_headers=moments,
        secret_headers=secret,
        encoding=choice.encoding,
        stdin=sys.stdin.buffer if choice.path is None else None,
    )


def checked(inputs: Inputs, identities: Identities | None = None) -> Checked:
    """Find every problem that can be known without a network, all at once."""
    return check(inputs.order, identities)


def barring(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return the problems that keep a run from starting."""
    return tuple(each for each in problems if each.severity is Severity.ERROR)
