"""What a run begins with: a job and a sheet, loaded by name and path, offline."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bulkops.definition.catalogue import LoadedJob
from bulkops.definition.job import Job
from bulkops.definition.workbook_job import NAME
from bulkops.planning.existing_things import OnExists
from bulkops.planning.rows.header_spellings import known_headers, moment_headers, secret_headers
from bulkops.planning.rows.headers import HeaderMap, match_headers
from bulkops.planning.rows.row_names import RowNames
from bulkops.planning.rows.selection import Selection
from bulkops.planning.rows.set_cells import set_cells
from bulkops.planning.rows.typed_rows import Identities, Order
from bulkops.planning.sheet_check import Checked, check, together
from bulkops.problems import Problem, Severity
from bulkops.runs.inputs.file_digests import changed_files
from bulkops.runs.inputs.flow_mappings import mapping_for
from bulkops.sheets.input.cell_files import FilesFolder
from bulkops.sheets.input.filled_table import filled
from bulkops.sheets.input.first_passwords import (
    GeneratedPasswords,
    gives_passwords,
    with_passwords,
)
from bulkops.sheets.input.named_files import named_files
from bulkops.sheets.input.reader import SheetTable, read_table
from bulkops.targets.request import SheetChoice


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """A job, the sheet it is applied to, and what of it is meant; of a workbook, several sheets.

    `orders` are of the `tables` at the same places. `said` tells how a workbook was understood.
    """

    loaded: LoadedJob
    tables: tuple[SheetTable, ...]
    orders: tuple[Order, ...]
    said: tuple[str, ...] = ()

    @property
    def job(self) -> Job:
        """The job itself."""
        return self.loaded.job

    @property
    def table(self) -> SheetTable:
        """The sheet of a job that has but one; ValueError for a workbook's."""
        (table,) = self.tables
        return table

    @property
    def order(self) -> Order:
        """What is meant of the only sheet; ValueError for a workbook's."""
        (order,) = self.orders
        return order

    @property
    def headers(self) -> HeaderMap:
        """Which header feeds which column, of the only sheet."""
        return self.order.headers

    def parts(self) -> Iterator[tuple[LoadedJob, SheetTable, Order]]:
        """Yield the jobs that it is made of, each with its rows: of a single job that one."""
        for table, order in zip(self.tables, self.orders, strict=True):
            yield replace(self.loaded, job=order.job), table, order

    @property
    def password_place(self) -> int:
        """The place of the sheet whose rows have first passwords; 0 where none has."""
        for table, order in zip(self.tables, self.orders, strict=True):
            if gives_passwords(order.job):
                return table.place
        return 0

    @property
    def is_workbook(self) -> bool:
        """Whether its rows stand on the sheets of a workbook, each sheet with a job of its own."""
        return self.job.name == NAME

    @property
    def names(self) -> RowNames:
        """What the rows are called."""
        if not self.is_workbook:
            return RowNames()
        return RowNames.of((table.place, table.sheet) for table in self.tables)

    @property
    def file(self) -> str:
        """The file's name as the person gave it."""
        return self.tables[0].file

    @property
    def sha256(self) -> str:
        """Hex digest of the file's bytes."""
        return self.tables[0].sha256

    def changed_files(self, kept: Mapping[str, str]) -> tuple[str, ...]:
        """Return the cells whose files are not what a run kept of them: changed, or gone."""
        found = (changed_files(kept, order.files) for order in self.orders)
        return tuple(dict.fromkeys(cell for cells in found for cell in cells))

    @property
    def notes(self) -> tuple[str, ...]:
        """How the sheets were understood, a sentence each."""
        if not self.is_workbook:
            return self.table.notes
        told = (f"{each.sheet}: {note}" for each in self.tables for note in each.notes)
        return (*self.said, *dict.fromkeys(told))


def read_sheet(loaded: LoadedJob, choice: SheetChoice, on_exists: OnExists) -> Inputs:
    """Read a sheet for a job that is loaded already."""
    table, headers = completed(loaded.job, choice, on_exists)
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
    order = order_of(loaded.job, table, headers, choice, on_exists)
    order = replace(order, mapping=mapping_for(loaded.job, choice))
    return Inputs(loaded=loaded, tables=(table,), orders=(order,))


def order_of(
    job: Job, table: SheetTable, headers: HeaderMap, choice: SheetChoice, on_exists: OnExists
) -> Order:
    """Return what is meant of a sheet, with the files that its cells name."""
    order = Order(
        job=job,
        table=table,
        headers=headers,
        on_exists=on_exists,
        selection=Selection.of(rows=choice.rows, where=choice.where, limit=choice.limit),
        allow_duplicates=choice.allow_duplicates,
    )
    return replace(order, files=named_files(order, FilesFolder(path=choice.files_folder)))


def completed(job: Job, choice: SheetChoice, on_exists: OnExists) -> tuple[SheetTable, HeaderMap]:
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
    if choice.generate_passwords and (gives_passwords(job) or not job.prefix):
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
    found = [check(order, identities) for order in inputs.orders]
    return found[0] if len(found) == 1 else together(found)


def barring(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return the problems that keep a run from starting."""
    return tuple(each for each in problems if each.severity is Severity.ERROR)
