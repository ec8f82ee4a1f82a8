"""Forms by which contacts are evaluated."""

from __future__ import annotations

from bulkops.definition.kinds.listing import Listing
from bulkops.definition.kinds.reading import Reading
from bulkops.definition.kinds.thing_kind import Beside, ThingKind

_FORMS = Listing(
    operation="ListEvaluationForms",
    items="EvaluationFormSummaryList",
    id="EvaluationFormId",
    name="Title",
    arn="EvaluationFormArn",
)
EVALUATIONS = (
    ThingKind(
        name="evaluation-form",
        noun="evaluation form",
        listing=_FORMS,
        describe=Reading(  # the latest version
            operation="DescribeEvaluationForm",
            id_argument="EvaluationFormId",
            item="EvaluationForm",
        ),
        beside=Beside(listing=_FORMS, member="ActiveVersion", value="ActiveVersion"),
    ),
)
