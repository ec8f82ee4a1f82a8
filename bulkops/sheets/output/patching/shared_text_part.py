"""The shared texts of a workbook, without those that no cell of the copy has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from bulkops.sheets.output.patching.xml_text import UnpatchableError, hides_tags, is_utf_8

_BLOCK = 1 << 20
_MOST_HELD = 64 * 1024 * 1024
_FIRST = re.compile(rb"<((?:[A-Za-z_][\w.\-]*:)?)si[\s/>]")


def without_unused(stream: IO[bytes], used: bytearray) -> Iterator[bytes]:
    """Yield the part with nothing in place of each text whose number is not among the used ones.

    A secret that was masked is in here as well, and so may be one that was deleted long ago.
    Raises UnpatchableError.
    """
    held, item, number = b"", None, 0

    def kept(found: re.Match[bytes]) -> bytes:
        nonlocal number
        number += 1
        if number <= len(used) and used[number - 1]:
            return found[0]
        return b"<%ssi><%st></%st></%ssi>" % (prefix, prefix, prefix, prefix)

    prefix = b""
    while block := stream.read(_BLOCK):
        held += block
        if hides_tags(held) or not is_utf_8(held) or len(held) > _MOST_HELD:
            raise UnpatchableError
        if item is None:
            first = _FIRST.search(held)
            if first is None:
                continue
            prefix = first[1]
            name = re.escape(prefix + b"si")
            item = re.compile(rb"<%s(?=[\s/>])[^<>]*?(?:/>|>.*?</%s\s*>)" % (name, name), re.DOTALL)
        cut = held.rfind(b"<%ssi" % prefix)
        yield item.sub(kept, held[:cut])
        held = held[cut:]
    yield item.sub(kept, held) if item else held
    if number < len(used):
        raise UnpatchableError
