"""To and from pandas, without the damage that its defaults do to ids and phone numbers."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from bulkops.sheets.input.cell_values import text_of
from bulkops.sheets.input.known_headers import Headers, KnownHeaders
from bulkops.sheets.input.sheet_table import SheetTable
from bulkops.sheets.input.table_builder import Head, RawRow, TableBuilder

if TYPE_CHECKING:
    import pandas as pd


def from_frame(
    frame: pd.DataFrame,
    *,
    name: str = "DataFrame",
    known_headers: Headers = (),
    date_headers: Headers = (),
    secret_headers: Headers = (),
) -> SheetTable:
    """Take a DataFrame's columns and values for a sheet; its index is not used.

    Missing values become empty, whole floats (which pandas makes of ids beside missing values)
    whole numbers again; dates are problems outside `date_headers`, as in `read_table`. Rows are
    numbered from 2, as `DataFrame.to_csv` would write them. `sha256` is that of the values.
    """
    head = Head(1, tuple(text_of(header, str)[0] for header in frame.columns), 0)
    known = KnownHeaders.of(known_headers, date_headers, secret_headers)
    builder = TableBuilder(file=name, head=head, known=known)
    columns = [frame.iloc[:, index] for index in range(len(frame.columns))]
    builder.take(_row(number, row) for number, row in enumerate(zip(*columns, strict=True), 2))
    digest = hashlib.sha256("\0".join(head.texts).encode("utf-8", "surrogatepass"))
    digest.update(builder.rows.data)
    return SheetTable(
        file=name,
        sha256=digest.hexdigest(),
        headers=head.texts,
        problems=builder.finish(),
        kind="frame",
        rows=builder.rows,
    )


def to_frame(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> pd.DataFrame:
    """Return text as a DataFrame of text: nothing becomes a number, a date or missing."""
    import pandas as pd  # noqa: PLC0415 - heavy

    return pd.DataFrame([list(row) for row in rows], columns=list(headers), dtype="object")


def _row(number: int, values: Iterable[object]) -> RawRow:
    found = [text_of(_value(value), str) for value in values]
    doubts = {index: doubt for index, (_, doubt) in enumerate(found) if doubt}
    return RawRow(number, [text for text, _ in found], doubts)


def _value(value: object) -> object:
    """Return a value of pandas or numpy as Python's own; None for a missing one."""
    import pandas as pd  # noqa: PLC0415 - heavy

    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, pd.Timestamp | pd.Timedelta):
        return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value.to_pytimedelta()
    plain = value.item() if hasattr(value, "item") else value
    return None if isinstance(plain, float) and math.isnan(plain) else plain
