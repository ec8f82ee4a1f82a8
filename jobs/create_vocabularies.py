"""Create custom vocabularies for Contact Lens."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import ByToken, Col, Column, Job, Look, Saved, Step, Token
from bulkops.definition.vocabulary_columns import GONE, MADE, VOCABULARY, VOCABULARY_NAME

JOB = Job(
    name="create-vocabularies",
    summary="Create custom vocabularies, so that speech analytics understands words of your own.",
    key=("vocabulary",),
    columns=(
        replace(
            VOCABULARY_NAME,
            help="What the vocabulary is called: letters, digits and . _ - only.",
            example="Product-names",
        ),
        Column(
            name="language_code",
            aliases=("language", "language code"),
            help="The language that it is for.",
            example="en-GB",
        ),
        Column(
            name="content",
            file=True,
            aliases=("table", "words"),
            help="Its table as text: a line of headings from Phrase on, then a line a word.",
            example="Phrase",
        ),
        Column(
            name="tags",
            kind="tags",
            split=";|",
            help="Tags as key=value, separated by semicolons.",
            example="team=analytics",
        ),
    ),
    steps=(
        Step(
            operation="CreateVocabulary",
            subject=VOCABULARY,
            args={
                "VocabularyName": Col("vocabulary"),
                "LanguageCode": Col("language_code"),
                "Content": Col("content"),
                "Tags": Col("tags"),
                "ClientToken": Token(),
            },
            save={"vocabulary_id": "VocabularyId", "vocabulary_arn": "VocabularyArn"},
            settle=ByToken(),
            accepted=MADE,
            undo=Step(
                operation="DeleteVocabulary",
                subject=VOCABULARY,
                args={"VocabularyId": Saved("vocabulary_id")},
                save={"vocabulary_id": "VocabularyId"},
                settle=Look(),
                accepted=GONE,
            ),
        ),
    ),
)
