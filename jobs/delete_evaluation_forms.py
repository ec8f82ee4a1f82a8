"""Delete evaluation forms with all of their versions."""

from __future__ import annotations

from bulkops.definition import ByToken, Col, Column, Job, Look, Step, Token, Was
from bulkops.definition.evaluation_form_columns import FORM, FORM_NAME

JOB = Job(
    name="delete-evaluation-forms",
    summary="Delete evaluation forms; an undo makes the latest version of each again, as a draft.",
    key=("form",),
    columns=(
        FORM_NAME,
        Column(
            name="status",
            spellings={"DRAFT": ("draft",), "ACTIVE": ("active", "in use")},
            help="What its latest version must be by then; blank: whichever it is.",
            example="DRAFT",
        ),
    ),
    steps=(
        Step(
            operation="DeleteEvaluationForm",
            subject=FORM,
            args={"EvaluationFormId": FORM},
            expects={"Status": Col("status")},
            settle=Look(),
            undo=Step(
                operation="CreateEvaluationForm",
                subject=FORM,
                args={
                    "Title": Col("form"),
                    "Description": Was("Description"),
                    "Items": Was("Items"),
                    "ScoringStrategy": Was("ScoringStrategy"),
                    "ClientToken": Token(),
                },
                save={"form_id": "EvaluationFormId", "form_arn": "EvaluationFormArn"},
                settle=ByToken(),
            ),
        ),
    ),
)
