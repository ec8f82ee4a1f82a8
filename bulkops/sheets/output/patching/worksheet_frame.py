"""What stands around the rows of a worksheet in its XML: before them and after them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import IO
from xml.parsers.expat import ExpatError, ParserCreate

from bulkops.sheets.output.patching.xml_text import UnpatchableError, hides_tags, is_utf_8

_BLOCK = 1 << 20
_MOST_HELD = 64 * 1024 * 1024
"""Bytes of one row, or of what stands before or after all rows."""
_DATA = re.compile(rb"<((?:[A-Za-z_][\w.\-]*:)?)sheetData(?=[\s/>])([^<>]*?)(/?)>")
_DATA_END = re.compile(rb"</[^<>]*sheetData\s*>")
_ROOT = re.compile(rb"<((?:[A-Za-z_][\w.\-]*:)?worksheet)(?=[\s>])")
_AFTER_NOTES = frozenset(
    {
        "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
        "tableParts", "extLst", "AlternateContent",
    }
)  # fmt: skip
"""What follows the notes in a worksheet (ISO/IEC 29500-1, CT_Worksheet)."""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def begun(stream: IO[bytes]) -> tuple[bytes, re.Match[bytes], bytes]:
    """Return what stands before the rows, the tag that opens them, and what was read after it.

    Raises UnpatchableError.
    """
    held = b""
    while block := stream.read(_BLOCK):
        held += block
        found = _DATA.search(held)
        if found:
            if not is_utf_8(held) or hides_tags(held[: found.start()]):
                raise UnpatchableError
            return held[: found.start()], found, held[found.end() :]
        if len(held) > _MOST_HELD:
            break
    raise UnpatchableError


def row_blocks(stream: IO[bytes], held: bytes, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield whole rows; with the last of them what follows all rows. Raises UnpatchableError."""
    end, row = b"</%ssheetData" % prefix, b"<%srow" % prefix
    while True:
        at = held.find(end)
        if at >= 0:
            yield held[:at], held[at:] + rest_of(stream)
            return
        cut = held.rfind(row)
        if cut > 0:
            yield held[:cut], b""
            held = held[cut:]
        block = stream.read(_BLOCK)
        if not block or len(held) > _MOST_HELD:
            raise UnpatchableError
        held += block


def rest_of(stream: IO[bytes]) -> bytes:
    """Return all that is left of a part. Raises UnpatchableError where that is too much."""
    rest = stream.read(_MOST_HELD)
    if len(rest) == _MOST_HELD:
        raise UnpatchableError
    return rest


def with_drawing(head: bytes, tail: bytes, prefix: str, new_drawing: str) -> tuple[bytes, str]:
    """Return what follows the rows, and the relation to the drawing of the sheet's notes.

    Where there is none, the new one is named at its place in the order. Raises UnpatchableError.
    """
    root = _ROOT.search(head)
    if root is None or hides_tags(tail):
        raise UnpatchableError
    places = _top_level(root[1], tail)
    for name, attributes, _ in places:
        if name == "legacyDrawing":
            ids = (value for key, value in attributes.items() if key.rpartition(":")[2] == "id")
            return tail, next(ids, "")
    if not new_drawing:
        return tail, ""
    end = tail.rindex(b"</")
    at = next((start for name, _, start in places if name in _AFTER_NOTES), end)
    new = f'<{prefix}legacyDrawing xmlns:r="{_OFFICE}" r:id="{new_drawing}"/>'
    return tail[:at] + new.encode() + tail[at:], new_drawing


def _top_level(root: bytes, tail: bytes) -> Sequence[tuple[str, dict[str, str], int]]:
    """Return what follows the rows: the name of each element, its attributes and its place."""
    found: list[tuple[str, dict[str, str], int]] = []
    depth = 0
    ended = _DATA_END.match(tail)
    closing = ended.end() if ended else 0
    before = b"<" + root + b">"

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth == 2:  # noqa: PLR2004 - right below the root
            place = parser.CurrentByteIndex - len(before) + closing
            found.append((name.rpartition(":")[2], attributes, place))

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser = ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(before + tail[closing:], True)  # noqa: FBT003 - it takes no keyword
    except ExpatError as error:
        raise UnpatchableError from error
    return found
