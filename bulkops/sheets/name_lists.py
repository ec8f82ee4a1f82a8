"""Lists of names and of row numbers in the words of a message, cut where they grow long."""

from __future__ import annotations

from collections.abc import Iterable


def quoted(names: Iterable[str], *, most: int = 20) -> str:
    """Return names in quotes, separated by commas; beyond `most`, only how many more."""
    listed = [f'"{name}"' for name in names]
    more = f" and {len(listed) - most} more" if len(listed) > most else ""
    return ", ".join(listed[:most]) + more


def ranges(numbers: Iterable[int]) -> list[list[int]]:
    """Return ascending numbers as [first, last] of what lies together: short, however many."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return found


def spans(numbers: Iterable[int], *, most: int = 10) -> str:
    """Return ascending numbers as `4, 7-9`; beyond `most` spans, only how many more numbers."""
    found = ranges(numbers)
    texts = [str(first) if first == last else f"{first}-{last}" for first, last in found[:most]]
    more = sum(last - first + 1 for first, last in found[most:])
    return ", ".join(texts) + (f" and {more} more" if more else "")
