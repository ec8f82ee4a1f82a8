"""Old and new of a long value as a person reads them: where they differ, and how long they are."""

from __future__ import annotations

import hashlib

LONG = 500
"""Characters up to which a value is shown whole."""
_BEFORE, _AFTER = 20, 60
"""Characters shown before and after the place where two values begin to differ."""


def shortened(old: str, new: str) -> tuple[str, str]:
    """Return old and new, each whole if it is short, else as an excerpt with its length."""
    if max(len(old), len(new)) <= LONG:
        return old, new
    place = first_difference(old, new) if old else 0
    return _excerpt(old, place), _excerpt(new, place)


def first_difference(old: str, new: str) -> int:
    """Return where two texts begin to differ."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((place for place, (one, two) in pairs if one != two), min(len(old), len(new)))


def _excerpt(text: str, place: int) -> str:
    """Return what stands around a place of a long text, with its length and digest."""
    if len(text) <= LONG:
        return text
    begin = max(place - _BEFORE, 0)
    shown = text[begin : place + _AFTER]
    before, after = "…" * (begin > 0), "…" * (place + _AFTER < len(text))
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{before}{shown}{after} ({len(text):,} characters, sha256 {digest})"
