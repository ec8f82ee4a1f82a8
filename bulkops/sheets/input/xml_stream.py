"""XML read as a stream of events, in which nothing is declared that could grow or fetch."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, TypeAlias
from xml.parsers.expat import ParserCreate, XMLParserType

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
"""The namespace of worksheets, styles and shared strings (Transitional)."""
BLOCK = 1 << 16

Start: TypeAlias = Callable[[str, dict[str, str]], None]
End: TypeAlias = Callable[[str], None]
Text: TypeAlias = Callable[[str], None]


class DeclaredEntityError(ValueError):
    """An entity is declared, which no spreadsheet program does."""


def xml_parser(start: Start, end: End, text: Text | None = None) -> XMLParserType:
    """Return a parser that names elements `namespace local-name`, and refuses entities."""
    parser = ParserCreate(None, " ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    for handler in ("EntityDeclHandler", "UnparsedEntityDeclHandler", "ExternalEntityRefHandler"):
        setattr(parser, handler, _refuse)
    return parser


def parse_xml(stream: IO[bytes], start: Start, end: End, text: Text | None = None) -> None:
    """Read a whole part. Raises ExpatError and DeclaredEntityError."""
    parser = xml_parser(start, end, text)
    while block := stream.read(BLOCK):
        parser.Parse(block, False)  # noqa: FBT003 - it takes no keyword
    parser.Parse(b"", True)  # noqa: FBT003 - likewise


def _refuse(*_: object) -> None:
    raise DeclaredEntityError
