"""From a cell's text to a typed value, or to what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

from bulkops.definition.column_facts import ColumnFacts
from bulkops.definition.job import Column
from bulkops.definition.model.value_limits import Breach, number_breach, size_breach, text_breach
from bulkops.definition.suggestions import nearest_hint, plain
from bulkops.planning.rows.cell_text import composed, invisible, not_ascii, trimmed

CLEAR_WORD = "CLEAR!"
MASK = "***"


@dataclass(frozen=True, slots=True)
class Clear:
    """The cell says CLEAR!: what is there is to be emptied."""


CLEAR = Clear()


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A secret cell. It prints as ***; only `str()` gives its text, for the moment it is sent."""

    text: str

    def __repr__(self) -> str:
        return MASK

    def __str__(self) -> str:
        return self.text


Single: TypeAlias = str | int | bool
Value: TypeAlias = Single | tuple[Single, ...] | Mapping[str, str] | Clear | Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """What is wrong with a cell, before its address is known. Holds nothing of a secret."""

    code: str
    message: str
    found: str = ""
    allowed: str = ""
    hint: str = ""


class FlawError(Exception):
    """A value can't be taken; the first flaw of it is `flaw`."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.message)
        self.flaw = flaw


_WHOLE = re.compile(r"([+-]?[0-9]{1,18})(?:\.0*)?")
_YES = frozenset({"yes", "true", "y", "1", "on"})
_NO = frozenset({"no", "false", "n", "0", "off"})
_ASCII_MEMBERS = frozenset({"Username", "Email", "SecondaryEmail", "EmailAddress"})


@dataclass(frozen=True, slots=True)
class CellReader:
    """Reads the cells of one column. `uncleared` says why it can't be cleared; empty: it can."""

    column: Column
    facts: ColumnFacts
    uncleared: str = ""

    def read(self, texts: Sequence[str]) -> tuple[Value | None, tuple[Flaw, ...]]:
        """Return the value of a column's cells (None where all are blank), or their flaws."""
        given = [text for text in map(trimmed, texts) if text]
        if not given:
            return None, ()
        if self.facts.secret:
            return self._secret(given)
        if any(text.upper() == CLEAR_WORD for text in given):
            return self._clear()
        try:
            return self._value(given)
        except FlawError as error:
            return None, (error.flaw,)

    def _clear(self) -> tuple[Value | None, tuple[Flaw, ...]]:
        if not self.uncleared:
            return CLEAR, ()
        message = f"{self.column.name} can't be cleared: {self.uncleared}"
        return None, (Flaw(code="not-clearable", message=message, found=CLEAR_WORD),)

    def _secret(self, given: Sequence[str]) -> tuple[Value | None, tuple[Flaw, ...]]:
        text = given[0]
        if set(text) == {"*"}:
            return None, (_MASKED,)
        breach = text_breach(self.facts.value, text)
        if breach is None and not invisible(text):
            return Secret(text), ()
        says = f"; allowed: {breach.allowed}" if breach and breach.allowed else ""
        message = f"the value is not of the form that is asked for{says}"
        return None, (Flaw(code="wrong-form", message=message),)

    def _value(self, given: Sequence[str]) -> tuple[Value | None, tuple[Flaw, ...]]:
        if self.column.kind == "tags":
            return self._tags([part for text in given for part in self._parts(text)])
        if self.column.split:
            return self._list([part for text in given for part in self._parts(text)])
        return self._single(given[0]), ()

    def _parts(self, text: str) -> Iterator[str]:
        """Yield what separators and line breaks set apart, without blanks."""
        separators = re.escape(self.column.split or ";")
        for part in re.split(rf"[{separators}\n\r]", text):
            if trimmed(part):
                yield trimmed(part)

    def _list(self, parts: Sequence[str]) -> tuple[Value | None, tuple[Flaw, ...]]:
        values: list[Single] = []
        flaws: list[Flaw] = []
        for part in dict.fromkeys(parts):
            try:
                values.append(self._single(part))
            except FlawError as error:
                flaws.append(error.flaw)
        unique = tuple(dict.fromkeys(values))
        breach = size_breach(self.facts.items, len(unique), "values")
        if breach is not None and not flaws:
            flaws.append(_flaw("wrong-count", "the cell", breach))
        return (None, tuple(flaws)) if flaws else (unique or None, ())

    def _tags(self, parts: Sequence[str]) -> tuple[Value | None, tuple[Flaw, ...]]:
        tags: dict[str, str] = {}
        for part in parts:
            key, equals, value = (trimmed(piece) for piece in composed(part).partition("="))
            _require_visible(part)
            if not key or not equals:
                raise _refusal("not-a-tag", part, "is not a tag: write key=value")
            if tags.get(key, value) != value:
                raise _refusal("tag-twice", part, f'gives the tag "{key}" a second value')
            for text, limits in ((key, self.facts.key), (value, self.facts.value)):
                _raise("wrong-tag", f'"{text}"', text_breach(limits, text), text)
            tags[key] = value
        _raise("wrong-count", "the cell", size_breach(self.facts.items, len(tags), "tags"))
        return tags or None, ()

    def _single(self, text: str) -> Single:
        readers: Mapping[str, Callable[[str], Single]] = {
            "integer": self._integer,
            "boolean": _boolean,
        }
        return readers.get(self.column.kind, self._text)(text)

    def _integer(self, text: str) -> int:
        whole = _WHOLE.fullmatch(text)
        allowed = self.facts.value.range()
        if whole is None:
            says = f"is not a whole number; allowed: {allowed or 'digits, such as 30'}"
            raise _refusal("not-a-number", text, says, allowed)
        number = int(whole[1])
        _raise("out-of-range", f'"{text}"', number_breach(self.facts.value, number), text)
        return number

    def _text(self, typed: str) -> str:
        text = composed(typed)
        _require_visible(text)
        if self._wants_ascii and not_ascii(text):
            says = f"holds {not_ascii(text)}; allowed: letters without accents, digits, signs"
            raise _refusal("not-ascii", text, says)
        if self.facts.finds:
            return text
        if self.column.spellings or self.facts.value.one_of:
            return self._choice(text)
        _raise("wrong-form", f'"{text}"', text_breach(self.facts.value, text), text)
        return text

    def _choice(self, text: str) -> str:
        """Return the API value that a text spells, whatever its case, spaces and hyphens."""
        choices = self.facts.value.one_of or tuple(self.column.spellings)
        spelled = {plain(choice): choice for choice in choices}
        for choice, others in self.column.spellings.items():
            spelled.update({plain(other): choice for other in others})
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
                hint=nearest_hint(text, (*choices, *chain(*self.column.spellings.values()))),
            )
        )

    @property
    def _wants_ascii(self) -> bool:
        """User names and e-mail addresses: a letter that only looks right would lock a user out."""
        return any(feed.path.rpartition(".")[2] in _ASCII_MEMBERS for feed in self.facts.feeds)


_MASKED = Flaw(
    code="masked-secret",
    message=f"reports show secrets as {MASK}: this is not the secret itself",
    hint="The original sheet has it: copy the column from there.",
)


def _boolean(text: str) -> bool:
    word = text.casefold()
    if word in _YES or word in _NO:
        return word in _YES
    raise _refusal("not-yes-or-no", text, "is neither yes nor no", "yes, no")


def _require_visible(text: str) -> None:
    if found := invisible(text):
        raise FlawError(
            Flaw(
                code="invisible-character",
                message=f'"{text}" holds {found}, which can\'t be seen',
                found=text,
                hint="Type the value again.",
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
