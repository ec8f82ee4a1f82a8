"""Where the secrets of a workbook stand, and what else of it may repeat them."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from itertools import islice

from bulkops.sheets.input.known_headers import KnownHeaders
from bulkops.sheets.input.shared_strings import SharedStrings
from bulkops.sheets.input.table_builder import HEADER_DEPTH, holds_anything
from bulkops.sheets.input.workbook_cells import BROKEN_CELL, shared_strings
from bulkops.sheets.input.worksheet import GUIDE, PROBLEMS
from bulkops.sheets.input.worksheet_rows import WorksheetRows
from bulkops.sheets.input.xml_values import XmlCellReader
from bulkops.sheets.input.zip_package import Package, Part
from bulkops.sheets.output.masked_cells import secret_columns
from bulkops.sheets.output.patching.note_parts import commented
from bulkops.sheets.output.patching.package_copy import PackageCopy
from bulkops.sheets.output.patching.xml_text import UnpatchableError, elements

_HARMLESS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:core|app|custom)\.xml"
    r"|xl/_rels/workbook\.xml\.rels|xl/(?:workbook|styles|sharedStrings|calcChain|metadata)\.xml"
    r"|xl/theme/.*|xl/worksheets/(?:_rels/)?[^/]*|xl/printerSettings/.*|xl/tables/.*"
    r"|(?P<notes>xl/(?:comments/)?comments?\d*\.xml|xl/drawings/[^/]*\.vml)|.*/"
)
"""Parts that hold no copy of what stands in cells, or whose copies are masked."""
_PROPERTIES, _LINKED = "docProps/custom.xml", "linkTarget"
"""Where a property may be that repeats a cell."""
_TABLE = re.compile(r"xl/tables/.*\.xml")
_FILTERED = "filterColumn"
"""Where the filter of a table may be that chooses by what stands in its cells."""
_SHARED = "s"
_TEXTUAL = frozenset({_SHARED, "str", "e", "inlineStr"})


class _TextReader(XmlCellReader):
    """Reads texts alone, since a number is no header; notes which shared ones it was asked for."""

    def __init__(self, strings: SharedStrings | None = None) -> None:
        super().__init__(strings or SharedStrings(), (), from_1904=False)
        self.asked: set[int] = set()
        self._known = strings is not None

    def read(self, kind: str, value: str, style: str) -> tuple[str, str]:
        """Return a text and no doubt; nothing for a number, a date or a truth."""
        if kind == _SHARED and not self._known:
            self.asked.add(int(value))
            return "?", ""
        text = super().read(kind, value, style)[0] if kind in _TEXTUAL else ""
        return text.strip(), ""


def secrets_of(package: Package, known: KnownHeaders, name: str) -> Mapping[str, Mapping[int, int]]:
    """Return path of a sheet → its secret columns, each with the row of its header.

    Of the shared texts no more is kept than the first rows need. Raises SheetError and
    UnpatchableError.
    """
    parts = [part for part in package.sheets if part.name not in (GUIDE, PROBLEMS)]
    asking = _TextReader()
    for part in parts:
        _first_rows(package, part, asking)
    cells = _TextReader(shared_strings(package, name, asking.asked))
    found = {}
    for part in parts:
        columns = secret_columns(_first_rows(package, part, cells), known)
        if columns:
            found[part.path] = columns
    return found


def refuse_repetition(
    copy: PackageCopy, package: Package, secrets: Mapping[str, Mapping[int, int]]
) -> None:
    """Raise UnpatchableError where another part may repeat a secret: a chart, a note, a cache."""
    sheets = {part.path for part in package.sheets}
    related = {path for sheet in sheets for _, path in copy.relations(sheet).values()}
    for path in copy.names:
        found = _HARMLESS.fullmatch(path)
        if found is None or (found["notes"] and path not in related):
            raise UnpatchableError
        if _TABLE.fullmatch(path) and _FILTERED in copy.read(path):
            raise UnpatchableError
    if _PROPERTIES in copy.names and _LINKED in copy.read(_PROPERTIES):
        raise UnpatchableError
    for path, columns in secrets.items():
        for kind, comments in copy.relations(path).values():
            if kind != "comments":
                continue
            for each in elements(copy.read(comments), "comment"):
                row, column = commented(each.attributes)
                if row > columns.get(column, row):
                    raise UnpatchableError


def _first_rows(package: Package, part: Part, cells: XmlCellReader) -> list[tuple[int, list[str]]]:
    rows = WorksheetRows(cells, sys.maxsize)
    try:
        with package.archive.open(part.path) as stream:
            filled = (row for row in rows.read(stream) if holds_anything(row.texts))
            return [(row.number, list(row.texts)) for row in islice(filled, HEADER_DEPTH)]
    except BROKEN_CELL as error:
        raise UnpatchableError from error
