"""The inside of a zipped workbook, looked at before any library does: size, kind, sheets."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulkops.errors import SheetError
from bulkops.sheets.input.source import MOST_BYTES, InputSource
from bulkops.sheets.name_lists import quoted

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

BROKEN_ZIP = (
    KeyError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    UnicodeError,  # a name that says it is UTF-8 and is not
)
"""What `zipfile` raises for a part that is missing, cut off, or packed in an unknown way."""
_MOST_PARTS = 10_000
_LARGE_PART = 10 * 1024 * 1024
_MOST_RATIO = 100
_STRICT = b"purl.oclc.org/ooxml"
_ENCRYPTED_FLAG = 0x1

_KINDS: Mapping[bytes, str] = {
    b"spreadsheetml.sheet.main+xml": "xlsx",
    b"spreadsheetml.template.main+xml": "xlsx",
    b"ms-excel.sheet.macroenabled.main+xml": "xlsx",
    b"ms-excel.template.macroenabled.main+xml": "xlsx",
    b"ms-excel.addin.macroenabled.main+xml": "xlsx",
    b"ms-excel.sheet.binary.macroenabled.main": "xlsb",
}
_FOREIGN: Mapping[bytes, str] = {
    b"wordprocessingml": "a Word document",
    b"presentationml": "a PowerPoint presentation",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One worksheet: its name, its state (`visible`, `hidden`, `veryHidden`), its part."""

    name: str
    state: str
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A zipped workbook that is safe to unpack.

    `kind` is "xlsx", "strict", "xlsb" or "ods". `recalculates` means that the writing program
    left the formulas to be calculated when the file is opened (`fullCalcOnLoad`), `from_1904`
    that days are counted from then. `main` (the workbook's own), `styles` and `strings` (shared
    texts) are the paths of those parts, empty where there is none. All but `archive` and `kind`
    are for "xlsx" and "strict" alone.
    """

    archive: zipfile.ZipFile
    kind: str
    sheets: tuple[Part, ...] = ()
    recalculates: bool = False
    from_1904: bool = False
    main: str = ""
    styles: str = ""
    strings: str = ""


@contextmanager
def unpacked(source: InputSource) -> Iterator[Package]:
    """Look into a zip file. Raises SheetError for what is not a workbook, or not a safe one."""
    source.stream.seek(0)
    try:
        archive = zipfile.ZipFile(source.stream)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise damaged(source.name, "the file is cut off or damaged") from error
    with archive:
        _preflight(archive, source.name)
        yield _package(archive, source.name)


def damaged(name: str, what: str) -> SheetError:
    """Return the error for a workbook that can't be read."""
    return SheetError(
        "damaged",
        f"{name}: {what}; open it in Excel, save it as a new .xlsx, and use that",
    )


def part_bytes(archive: zipfile.ZipFile, path: str, name: str) -> bytes:
    """Return one small part whole. Raises SheetError where it is missing, large or damaged."""
    try:
        info = archive.getinfo(path)
        if info.file_size > _LARGE_PART:
            raise damaged(name, f"its part {path} is unreasonably large")
        return archive.read(info)
    except BROKEN_ZIP as error:
        raise damaged(name, f"its part {path} is missing or damaged") from error


def _preflight(archive: zipfile.ZipFile, name: str) -> None:
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise SheetError(
            "too-large",
            f"{name} unpacks to more than {MOST_BYTES // 2**20} MB or {_MOST_PARTS} parts:"
            " split it into several files",
        )
    for part in parts:
        if part.flag_bits & _ENCRYPTED_FLAG:
            raise SheetError("password", f"{name} is an encrypted zip file: unpack it first")
        if part.file_size > max(_LARGE_PART, _MOST_RATIO * part.compress_size):
            raise SheetError(
                "zip-bomb",
                f"{name} is packed suspiciously small ({part.filename} grows from"
                f" {part.compress_size} to {part.file_size} bytes); copy the cells with values"
                " into a new workbook and use that",
            )


def _package(archive: zipfile.ZipFile, name: str) -> Package:
    names = set(archive.namelist())
    if "mimetype" in names and b"opendocument" in (mime := part_bytes(archive, "mimetype", name)):
        if b"spreadsheet" not in mime:
            raise SheetError("not-a-sheet", f"{name} is an OpenDocument file, but not a sheet")
        return Package(archive=archive, kind="ods")
    if "[Content_Types].xml" not in names:
        raise SheetError("not-a-sheet", f"{name} is not a workbook, but {_zipped(names)}")
    kind = _kind(part_bytes(archive, "[Content_Types].xml", name).lower(), name)
    return Package(archive=archive, kind=kind) if kind == "xlsb" else _xml_package(archive, name)


def _kind(content_types: bytes, name: str) -> str:
    for mark, kind in _KINDS.items():
        if mark in content_types:
            return kind
    for mark, what in _FOREIGN.items():
        if mark in content_types:
            raise SheetError("not-a-sheet", f"{name} is {what}, whatever its name says")
    raise SheetError("not-a-sheet", f"{name} is an Office file, but not a workbook")


def _zipped(names: set[str]) -> str:
    if any(name.endswith(".iwa") for name in names):
        return "an Apple Numbers document: export it as Excel"
    if not names:
        return "an empty zip archive"
    return f"a zip archive of {quoted(sorted(names), most=3)}: unpack it first"


def _xml_package(archive: zipfile.ZipFile, name: str) -> Package:
    main = next(
        (path for kind, path in _relations(archive, "", name).values() if kind == "officeDocument"),
        "xl/workbook.xml",
    )
    data = part_bytes(archive, main, name)
    book = parsed(data, name)
    targets = _relations(archive, main, name)
    sheets = []
    for element in book.iter():
        if _local(element.tag) == "sheet":
            kind, path = targets.get(_attribute(element, "id"), ("", ""))
            if kind == "worksheet":
                state = element.get("state", "visible")
                sheets.append(Part(name=element.get("name", ""), state=state, path=path))
    others = dict(targets.values())
    return Package(
        archive=archive,
        kind="strict" if _STRICT in data else "xlsx",
        sheets=tuple(sheets),
        recalculates=_flag(book, "calcPr", "fullCalcOnLoad"),
        from_1904=_flag(book, "workbookPr", "date1904"),
        main=main,
        styles=_there(archive, others.get("styles", "xl/styles.xml")),
        strings=_there(archive, others.get("sharedStrings", "xl/sharedStrings.xml")),
    )


def _flag(book: Element, tag: str, attribute: str) -> bool:
    found = (each for each in book.iter() if _local(each.tag) == tag)
    return any(each.get(attribute) in {"1", "true"} for each in found)


def _there(archive: zipfile.ZipFile, path: str) -> str:
    return path if path in archive.NameToInfo else ""


def _relations(archive: zipfile.ZipFile, part: str, name: str) -> dict[str, tuple[str, str]]:
    """Return the relations of a part: id → (last word of the type, path of the target)."""
    folder, leaf = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{leaf}.rels")
    found = {}
    for element in parsed(part_bytes(archive, path, name), name):
        target = posixpath.join("/", folder, element.get("Target", ""))
        kind = element.get("Type", "").rpartition("/")[2]
        found[element.get("Id", "")] = (kind, posixpath.normpath(target).lstrip("/"))
    return found


def parsed(data: bytes, name: str) -> Element:
    """Parse a small XML part, without entities. Raises SheetError."""
    from defusedxml import DefusedXmlException  # noqa: PLC0415 - only for workbooks
    from defusedxml.ElementTree import ParseError, fromstring  # noqa: PLC0415 - likewise

    try:
        return fromstring(data)
    except DefusedXmlException as error:
        raise SheetError(
            "unsafe", f"{name} declares XML entities, which no spreadsheet program writes"
        ) from error
    except (ParseError, ValueError) as error:
        raise damaged(name, "its XML is broken") from error


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _attribute(element: Element, local: str) -> str:
    found = [value for key, value in element.items() if _local(key) == local and "}" in key]
    return found[0] if found else ""
