"""Rows of a sheet as the XML that a workbook keeps them in; all text is text, never a formula."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

from bulkops.sheets.input.cell_values import EXACT
from bulkops.sheets.safe_text import MOST_UNITS, cell_text, escaped, holds_any

Value: TypeAlias = str | int | float | None
"""What a cell may be given: text, a number, or nothing."""

_TEXT_ENDS, _NUMBER_ENDS = "</t></is></c>", "</v></c>"
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_UNLIKE = b"&<>" + bytes(code for code in range(0x20) if code != ord("\n"))
"""What can't stand in XML, or in a cell, as it is."""


class CellFrame(NamedTuple):
    """What stands around the values of a column's cells, but for the number of their row."""

    opening: str
    text: str
    kept_text: str
    """Before a text whose outer blanks count."""
    blank: str
    number: str
    nothing: str
    """Empty where a cell without a value is no cell."""


def cell_frame(column: str, text_style: int, number_style: int, *, shown: bool) -> CellFrame:
    """Return the frame of a column's cells; `shown`: also those without a value."""
    text, number = f'" s="{text_style}" t="inlineStr"', f'" s="{number_style}" t="n"'
    return CellFrame(
        opening=f'<c r="{column}',
        text=f"{text}><is><t>",
        kept_text=f'{text}><is><t xml:space="preserve">',
        blank=f"{text}/>",
        number=f"{number}><v>",
        nothing=f"{number}/>" if shown else "",
    )


def row_xml(number: int, values: Sequence[Value], frames: Iterable[CellFrame]) -> str:
    """Return a row of cells, each in its frame.

    Numbers that Excel would not keep exactly are text. A row of plain texts, which nearly all are,
    is made without looking at each of them.
    """
    plain = _is_plain([value for value in values if value.__class__ is str and value])
    cells = [f'<row r="{number}">']
    for value, frame in zip(values, frames, strict=False):
        if plain and value.__class__ is str:
            if value:
                cells.append(f"{frame[0]}{number}{frame[1]}{value}{_TEXT_ENDS}")
            else:
                cells.append(f"{frame[0]}{number}{frame[3]}")
        elif value.__class__ is int and -EXACT < value < EXACT:
            cells.append(f"{frame[0]}{number}{frame[4]}{value}{_NUMBER_ENDS}")
        else:
            cells.append(_cell(number, value, frame))
    cells.append("</row>")
    return "".join(cells)


def _is_plain(texts: Sequence[str]) -> bool:
    """Tell whether texts need no escaping, no cutting and no word about their outer blanks."""
    joined = "\n".join(["", *texts, ""])
    return not (
        len(joined) > MOST_UNITS // 2
        or "\n\n" in joined
        or "\n " in joined
        or " \n" in joined
        or "_x" in joined
        or holds_any(joined, _UNLIKE)
        or "\ufffe" in joined
        or "\uffff" in joined
    )


def _cell(number: int, value: Value, frame: CellFrame) -> str:
    if value is None:
        return f"{frame.opening}{number}{frame.nothing}" if frame.nothing else ""
    if isinstance(value, str) or not _is_exact(value):
        return _text_cell(number, str(value), frame)
    digits = f"{value:.16g}" if isinstance(value, float) else str(value)
    return f"{frame.opening}{number}{frame.number}{digits}{_NUMBER_ENDS}"


def _text_cell(number: int, text: str, frame: CellFrame) -> str:
    if not text:
        return f"{frame.opening}{number}{frame.blank}"
    kept = escaped(cell_text(text))
    before = frame.text if kept == kept.strip() else frame.kept_text
    return f"{frame.opening}{number}{before}{kept.translate(_MARKUP)}{_TEXT_ENDS}"


def _is_exact(value: float) -> bool:
    return math.isfinite(value) and abs(value) < EXACT
