"""The entries of one thing's list, found by what tells them apart without a walk through all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bulkops.definition.model.member_paths import value_at_dotted

Entry = Mapping[str, Any]


class IndexedEntries(list[Entry]):
    """A list of entries that is not changed any more, and its indexes, made when first asked."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        super().__init__(entries)
        self._indexes: dict[tuple[str, ...], Mapping[object, Sequence[Entry]]] = {}

    def alike(self, wanted: Mapping[str, object]) -> Sequence[Entry]:
        """Return the entries that may have these values at these dotted paths, in their order."""
        paths = tuple(wanted)
        if paths not in self._indexes:
            index = defaultdict[object, list[Entry]](list)
            for entry in self:
                index[tuple(_plain(value_at_dotted(entry, path)) for path in paths)].append(entry)
            self._indexes[paths] = index
        return self._indexes[paths].get(tuple(map(_plain, wanted.values())), ())


def _plain(value: Any) -> object:  # noqa: ANN401  # JSON values
    """Return what is the same for all values that are alike: lists have no order."""
    if isinstance(value, Mapping):
        return tuple(sorted((name, repr(_plain(each))) for name, each in value.items()))
    if isinstance(value, list | tuple):
        return tuple(sorted(repr(_plain(each)) for each in value))
    return () if value is None else value
