"""How the cells of each kind of column are read; mypy refuses a kind that has no reader here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias, assert_never

from bulkops.definition.column_facts import ColumnFacts
from bulkops.definition.column_kinds import COLUMN_KINDS
from bulkops.definition.job import Column
from bulkops.definition.model.value_limits import size_breach, text_breach
from bulkops.planning.rows.cell_text import composed, not_ascii
from bulkops.planning.rows.cells import (
    CellReading,
    Flaw,
    FlawError,
    Single,
    flaw_of,
    refusal,
    refuse_breach,
)
from bulkops.planning.rows.paths import read_path
from bulkops.planning.rows.readers.flow_readers import read_flow
from bulkops.planning.rows.readers.json_readers import read_json
from bulkops.planning.rows.readers.map_readers import Read, parts_of, read_map, require_visible
from bulkops.planning.rows.readers.moment_readers import read_date, read_datetime, read_time
from bulkops.planning.rows.readers.number_readers import read_duration, read_integer, read_number
from bulkops.planning.rows.readers.word_sets import known_spelling, spelled_choices, values_meant
from bulkops.suggestions import Choices, Hint, plain

SingleKind: TypeAlias = Literal[
    "text", "integer", "number", "boolean", "date", "time", "datetime", "duration"
]
_YES = frozenset({"yes", "true", "y", "1", "on"})
_NO = frozenset({"no", "false", "n", "0", "off"})


def read_column(given: Sequence[str], column: Column, facts: ColumnFacts) -> CellReading:
    """Return what the filled cells of a column say, by its kind; FlawError at the first flaw.

    Of a list, all flaws are returned.
    """
    match column.kind:
        case "text":  # what most cells are
            return _one_or_list(_text, given, column, facts)
        case "tags" | "map":
            return read_map(given, column, facts, _reader(_ENTRIES[facts.entries]))
        case "json":
            return read_json(given[0], facts)
        case "flow":
            return read_flow(given[0], facts)
        case kind:
            return _one_or_list(_reader(kind), given, column, facts)


def read_content(
    content: str | bytes, named: str, column: Column, facts: ColumnFacts
) -> CellReading:
    """Return what a file says, as it stands; `named` is the cell that names it."""
    if isinstance(content, bytes):
        breach = size_breach(facts.value, len(content), "bytes")
    elif column.kind == "json":
        return read_json(content, facts)
    elif column.kind == "flow":
        return read_flow(content, facts)
    else:
        breach = text_breach(facts.value, content)
    refuse_breach("wrong-form", f'the file that "{named}" names', breach, named)
    return content, ()


def _reader(kind: SingleKind) -> Read:  # noqa: PLR0911  # one return a kind
    match kind:
        case "text":
            return _text
        case "integer":
            return read_integer
        case "number":
            return read_number
        case "boolean":
            return _boolean
        case "date":
            return read_date
        case "time":
            return read_time
        case "datetime":
            return read_datetime
        case "duration":
            return read_duration
        case _:
            assert_never(kind)


def _one_or_list(
    read: Read,
    given: Sequence[str],
    column: Column,
    facts: ColumnFacts,
) -> CellReading:
    if not column.split:
        return read(given[0], column, facts), ()
    values: list[Single] = []
    flaws: list[Flaw] = []
    said = False
    for part in dict.fromkeys(parts_of(given, column)):
        meant = values_meant(part, column, facts)
        if meant is not None:
            values += meant
            said = True
            continue
        try:
            values.append(read(part, column, facts))
        except FlawError as error:
            flaws.append(error.flaw)
    unique = tuple(dict.fromkeys(values))
    breach = size_breach(facts.items, len(unique), COLUMN_KINDS[column.kind].items)
    if breach is not None and not flaws:
        flaws.append(flaw_of("wrong-count", "the cell", breach))
    return (None, tuple(flaws)) if flaws else (unique if unique or said else None, ())


def _text(typed: str, column: Column, facts: ColumnFacts) -> str:
    text = composed(typed)
    require_visible(text, names=facts.names, spaced=not facts.ascii_only)
    if facts.ascii_only and not_ascii(text):
        says = f"holds {not_ascii(text)}; allowed: letters without accents, digits, signs"
        raise refusal("not-ascii", text, says)
    if facts.path:
        return read_path(text)
    if facts.finds:
        return text
    if column.spellings or facts.value.one_of:
        return _choice(text, column, facts)
    refuse_breach("wrong-form", f'"{text}"', text_breach(facts.value, text), text)
    return known_spelling(text, column.known) if column.known else text


def _choice(text: str, column: Column, facts: ColumnFacts) -> str:
    """Return the API value that a text spells, whatever its case, spaces and hyphens."""
    choices = facts.value.one_of or tuple(column.spellings)
    spellings = {other: choice for choice, others in column.spellings.items() for other in others}
    found = spelled_choices(column, facts).get(plain(text))
    if found is not None:
        return found
    allowed = ", ".join(choices)
    raise FlawError(
        Flaw(
            code="not-a-choice",
            message=f'"{text}" is not one of the values allowed: {allowed}',
            found=text,
            allowed=allowed,
            hint=Hint(Choices(choices, spellings), text),
        )
    )


def _boolean(text: str, _column: Column, _facts: ColumnFacts) -> bool:
    word = text.casefold()
    if word in _YES or word in _NO:
        return word in _YES
    raise refusal("not-yes-or-no", text, "is neither yes nor no", "yes, no")


_ENTRIES: Mapping[str, SingleKind] = {
    "string": "text",
    "integer": "integer",
    "long": "integer",
    "float": "number",
    "double": "number",
    "boolean": "boolean",
}
"""The kind of one value of a map, by its type in the service's model."""
