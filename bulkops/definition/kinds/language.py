"""Words that are to be understood."""

from __future__ import annotations

from bulkops.definition.kinds.listing import Listing
from bulkops.definition.kinds.reading import Reading
from bulkops.definition.kinds.thing_kind import ThingKind

LANGUAGE = (
    ThingKind(  # has no list: what its search shows is all there is to be gone by
        name="vocabulary",
        noun="vocabulary",
        listing=Listing(
            operation="SearchVocabularies",
            items="VocabularySummaryList",
            hidden={"State": "DELETE_IN_PROGRESS"},
        ),
        describe=Reading(
            operation="DescribeVocabulary", id_argument="VocabularyId", item="Vocabulary"
        ),
    ),
)
