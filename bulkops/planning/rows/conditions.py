"""Whether a row is one of those for which a condition of its job holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bulkops.definition.column_kinds import written
from bulkops.planning.rows.cells import Value


def holds(condition: tuple[str, str], values: Mapping[str, Value]) -> bool:
    """Tell whether a row's column has the value that a (column, value) asks for."""
    column, wanted = condition
    value = values.get(column)
    return value is not None and written(value) == wanted


def any_holds(conditions: Collection[tuple[str, str] | None], values: Mapping[str, Value]) -> bool:
    """Tell whether one of some conditions holds; none at all holds for every row."""
    return None in conditions or any(holds(each, values) for each in conditions if each)
