"""The elements of a list that rows make together: made of a row's cells, and said in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, TypeAlias

from bulkops.definition.column_kinds import written
from bulkops.definition.expressions import Arg, Together
from bulkops.definition.kinds.found_things import Col, Find
from bulkops.definition.model.member_paths import put_at, value_at
from bulkops.planning.plan import Placeholder

NameOf: TypeAlias = Callable[[str, str], str]
"""(kind, id) → name."""
Path: TypeAlias = tuple[str, ...]
Cell: TypeAlias = tuple[Path, Any]
"""A path inside an element, and what one row's cell puts there."""
_WORD = re.compile(r"\{([a-z0-9_]+)\}")


class Elements:
    """The form of a list's elements. `several` are the paths at which a member is itself a list.

    `apart` are the members at which an element begins and ends; None: it does neither.
    `how` is the column by which a row says what it does with its elements.
    """

    def __init__(self, arg: Together, several: frozenset[Path] = frozenset()) -> None:
        self.places = tuple(places_in(arg.item, ()))
        self.field = next((each.column for _, each in self.places if _is_fed(each)), "")
        self.apart = arg.apart
        self.how = arg.how
        self._shown = arg.shown
        self._several = several

    def made(self, cells: Sequence[Cell]) -> list[Any]:
        """Return the elements that a row's cells make, one for each value of a cell with several.

        `cells` begin with those that are not constants.
        """
        choices = [
            value if isinstance(value, list) and path not in self._several else [value]
            for path, value in cells
        ]
        paths = [path for path, _ in cells]
        return [element_of(zip(paths, values, strict=True)) for values in product(*choices)]

    def said(self, element: Any, name_of: NameOf) -> str:  # noqa: ANN401  # JSON
        """Return an element in the words of the sheet."""
        words = {
            each.column: _said(each, value_at(element, path), name_of)
            for path, each in self.places
            if isinstance(each, Col | Find)
        }
        if self._shown:
            return _WORD.sub(lambda found: words.get(found[1], ""), self._shown)
        return " ".join(filter(None, words.values()))


def places_in(arg: Arg, path: Path) -> Iterator[tuple[Path, Any]]:
    """Yield (path, expression) of all that an element is made of, in the order written."""
    if isinstance(arg, Mapping):
        for name, inner in arg.items():
            yield from places_in(inner, (*path, name))
    else:
        yield path, arg


def _is_fed(arg: object) -> bool:
    return isinstance(arg, Col | Find)


def _said(arg: Col | Find, value: Any, name_of: NameOf) -> str:  # noqa: ANN401  # JSON
    if value is None:
        return ""
    if isinstance(value, Placeholder):
        return value.said
    text = written(value)
    return name_of(arg.kind, text) if isinstance(arg, Find) else text


def element_of(cells: Iterable[Cell]) -> Any:  # noqa: ANN401  # JSON
    """Return the element that has each value at its path; an empty path: it is the value itself."""
    element: dict[str, Any] = {}
    for path, value in cells:
        if not path:
            return value
        put_at(element, path, value)
    return element
