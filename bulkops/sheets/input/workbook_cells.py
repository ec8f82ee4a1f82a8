"""What the cells of a workbook have in common, read once: shared texts, formats, the calendar."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from xml.parsers.expat import ExpatError

from bulkops.sheets.input.number_looks import PLAIN, NumberLook, read_looks
from bulkops.sheets.input.shared_strings import SharedStrings
from bulkops.sheets.input.xml_values import XmlCellReader
from bulkops.sheets.input.zip_package import BROKEN_ZIP, Package, damaged

BROKEN_CELL = (*BROKEN_ZIP, ExpatError, ValueError, IndexError, OverflowError)
"""What a part that is no sound XML raises, or a value that no spreadsheet program writes."""


def cell_reader(package: Package, name: str) -> XmlCellReader:
    """Return the reader of a workbook's cells. Raises SheetError."""
    looks: Sequence[NumberLook] = [PLAIN]
    try:
        if package.styles:
            with package.archive.open(package.styles) as stream:
                looks = read_looks(stream)
    except BROKEN_CELL as error:
        raise damaged(name, "the workbook can't be opened") from error
    return XmlCellReader(shared_strings(package, name), looks, from_1904=package.from_1904)


def shared_strings(
    package: Package, name: str, wanted: Collection[int] | None = None
) -> SharedStrings:
    """Return the texts that cells share, or those of the wanted numbers. Raises SheetError."""
    if not package.strings:
        return SharedStrings()
    try:
        with package.archive.open(package.strings) as stream:
            return SharedStrings.read(stream, wanted)
    except BROKEN_CELL as error:
        raise damaged(name, "the workbook can't be opened") from error
