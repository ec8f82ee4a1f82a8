"""Change evaluation forms, as a new version of each."""

from __future__ import annotations

from bulkops.definition import Job
from bulkops.definition.evaluation_form_columns import (
    DESCRIPTION,
    FORM_NAME,
    ITEMS,
    NEW_VERSION,
    SCORING_MODE,
    SCORING_STATUS,
)

JOB = Job(
    name="update-evaluation-forms",
    summary="Give evaluation forms a new version, a draft; what is blank is as in the latest.",
    key=("form",),
    columns=(FORM_NAME, DESCRIPTION, ITEMS, SCORING_MODE, SCORING_STATUS),
    steps=(NEW_VERSION,),
)
