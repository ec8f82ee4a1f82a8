"""Lists that a row adds to or takes from: what comes of them, by what is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bulkops.planning.calls.argument import Argument
from bulkops.planning.diff.list_amendments import added, removed
from bulkops.planning.diff.state import StateValue
from bulkops.planning.rows.cells import Flaw

_AMENDING = frozenset({"add", "remove"})


def amended(way: str, held: Sequence[Any], named: Sequence[Any]) -> list[Any]:
    """Return a list as one of `definition.expressions.WAYS` leaves it; nothing replaces it.

    What stays keeps its order; what is added comes after it.
    """
    match way:
        case "add":
            return added(held, named)
        case "remove":
            return removed(held, named)
        case _:
            return list(named)


def amended_list(argument: Argument, there: StateValue) -> Argument | Flaw:
    """Return an argument with the whole list that it leaves, or why that can't be told."""
    if argument.way not in _AMENDING and argument.amends is None:
        return argument
    if not argument.value and argument.amends is None:
        return Flaw(
            code="nothing-to-amend",
            message=f"{argument.field} is cleared and amended at once: {argument.way} what?",
            hint="To empty it, replace it by CLEAR!",
        )
    if not there.known:
        return Flaw(
            code="not-visible",
            message=f"what {argument.field} holds now is not to be seen, so it can't be amended",
        )
    if argument.amends is not None:
        return argument._replace(value=argument.amends.of(there.value or ()))
    whole = amended(argument.way, there.value or (), argument.value)
    return argument._replace(value=whole)
