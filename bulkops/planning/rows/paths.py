"""Paths of things that lie in one another, their names joined by /: `Contact Centre/Dublin`."""

from __future__ import annotations

from bulkops.planning.rows.cell_text import trimmed
from bulkops.planning.rows.cells import Flaw, FlawError

SEPARATOR = "/"


def read_path(text: str) -> str:
    """Return a path as all its spellings are one: a / before it and spaces around its names go.

    Raises FlawError where a name between two / is missing.
    """
    names = [trimmed(name) for name in text.removeprefix(SEPARATOR).split(SEPARATOR)]
    path = SEPARATOR.join(filter(None, names))
    if not all(names):
        raise FlawError(
            Flaw(
                code="not-a-path",
                message=f'"{text}" lacks a name beside a {SEPARATOR}; allowed: names joined by'
                f" {SEPARATOR}, such as Contact Centre/Dublin",
                found=text,
                hint=f'Write "{path}".' if path else "",
            )
        )
    return path


def leaf_of(path: str) -> str:
    """Return the own name of the thing at a path."""
    return path.rpartition(SEPARATOR)[2]


def parent_of(path: str) -> str:
    """Return the path of the thing in which another one lies; empty for one at the top."""
    return path.rpartition(SEPARATOR)[0]


def beside(path: str, name: str) -> str:
    """Return the path of what has a name and lies in what the thing at a path lies in."""
    return SEPARATOR.join(filter(None, [parent_of(path), name]))


def depth_of(path: str) -> int:
    """Return at which level a thing lies, the top being 1."""
    return path.count(SEPARATOR) + 1
