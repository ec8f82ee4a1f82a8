"""One worksheet's XML, copied in blocks: cells are marked and secrets masked, the rest stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import IO

from bulkops.planning.rows.cells import MASK
from bulkops.problems import letters
from bulkops.sheets.input.cell_places import column_number
from bulkops.sheets.input.xml_stream import MAIN
from bulkops.sheets.output.patching.row_patterns import RowPatterns
from bulkops.sheets.output.patching.worksheet_frame import (
    begun,
    rest_of,
    row_blocks,
    with_drawing,
)
from bulkops.sheets.output.patching.xml_text import (
    UnpatchableError,
    attribute,
    hides_tags,
)

_MAIN = MAIN.encode()


class MisplacedCellError(Exception):
    """A cell says that it stands where it does not: whether it is a secret can't be told."""


class WorksheetPart:
    """What one worksheet has otherwise in the copy.

    `marks` are the styles of marked cells, by row and column: each is asked for with the style
    that the cell has. `secrets` are columns with the row of their header: what stands below is
    masked. With `recount`, calculated values are left out, and shared texts counted that stay.
    """

    def __init__(
        self,
        marks: Mapping[int, Mapping[int, Callable[[int], int]]],
        secrets: Mapping[int, int],
        *,
        recount: bool,
    ) -> None:
        self.masked: set[int] = set()
        """Columns in which a secret was masked."""
        self.used = bytearray()
        """One for each shared text that a cell of the copy has, by its number."""
        self.drawing = ""
        """Id of the relation to the drawing of the notes."""
        self.formulas = False
        self._marks = marks
        self._todo = sorted(marks, reverse=True)
        self._secrets = secrets
        self._recount = recount
        self._seen: dict[int, int] = {}

    def blocks(self, stream: IO[bytes], new_drawing: str) -> Iterator[bytes]:
        """Yield the part anew. Raises UnpatchableError and MisplacedCellError.

        `new_drawing` is the relation to a drawing of notes, for a sheet that has none.
        """
        head, data, rest = begun(stream)
        if self._recount and head.count(_MAIN) != 1:
            raise UnpatchableError  # with two names for one namespace, cells may bear the other
        self._patterns = RowPatterns(data[1])
        self._secret_cells = self._patterns.cells_of(self._secrets)
        self._prefix = data[1].decode()
        yield head[: data.start()]
        if data[3]:
            rows = self._missing(None)
            whole = b"<%ssheetData>%s</%ssheetData>" % (data[1], rows, data[1])
            yield whole if rows else data[0]
            yield self._tail(head, rest + rest_of(stream), new_drawing)
            return
        yield data[0]
        tail = b""
        for block, after in row_blocks(stream, rest, data[1]):
            yield self._patched(block)
            tail = after
        yield self._missing(None)
        yield self._tail(head, tail, new_drawing)

    def _patched(self, block: bytes) -> bytes:
        if hides_tags(block):
            raise UnpatchableError
        if self._secrets:
            if self._patterns.placeless.search(block):
                raise UnpatchableError
            block = self._secret_cells.sub(self._without_secret, block)
        if self._recount:
            if _MAIN in block or self._patterns.outspread.search(block):
                raise UnpatchableError
            block = self._patterns.calculated.sub(self._without_value, block)
            self._note_used(self._patterns.shared_texts(block))
        return self._marked(block) if self._todo else block

    def _without_secret(self, found: re.Match[bytes]) -> bytes:
        attributes, content = found[1].decode(), found[2]
        column, row = _place(attributes)
        if row <= self._seen.get(column, 0):
            raise MisplacedCellError
        self._seen[column] = row
        if not content or row <= self._secrets.get(column, row):
            return found[0]
        if self._patterns.formula.search(content):
            raise UnpatchableError
        if self._patterns.value.search(content) is None:
            return found[0]
        self.masked.add(column)
        p, style = self._prefix, attribute(attributes, "s")
        look = f' s="{style}"' if style else ""
        place = f"{letters(column)}{row}"
        text = f"<{p}is><{p}t>{MASK}</{p}t></{p}is>"
        return f'<{p}c r="{place}"{look} t="inlineStr">{text}</{p}c>'.encode()

    def _without_value(self, found: re.Match[bytes]) -> bytes:
        self.formulas = True
        return self._patterns.kind.sub(b"", found[1]) + b">" + found[2]

    def _note_used(self, numbers: Sequence[int]) -> None:
        missing = max(numbers, default=-1) + 1 - len(self.used)
        self.used.extend(bytes(max(missing, 0)))
        for number in numbers:
            self.used[number] = 1

    def _marked(self, block: bytes) -> bytes:
        out, at = [], 0
        rows = list(self._patterns.row.finditer(block))
        ends = [*(each.start() for each in rows[1:]), len(block)] if rows else []
        for row, end in zip(rows, ends, strict=True):
            if not self._todo:
                break
            number = attribute(row[1].decode(), "r") or ""
            if not number.isdecimal():
                raise UnpatchableError
            if self._todo[-1] > int(number):
                continue
            out += [block[at : row.start()], self._missing(int(number))]
            at = row.start()
            if self._todo and self._todo[-1] == int(number):
                marks = self._marks[self._todo.pop()]
                out.append(self._marked_row(block[at:end], int(number), marks))
                at = end
        return b"".join((*out, block[at:]))

    def _missing(self, before: int | None) -> bytes:
        """Return the marked rows that the file lacks: those before a row, or all that are left."""
        rows = []
        while self._todo and (before is None or self._todo[-1] < before):
            number = self._todo.pop()
            cells = b"".join(
                self._new_cell(column, number, style)
                for column, style in sorted(self._marks[number].items(), key=lambda each: each[0])
            )
            p = self._prefix
            rows.append(f'<{p}row r="{number}">'.encode() + cells + f"</{p}row>".encode())
        return b"".join(rows)

    def _new_cell(self, column: int, row: int, style: Callable[[int], int]) -> bytes:
        return f'<{self._prefix}c r="{letters(column)}{row}" s="{style(0)}"/>'.encode()

    def _marked_row(
        self, row: bytes, number: int, marks: Mapping[int, Callable[[int], int]]
    ) -> bytes:
        row = self._patterns.opened_row(row)
        cells = {_place(each[1].decode())[0]: each for each in self._patterns.cell.finditer(row)}
        edits = []
        for column, style in marks.items():
            if column in cells:
                edits.append(self._restyled(cells[column], style))
                continue
            after = [each.start() for other, each in cells.items() if other > column]
            at = min(after, default=row.rindex(b"</"))
            edits.append((at, at, self._new_cell(column, number, style)))
        for start, end, new in sorted(edits, key=lambda each: each[:2], reverse=True):
            row = row[:start] + new + row[end:]
        return row

    def _restyled(
        self, cell: re.Match[bytes], style: Callable[[int], int]
    ) -> tuple[int, int, bytes]:
        old = attribute(cell[1].decode(), "s") or "0"
        if not old.isdecimal():
            raise UnpatchableError
        rest = self._patterns.style.sub(b"", cell[1].rstrip(b"/"))
        start, end = cell.span(1)
        return start, end, rest + f' s="{style(int(old))}"'.encode()

    def _tail(self, head: bytes, tail: bytes, new_drawing: str) -> bytes:
        """Return what follows the rows, with the drawing of the notes where there was none."""
        self._refuse_links(tail)
        if self._secrets and self._patterns.choosing.search(tail):
            raise UnpatchableError
        tail, self.drawing = with_drawing(head, tail, self._prefix, new_drawing)
        return tail

    def _refuse_links(self, tail: bytes) -> None:
        """Refuse a link on a secret: where it leads may repeat it."""
        links = list(self._patterns.link.finditer(tail))
        if self._secrets and len(links) != len(self._patterns.any_link.findall(tail)):
            raise UnpatchableError
        for found in links:
            first = column_number(found[1].decode())
            last = column_number((found[3] or found[1]).decode())
            below = int(found[4] or found[2])
            for column, row in self._secrets.items():
                if first <= column <= last and below > row:
                    raise UnpatchableError


def _place(attributes: str) -> tuple[int, int]:
    """Return the column and row of a cell. Raises UnpatchableError where they are not said."""
    found = re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7})", attribute(attributes, "r") or "")
    if found is None:
        raise UnpatchableError
    return column_number(found[1]), int(found[2])
