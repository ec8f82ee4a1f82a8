"""Writing tables: CSV, and workbooks of any length row by row, whose text is never a formula."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Any, Self

from bulkops.sheets.input.sheet_xml import MOST_ROWS
from bulkops.sheets.output.atomic_file import replacing
from bulkops.sheets.output.csv_line import csv_line
from bulkops.sheets.output.sheet_data import Value
from bulkops.sheets.output.sheet_writer import SheetWriter
from bulkops.sheets.output.workbook_package import WorkbookPackage

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook


def write_csv(path: Path, headers: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """Write a CSV file whole or not at all, as `csv_file` does. Raises SheetError."""
    with csv_file(path, headers) as add:
        for row in rows:
            add(row)


@contextmanager
def csv_file(
    path: Path, headers: Sequence[str], *, landed: list[Path] | None = None
) -> Iterator[Callable[[Iterable[Value]], None]]:
    """Give what adds a row to a CSV file: UTF-8 with a byte order mark, as Excel wants it.

    Text is made harmless by `csv_safe`; `read_table` gives it back as it was. `landed` is as for
    `replacing`. Raises SheetError.
    """
    with (
        replacing(path, landed) as temporary,
        temporary.open("w", encoding="utf-8-sig", newline="") as stream,
    ):

        def add(values: Iterable[Value]) -> None:
            stream.write(csv_line(tuple(values)))

        add(headers)
        yield add


class WorkbookWriter:
    """A workbook written row by row in little memory, whole or not at all.

    `with WorkbookWriter(path) as book: sheet = book.sheet("Results", headers); sheet.row(...)`.
    An exception inside leaves an earlier file as it was. `properties` become custom document
    properties; `landed` is as for `replacing`. Raises SheetError where the file can't be written.
    """

    def __init__(
        self,
        path: Path,
        *,
        properties: Mapping[str, str] | None = None,
        most_rows: int = MOST_ROWS,
        landed: list[Path] | None = None,
    ) -> None:
        self._path = path
        self._landed = landed
        self._properties = properties or {}
        self._most_rows = most_rows
        self._sheets: list[SheetWriter] = []

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._temporary = stack.enter_context(replacing(self._path, self._landed))
            self._package = WorkbookPackage(self._temporary.parent)
            stack.callback(self._package.close)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            with self._stack:
                self._save()
        else:
            self._stack.__exit__(kind, error, trace)

    def sheet(
        self,
        title: str,
        headers: Sequence[str] = (),
        *,
        widths: Sequence[float] = (),
        added: int = 0,
        looks: Mapping[int, str] = MappingProxyType({}),
        notes: Mapping[int, str] = MappingProxyType({}),
    ) -> SheetWriter:
        """Begin a sheet: headers frozen and with a filter, the last `added` in another colour.

        Columns are as wide as the first rows need, or as `widths` says in characters (0: as
        needed). Past the last row that Excel has, the sheet goes on as "title (2)", headers and
        all. `looks` are the fills of single headers by index, `notes` the notes to them.
        """
        writer = SheetWriter(
            self._package,
            title,
            headers,
            widths=widths,
            added=added,
            most_rows=self._most_rows,
            looks=looks,
            notes=notes,
        )
        self._sheets.append(writer)
        return writer

    def _save(self) -> None:
        if not self._sheets:
            self.sheet("Sheet")
        for sheet in self._sheets:
            sheet.finish()
        set_properties(self._package.book, self._properties)
        self._package.save(self._temporary)


def set_properties(book: Workbook, properties: Mapping[str, str]) -> None:
    """Set custom document properties (File > Info > Properties in Excel)."""
    from openpyxl.packaging.custom import StringProperty  # noqa: PLC0415 - heavy

    custom: Any = book  # the property is not in openpyxl's type stubs
    for name, value in properties.items():
        custom.custom_doc_props.append(StringProperty(name=name, value=value))
