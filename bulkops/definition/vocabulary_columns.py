"""What sheets about vocabularies have in common: their name, and how their work ends.

A job takes a column as it stands, or with `dataclasses.replace` says what is its own.
"""

from __future__ import annotations

from bulkops.definition.expressions import Saved
from bulkops.definition.job import Column, Polling
from bulkops.definition.kinds.found_things import Col, Find

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

VOCABULARY_NAME = Column(
    name="vocabulary",
    required=True,
    aliases=("vocabulary name", "name"),
    help="The name of the vocabulary.",
    example="Place-names",
)
