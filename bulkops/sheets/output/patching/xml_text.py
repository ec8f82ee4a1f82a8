"""Small changes to the text of an XML part, which stays as it is everywhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

NAME = r"(?:[A-Za-z_][\w.\-]*:)?"
"""The prefix of a namespace, which may stand before the name of an element."""
_ENCODING = re.compile(rb"""<\?xml[^>]*\bencoding\s*=\s*["']([^"']*)["']""")
_DECLARED = 5
"""Bytes within which a part may begin with `<?xml`, after a byte order mark."""
_UTF_8 = frozenset({b"utf-8", b"us-ascii", b"ascii"})


class UnpatchableError(Exception):
    """A part is written in a way that is not changed where it stands."""


class Element(NamedTuple):
    """An element in a text: where it begins and ends, its prefix, attributes and content."""

    start: int
    end: int
    prefix: str
    attributes: str
    content: str


def decoded(data: bytes) -> str:
    """Return a small part as text. Raises UnpatchableError for what hides tags, or is no UTF-8."""
    if not is_utf_8(data) or hides_tags(data):
        raise UnpatchableError
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise UnpatchableError from error


def hides_tags(data: bytes) -> bool:
    """Tell whether what looks like a tag may be none: there are comments, or the like of them."""
    return b"<!" in data or data.find(b"<?", _DECLARED) >= 0


def is_utf_8(start: bytes) -> bool:
    """Tell by the first bytes of a part whether it says that it is UTF-8."""
    declared = _ENCODING.match(start.removeprefix(b"\xef\xbb\xbf"))
    wide = start.startswith((b"\xff\xfe", b"\xfe\xff", b"\0"))
    return not wide and (declared is None or declared[1].lower() in _UTF_8)


def elements(xml: str, name: str, prefix: str = NAME) -> Iterator[Element]:
    """Yield the elements of a name, which may not hold one another."""
    pattern = rf"<({prefix}){name}(?=[\s/>])([^<>]*?)(?:/>|>(.*?)</\1{name}\s*>)"
    for found in re.finditer(pattern, xml, re.DOTALL):
        yield Element(found.start(), found.end(), found[1], found[2], found[3] or "")


def element(xml: str, name: str) -> Element:
    """Return the first element of a name. Raises UnpatchableError where there is none."""
    found = next(elements(xml, name), None)
    if found is None:
        raise UnpatchableError
    return found


def with_content(xml: str, old: Element, name: str, content: str) -> str:
    """Return the text with other content in an element."""
    tag = f"{old.prefix}{name}"
    return f"{xml[: old.start]}<{tag}{old.attributes}>{content}</{tag}>{xml[old.end :]}"


def attribute(attributes: str, name: str) -> str | None:
    """Return an attribute's value as it is written; None where there is none."""
    found = re.search(rf"""(?<![\w:.\-]){name}\s*=\s*(?:"([^"]*)"|'([^']*)')""", attributes)
    return None if found is None else found[1] if found[1] is not None else found[2]


def with_attribute(attributes: str, name: str, value: str | None) -> str:
    """Return attributes with one set, or left out for None."""
    rest = re.sub(rf"""\s*(?<![\w:.\-]){name}\s*=\s*(?:"[^"]*"|'[^']*')""", "", attributes)
    return rest if value is None else f'{rest.rstrip()} {name}="{value}"'
