"""Lists that a row adds to or takes from: what comes of them, by what is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bulkops.planning.calls.arguments import Argument
from bulkops.planning.diff.state import StateValue
from bulkops.planning.rows.cells import Flaw

_AMENDING = frozenset({"add", "remove"})


def amended(way: str, held: Sequence[Any], named: Sequence[Any]) -> list[Any]:
    """Return a list as one of `definition.expressions.WAYS` leaves it; nothing replaces it.

    What stays keeps its order; what is added comes after it.
    """
    match way:
        case "add":
            return [*held, *(each for each in named if each not in held)]
        case "remove":
            return [each for each in held if each not in named]
        case _:
            return list(named)


def amended_list(argument: Argument, there: StateValue) -> Argument | Flaw:
    """Return an argument with the whole list that it leaves, or why that can't be told."""
    if argument.way not in _AMENDING:
        return argument
    if not argument.value:
        return Flaw(
            code="nothing-to-amend",
            message=f"{argument.field} is cleared and amended at once: {argument.way} what?",
            hint="To empty it, replace it by CLEAR!",
        )
    if not there.known:
        return Flaw(
            code="not-visible",
            message=f"what {argument.field} holds now is not to be seen: {argument.way} to what?",
        )
    whole = amended(argument.way, there.value or (), argument.value)
    return argument._replace(value=whole)
