"""Lock versions of data tables: of a table, an attribute, a record and a value.

A version tells whether what it is of has changed since it was read. What else counts as a change
of it depends on the table's lock level: the values of an attribute, or all values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bulkops.sim.services.connect.data_table_names import VALUE
from bulkops.sim.state.ids import identifier
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

MEMBERS: Mapping[str, str] = {
    "DATA_TABLE": "DataTable",
    "ATTRIBUTE": "Attribute",
    "PRIMARY_VALUE": "PrimaryValues",
    "VALUE": "Value",
}
"""Lock level → the version that counts for an edit of a value."""


def values_of(session: WorldSession, table: StoredThing) -> list[StoredThing]:
    """Return what is true of a table's values."""
    return [each for each in session.all(VALUE) if each["DataTableId"] == table["Id"]]


def table_version(table: StoredThing) -> Mapping[str, str]:
    """Return the version of what is said of a table itself."""
    return {"DataTable": _version(table, ())}


def attribute_version(table: StoredThing, attribute: StoredThing) -> Mapping[str, str]:
    """Return the versions of an attribute and its table, whatever values there are."""
    return {**table_version(table), "Attribute": _version(attribute, ())}


def value_version(
    table: StoredThing,
    attribute: StoredThing,
    primary: Sequence[Mapping[str, Any]],
    values: Iterable[StoredThing],
) -> dict[str, str]:
    """Return all versions of a place in a table, where `values` are those that are there."""
    there, level = list(values), table["ValueLockLevel"]
    column = [each for each in there if each["AttributeId"] == attribute["Id"]]
    record = [each for each in there if each["PrimaryValues"] == primary]
    mine = [each for each in column if each["PrimaryValues"] == primary]
    found = {
        "DataTable": _version(table, there if level == "DATA_TABLE" else ()),
        "Attribute": _version(attribute, column if level == "ATTRIBUTE" else ()),
        "PrimaryValues": identifier("record", table["Id"], repr(primary), _editions(record)),
    }
    return found | ({"Value": identifier("value", _editions(mine))} if mine else {})


def _version(thing: StoredThing, values: Iterable[StoredThing]) -> str:
    return identifier("version", thing["Id"], thing["Edition"], _editions(values))


def _editions(values: Iterable[StoredThing]) -> str:
    return repr(sorted((each["Id"], each["Edition"]) for each in values))
