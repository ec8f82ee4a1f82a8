"""The ledger's SQL, read from its files: one named statement for each purpose."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_MARK = re.compile(r"^-- name: (\w+)\n-- \S.*\n", re.MULTILINE)


def parse(text: str) -> Mapping[str, str]:
    """Return the statements of a text by name.

    Each begins with the line `-- name: NAME` and a comment line that says what it is for.
    Raises ValueError where a name comes twice or its comment is missing.
    """
    _, *parts = _MARK.split(text)
    found = {
        name: statement.strip() for name, statement in zip(parts[::2], parts[1::2], strict=True)
    }
    marks = text.count("-- name:")
    if len(found) != marks:
        raise ValueError(
            f"{marks} statements are marked, but only {len(found)} have a name of their own "
            "and a comment line that says what they are for"
        )
    return found


@cache
def queries() -> Mapping[str, str]:
    """Return the statements of queries.sql by name."""
    return parse(_read("queries.sql"))


@cache
def schema() -> str:
    """Return the script that makes an empty ledger of the newest version."""
    return _read("schema.sql")


def _read(name: str) -> str:
    return files("bulkops.ledger").joinpath(name).read_text(encoding="utf-8")
