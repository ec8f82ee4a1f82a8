"""The notes of one worksheet: their texts, and the drawing that shows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import unescape
from xml.sax.saxutils import escape

from bulkops.problems import letters
from bulkops.sheets.input.cell_places import column_number
from bulkops.sheets.output.note_sizes import NOTE_AUTHOR, note_size
from bulkops.sheets.output.patching.xml_text import (
    UnpatchableError,
    attribute,
    element,
    elements,
    with_content,
)
from bulkops.sheets.safe_text import cell_text

COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
NO_COMMENTS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<comments xmlns="{_MAIN}"><authors></authors><commentList></commentList></comments>'
)
NO_DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
_SHAPE_TYPE = (
    '<{v}:shapetype id="{type}" coordsize="21600,21600" {o}:spt="202"'
    ' path="m,l,21600r21600,l21600,xe"><{v}:stroke joinstyle="miter"/>'
    '<{v}:path gradientshapeok="t" {o}:connecttype="rect"/></{v}:shapetype>'
)
_SHAPE = (
    '<{v}:shape id="{id}" type="#{type}" style="position:absolute;margin-left:59.25pt;'
    'margin-top:1.5pt;width:{width}px;height:{height}px;z-index:1;visibility:hidden"'
    ' fillcolor="#ffffe1" {o}:insetmode="auto"><{v}:fill color2="#ffffe1"/>'
    '<{v}:shadow color="black" obscured="t"/><{v}:path {o}:connecttype="none"/>'
    '<{v}:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></{v}:textbox>'
    '<{x}:ClientData ObjectType="Note"><{x}:MoveWithCells/><{x}:SizeWithCells/>'
    "<{x}:AutoFill>False</{x}:AutoFill><{x}:Row>{row}</{x}:Row><{x}:Column>{column}</{x}:Column>"
    "</{x}:ClientData></{v}:shape>"
)
_TYPE = "_x0000_t202"
_IDS = re.compile(r"_x0000_s(\d+)")
_FIRST_ID = 1025
_SPACES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}

Place = tuple[int, int]
"""A row and a column, from 1."""


def noted(xml: str, texts: Mapping[Place, str]) -> tuple[str, list[tuple[Place, str]]]:
    """Return the comments of a sheet with texts added, and the places that had none, with theirs.

    A text goes after the one that is there, but not after itself: a marked copy may be marked
    again. Raises UnpatchableError.
    """
    authors, author = element(xml, "authors"), NOTE_AUTHOR
    count = sum(1 for _ in elements(authors.content, "author", authors.prefix))
    p = authors.prefix
    listed = f"{authors.content}<{p}author>{author}</{p}author>"
    xml = with_content(xml, authors, "authors", listed)
    whole = element(xml, "commentList")
    left, parts, at = dict(texts), [], 0
    for each in elements(whole.content, "comment", p):
        place = commented(each.attributes)
        if place in left:
            parts += [whole.content[at : each.start], _longer(each.content, left.pop(place), p)]
            parts[-1] = f"<{p}comment{each.attributes}>{parts[-1]}</{p}comment>"
            at = each.end
    parts.append(whole.content[at:])
    new = sorted(left.items())
    for (row, column), text in new:
        parts.append(
            f'<{p}comment ref="{letters(column)}{row}" authorId="{count}"><{p}text>'
            f"{_run(text, p)}</{p}text></{p}comment>"
        )
    return with_content(xml, whole, "commentList", "".join(parts)), new


def drawn(xml: str, new: Iterable[tuple[Place, str]]) -> str:
    """Return a drawing with a box for each new note. Raises UnpatchableError."""
    end = xml.rfind("</xml>")
    if end < 0:
        raise UnpatchableError
    prefixes = {letter: _prefix(xml, space) for letter, space in _SPACES.items()}
    last = max((int(each) for each in _IDS.findall(xml)), default=_FIRST_ID)
    shapes = [] if f'id="{_TYPE}"' in xml else [_SHAPE_TYPE.format(type=_TYPE, **prefixes)]
    for number, ((row, column), text) in enumerate(new, last + 1):
        width, height = note_size(text)
        shapes.append(
            _SHAPE.format(
                id=f"_x0000_s{number}",
                type=_TYPE,
                width=width,
                height=height,
                row=row - 1,
                column=column - 1,
                **prefixes,
            )
        )
    return xml[:end] + "".join(shapes) + xml[end:]


def _prefix(xml: str, space: str) -> str:
    found = re.search(rf"""xmlns:(\w+)\s*=\s*["']{space}["']""", xml)
    if found is None:
        raise UnpatchableError
    return found[1]


def commented(attributes: str) -> Place:
    """Return the place of a comment. Raises UnpatchableError where it is none."""
    found = re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7})", attribute(attributes, "ref") or "")
    if found is None:
        raise UnpatchableError
    return int(found[2]), column_number(found[1])


def _longer(content: str, text: str, prefix: str) -> str:
    whole = element(content, "text")
    if _shown(whole.content).endswith(cell_text(text)):
        return content
    longer = whole.content + _run(f"\n\n{text}", prefix)
    return with_content(content, whole, "text", longer)


def _shown(content: str) -> str:
    """Return the text of a note's runs."""
    return unescape(re.sub("<[^>]*>", "", content))


def _run(text: str, prefix: str) -> str:
    said = escape(cell_text(text))
    return f'<{prefix}r><{prefix}t xml:space="preserve">{said}</{prefix}t></{prefix}r>'
