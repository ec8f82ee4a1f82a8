"""What a domain of Amazon Connect Cases holds: fields, templates, layouts.

The listings tell names alone, or little more; what is deleted is listed no more, and can still be
read by its id (service model of Cases).
"""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition.kinds.thing_kind import Defines, Listing, Reading, ThingKind, ValueForm

_FIELD = ThingKind(
    name="case-field",
    noun="case field",
    service="connectcases",
    listing=Listing(
        operation="ListFields", items="fields", id="fieldId", name="name", arn="fieldArn"
    ),
    describe=Reading(
        operation="BatchGetField", id_argument="fields", item="fields", several=True, wrapped="id"
    ),
    defines=Defines(
        type="type",
        forms={
            "Text": ValueForm(member="stringValue"),
            "Url": ValueForm(member="stringValue"),
            "SingleSelect": ValueForm(member="stringValue"),
            "DateTime": ValueForm(member="stringValue", column="datetime"),
            "Number": ValueForm(member="doubleValue", column="number"),
            "Boolean": ValueForm(member="booleanValue", column="boolean"),
            "User": ValueForm(member="userArnValue", finds="user"),
        },
        chosen="SingleSelect",
        options="case-field-option",
        own=frozenset(
            {
                *("reference_number", "created_datetime", "last_updated_datetime"),
                *("last_closed_datetime", "last_reopened_datetime"),
            }
        ),
    ),
)
CASES = (
    _FIELD,
    replace(
        _FIELD,
        name="case-select-field",
        noun="case field of type SingleSelect",
        defines=None,
        listing=replace(_FIELD.listing, only={"type": "SingleSelect"}),
    ),
    ThingKind(
        name="case-template",
        noun="case template",
        service="connectcases",
        listing=Listing(
            operation="ListTemplates",
            items="templates",
            id="templateId",
            name="name",
            arn="templateArn",
        ),
        describe=Reading(operation="GetTemplate", id_argument="templateId", item=""),
    ),
    ThingKind(
        name="case-layout",
        noun="case layout",
        service="connectcases",
        listing=Listing(
            operation="ListLayouts", items="layouts", id="layoutId", name="name", arn="layoutArn"
        ),
        describe=Reading(operation="GetLayout", id_argument="layoutId", item=""),
    ),
)
