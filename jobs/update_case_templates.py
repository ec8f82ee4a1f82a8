"""Change case templates; what is blank stays as it is."""

from __future__ import annotations

from bulkops.definition import Again, Col, Column, Find, Job, Step
from bulkops.definition.case_columns import (
    LAYOUT,
    REQUIRED_FIELDS,
    STATUS,
    TEMPLATE_DESCRIPTION,
    TEMPLATE_NAME,
    TEMPLATE_SAID,
)

TEMPLATE = Find("case-template", Col("case_template"), renamed=Col("new_name"))

JOB = Job(
    name="update-case-templates",
    summary="Rename case templates, and set what cases must have, how they look, and whether.",
    service="connectcases",
    key=("case_template", "required_fields"),
    columns=(
        TEMPLATE_NAME,
        Column(
            name="new_name",
            aliases=("new case template name", "new template name"),
            help="The name that the case template is to have.",
            example="Enquiry",
        ),
        TEMPLATE_DESCRIPTION,
        LAYOUT,
        REQUIRED_FIELDS,
        STATUS,
    ),
    steps=(
        Step(
            operation="UpdateTemplate",
            subject=TEMPLATE,
            args={"templateId": TEMPLATE, "name": Col("new_name"), **TEMPLATE_SAID},
            settle=Again(),
        ),
    ),
)
