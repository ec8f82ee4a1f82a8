"""Spreadsheets in and out: read, write, template, annotate."""

from bulkops.errors import SheetError
from bulkops.sheets.input.reader import read_table
from bulkops.sheets.input.sheet_table import SheetTable

__all__ = ["SheetError", "SheetTable", "read_table"]
