"""What the jobs of evaluation forms have in common."""

from __future__ import annotations

from bulkops.definition.expressions import Held, Saved, Token
from bulkops.definition.job import Column, Step
from bulkops.definition.kinds.found_things import Col, Find
from bulkops.definition.settling_ways import ByToken, Look

FORM = Find("evaluation-form", Col("form"))
FORM_NAME = Column(
    name="form",
    required=True,
    aliases=("evaluation form", "title", "name"),
    help="The title of the evaluation form.",
    example="Call quality",
)
DESCRIPTION = Column(
    name="description", help="What the form is for.", example="Every call of the first line"
)
ITEMS = Column(
    name="items",
    kind="json",
    file=True,
    aliases=("sections",),
    help="Its sections with their questions, as the API has them; best in a file of its own.",
    example='[{"Section": {"Title": "Opening", "RefId": "opening", "Items": [{"Question":'
    ' {"Title": "Remarks", "RefId": "remarks", "QuestionType": "TEXT"}}]}}]',
)
SCORING_MODE = Column(
    name="scoring_mode",
    aliases=("scoring",),
    spellings={
        "QUESTION_ONLY": ("question", "questions", "by question"),
        "SECTION_ONLY": ("section", "sections", "by section"),
    },
    required_if=("scoring_status", "ENABLED"),
    help="Whether questions or sections have weights in the score.",
    example="question",
)
SCORING_STATUS = Column(
    name="scoring_status",
    aliases=("scored",),
    spellings={"ENABLED": ("on", "yes", "enable"), "DISABLED": ("off", "no", "disable")},
    help="Whether evaluations are scored.",
    example="on",
)
SCORING = {"Mode": Col("scoring_mode"), "Status": Col("scoring_status")}
NEW_VERSION = Step(
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
)
"""Gives a form that is there a new version, a draft."""
