"""The names by which a row may mean the things that its job's steps find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bulkops.definition.kinds.found_things import Addressed, Find, Parent
from bulkops.planning.rows.cells import Clear, Value
from bulkops.planning.rows.paths import parent_of
from bulkops.planning.rows.typed_rows import TypedRow


def names_meant(row: TypedRow, find: Find) -> Iterable[str]:
    """Return the names by which a row may mean what it finds."""
    if isinstance(find, Addressed):
        return filter(None, [find.name_in(row.values)])
    if find.within is None and find.renamed is None and not isinstance(find, Parent):
        value = row.values.get(find.by.name)
        return (value,) if type(value) is str else _names_in(value)
    return _related(row, find)


def _related(row: TypedRow, find: Find) -> Iterator[str]:
    """Yield the names of what has another name too, or lies in another thing, or holds one."""
    if isinstance(find, Parent):
        yield from filter(None, [parent_of(str(row.values.get(find.column, "")))])
        return
    if find.within is not None:
        if not any(isinstance(row.values.get(column), Clear) for column in find.columns):
            yield from filter(None, [find.name_in(row.values)])
        return
    for column in filter(None, (find.by, find.renamed)):
        yield from _names_in(row.values.get(column.name))


def _names_in(value: Value | None) -> Iterator[str]:
    if isinstance(value, tuple):
        yield from map(str, value)
    elif value is not None and not isinstance(value, Clear):
        yield str(value)
