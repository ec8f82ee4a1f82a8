"""Change attributes of data tables; what is blank stays as it is."""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.definition import Again, Arg, Col, Column, Find, Job, Step

TABLE = Find("data-table", Col("data_table"))
ATTRIBUTE = Find("data-table-attribute", Col("attribute"), within=TABLE)
SAID: Mapping[str, Arg] = {
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

JOB = Job(
    name="update-data-table-attributes",
    summary="Change attributes of data tables: their type, and what their values may be.",
    key=("data_table", "attribute"),
    columns=(
        Column(
            name="data_table",
            required=True,
            aliases=("data table name", "table"),
            help="The name of the data table.",
            example="Tariffs",
        ),
        Column(
            name="attribute",
            required=True,
            aliases=("attribute name", "name"),
            help="The name of the attribute, which it keeps.",
            example="Note",
        ),
        Column(
            name="description",
            help="What the attribute is for.",
            example="For agents",
        ),
        Column(
            name="value_type",
            aliases=("type",),
            help="What its values are; those that no longer fit stay, and count as nothing.",
            example="TEXT",
        ),
        Column(
            name="primary",
            kind="boolean",
            aliases=("primary key",),
            help="Whether its values tell records apart; it stays so while the table has values.",
            example="no",
        ),
        Column(
            name="min_length",
            kind="integer",
            help="How many characters a text must have at least.",
            example="1",
        ),
        Column(
            name="max_length",
            kind="integer",
            help="How many characters a text may have at most.",
            example="20",
        ),
        Column(
            name="min_values",
            kind="integer",
            help="How many values a list must have at least.",
            example="1",
        ),
        Column(
            name="max_values",
            kind="integer",
            help="How many values a list may have at most.",
            example="5",
        ),
        Column(
            name="minimum",
            kind="number",
            help="The least that a number may be.",
            example="0",
        ),
        Column(
            name="maximum",
            kind="number",
            help="The most that a number may be.",
            example="100",
        ),
        Column(
            name="ignore_case",
            kind="boolean",
            help="Whether capitals tell no two values apart.",
            example="yes",
        ),
        Column(
            name="choices",
            split=";|",
            aliases=("options", "allowed values"),
            help="Values to choose from, separated by ; or |.",
            example="summer; winter",
        ),
        Column(
            name="choices_only",
            kind="boolean",
            aliases=("strict",),
            help="Whether no other values than the choices are taken.",
            example="yes",
        ),
    ),
    steps=(
        Step(
            operation="UpdateDataTableAttribute",
            subject=ATTRIBUTE,
            args={"DataTableId": TABLE, "AttributeName": ATTRIBUTE, "Name": ATTRIBUTE, **SAID},
            settle=Again(),
        ),
    ),
)
