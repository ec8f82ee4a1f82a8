"""Spreadsheets in and out: read, write, template, annotate."""

from bulkops.sheets.errors import SheetError
from bulkops.sheets.reading import read_table
from bulkops.sheets.table import SheetTable

__all__ = ["SheetError", "SheetTable", "read_table"]
