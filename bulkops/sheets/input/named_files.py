"""The files that the cells of a sheet name, each read once."""

from __future__ import annotations

from bulkops.definition.column_facts import facts_of, uploads_of
from bulkops.definition.model.operations import operation
from bulkops.planning.rows.cell_text import trimmed
from bulkops.planning.rows.readers.cell_files import CellFile, names_file
from bulkops.planning.rows.typed_rows import Order
from bulkops.sheets.input.cell_files import FilesFolder


def named_files(order: Order, folder: FilesFolder) -> dict[str, CellFile]:
    """Return what each cell that names a file stands for; SheetError where it is too much.

    Flows may be many and long: of their files only the digests are kept.
    """
    columns = {
        index: _takes_octets(order, column.name)
        for column in order.job.columns
        if column.file
        for index in order.headers.columns.get(column.name, ())
    }
    flows = {
        index
        for column in order.job.columns
        if column.kind == "flow"
        for index in order.headers.columns.get(column.name, ())
    }
    files: dict[str, CellFile] = {}
    if not columns:
        return files
    for record in order.records():
        for index, octets in columns.items():
            cell = trimmed(record.cells[index])
            if names_file(cell) and cell not in files:
                files[cell] = folder.file(cell, octets=octets, kept=index not in flows)
    return files


def _takes_octets(order: Order, name: str) -> bool:
    """Tell whether a column's value goes to members that take octets, and so any file."""
    if uploads_of(order.job, name):
        return True
    feeds = facts_of(order.job, name).feeds
    types = {operation(order.job.service, feed.operation).member(feed.path).type for feed in feeds}
    return types == {"blob"}
