"""How large a note must be for its text, and whose it is."""

from __future__ import annotations

NOTE_AUTHOR = "bulkops"
_LINE = 45
_WIDTH, _HIGHEST = 320, 400


def note_size(text: str) -> tuple[int, int]:
    """Return the width and height of a note, in pixels."""
    lines = sum(1 + len(line) // _LINE for line in text.splitlines())
    return _WIDTH, min(40 + 18 * lines, _HIGHEST)
