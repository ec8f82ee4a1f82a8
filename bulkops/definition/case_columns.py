"""What sheets about Cases have in common: their columns, and what these find.

A job takes a column as it stands, or with `dataclasses.replace` says what is its own.
"""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.definition.expressions import Arg, Keyed, Together
from bulkops.definition.job import Column, DefinedColumns
from bulkops.definition.kinds.found_things import Col, Find

CASE = Find("case", Col("case"))
COMMENT = Find("case-comment", Col("comment"), within=CASE)
CASE_FIELD = Find("case-field", Col("case_field"))
SELECT_FIELD = Find("case-select-field", Col("case_field"))
CASE_TEMPLATE = Find("case-template", Col("case_template"))
TEMPLATE_SAID: Mapping[str, Arg] = {
    "description": Col("description"),
    "layoutConfiguration": {"defaultLayout": Find("case-layout", Col("layout"))},
    "requiredFields": Together(
        {"fieldId": Find("case-field", Col("required_fields"))}, shown="{required_fields}"
    ),
    "status": Col("status"),
}
"""What may be said of a template, made or changed."""
DEFINED = DefinedColumns(kind="case-field", argument="fields")
"""A domain adds a column for each of its fields."""
FIELDS = Keyed(
    by="id",
    empty="emptyValue",
    items=(
        {"id": "title", "value": {"stringValue": Col("title")}},
        {"id": "customer_id", "value": {"stringValue": Col("customer")}},
        {"id": "summary", "value": {"stringValue": Col("summary")}},
        {"id": "status", "value": {"stringValue": Col("status")}},
    ),
)
"""What a case says in the fields that every domain has."""

CASE_COLUMN = Column(
    name="case",
    required=True,
    aliases=("reference number", "case number", "case id"),
    help=(
        "The case by its reference number, its id, or the value of a text field that it alone has:"
        " Order number=A-1001."
    ),
    example="10000031",
)
TITLE = Column(
    name="title",
    aliases=("case title", "subject"),
    help="What agents see of the case in lists.",
    example="Where is my order?",
)
CUSTOMER = Column(
    name="customer",
    aliases=("customer id", "customer profile", "profile arn"),
    help=(
        "The customer profile of whom the case is, by its whole ARN:"
        " arn:aws:profile:REGION:ACCOUNT:domains/DOMAIN/profiles/ID."
    ),
    example=(
        "arn:aws:profile:us-east-1:123456789012:domains/amazon-connect-bulkops-demo"
        "/profiles/0123456789abcdef0123456789abcdef"
    ),
)
SUMMARY = Column(
    name="summary",
    help="What has happened so far, in up to 3,000 characters.",
    example="Ordered on Monday, not delivered yet",
)
CASE_STATUS = Column(
    name="status",
    spellings={"open": (), "closed": ("close",)},
    help="Whether it is open or closed.",
    example="closed",
)
FIELD_NAME = Column(
    name="case_field",
    required=True,
    aliases=("case field name", "field", "field name"),
    help="The name of the case field, as the domain has it.",
    example="Order number",
)
FIELD_DESCRIPTION = Column(
    name="description",
    help="What the case field is for.",
    example="As on the invoice",
)
TEMPLATE_NAME = Column(
    name="case_template",
    required=True,
    aliases=("case template name", "template", "template name"),
    help="The name of the case template.",
    example="General enquiry",
)
TEMPLATE_DESCRIPTION = Column(
    name="description",
    help="What cases of the template are about.",
    example="Anything that no other template is for",
)
LAYOUT = Column(
    name="layout",
    aliases=("default layout", "case layout"),
    help="The name of the layout in which agents see cases of the template.",
    example="Order layout",
)
REQUIRED_FIELDS = Column(
    name="required_fields",
    split=";|",
    aliases=("required",),
    help="The names of all fields that a case must have, separated by ; or |.",
    example="Case reason; Product",
)
STATUS = Column(
    name="status",
    aliases=("active",),
    spellings={
        "Active": ("on", "yes", "enabled"),
        "Inactive": ("off", "no", "disabled"),
    },
    help="Whether cases can be made by the template: active or inactive.",
    example="Active",
)
