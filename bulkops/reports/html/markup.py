"""HTML made of elements, so that no text can be taken for markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from bulkops.visible_text import visible

_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("([\t\n])")
_WHITE = ("\t", "\n")
_EMPTY = frozenset({"br", "circle", "col", "line", "path", "rect"})


class Html(str):
    """A text that is markup already; any other text is escaped when it becomes part of one."""

    __slots__ = ()


def el(name: str, *children: str, **attributes: str | float | None) -> Html:
    """Return an element; children that are not Html are escaped.

    `class_` is written `class`, `stroke_width` `stroke-width`; attributes that are None are left
    out. Numbers are written with two decimals at the most.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_attribute(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _EMPTY and not children:
        return Html(f"<{name}{written}/>")
    return Html(f"<{name}{written}>{together(children)}</{name}>")


def together(parts: Iterable[str]) -> Html:
    """Return parts one after another; those that are not Html are escaped."""
    return Html("".join(part if isinstance(part, Html) else safe(part) for part in parts))


def safe(text: str) -> Html:
    """Return a text escaped; control characters become their pictures, half surrogates U+FFFD.

    What can't be seen, or turns the direction of reading, is spelt out; tabs and breaks stay.
    """
    parts = _BREAKS.split(_UNFIT.sub(_picture, text))
    return Html(escape("".join(part if part in _WHITE else visible(part) for part in parts)))


def scrolling(caption: str, *parts: Html) -> Html:
    """Return a table that scrolls by itself, by key too, where the screen is too narrow for it."""
    table = el("table", el("caption", caption), *parts)
    return el("div", table, class_="scroll", role="region", aria_label=caption, tabindex=0)


def prose(text: str) -> Html:
    """Return a text in which words between backticks are code."""
    pieces = text.split("`")
    if len(pieces) % 2 == 0:
        return safe(text)
    return together(el("code", piece) if place % 2 else piece for place, piece in enumerate(pieces))


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:  # noqa: PLR2004  # the control range
        return chr(0x2400 + code)
    return "\ufffd"


def _attribute(value: str | float) -> str:
    return safe(value) if isinstance(value, str) else f"{round(value, 2):g}"
