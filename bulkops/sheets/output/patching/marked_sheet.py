"""One worksheet of a copy with its marks: their colours in the sheet, their notes beside it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from bulkops.problems import Problem
from bulkops.sheets.input.cell_places import column_number
from bulkops.sheets.input.zip_package import BROKEN_ZIP, Package, Part, damaged
from bulkops.sheets.output.patching.note_parts import (
    COMMENTS_TYPE,
    DRAWING_TYPE,
    NO_COMMENTS,
    NO_DRAWING,
    Place,
    drawn,
    noted,
)
from bulkops.sheets.output.patching.package_copy import PackageCopy, free_path
from bulkops.sheets.output.patching.style_part import StylePart
from bulkops.sheets.output.patching.worksheet_part import MisplacedCellError, WorksheetPart
from bulkops.sheets.output.patching.xml_text import UnpatchableError
from bulkops.sheets.output.problem_list import said, severity_of

_BLOCK = 1 << 20
_LONGEST_TAG = 1 << 10
_MERGED = re.compile(
    rb"mergeCell\s[^<>]*?\bref\s*=\s*[\"']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"
)


class MarkedSheet:
    """A worksheet of the copy: its part, and its notes once that is written."""

    def __init__(self, copy: PackageCopy, package: Package, part: Part, name: str) -> None:
        self._copy = copy
        self._package = package
        self._path = part.path
        self._name = name
        self._notes: dict[Place, str] = {}
        self._comments = self._new_drawing = ""
        self.title = part.name

    def prepare(
        self,
        marks: Mapping[Place, Sequence[Problem]],
        secrets: Mapping[int, int],
        styles: StylePart,
        *,
        recount: bool,
    ) -> None:
        """Say what is marked by row and column, and what is secret. Raises UnpatchableError."""
        several: dict[Place, list[Problem]] = {}
        shown_at = _inside(self._merged_ranges(), marks) if marks else {}
        for place, problems in marks.items():
            several.setdefault(shown_at.get(place, place), []).extend(problems)
        looks: dict[int, dict[int, Callable[[int], int]]] = {}
        for (row, column), problems in several.items():
            looks.setdefault(row, {})[column] = partial(styles.filled, fill=severity_of(problems))
        self._notes = {place: said(problems) for place, problems in several.items()}
        self.part = WorksheetPart(looks, secrets, recount=recount)
        if self._notes:
            self._relate_notes()

    def blocks(self) -> Iterator[bytes]:
        """Yield the sheet's XML. Raises UnpatchableError, and SheetError where it is damaged."""
        try:
            with self._package.archive.open(self._path) as stream:
                yield from self.part.blocks(stream, self._new_drawing)
        except BROKEN_ZIP as error:
            raise damaged(self._name, "a sheet of it is missing or damaged") from error
        except MisplacedCellError as error:
            raise damaged(self._name, "cells of it are not where they say they are") from error

    def add_notes(self) -> None:
        """Put the notes into the parts that hold them, when the sheet's XML has been written."""
        if not self._notes:
            return
        kind, drawing = self._copy.relations(self._path).get(self.part.drawing, ("", ""))
        if kind != "vmlDrawing":
            raise UnpatchableError
        xml, new = noted(self._copy.read(self._comments), self._notes)
        self._copy.change(self._comments, xml)
        self._copy.change(drawing, drawn(self._copy.read(drawing), new))

    def _relate_notes(self) -> None:
        """Find the parts for the notes, or begin them where the sheet has none."""
        copy, related = self._copy, dict(self._copy.relations(self._path).values())
        self._comments = related.get("comments", "")
        if not self._comments:
            self._comments = free_path(copy.paths(), "xl/comments{}.xml")
            copy.change(self._comments, NO_COMMENTS)
            copy.add_type(self._comments, COMMENTS_TYPE)
            copy.relate(self._path, "comments", self._comments)
        if "vmlDrawing" not in related:
            drawing = free_path(copy.paths(), "xl/drawings/vmlDrawing{}.vml")
            copy.change(drawing, NO_DRAWING)
            copy.add_default_type("vml", DRAWING_TYPE)
            self._new_drawing = copy.relate(self._path, "vmlDrawing", drawing)

    def _merged_ranges(self) -> list[tuple[int, int, int, int]]:
        """Return the merged ranges: first row and column, last row and column."""
        found, carried = [], b""
        try:
            with self._package.archive.open(self._path) as stream:
                while block := stream.read(_BLOCK):
                    data = carried + block
                    found += _MERGED.findall(data)
                    carried = data[data.rfind(b"<") :][:_LONGEST_TAG]
        except BROKEN_ZIP as error:
            raise damaged(self._name, "a sheet of it is missing or damaged") from error
        return [
            (int(row), column_number(first.decode()), int(last), column_number(until.decode()))
            for first, row, until, last in found
        ]


def _inside(
    merged: Sequence[tuple[int, int, int, int]], places: Iterable[Place]
) -> dict[Place, Place]:
    """Return places inside merged ranges → where what is said of them is seen: its first cell."""
    ordered = sorted(places)
    return {
        place: (top, left)
        for top, left, bottom, right in merged
        for place in ordered[bisect_left(ordered, (top, 0)) : bisect_left(ordered, (bottom + 1, 0))]
        if left <= place[1] <= right
    }
