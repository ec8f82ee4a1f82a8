"""Lists of names and of row numbers in the words of a message, cut where they grow long."""

from __future__ import annotations

from collections.abc import Iterable


def quoted(names: Iterable[str], *, most: int = 20) -> str:
    """Return names in quotes, separated by commas; beyond `most`, only how many more."""
    listed = [f'"{name}"' for name in names]
    more = f" and {len(listed) - most} more" if len(listed) > most else ""
    return ", ".join(listed[:most]) + more


def spans(numbers: Iterable[int], *, most: int = 10) -> str:
    """Return ascending numbers as `4, 7-9`; beyond `most` spans, only how many more numbers."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    texts = [str(first) if first == last else f"{first}-{last}" for first, last in runs[:most]]
    more = sum(last - first + 1 for first, last in runs[most:])
    return ", ".join(texts) + (f" and {more} more" if more else "")
