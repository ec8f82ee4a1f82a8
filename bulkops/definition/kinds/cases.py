"""What a domain of Amazon Connect Cases holds: fields, templates, layouts.

The listings tell names alone, or little more; what is deleted is listed no more, and can still be
read by its id (service model of Cases).
"""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition.kinds.listing import Listing
from bulkops.definition.kinds.reading import AskedMembers, Reading
from bulkops.definition.kinds.sought import AnyOf, Sought
from bulkops.definition.kinds.thing_kind import Defines, ThingKind, ValueForm
from bulkops.definition.model.patterns import TextPattern

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
_SOUGHT = Sought(
    any_of=AnyOf(
        asks={"filter": {"orAll": "{each}"}, "fields": [{"id": "{key}"}]},
        each={"field": {"equalTo": {"id": "{key}", "value": {"stringValue": "{value}"}}}},
        told="fields.[id={key}].value.stringValue",
        most=10,  # service model, CaseFilterOrAllList
    ),
    forms=((TextPattern(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z"), "id"),),
    otherwise="reference_number",
    by_id="id",
    keys=replace(_FIELD.listing, only={"type": "Text"}),
    listed=True,
)
CASES = (
    _FIELD,
    ThingKind(  # a search shows them, and trails behind: what it does not show may be there
        name="case",
        noun="case",
        service="connectcases",
        listing=Listing(
            operation="SearchCases",
            items="cases",
            id="caseId",
            name="fields.[id=reference_number].value.stringValue",
            arn="",
            fixed={"fields": [{"id": "reference_number"}]},
        ),
        describe=Reading(
            operation="GetCase",
            id_argument="caseId",
            item="",
            members=AskedMembers(
                listing=_FIELD.listing,
                argument="fields",
                wrapped="id",
                answered="fields",
                most=100,  # service model, GetCaseRequestFieldsList
            ),
        ),
        sought=_SOUGHT,
    ),
    ThingKind(
        name="case-comment",
        noun="comment on a case",
        service="connectcases",
        within="case",
        owner_sought=_SOUGHT,
        within_argument="caseId",
        listing=Listing(
            operation="SearchRelatedItems",
            items="relatedItems",
            id="relatedItemId",
            name="content.comment.body",
            arn="",
            fixed={"filters": [{"comment": {}}]},
        ),
    ),
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
