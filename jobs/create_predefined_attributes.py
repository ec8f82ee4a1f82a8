"""Create predefined attributes, a row for each of their values."""

from __future__ import annotations

from bulkops.definition import Again, Col, Column, Find, Job, Look, Step, Together

ATTRIBUTE = Find("predefined-attribute", Col("attribute"))
VALUES = {"StringList": Together(Col("value"))}
CHECKED = {"EnableValueValidationOnAssociation": Col("check_values")}

JOB = Job(
    name="create-predefined-attributes",
    summary="Create predefined attributes: the rows of one name are its values.",
    key=("attribute", "value"),
    columns=(
        Column(
            name="attribute",
            required=True,
            aliases=("attribute name", "predefined attribute"),
            help="The name of the attribute; as many rows as it has values.",
            example="Product",
        ),
        Column(
            name="value",
            split=";|",
            aliases=("values", "attribute value"),
            help="A value of it, or several separated by ; or |.",
            example="Broadband",
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
            operation="CreatePredefinedAttribute",
            subject=ATTRIBUTE,
            args={
                "Name": Col("attribute"),
                "Values": VALUES,
                "Purposes": Col("purposes"),
                "AttributeConfiguration": CHECKED,
            },
            settle=Look(duplicate="DuplicateResourceException"),
            otherwise=(
                Step(
                    operation="UpdatePredefinedAttribute",
                    subject=ATTRIBUTE,
                    args={
                        "Name": ATTRIBUTE,
                        "Values": VALUES,
                        "Purposes": Col("purposes"),
                        "AttributeConfiguration": CHECKED,
                    },
                    settle=Again(),
                ),
            ),
            undo=Step(
                operation="DeletePredefinedAttribute",
                subject=ATTRIBUTE,
                args={"Name": Col("attribute")},
                settle=Look(),
            ),
        ),
    ),
)
