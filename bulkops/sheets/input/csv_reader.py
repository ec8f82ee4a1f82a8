"""Separated text (.csv, .tsv, pipes) as raw rows with their line numbers."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from typing import TextIO

from bulkops.errors import SheetError
from bulkops.sheets.input.encoding import decoded
from bulkops.sheets.input.file_type import BOOK_ENDINGS
from bulkops.sheets.input.known_headers import KnownHeaders
from bulkops.sheets.input.sheet_table import SheetTable
from bulkops.sheets.input.source import InputSource
from bulkops.sheets.input.table_builder import (
    HEADER_DEPTH,
    Head,
    RawRow,
    TableBuilder,
    find_head,
    holds_anything,
)
from bulkops.sheets.safe_text import csv_plain

_DELIMITERS: Mapping[str, str] = {",": ",", ";": ";", "\t": "tab", "|": "|"}
_SEP_LINE = re.compile(r"\"?sep=(.)\"?(?:\r\n|\r|\n|$)", re.IGNORECASE)
_SAMPLE = 256 * 1024
_CERTAIN = 1 << 30
MOST_LINES = 5_000_000
"""Lines of a file that are read, empty ones included."""
MOST_RECORD = 4 * 1024 * 1024
"""Characters of a row, line breaks in its values included; Excel fills no row so far."""
_NO_DOUBTS: Mapping[int, str] = {}


def read_separated(
    source: InputSource, known: KnownHeaders, *, encoding: str | None, sha256: str
) -> SheetTable:
    """Read a text file whole. Raises SheetError."""
    text, called = decoded(source.stream, source.name, encoding)
    try:
        return _read(text, source.name, known, called=called, sha256=sha256)
    finally:
        text.detach()  # the stream is closed by whoever opened it


def _read(text: TextIO, name: str, known: KnownHeaders, *, called: str, sha256: str) -> SheetTable:
    sample = text.read(_SAMPLE)
    text.seek(0)
    named = _SEP_LINE.match(sample)
    if named:
        text.readline()
    delimiter = named[1] if named else _best_delimiter(sample, known, name)
    head = _head(text, delimiter, known, name, skipped=bool(named))
    text.seek(0)
    if named:
        text.readline()
    builder = TableBuilder(file=name, head=head, known=known, positional=True)
    builder.take(_body(text, delimiter, builder, skipped=bool(named)))
    return SheetTable(
        file=name,
        sha256=sha256,
        headers=head.texts,
        problems=builder.finish(),
        kind="csv",
        top=head.number,
        notes=tuple(_notes(name, called, delimiter, head)),
        rows=builder.rows,
    )


def _notes(name: str, encoding: str, delimiter: str, head: Head) -> Iterator[str]:
    mark = _DELIMITERS.get(delimiter, delimiter)
    yield f"read as {encoding}, separated by {mark}"
    if name.casefold().endswith(BOOK_ENDINGS):
        yield f"{name} is text in spite of its name: it was read as CSV"
    if head.number > 1:
        yield f"the headers are in line {head.number}; what stands above is not used"


def _head(text: TextIO, delimiter: str, known: KnownHeaders, name: str, *, skipped: bool) -> Head:
    head = find_head(_rows(text, delimiter, name, skipped=skipped), known)
    if head is None:
        raise SheetError("empty", f"{name} is empty: it needs a row of headers and rows of values")
    for cell in head.texts:
        for other in _DELIMITERS:
            if other == delimiter or (cell and known.headers(cell)):
                continue
            if known.score(cell.split(other)) > 1:
                raise _mixed(name, head.number, delimiter, other)
    return head


def _body(
    text: TextIO, delimiter: str, builder: TableBuilder, *, skipped: bool
) -> Iterator[RawRow]:
    """Yield the rows below the header; refuse one that only another delimiter would split."""
    head, name = builder.head, builder.file
    width = len(head.texts)
    for row in _rows(text, delimiter, name, skipped=skipped):
        if row.number <= head.number:
            continue
        if width > 1 and len(row.texts) == 1:
            for other in _DELIMITERS:
                if other != delimiter and row.texts[0].count(other) == width - 1:
                    raise _mixed(name, row.number, delimiter, other)
        yield row


def _mixed(name: str, line: int, one: str, other: str) -> SheetError:
    return SheetError(
        "mixed-delimiters",
        f"{name} is separated by {_DELIMITERS.get(one, one)} in one place and by"
        f" {_DELIMITERS[other]} in line {line}: use one of them throughout",
    )


def _rows(text: TextIO, delimiter: str, name: str, *, skipped: bool) -> Iterator[RawRow]:
    """Yield each record with the first physical line of it. Raises SheetError."""
    lines = _Lines(text, name)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    offset = 1 + skipped
    start = offset
    try:
        for record in reader:
            lines.begin_record()
            yield RawRow(start, [csv_plain(value) for value in record], _NO_DOUBTS)
            start = reader.line_num + offset
    except csv.Error as error:
        raise _malformed(name, start, reader.line_num + offset - 1, error) from error


class _Lines:
    """The physical lines of a text, of which neither a record nor the whole may grow for ever."""

    def __init__(self, text: TextIO, name: str) -> None:
        self._text = text
        self._name = name
        self._read = 0
        self._held = 0

    def begin_record(self) -> None:
        """Note that what was read so far is done with."""
        self._held = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(MOST_RECORD)
        if not line:
            raise StopIteration
        self._read += 1
        self._held += len(line)
        if self._held >= MOST_RECORD:
            raise SheetError(
                "too-large",
                f"{self._name} line {self._read}: a row is longer than {MOST_RECORD:,} characters;"
                " is it a sheet at all?",
            )
        if self._read > MOST_LINES:
            raise SheetError(
                "too-large",
                f"{self._name} has more than {MOST_LINES:,} lines: delete the empty ones, or split"
                " it into several files",
            )
        return line


def _malformed(name: str, start: int, end: int, error: csv.Error) -> SheetError:
    if "unexpected end of data" in str(error):
        return SheetError(
            "unclosed-quote",
            f"{name} line {start}: a quotation mark opens a value and is never closed",
        )
    if "field larger" in str(error):
        return SheetError(
            "unclosed-quote",
            f"{name} line {start}: a value is longer than {csv.field_size_limit()} characters;"
            " a quotation mark that opens it is probably never closed",
        )
    place = f"line {start}" if start == end else f"lines {start}-{end}"
    return SheetError(
        "malformed",
        f"{name} {place}: something follows a closing quotation mark; inside quotes, write a"
        ' quotation mark as ""',
    )


def _best_delimiter(sample: str, known: KnownHeaders, name: str) -> str:
    """Return the delimiter whose header row matches most known headers.

    Where none matches, the one that splits most of the first rows as it splits the header; else
    the comma, or the tab for .tsv.
    """
    order = sorted(_DELIMITERS, key=lambda each: each != "\t" or not name.endswith(".tsv"))
    scores = {each: _score(_sampled(sample, each), known) for each in order}
    return max(order, key=lambda each: scores[each])


def _sampled(sample: str, delimiter: str) -> Sequence[Sequence[str]]:
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    rows: list[Sequence[str]] = []
    with suppress(csv.Error):  # a value too long: the true reading says so with its line
        rows.extend(islice(filter(holds_anything, reader), HEADER_DEPTH))
    return rows


def _score(rows: Sequence[Sequence[str]], known: KnownHeaders) -> tuple[int, int, int]:
    if not rows:  # nothing but white space and this delimiter, or no reading at all
        return (_CERTAIN, 0, 0)
    scores = [known.score(row) for row in rows]
    width = len(rows[scores.index(max(scores))])
    alike = sum(len(row) == width for row in rows) if width > 1 else 0
    return (max(scores), alike, width)
