"""Create evaluation forms, as drafts."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import ByToken, Col, Job, Look, Saved, Step, Token
from bulkops.definition.evaluation_form_columns import (
    DESCRIPTION,
    FORM,
    FORM_NAME,
    ITEMS,
    NEW_VERSION,
    SCORING,
    SCORING_MODE,
    SCORING_STATUS,
)

JOB = Job(
    name="create-evaluation-forms",
    summary="Create evaluation forms as drafts; activate-evaluation-forms puts them to use.",
    key=("form",),
    columns=(
        replace(FORM_NAME, example="Call quality, second line"),
        DESCRIPTION,
        replace(ITEMS, required=True),
        SCORING_MODE,
        SCORING_STATUS,
    ),
    steps=(
        Step(
            operation="CreateEvaluationForm",
            subject=FORM,
            args={
                "Title": Col("form"),
                "Description": Col("description"),
                "Items": Col("items"),
                "ScoringStrategy": SCORING,
                "ClientToken": Token(),
            },
            save={"form_id": "EvaluationFormId", "form_arn": "EvaluationFormArn"},
            settle=ByToken(),
            otherwise=(NEW_VERSION,),
            undo=Step(
                operation="DeleteEvaluationForm",
                subject=FORM,
                args={"EvaluationFormId": Saved("form_id")},
                settle=Look(),
            ),
        ),
    ),
)
