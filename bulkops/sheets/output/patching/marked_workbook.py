"""A workbook's marked copy: its sheets, styles and notes changed where they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from bulkops.problems import Problem, letters
from bulkops.sheets.input.known_headers import KnownHeaders
from bulkops.sheets.input.source import InputSource
from bulkops.sheets.input.worksheet import PROBLEMS
from bulkops.sheets.input.zip_package import BROKEN_ZIP, Package, damaged
from bulkops.sheets.output.atomic_file import replacing
from bulkops.sheets.output.colours import FILLS, HEADER
from bulkops.sheets.output.patching.marked_sheet import MarkedSheet
from bulkops.sheets.output.patching.package_copy import TYPES, PackageCopy, free_path
from bulkops.sheets.output.patching.problem_sheet import filter_range, problem_sheet
from bulkops.sheets.output.patching.secret_places import refuse_repetition, secrets_of
from bulkops.sheets.output.patching.shared_text_part import without_unused
from bulkops.sheets.output.patching.style_part import StylePart
from bulkops.sheets.output.patching.workbook_part import (
    calculated_when_opened,
    filtered,
    with_sheet,
)
from bulkops.sheets.output.patching.xml_text import UnpatchableError
from bulkops.sheets.output.problem_list import RECALCULATED, Marks
from bulkops.sheets.safe_text import sheet_name

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_OTHER_MAIN = re.compile(
    r"application/vnd\.(?:ms-excel\.(?:sheet|template|addin)\.macroEnabled"
    r"|openxmlformats-officedocument\.spreadsheetml\.template)\.main\+xml",
    re.IGNORECASE,
)
_LOST: Mapping[str, str] = {
    r"xl/vba[^/]*|xl/_rels/vba[^/]*": "macros",
    r"_xmlsignatures/.*": "digital signatures",
}
"""Parts that a copy can't have: an .xlsx holds no macros, and what is changed is not signed."""
_WORKSHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_MOST_LISTED = 1_000_000


def patch(
    source: InputSource,
    package: Package,
    problems: Sequence[Problem],
    marks: Marks,
    target: Path,
    *,
    known: KnownHeaders,
) -> tuple[list[str], list[str]]:
    """Write the copy; return the columns in which secrets were masked, and what the copy lacks.

    Raises SheetError, and UnpatchableError, before the target is touched, where the workbook is
    written in a way that is not changed where it stands.
    """
    listed = {part.path for part in package.sheets}
    sheets = {each for each in package.archive.namelist() if _WORKSHEET.fullmatch(each)}
    if len(problems) > _MOST_LISTED or not package.styles or sheets - listed:
        raise UnpatchableError  # a sheet that no program shows would be passed on unseen
    if any(part.path not in package.archive.NameToInfo for part in package.sheets):
        raise damaged(source.name, "a sheet of it is missing or damaged")
    copy = _MarkedWorkbook(package, problems, source.name)
    copy.plan(marks, secrets_of(package, known, source.name))
    with replacing(target) as temporary:
        copy.write(temporary)
    return copy.masked(), copy.lost()


class _MarkedWorkbook:
    """The copy of one workbook, from what is planned of it to what it lacks."""

    def __init__(self, package: Package, problems: Sequence[Problem], name: str) -> None:
        self._package = package
        self._problems = problems
        self._name = name
        self._copy = PackageCopy(package.archive)
        self._styles = StylePart(self._copy.read(package.styles), {**FILLS, "header": HEADER})
        self._sheets: dict[str, MarkedSheet] = {}
        self._secretive = False

    def plan(self, marks: Marks, secrets: Mapping[str, Mapping[int, int]]) -> None:
        """Decide which parts change. Raises UnpatchableError."""
        self._secretive = bool(secrets)
        if secrets:
            refuse_repetition(self._copy, self._package, secrets)
        self._leave_out()
        listing = self._place_of_list()
        for part in self._package.sheets:
            here = {
                (row, column): several
                for (sheet, row, column), several in marks.items()
                if sheet == part.name
            }
            if part.path != listing and part.path not in self._sheets and (here or secrets):
                sheet = MarkedSheet(self._copy, self._package, part, self._name)
                sheet.prepare(
                    here, secrets.get(part.path, {}), self._styles, recount=self._secretive
                )
                self._sheets[part.path] = sheet
        self._listing = listing

    def write(self, path: Path) -> None:
        """Write the copy to a path. Raises UnpatchableError and SheetError."""
        streamed: dict[str, Callable[[], Iterator[bytes]]] = {
            each: sheet.blocks for each, sheet in self._sheets.items()
        }
        looks = {
            "heading_style": self._styles.heading("header"),
            "text_style": self._styles.text(),
        }
        streamed[self._listing] = partial(problem_sheet, self._problems, **looks)
        if self._secretive and self._package.strings:
            streamed[self._package.strings] = self._shared_texts
        self._copy.write(path, streamed, self._finish)

    def masked(self) -> list[str]:
        """Return the columns in which a secret was masked, such as `Users!B`."""
        return [
            f"{sheet.title}!{letters(column)}"
            for sheet in self._sheets.values()
            for column in sorted(sheet.part.masked)
        ]

    def lost(self) -> list[str]:
        """Return what the copy lacks, a sentence each."""
        names = self._copy.names
        lost = [
            what
            for pattern, what in _LOST.items()
            if any(re.fullmatch(pattern, each) for each in names)
        ]
        said = [f"the copy lacks what the original has of: {', '.join(lost)}"] if lost else []
        return said + [RECALCULATED] * self._has_formulas()

    def _has_formulas(self) -> bool:
        return any(sheet.part.formulas for sheet in self._sheets.values())

    def _leave_out(self) -> None:
        pattern = "|".join(_LOST)
        if any(re.fullmatch(pattern, each) for each in self._copy.names):
            self._copy.leave_out(lambda each: re.fullmatch(pattern, each) is not None)
        types = self._copy.read(TYPES)
        self._copy.change(TYPES, _OTHER_MAIN.sub(f"{_SHEET}.sheet.main+xml", types))

    def _place_of_list(self) -> str:
        """Return the path of the sheet that lists the problems: that of an earlier list, if any."""
        copy, main = self._copy, self._package.main
        xml = copy.read(main)
        for part in self._package.sheets:
            if part.name == PROBLEMS:
                area = filter_range(self._problems, "$")
                copy.change(main, filtered(xml, part.name, area))
                copy.unrelate(part.path)
                return part.path
        path = free_path(copy.paths(), "xl/worksheets/sheet{}.xml")
        name = sheet_name(PROBLEMS, [part.name for part in self._package.sheets])
        copy.change(main, with_sheet(xml, name, copy.relate(main, "worksheet", path)))
        copy.add_type(path, f"{_SHEET}.worksheet+xml")
        return path

    def _shared_texts(self) -> Iterator[bytes]:
        used = bytearray(max(len(sheet.part.used) for sheet in self._sheets.values()))
        for sheet in self._sheets.values():
            for number, is_used in enumerate(sheet.part.used):
                used[number] |= is_used
        try:
            with self._package.archive.open(self._package.strings) as stream:
                yield from without_unused(stream, used)
        except BROKEN_ZIP as error:
            raise damaged(self._name, "its shared texts are damaged") from error

    def _finish(self) -> None:
        """Change what depends on the sheets, when they have been written."""
        for sheet in self._sheets.values():
            sheet.add_notes()
        self._copy.change(self._package.styles, self._styles.xml())
        if self._has_formulas():
            main = self._package.main
            self._copy.change(main, calculated_when_opened(self._copy.read(main)))
