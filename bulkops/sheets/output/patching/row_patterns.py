"""Patterns by which rows and cells are found in a worksheet's XML."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bulkops.problems import letters
from bulkops.sheets.output.patching.xml_text import UnpatchableError


class RowPatterns:
    """The patterns for a prefix, such as `x:` in `<x:row>`; mostly there is none.

    `cell` gives a cell's attributes and content, `calculated` the beginning and the formula of a
    cell whose value a formula gave; `placeless` are cells whose place is not plainly said;
    `outspread` is a formula that gave the values of other cells too, or stands behind its own;
    `choosing` are the values by which a filter chooses, or that a scenario puts into cells.
    """

    def __init__(self, prefix: bytes) -> None:
        p = re.escape(prefix)
        self._row_end = b"</%srow>" % prefix
        self._prefix = p
        self.placeless = re.compile(
            rb"<%sc(?![^<>]*?\sr\s*=\s*[\"'][A-Z]{1,3}[0-9]{1,7}[\"'])[\s/>]" % p
        )
        self.row = re.compile(rb"<%srow(?=[\s/>])([^<>]*)>" % p)
        self.cell = re.compile(
            rb"<%sc(?=[\s/>])([^<>]*?)(?:/>|>(.*?)</%sc\s*>)" % (p, p), re.DOTALL
        )
        formula = rb"<%sf(?=[\s/>])[^<>]*?(?:/>|>[^<]*</%sf\s*>)" % (p, p)
        value = rb"<%sv(?=[\s/>])[^<>]*?(?:/>|>[^<]*</%sv\s*>)" % (p, p)
        self.calculated = re.compile(rb"(<%sc(?=\s)[^<>]*)>(\s*%s)\s*%s" % (p, formula, value))
        several = rb"(?=[^<>]*?\st\s*=\s*[\"'](?:array|dataTable)[\"'])[^<>]*?\sref\s*=[^<>:=]*:"
        self.outspread = re.compile(rb"<%sf%s|</%s(?:v|is)\s*>\s*<%sf[\s/>]" % (p, several, p, p))
        self.choosing = re.compile(rb"<%s(?:filter|customFilter|top10|inputCells)\s" % p)
        self.formula = re.compile(rb"<%sf[\s/>]" % p)
        self.value = re.compile(rb"<%s(?:v|is)[\s>]" % p)
        self.kind = re.compile(rb"\s+t\s*=\s*(?:\"[^\"]*\"|'[^']*')")
        self.style = re.compile(rb"\s+s\s*=\s*(?:\"[^\"]*\"|'[^']*')")
        self._spans = re.compile(rb"\s+spans\s*=\s*(?:\"[^\"]*\"|'[^']*')")
        self.any_link = re.compile(rb"<%shyperlink[\s/>]" % p)
        self.link = re.compile(
            rb"<%shyperlink\s[^<>]*?\bref\s*=\s*[\"']([A-Z]+)([0-9]+)(?::([A-Z]+)([0-9]+))?" % p
        )
        shared = rb"<%sc\s[^<>]*?\bt\s*=\s*[\"']s[\"'][^<>]*(?<!/)>" % p
        self._shared = re.compile(shared)
        self._number = re.compile(
            rb"%s\s*(?:%s\s*)?<%sv(?:\s[^<>]*)?>\s*([0-9]+)\s*</" % (shared, formula, p)
        )

    def cells_of(self, columns: Iterable[int]) -> re.Pattern[bytes]:
        """Return the pattern of the cells in some columns, with the groups of `cell`."""
        names = b"|".join(letters(column).encode() for column in columns)
        return re.compile(
            rb"<%sc(?=\s)(?=[^<>]*?\sr\s*=\s*[\"'](?:%s)[0-9])([^<>]*?)(?:/>|>(.*?)</%sc\s*>)"
            % (self._prefix, names, self._prefix),
            re.DOTALL,
        )

    def opened_row(self, row: bytes) -> bytes:
        """Return a row, with what follows it, to which cells can be added.

        It is not closed in its own tag, and does not say how far its cells reach (`spans`), which
        is there for speed alone.
        """
        tag = self.row.match(row)
        if tag is None:
            raise UnpatchableError
        attributes = self._spans.sub(b"", tag[1])
        start = row[: tag.start(1)]
        if attributes.endswith(b"/"):
            return start + attributes[:-1] + b">" + self._row_end + row[tag.end() :]
        return start + attributes + row[tag.end(1) :]

    def shared_texts(self, block: bytes) -> list[int]:
        """Return the numbers of the shared texts that cells have. Raises UnpatchableError."""
        numbers = self._number.findall(block)
        if len(numbers) != len(self._shared.findall(block)):
            raise UnpatchableError
        return list(map(int, numbers))
