"""Lists amended: elements added, elements removed, and what is different between two lists."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple


class Amendment(NamedTuple):
    """What is done with a list that is there, where what is said of it is not the whole."""

    add: tuple[Any, ...] = ()
    remove: tuple[Any, ...] = ()

    def of(self, there: Sequence[Any]) -> list[Any]:
        """Return a list without what is removed, and with what is added at its end."""
        return added(removed(there, self.remove), self.add)


def added(there: Iterable[Any], more: Iterable[Any]) -> list[Any]:
    """Return a list with more elements at its end; what it holds already is not added."""
    found: dict[str, Any] = {}
    for element in (*there, *more):
        found.setdefault(element_key(element), element)
    return list(found.values())


def removed(there: Iterable[Any], less: Iterable[Any]) -> list[Any]:
    """Return a list without some elements."""
    gone = {element_key(element) for element in less}
    return [element for element in there if element_key(element) not in gone]


def element_key(element: object) -> str:
    """Return what is the same for equal elements, in whatever order their members stand."""
    return json.dumps(element, sort_keys=True, default=repr)
