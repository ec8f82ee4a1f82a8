"""A workbook's file: its parts are openpyxl's, the rows of its sheets are ours.

openpyxl takes 15 to 40 seconds for 100,000 rows; written as text, they take two.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from bulkops.sheets.safe_text import sheet_name

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_ROWS = re.compile(rb"<sheetData ?/>|<sheetData>.*</sheetData>", re.DOTALL)
_SIZE = re.compile(rb"<dimension [^>]*>")
"""What openpyxl says of a sheet in which it sees no row."""
_LEVEL = 3
"""Of compression: a third of the time of the usual level, for a tenth more bytes."""
_LARGE = 1 << 30
"""Bytes of rows from which a sheet gets room for a size of more than 2 GB."""
_BLOCK = 1 << 18


class WorkbookPackage:
    """A workbook that is put together when it is saved, from openpyxl's parts and streams of rows.

    `folder` is where the rows wait until then, in files without a name.
    """

    def __init__(self, folder: Path) -> None:
        from openpyxl import Workbook  # noqa: PLC0415 - heavy

        self._folder = folder
        self.book: Workbook = Workbook()
        self.book.remove(self.book.worksheets[0])
        self._rows: list[IO[bytes]] = []
        self._styles: dict[tuple[str, bool], int] = {}

    def add_sheet(self, title: str) -> tuple[Any, IO[bytes]]:
        """Add a sheet; return openpyxl's view of it, without rows, and where its rows' XML goes."""
        # closed when the workbook is saved or given up
        rows = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115
        self._rows.append(rows)
        return self.book.create_sheet(sheet_name(title, self.book.sheetnames)), rows

    def style(self, fill: str, *, textual: bool) -> int:
        """Return the number of the style that texts, or numbers, have on a fill of `styles`."""
        look = (fill, textual)
        if look not in self._styles:
            self._styles[look] = self._new_style(fill, textual=textual)
        return self._styles[look]

    def _new_style(self, fill: str, *, textual: bool) -> int:
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - heavy

        from bulkops.sheets.output import styles  # noqa: PLC0415 - heavy

        cell: Any = WriteOnlyCell(self.book.worksheets[0])
        cell.font = styles.WHITE if fill in styles.HEADERS else styles.PLAIN
        if fill:
            cell.fill = styles.HEADERS.get(fill) or styles.fill(fill)
            cell.border = styles.GRID
        cell.alignment = styles.UPPER if textual else styles.NUMBER
        if textual:
            cell.number_format = styles.TEXT_FORMAT
            cell.quotePrefix = True
        return int(cell.style_id)

    def save(self, path: Path) -> None:
        """Write the workbook; nothing may be done with it afterwards but to close it."""
        parts = BytesIO()
        self.book.save(parts)
        rows = {
            str(sheet.path).lstrip("/"): stream
            for sheet, stream in zip(self.book.worksheets, self._rows, strict=True)
        }
        with (
            zipfile.ZipFile(parts) as made,
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as package,
        ):
            for part in made.infolist():
                _copy(part, made.read(part), package, rows)

    def close(self) -> None:
        """Let go of the rows."""
        for rows in self._rows:
            rows.close()


def _copy(
    part: zipfile.ZipInfo,
    content: bytes,
    package: zipfile.ZipFile,
    rows: Mapping[str, IO[bytes]],
) -> None:
    """Put a part into a package; into a sheet's, its rows."""
    if part.filename not in rows:
        package.writestr(part.filename, content)
        return
    stream = rows[part.filename]
    before, after = _ROWS.split(_SIZE.sub(b"", content, count=1))
    large = stream.tell() > _LARGE
    stream.seek(0)
    with package.open(part.filename, "w", force_zip64=large) as target:
        target.write(before + b"<sheetData>")
        shutil.copyfileobj(stream, target, _BLOCK)
        target.write(b"</sheetData>" + after)
