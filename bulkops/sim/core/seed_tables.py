"""What the flows of the first world look up."""

from __future__ import annotations

from collections.abc import Callable

from bulkops.sim.services.connect.data_table_attributes import create as create_attribute
from bulkops.sim.services.connect.data_table_values import OPERATIONS
from bulkops.sim.services.connect.data_tables import create
from bulkops.sim.state.world import WorldSession

TABLES = (
    ("Tariffs", "What a call costs", "NONE"),
    ("Tickets", "Queues of tickets", "VALUE"),
    ("Old prices", "Of last year", "NONE"),
)
ATTRIBUTES = (
    {"Name": "Country", "ValueType": "TEXT", "Primary": True},
    {"Name": "Price", "Description": "In euro", "ValueType": "NUMBER"},
    {"Name": "Note", "ValueType": "TEXT", "Validation": {"MaxLength": 40}},
)
VALUES = (("IE", "Price", "12"), ("IE", "Note", "VAT included"), ("PT", "Price", "9.5"))
OLD_VALUES = (("IE", "Price", "11"),)


def plant_tables(session: Callable[[], WorldSession], keep: Callable[[WorldSession], None]) -> None:
    """Make three tables with the same attributes; `keep` carries out what a session asks for."""
    for name, description, level in TABLES:
        asked = {"Name": name, "Description": description, "TimeZone": "Europe/Dublin"}
        now = session()
        table = create(now, {**asked, "ValueLockLevel": level, "Status": "PUBLISHED"})
        keep(now)
        for attribute in ATTRIBUTES:
            now = session()
            create_attribute(now, {"DataTableId": table["Id"], **attribute})
            keep(now)
        now = session()
        values = [
            {
                "PrimaryValues": [{"AttributeName": "Country", "Value": country}],
                "AttributeName": attribute,
                "Value": value,
            }
            for country, attribute, value in (OLD_VALUES if name == "Old prices" else VALUES)
        ]
        asked_values = {"DataTableId": table["Id"], "Values": values}
        OPERATIONS["BatchCreateDataTableValue"](now, asked_values)
        keep(now)
