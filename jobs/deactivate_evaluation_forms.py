"""Take evaluation forms out of use."""

from __future__ import annotations

from bulkops.definition import Arg, Held, Job, Look, Step
from bulkops.definition.evaluation_form_columns import FORM, FORM_NAME

ACTIVE: dict[str, Arg] = {"EvaluationFormId": FORM, "EvaluationFormVersion": Held("ActiveVersion")}

JOB = Job(
    name="deactivate-evaluation-forms",
    summary="Take evaluation forms out of use: no contact is evaluated by them from then on.",
    key=("form",),
    columns=(FORM_NAME,),
    steps=(
        Step(
            operation="DeactivateEvaluationForm",
            subject=FORM,
            args=ACTIVE,
            leads_to={"ActiveVersion": None},
            settle=Look(),
            undo=Step(
                operation="ActivateEvaluationForm",
                subject=FORM,
                args=ACTIVE,
                leads_to={"ActiveVersion": Held("ActiveVersion")},
                settle=Look(),
            ),
        ),
    ),
)
