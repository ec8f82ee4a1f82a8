"""The terminal: what commands print on stdout, and what goes beside it on stderr."""

from __future__ import annotations

import json
import sys
from functools import lru_cache

from rich.console import Console


@lru_cache(maxsize=2)
def console(*, stderr: bool = False) -> Console:
    """Return the console of a stream, as it was when first asked for."""
    return Console(stderr=stderr, highlight=False, soft_wrap=True)


def say(text: str = "") -> None:
    """Print a line for people, plainly: no markup is read from it."""
    console().print(text, markup=False)


def print_json(value: object) -> None:
    """Print one JSON document for scripts."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write("\n")


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
