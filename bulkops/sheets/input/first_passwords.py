"""First passwords made up where a sheet has none, always the same one for a row's key."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bulkops.definition.column_facts import facts_of
from bulkops.definition.job import Job
from bulkops.definition.model.value_limits import text_breach
from bulkops.errors import TemplateError
from bulkops.planning.rows.cell_text import trimmed
from bulkops.planning.rows.headers import HeaderMap
from bulkops.planning.rows.row_keys import SEPARATOR, KeyFolding
from bulkops.planning.rows.table import Record
from bulkops.sheets.input.filled_table import filled
from bulkops.sheets.input.sheet_table import SheetTable

COLUMN = "password"
_LETTERS = "abcdefghijkmnpqrstuvwxyz"
_CAPITALS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_DIGITS = "23456789"
_GROUPS, _GROUP = 4, 4
"""Four groups of four, none of them with letters that look alike: 93 bits."""
_SAMPLE = "-".join(["Aa22"] * _GROUPS)


class GeneratedPasswords:
    """A password for each key of a row: the one that was kept, else a new one, always the same."""

    def __init__(
        self,
        kept: Mapping[str, str] | None = None,
        choose: Callable[[str], str] | None = None,
    ) -> None:
        self._choose = choose or _chosen
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


def _chosen(signs: str) -> str:
    import secrets  # noqa: PLC0415  # few sheets have passwords made up

    return secrets.choice(signs)


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
    column = password_column(job)
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


def password_column(job: Job) -> str:
    """Return the column of a job's first passwords, where one such as ours would be accepted."""
    for column in job.columns:
        limits = facts_of(job, column.name).value
        if column.secret and COLUMN in column.name and text_breach(limits, _SAMPLE) is None:
            return column.name
    raise TemplateError(f"--generate-passwords: {job.name} gives nobody a first password.")


def gives_passwords(job: Job) -> bool:
    """Tell whether a job makes what has a first password."""
    return any(column.secret and COLUMN in column.name for column in job.columns)


def _naming(job: Job, match: HeaderMap) -> Callable[[Record], str]:
    """Return what names a record's row: its target, where one is written, and its key."""
    places = [match.columns.get(name, ()) for name in job.key]
    fold = KeyFolding(job).fold
    target = match.target

    def name_of(record: Record) -> str:
        parts = [trimmed(record.cells[indexes[0]]) if indexes else "" for indexes in places]
        where = "" if target is None else trimmed(record.cells[target])
        return row_name(where, fold(SEPARATOR.join(parts)))

    return name_of


def row_name(target: str, key: str) -> str:
    """Return what names a row: its target, where one is written, and its key."""
    return f"{target}{SEPARATOR}{key}" if target else key
