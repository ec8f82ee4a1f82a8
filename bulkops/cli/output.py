"""The terminal: what commands print on stdout, and what goes beside it on stderr.

Nothing else in the command line writes to either. Here every text is made visible first: what a
service, a sheet or a file name says is shown, never obeyed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from bulkops.cli.outlet import STDERR, STDOUT
from bulkops.visible_text import visible, visible_json

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

Piece: TypeAlias = str | tuple[str, str]
"""A text, or a text with its style."""

_beside: ContextVar[bool] = ContextVar("beside", default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    """How a column of a table is shown. `flexible` takes the width that the others leave.

    `most` is how wide it may be, in characters.
    """

    header: str
    side: Literal["left", "right"] = "left"
    fold: bool = True
    flexible: bool = False
    most: int | None = None


@lru_cache(maxsize=2)
def console(*, stderr: bool = False) -> Console:
    """Return the console of a stream, with the looks that it had when first asked for."""
    from rich.console import Console  # noqa: PLC0415  # 50 ms that plain lines need not pay

    outlet = (STDERR if stderr else STDOUT).as_text()
    return Console(file=outlet, highlight=False, markup=False, emoji=False, soft_wrap=True)


@contextmanager
def texts_on_stderr(wanted: bool = True) -> Iterator[None]:  # noqa: FBT001, FBT002  # reads as one
    """Say everything for people on stderr meanwhile: stdout is for a program."""
    before = _beside.set(wanted or _beside.get())
    try:
        yield
    finally:
        _beside.reset(before)


def say(*pieces: Piece, end: str = "\n") -> None:
    """Print one line for people; no markup is read from it."""
    _print(pieces, end, stderr=_beside.get())


def say_beside(*pieces: Piece, end: str = "\n") -> None:
    """Print one line for people on stderr."""
    _print(pieces, end, stderr=True)


def _print(pieces: Sequence[Piece], end: str, *, stderr: bool) -> None:
    """Print a line, without the console as long as nothing has a style and nothing was drawn."""
    plain = [piece for piece in pieces if isinstance(piece, str)]
    if len(plain) < len(pieces) or console.cache_info().currsize:
        console(stderr=stderr).print(line(*pieces), end=end)
        return
    outlet = STDERR if stderr else STDOUT
    outlet.write("".join(map(visible, plain)) + end)
    outlet.flush()


def line(*pieces: Piece) -> Text:
    """Return pieces as one line in which nothing is obeyed and nothing is hidden."""
    from rich.text import Text  # noqa: PLC0415  # as above

    parts = [(piece, "") if isinstance(piece, str) else piece for piece in pieces]
    return Text.assemble(*((visible(text), style) for text, style in parts))


def print_table(
    columns: Sequence[TableColumn], rows: Iterable[Sequence[Piece]], *, wide: bool = False
) -> None:
    """Print a table for people; `wide` takes the whole width of the terminal."""
    from rich.table import Table  # noqa: PLC0415  # as above

    table = Table(box=None, pad_edge=False, show_edge=False, header_style="bold", expand=wide)
    for each in columns:
        table.add_column(
            each.header,
            justify=each.side,
            overflow="fold" if each.fold else "ellipsis",
            no_wrap=not each.fold,
            ratio=1 if each.flexible else None,
            max_width=each.most,
        )
    for row in rows:
        table.add_row(*map(line, row))
    console(stderr=_beside.get()).print(table)


def print_json(value: object) -> None:
    """Print one JSON document for scripts, in which no terminal finds anything to obey."""
    document = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    STDOUT.write(visible_json(document) + "\n")


def print_event(event: str, /, *, stderr: bool = False, **facts: object) -> None:
    """Print one event as a flat JSON object on a line."""
    outlet = STDERR if stderr else STDOUT
    outlet.write(json.dumps({"event": event, **facts}, default=str) + "\n")
    outlet.flush()


def duration(seconds: float) -> str:
    """Render a time as people say it: 42 s, 8 min 20 s, 13 h 53 min."""
    whole = round(seconds)
    if seconds < 0.05:  # noqa: PLR2004  # rounds to nothing
        return "0 s"
    if whole < 60:  # noqa: PLR2004  # seconds in a minute
        return f"{seconds:.1f} s" if seconds < 10 else f"{whole} s"  # noqa: PLR2004
    minutes, rest = divmod(whole, 60)
    if minutes < 60:  # noqa: PLR2004  # minutes in an hour
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def count(number: int, noun: str) -> str:
    """Render a number with its noun: 1 row, 1,200 rows."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
