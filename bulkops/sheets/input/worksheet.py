"""Which worksheet of a workbook is meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bulkops.errors import SheetError
from bulkops.sheets.input.table_builder import Head
from bulkops.sheets.input.zip_package import Part
from bulkops.sheets.name_lists import quoted
from bulkops.suggestions import nearest_hint

GUIDE = "How to fill in"
"""The sheet of a template that explains it; never read unless asked for."""
PROBLEMS = "Problems"
"""The sheet of an annotated copy that lists its problems; never read unless asked for."""
_OURS = frozenset({GUIDE.casefold(), PROBLEMS.casefold()})


class ChosenWorksheet(NamedTuple):
    """A worksheet, its header row, and why that one where it needs saying."""

    part: Part
    head: Head
    notes: tuple[str, ...]


def choose(
    parts: Sequence[Part],
    asked: str | int | None,
    head_of: Callable[[Part], Head | None],
    name: str,
) -> ChosenWorksheet:
    """Return the sheet asked for, by name or number from 1; else the one that matches.

    A hidden sheet is read only when asked for. Raises SheetError, naming the sheets, where none
    or several would do.
    """
    if not parts:
        raise SheetError("not-a-sheet", f"{name} has no worksheet")
    if asked is not None:
        part = _asked(parts, asked, name)
        notes = (f'sheet "{part.name}" is hidden',) if part.state != "visible" else ()
        return ChosenWorksheet(part, _needed(head_of(part), part, name), notes)
    visible = [part for part in parts if part.state == "visible"]
    if not visible:
        raise SheetError(
            "hidden-sheets",
            f"{name} has only hidden sheets ({quoted(part.name for part in parts)}): unhide one"
            " in Excel, or name it with --sheet",
        )
    candidates = [part for part in visible if part.name.casefold() not in _OURS] or visible
    heads = [(part, head) for part in candidates if (head := head_of(part)) is not None]
    if not heads:
        _needed(None, candidates[0], name)
    return _best(heads, candidates, name)


def _best(
    heads: Sequence[tuple[Part, Head]], candidates: Sequence[Part], name: str
) -> ChosenWorksheet:
    most = max(head.score for _, head in heads)
    matching = [(part, head) for part, head in heads if 2 * head.score >= most]
    if len(matching) > 1:
        which = "have headers that fit" if most else "hold values, and none has a known header"
        raise SheetError(
            "several-sheets",
            f"{len(matching)} sheets of {name} {which}:"
            f" {quoted(part.name for part, _ in matching)}; name one with --sheet",
        )
    part, head = matching[0]
    return ChosenWorksheet(part, head, (f'sheet "{part.name}"',) if len(candidates) > 1 else ())


def _asked(parts: Sequence[Part], asked: str | int, name: str) -> Part:
    wish = str(asked).strip()
    if isinstance(asked, str):
        exact = [part for part in parts if part.name == asked]
        alike = [part for part in parts if part.name.strip().casefold() == wish.casefold()]
        if found := exact or alike:
            return found[0]
    if wish.isdecimal() and 0 < int(wish) <= len(parts):
        return parts[int(wish) - 1]
    names = [part.name for part in parts]
    hint = nearest_hint(wish, names)
    raise SheetError(
        "no-such-sheet",
        f'{name} has no sheet "{wish}"; its sheets are {quoted(names)}'
        + (f". {hint}" if hint else ""),
    )


def _needed(head: Head | None, part: Part, name: str) -> Head:
    if head is None:
        raise SheetError(
            "empty",
            f'sheet "{part.name}" of {name} is empty: it needs a row of headers and rows of values',
        )
    return head
