"""Put the latest versions of evaluation forms to use."""

from __future__ import annotations

from bulkops.definition import Arg, Held, Job, Look, Step
from bulkops.definition.evaluation_form_columns import FORM, FORM_NAME

LATEST: dict[str, Arg] = {
    "EvaluationFormId": FORM,
    "EvaluationFormVersion": Held("EvaluationFormVersion"),
}

JOB = Job(
    name="activate-evaluation-forms",
    summary="Put the latest versions of evaluation forms to use, in place of those in use.",
    key=("form",),
    columns=(FORM_NAME,),
    steps=(
        Step(
            operation="ActivateEvaluationForm",
            subject=FORM,
            args=LATEST,
            leads_to={"ActiveVersion": Held("EvaluationFormVersion")},
            settle=Look(),
            undo=Step(
                operation="DeactivateEvaluationForm",
                subject=FORM,
                args=LATEST,
                leads_to={"ActiveVersion": None},
                settle=Look(),
            ),
        ),
    ),
)
