"""Change the values of predefined attributes, a row for each value."""

from __future__ import annotations

from bulkops.definition import Again, Col, Column, Find, Job, Step, Together

ATTRIBUTE = Find("predefined-attribute", Col("attribute"))

JOB = Job(
    name="update-predefined-attributes",
    summary="Add values to predefined attributes, take them away, or replace them all.",
    key=("attribute", "value"),
    columns=(
        Column(
            name="attribute",
            required=True,
            aliases=("attribute name", "predefined attribute"),
            help="The name of the attribute; as many rows as values change.",
            example="Skill",
        ),
        Column(
            name="value",
            split=";|",
            aliases=("values", "attribute value"),
            help="A value of it, or several separated by ; or |.",
            example="Broadband",
        ),
        Column(
            name="change",
            spellings={
                "add": ("give", "+", "x", "yes"),
                "remove": ("take", "-", "no"),
                "replace": ("set", "replace all", "="),
            },
            default="add",
            help="Add (blank) or remove; replace: the attribute's rows are all of its values.",
            example="add",
        ),
        Column(
            name="purposes",
            split=";|",
            aliases=("purpose",),
            help="What it is for, by ATTRIBUTE_BASED_ROUTING and the like; in one row alone.",
            example="ATTRIBUTE_BASED_ROUTING",
        ),
        Column(
            name="check_values",
            kind="boolean",
            aliases=("validate values",),
            help="Whether contacts and users can have no other value than these.",
            example="yes",
        ),
    ),
    steps=(
        Step(
            operation="UpdatePredefinedAttribute",
            subject=ATTRIBUTE,
            args={
                "Name": ATTRIBUTE,
                "Values": {"StringList": Together(Col("value"), how=Col("change"))},
                "Purposes": Col("purposes"),
                "AttributeConfiguration": {
                    "EnableValueValidationOnAssociation": Col("check_values")
                },
            },
            settle=Again(),
        ),
    ),
)
