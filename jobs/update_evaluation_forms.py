"""Change evaluation forms, as a new version of each."""

from __future__ import annotations

from bulkops.definition import ByToken, Col, Held, Job, Look, Saved, Step, Token
from bulkops.definition.evaluation_form_columns import (
    DESCRIPTION,
    FORM,
    FORM_NAME,
    ITEMS,
    SCORING,
    SCORING_MODE,
    SCORING_STATUS,
)

JOB = Job(
    name="update-evaluation-forms",
    summary="Give evaluation forms a new version, a draft; what is blank is as in the latest.",
    key=("form",),
    columns=(FORM_NAME, DESCRIPTION, ITEMS, SCORING_MODE, SCORING_STATUS),
    steps=(
        Step(
            operation="UpdateEvaluationForm",
            subject=FORM,
            args={
                "EvaluationFormId": FORM,
                "EvaluationFormVersion": Held("EvaluationFormVersion"),
                "CreateNewVersion": True,
                "Title": Col("form"),
                "Description": Col("description"),
                "Items": Col("items"),
                "ScoringStrategy": SCORING,
                "ClientToken": Token(),
            },
            save={"version": "EvaluationFormVersion"},
            settle=ByToken(),
            undo=Step(
                operation="DeleteEvaluationForm",
                subject=FORM,
                args={"EvaluationFormId": FORM, "EvaluationFormVersion": Saved("version")},
                settle=Look(),
            ),
        ),
    ),
)
