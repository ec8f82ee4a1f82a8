"""The colours that every workbook of bulkops shares."""

from __future__ import annotations

from collections.abc import Mapping

FILLS: Mapping[str, str] = {
    "succeeded": "E2F0D9",
    "unchanged": "EDEDED",
    "skipped": "EDEDED",
    "undone": "EDEDED",
    "pending": "DDEBF7",
    "unknown": "FFE699",
    "warning": "FFF2CC",
    "failed": "F8CBAD",
    "invalid": "F8CBAD",
    "error": "F8CBAD",
    "unknown row": "FFF8E5",
    "failed row": "FDF1EA",
    "invalid row": "FDF1EA",
}
"""Name of a state → colour of its cells; `row`: of the person's own cells beside them."""
HEADER = "1F3864"
"""The colour below a header's white letters."""
