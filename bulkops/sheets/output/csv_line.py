"""A row as a line of CSV, which no spreadsheet program takes for a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from io import StringIO

from bulkops.sheets.output.sheet_data import Value
from bulkops.sheets.safe_text import GUARDED_STARTS, csv_safe, holds_any

_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
_UNLIKE = b'"\r\n\0'
_GUARDED = re.compile(f",[{re.escape(''.join(sorted(GUARDED_STARTS)))}]")


def csv_line(values: Sequence[Value]) -> str:
    """Return a line, its end included; text in it is made harmless by `csv_safe`.

    Most lines are the texts with commas between: for them, the line is looked at and not its parts.
    """
    texts = [value if value.__class__ is str else _text(value) for value in values]
    line = ",".join(texts)
    unlike = holds_any(line, _UNLIKE)
    if unlike or _GUARDED.search(f",{line}"):
        texts = [_safe(value) if isinstance(value, str) else _text(value) for value in values]
        line = ",".join(texts)
    if line and not unlike and line.count(",") == len(texts) - 1:
        return f"{line}\r\n"
    return _quoted(texts)


def _text(value: Value) -> str:
    return "" if value is None else str(value)


def _safe(text: str) -> str:
    return csv_safe(_UNWRITABLE.sub(lambda found: "\u2400" if found[0] == "\0" else "\ufffd", text))


def _quoted(texts: Sequence[str]) -> str:
    stream = StringIO(newline="")
    csv.writer(stream).writerow(texts)
    return stream.getvalue()
