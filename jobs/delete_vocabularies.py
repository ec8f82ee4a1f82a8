"""Delete custom vocabularies."""

from __future__ import annotations

from bulkops.definition import (
    ByToken,
    Col,
    Column,
    Find,
    Job,
    Look,
    Polling,
    Saved,
    Step,
    Token,
    Was,
)

VOCABULARY = Find("vocabulary", Col("vocabulary"))
MADE = Polling(
    operation="DescribeVocabulary",
    args={"VocabularyId": Saved("vocabulary_id")},
    path="Vocabulary.State",
    done=("ACTIVE",),
    failed=("CREATION_FAILED",),
    message="Vocabulary.FailureReason",
    most=1800,
)
GONE = Polling(
    operation="DescribeVocabulary",
    args={"VocabularyId": Saved("vocabulary_id")},
    path="Vocabulary.State",
    gone=True,
    most=7200,
)


JOB = Job(
    name="delete-vocabularies",
    summary="Delete custom vocabularies; a name is free again once its vocabulary is gone.",
    key=("vocabulary",),
    columns=(
        Column(
            name="vocabulary",
            required=True,
            aliases=("vocabulary name", "name"),
            help="The name of the vocabulary to delete.",
            example="Place-names",
        ),
    ),
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
