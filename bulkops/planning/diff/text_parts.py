"""Texts of JSON, told by what cells say of them and not as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bulkops.definition.expressions import JsonText
from bulkops.definition.kinds.found_things import Col, Find
from bulkops.planning.calls.argument import Argument
from bulkops.planning.calls.json_texts import values_in


def parts(arguments: Iterable[Argument]) -> Iterator[Argument]:
    """Yield arguments, each text of JSON as what stands in it for each of its columns."""
    for each in arguments:
        if each.text is None:
            yield each
        else:
            for leaf, value in (values_in(each.text, each.value) or {}).items():
                yield _part(each, leaf, value)


def parts_changed(
    argument: Argument, text: JsonText, old: object
) -> Iterator[tuple[Argument, Any]] | None:
    """Yield what a text sets for each column, with what stood there; None where that can't be told.

    What is the same in both is not told.
    """
    before = {} if old is None else values_in(text, old)
    if before is None:
        return None
    after = values_in(text, argument.value) or {}
    return (
        (_part(argument, leaf, after.get(leaf)), before.get(leaf))
        for leaf in dict.fromkeys(text.leaves)
        if before.get(leaf) != after.get(leaf)
    )


def _part(argument: Argument, leaf: Col | Find, value: Any) -> Argument:  # noqa: ANN401  # JSON
    finds = leaf.kind if isinstance(leaf, Find) else ""
    return Argument(argument.path, value, leaf.column, finds)
