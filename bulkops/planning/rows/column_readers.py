"""How the cells of each kind of column are read; mypy refuses a kind that has no reader here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import assert_never

from bulkops.definition.column_facts import ColumnFacts
from bulkops.definition.column_kinds import COLUMN_KINDS
from bulkops.definition.job import Column
from bulkops.definition.model.value_limits import Breach, number_breach, size_breach, text_breach
from bulkops.planning.rows.cell_text import composed, invisible, not_ascii, seen, trimmed
from bulkops.planning.rows.cells import CellReading, Flaw, FlawError, Single
from bulkops.suggestions import Choices, Hint, plain
from bulkops.visible_text import visible

_WHOLE = re.compile(r"([+-]?[0-9]{1,18})(?:\.0*)?")
_YES = frozenset({"yes", "true", "y", "1", "on"})
_NO = frozenset({"no", "false", "n", "0", "off"})


def read_column(given: Sequence[str], column: Column, facts: ColumnFacts) -> CellReading:
    """Return what the filled cells of a column say, by its kind; FlawError at the first flaw.

    Of a list, all flaws are returned.
    """
    match column.kind:
        case "text":
            return _one_or_list(_text, given, column, facts)
        case "integer":
            return _one_or_list(_integer, given, column, facts)
        case "boolean":
            return _one_or_list(_boolean, given, column, facts)
        case "tags":
            return _tags(given, column, facts)
        case _:
            assert_never(column.kind)


def _one_or_list(
    read: Callable[[str, Column, ColumnFacts], Single],
    given: Sequence[str],
    column: Column,
    facts: ColumnFacts,
) -> CellReading:
    if not column.split:
        return read(given[0], column, facts), ()
    values: list[Single] = []
    flaws: list[Flaw] = []
    for part in dict.fromkeys(_parts(given, column)):
        try:
            values.append(read(part, column, facts))
        except FlawError as error:
            flaws.append(error.flaw)
    unique = tuple(dict.fromkeys(values))
    breach = size_breach(facts.items, len(unique), COLUMN_KINDS[column.kind].items)
    if breach is not None and not flaws:
        flaws.append(_flaw("wrong-count", "the cell", breach))
    return (None, tuple(flaws)) if flaws else (unique or None, ())


def _parts(given: Sequence[str], column: Column) -> Iterator[str]:
    """Yield what separators and line breaks set apart, without blanks."""
    separators = re.escape(column.split or ";")
    for text in given:
        for part in re.split(rf"[{separators}\n\r]", text):
            if trimmed(part):
                yield trimmed(part)


def _text(typed: str, column: Column, facts: ColumnFacts) -> str:
    text = composed(typed)
    _require_visible(text, names=facts.names, spaced=not facts.ascii_only)
    if facts.ascii_only and not_ascii(text):
        says = f"holds {not_ascii(text)}; allowed: letters without accents, digits, signs"
        raise _refusal("not-ascii", text, says)
    if facts.finds:
        return text
    if column.spellings or facts.value.one_of:
        return _choice(text, column, facts)
    _raise("wrong-form", f'"{text}"', text_breach(facts.value, text), text)
    return text


def _choice(text: str, column: Column, facts: ColumnFacts) -> str:
    """Return the API value that a text spells, whatever its case, spaces and hyphens."""
    choices = facts.value.one_of or tuple(column.spellings)
    spellings = {other: choice for choice, others in column.spellings.items() for other in others}
    spelled = {plain(choice): choice for choice in choices}
    spelled.update({plain(other): choice for other, choice in spellings.items()})
    found = spelled.get(plain(text))
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


def _integer(text: str, _column: Column, facts: ColumnFacts) -> int:
    whole = _WHOLE.fullmatch(text)
    allowed = facts.value.range()
    if whole is None:
        says = f"is not a whole number; allowed: {allowed or 'digits, such as 30'}"
        raise _refusal("not-a-number", text, says, allowed)
    number = int(whole[1])
    _raise("out-of-range", f'"{text}"', number_breach(facts.value, number), text)
    return number


def _boolean(text: str, _column: Column, _facts: ColumnFacts) -> bool:
    word = text.casefold()
    if word in _YES or word in _NO:
        return word in _YES
    raise _refusal("not-yes-or-no", text, "is neither yes nor no", "yes, no")


def _tags(given: Sequence[str], column: Column, facts: ColumnFacts) -> CellReading:
    tags: dict[str, str] = {}
    for part in _parts(given, column):
        key, equals, value = (trimmed(piece) for piece in composed(part).partition("="))
        _require_visible(part, names=True)
        if not key or not equals:
            raise _refusal("not-a-tag", part, "is not a tag: write key=value")
        if tags.get(key, value) != value:
            raise _refusal("tag-twice", part, f'gives the tag "{key}" a second value')
        for text, limits in ((key, facts.key), (value, facts.value)):
            _raise("wrong-tag", f'"{text}"', text_breach(limits, text), text)
        tags[key] = value
    _raise(
        "wrong-count",
        "the cell",
        size_breach(facts.items, len(tags), COLUMN_KINDS[column.kind].items),
    )
    return tags or None, ()


def _require_visible(text: str, *, names: bool, spaced: bool = True) -> None:
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


def _raise(code: str, subject: str, breach: Breach | None, found: str = "") -> None:
    if breach is not None:
        raise FlawError(_flaw(code, subject, breach, found))


def _flaw(code: str, subject: str, breach: Breach, found: str = "") -> Flaw:
    says = f"; allowed: {breach.allowed}" if breach.allowed else ""
    return Flaw(
        code=code,
        message=f"{subject} {breach.message}{says}",
        found=found,
        allowed=breach.allowed,
    )


def _refusal(code: str, found: str, says: str, allowed: str = "") -> FlawError:
    return FlawError(Flaw(code=code, message=f'"{found}" {says}', found=found, allowed=allowed))
