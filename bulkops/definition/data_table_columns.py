"""What sheets about data tables have in common: their columns, and what these fill.

A job takes a column as it stands, or with `dataclasses.replace` says what is its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bulkops.definition.expressions import Arg
from bulkops.definition.job import Column
from bulkops.definition.kinds.found_things import Col, Find

TABLE = Find("data-table", Col("data_table"))
ATTRIBUTE = Find("data-table-attribute", Col("attribute"), within=TABLE)
ATTRIBUTE_SAID: Mapping[str, Arg] = {
    "Description": Col("description"),
    "ValueType": Col("value_type"),
    "Primary": Col("primary"),
    "Validation": {
        "MinLength": Col("min_length"),
        "MaxLength": Col("max_length"),
        "MinValues": Col("min_values"),
        "MaxValues": Col("max_values"),
        "Minimum": Col("minimum"),
        "Maximum": Col("maximum"),
        "IgnoreCase": Col("ignore_case"),
        "Enum": {"Values": Col("choices"), "Strict": Col("choices_only")},
    },
}
"""What may be said of an attribute, made or changed."""
CELL: Mapping[str, Arg] = {"PrimaryValues": Col("primary_values"), "AttributeName": ATTRIBUTE}
"""What tells a value of a table apart: its record, and its attribute."""

DATA_TABLE = Column(
    name="data_table",
    required=True,
    aliases=("data table name", "table"),
    help="The name of the data table.",
    example="Tariffs",
)
TIME_ZONE = Column(
    name="time_zone",
    aliases=("timezone",),
    help="The time zone by its IANA name, in which values that depend on the time count.",
    example="Europe/Dublin",
)
LOCK_LEVEL = Column(
    name="lock_level",
    aliases=("value lock level", "lock"),
    spellings={
        "NONE": ("nothing", "no"),
        "DATA_TABLE": ("table",),
        "PRIMARY_VALUE": ("record", "row"),
        "ATTRIBUTE": ("column",),
        "VALUE": ("cell",),
    },
    help="What is locked against others while a value is edited.",
    example="VALUE",
)
LOCKED_TABLE = replace(
    DATA_TABLE,
    help=(
        "The name of the data table. Where it locks more than single values, all but the"
        " first of what is locked together are refused: run those rows again."
    ),
)
"""Of sheets that change values which are there."""
ATTRIBUTE_NAME = Column(
    name="attribute",
    required=True,
    aliases=("attribute name", "name"),
    help="The name of the attribute, which it keeps.",
    example="Note",
)
VALUE_TYPE = Column(
    name="value_type",
    aliases=("type",),
    help="What its values are.",
    example="TEXT",
)
PRIMARY = Column(
    name="primary",
    kind="boolean",
    aliases=("primary key",),
    help="Whether its values tell records apart; a table with values takes no other one.",
    example="no",
)
MIN_LENGTH = Column(
    name="min_length",
    kind="integer",
    help="How many characters a text must have at least.",
    example="1",
)
MAX_LENGTH = Column(
    name="max_length",
    kind="integer",
    help="How many characters a text may have at most.",
    example="20",
)
MIN_VALUES = Column(
    name="min_values",
    kind="integer",
    help="How many values a list must have at least.",
    example="1",
)
MAX_VALUES = Column(
    name="max_values",
    kind="integer",
    help="How many values a list may have at most.",
    example="5",
)
MINIMUM = Column(
    name="minimum",
    kind="number",
    help="The least that a number may be.",
    example="0",
)
MAXIMUM = Column(
    name="maximum",
    kind="number",
    help="The most that a number may be.",
    example="100",
)
IGNORE_CASE = Column(
    name="ignore_case",
    kind="boolean",
    help="Whether capitals tell no two values apart.",
    example="yes",
)
CHOICES = Column(
    name="choices",
    split=";|",
    aliases=("options", "allowed values"),
    help="Values to choose from, separated by ; or |.",
    example="summer; winter",
)
CHOICES_ONLY = Column(
    name="choices_only",
    kind="boolean",
    aliases=("strict",),
    help="Whether no other values than the choices are taken.",
    example="yes",
)
PRIMARY_VALUES = Column(
    name="primary_values",
    kind="map",
    split=";",
    aliases=("record", "primary value"),
    help=(
        "The record, by a value of each primary attribute: Country=IE; Season=summer."
        " Blank in tables without any."
    ),
    example="Country=IE",
)
OF_ATTRIBUTE = Column(
    name="attribute",
    required=True,
    aliases=("attribute name", "column"),
    help="The name of the attribute whose value it is.",
    example="Price",
)
"""The attribute of a value, which heads it as a column of the table does."""
