"""How cells with several values are read: those of a list by separators, of a map by keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bulkops.definition.column_facts import ColumnFacts
from bulkops.definition.column_kinds import COLUMN_KINDS, written
from bulkops.definition.job import Column
from bulkops.definition.model.value_limits import size_breach, text_breach
from bulkops.definition.model.value_texts import json_text
from bulkops.planning.rows.cell_text import composed, invisible, seen, trimmed
from bulkops.planning.rows.cells import CellReading, Flaw, FlawError, Single, refusal, refuse_breach
from bulkops.planning.rows.readers.json_readers import parsed
from bulkops.visible_text import visible

Read = Callable[[str, Column, ColumnFacts], Single]


def parts_of(given: Sequence[str], column: Column) -> Iterator[str]:
    """Yield what separators and line breaks set apart, without blanks."""
    separators = re.escape(column.split or ";")
    for text in given:
        for part in re.split(rf"[{separators}\n\r]", text):
            if trimmed(part):
                yield trimmed(part)


def read_map(given: Sequence[str], column: Column, facts: ColumnFacts, read: Read) -> CellReading:
    """Return the entries of a map, written `key=value; …` or as a JSON object.

    `read` reads the text of a value.
    """
    entries: dict[str, Any] = {}
    for key, value in _entries(given, column):
        typed = _typed(value, column, facts, read)
        if entries.get(key, typed) != typed:
            raise refusal("tag-twice", f"{key}={value}", f'gives the tag "{key}" a second value')
        refuse_breach("wrong-tag", f'"{key}"', text_breach(facts.key, key), key)
        entries[key] = typed
    breach = size_breach(facts.items, len(entries), COLUMN_KINDS[column.kind].items)
    refuse_breach("wrong-count", "the cell", breach)
    return entries or None, ()


def _entries(given: Sequence[str], column: Column) -> Iterator[tuple[str, Any]]:
    text = given[0]
    if len(given) == 1 and text.startswith("{") and text.endswith("}"):
        yield from parsed(text).items()
        return
    for part in parts_of(given, column):
        key, equals, value = (trimmed(piece) for piece in composed(part).partition("="))
        require_visible(part, names=True)
        if not key or not equals:
            raise refusal("not-a-tag", part, "is not a tag: write key=value")
        yield key, value


def _typed(value: Any, column: Column, facts: ColumnFacts, read: Read) -> Any:  # noqa: ANN401
    """Return the value of one entry: a text is read, what JSON gives must be of the type."""
    if value is None or isinstance(value, list | dict):
        raise refusal("not-a-tag", json_text(value), "is not one value")
    if facts.entries != "string":
        return read(written(value), column, facts)
    if not isinstance(value, str):
        raise refusal("not-a-tag", json_text(value), 'is not text: write it as "text"')
    refuse_breach("wrong-tag", f'"{value}"', text_breach(facts.value, value), value)
    return value


def require_visible(text: str, *, names: bool, spaced: bool = True) -> None:
    """Refuse what can't be seen and, in what names a thing, line breaks and tabs."""
    found = invisible(text, breaks=not names)
    if not found:
        return
    why = "which can't be seen" if invisible(text) else "and a name is one line"
    without = seen(text, breaks=not names, spaced=spaced)
    raise FlawError(
        Flaw(
            code="invisible-character",
            message=f'"{visible(text)}" holds {found}, {why}',
            found=text,
            hint=f'Without it the value is "{without}".' if without else "Type the value again.",
        )
    )
