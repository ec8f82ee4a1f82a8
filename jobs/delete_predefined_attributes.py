"""Delete predefined attributes that nobody is proficient in."""

from __future__ import annotations

from bulkops.definition import Col, Column, Find, Job, Look, Step, Was

ATTRIBUTE = Find("predefined-attribute", Col("attribute"))

JOB = Job(
    name="delete-predefined-attributes",
    summary="Delete predefined attributes that no flow routes by and no user is proficient in.",
    key=("attribute",),
    columns=(
        Column(
            name="attribute",
            required=True,
            aliases=("attribute name", "predefined attribute"),
            help="The name of the predefined attribute to delete, with all of its values.",
            example="Old skill",
        ),
    ),
    steps=(
        Step(
            operation="DeletePredefinedAttribute",
            subject=ATTRIBUTE,
            args={"Name": ATTRIBUTE},
            settle=Look(),
            undo=Step(
                operation="CreatePredefinedAttribute",
                subject=ATTRIBUTE,
                args={
                    "Name": Col("attribute"),
                    "Values": Was("Values"),
                    "Purposes": Was("Purposes"),
                    "AttributeConfiguration": {
                        "EnableValueValidationOnAssociation": Was(
                            "AttributeConfiguration.EnableValueValidationOnAssociation"
                        ),
                    },
                },
                settle=Look(duplicate="DuplicateResourceException"),
            ),
        ),
    ),
)
