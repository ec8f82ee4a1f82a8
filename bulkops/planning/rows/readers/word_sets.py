"""Words of a cell that stand for several values: a set by its name, a span by its two ends."""

from __future__ import annotations

from bulkops.definition.column_facts import ColumnFacts
from bulkops.definition.job import Column
from bulkops.planning.rows.cells import Single
from bulkops.suggestions import plain


def values_meant(text: str, column: Column, facts: ColumnFacts) -> tuple[Single, ...] | None:
    """Return the values that a word stands for; None where it is to be read as one value."""
    for word, values in column.sets.items():
        if plain(word) == plain(text):
            return values
    spelled = spelled_choices(column, facts)
    if not column.spans or plain(text) in spelled or text.count("-") != 1:
        return None
    first, last = (spelled.get(plain(end)) for end in text.split("-"))
    return None if first is None or last is None else _span(first, last, facts.value.one_of)


def spelled_choices(column: Column, facts: ColumnFacts) -> dict[str, str]:
    """Return what people write → API value, for all values that a column allows."""
    choices = facts.value.one_of or tuple(column.spellings)
    spelled = {plain(choice): choice for choice in choices}
    for choice, others in column.spellings.items():
        spelled.update({plain(other): choice for other in others})
    return spelled


def known_spelling(text: str, known: tuple[str, ...]) -> str:
    """Return the known value that a text spells, whatever its case, spaces and signs; or itself."""
    word = _letters(text)
    return next((each for each in known if _letters(each) == word), text)


def _letters(text: str) -> str:
    return plain(text).replace(".", "")


def _span(first: str, last: str, choices: tuple[str, ...]) -> tuple[Single, ...]:
    """Return the values from one to another, beginning anew after the last there is."""
    start, end = choices.index(first), choices.index(last)
    around = choices if start <= end else choices + choices
    return around[start : (end if start <= end else end + len(choices)) + 1]
