"""Which sheets of a workbook are meant: by their names, by kinds of thing, or by jobs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bulkops.definition.catalogue import load
from bulkops.definition.thing_kinds import nouns
from bulkops.definition.workbook_sheets import SHEETS, WorkbookSheet, folded
from bulkops.errors import UsageError
from bulkops.planning.export_scope import owner_kind, relation_of
from bulkops.suggestions import nearest_hint


def chosen_sheets(only: Sequence[str]) -> tuple[WorkbookSheet, ...]:
    """Return the sheets that words mean, in the order of all sheets; without words, all.

    A text may hold several words, separated by commas. Raises UsageError where one means none.
    """
    asked = [word for text in only for word in map(str.strip, text.split(",")) if word]
    if not asked:
        return SHEETS
    known: dict[str, set[str]] = {}
    for sheet in SHEETS:
        for word in _words(sheet):
            known.setdefault(folded(word), set()).add(sheet.name)
    unknown = [word for word in asked if folded(word) not in known]
    if unknown:
        raise UsageError(" ".join(_unknown(unknown)))
    found = {name for word in asked for name in known[folded(word)]}
    return tuple(sheet for sheet in SHEETS if sheet.name in found)


def _words(sheet: WorkbookSheet) -> Iterator[str]:
    """Yield what a sheet may be called by: its kind of thing too, where things are its rows."""
    yield from sheet.words
    job = load(sheet.job).job
    if relation_of(job) is None:
        kind = owner_kind(job)
        yield from (kind.name, kind.noun, nouns(kind.noun))


def _unknown(words: Iterable[str]) -> Iterator[str]:
    names, jobs = [sheet.name for sheet in SHEETS], [sheet.job for sheet in SHEETS]
    for word in words:
        hint = nearest_hint(word, names) or nearest_hint(word, jobs)
        yield f'--only: "{word}" is no sheet of a workbook. {hint}'.strip()
    yield f"The sheets are {', '.join(names)}."
