"""Delete custom vocabularies."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import ByToken, Col, Job, Look, Step, Token, Was
from bulkops.definition.vocabulary_columns import GONE, MADE, VOCABULARY, VOCABULARY_NAME

JOB = Job(
    name="delete-vocabularies",
    summary="Delete custom vocabularies; a name is free again once its vocabulary is gone.",
    key=("vocabulary",),
    columns=(replace(VOCABULARY_NAME, help="The name of the vocabulary to delete."),),
    steps=(
        Step(
            operation="DeleteVocabulary",
            subject=VOCABULARY,
            args={"VocabularyId": VOCABULARY},
            save={"vocabulary_id": "VocabularyId"},
            settle=Look(),
            accepted=GONE,
            undo=Step(
                operation="CreateVocabulary",
                subject=VOCABULARY,
                args={
                    "VocabularyName": Col("vocabulary"),
                    "LanguageCode": Was("LanguageCode"),
                    "Content": Was("Content"),
                    "Tags": Was("Tags"),
                    "ClientToken": Token(),
                },
                save={"vocabulary_id": "VocabularyId", "vocabulary_arn": "VocabularyArn"},
                settle=ByToken(),
                accepted=MADE,
            ),
        ),
    ),
)
