"""The texts that the cells of a workbook share, each kept once and named by its number."""

from __future__ import annotations

from collections.abc import Collection
from typing import IO

from bulkops.sheets.input.cell_values import plain_text
from bulkops.sheets.input.xml_stream import MAIN, parse_xml

ITEM, TEXT, PHONETIC = f"{MAIN} si", f"{MAIN} t", f"{MAIN} rPh"
"""A shared text; a run of it; how a run is pronounced, which is no part of the text."""
_ESCAPED_ESCAPE = "x005F_"


class SharedStrings:
    """Shared texts by number, and the codes of what is doubtful about some of them."""

    def __init__(self, wanted: Collection[int] | None = None) -> None:
        self._wanted = wanted
        self.texts: list[str] = []
        self.doubts: dict[int, str] = {}
        self._parts: list[str] = []
        self._shown = self._inside = False

    @classmethod
    def read(cls, stream: IO[bytes], wanted: Collection[int] | None = None) -> SharedStrings:
        """Read sharedStrings.xml whole; where some numbers are wanted, keep the texts of these.

        Raises ExpatError and DeclaredEntityError.
        """
        strings = cls(wanted)
        parse_xml(stream, strings._start, strings._end, strings._take)
        return strings

    def _start(self, name: str, _: dict[str, str]) -> None:
        if name == TEXT:
            self._inside = self._shown
        elif name == ITEM:
            self._parts, self._shown = [], True
        elif name == PHONETIC:
            self._shown = False

    def _take(self, text: str) -> None:
        if self._inside:
            self._parts.append(text)

    def _end(self, name: str) -> None:
        if name == TEXT:
            self._inside = False
        elif name == ITEM:
            self._add("".join(self._parts))
        elif name == PHONETIC:
            self._shown = True

    def _add(self, written: str) -> None:
        if self._wanted is not None and len(self.texts) not in self._wanted:
            written = ""
        text, doubt = plain_text(written.replace(_ESCAPED_ESCAPE, ""))
        if doubt:
            self.doubts[len(self.texts)] = doubt
        self.texts.append(text)
