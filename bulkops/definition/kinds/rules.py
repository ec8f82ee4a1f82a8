"""Rules: conditions on contacts and others, and what is then done."""

from __future__ import annotations

from bulkops.definition.kinds.listing import Listing
from bulkops.definition.kinds.reading import Reading
from bulkops.definition.kinds.thing_kind import ThingKind

RULES = (
    ThingKind(
        name="rule",
        noun="rule",
        listing=Listing(operation="ListRules", items="RuleSummaryList", id="RuleId", arn="RuleArn"),
        describe=Reading(operation="DescribeRule", id_argument="RuleId", item="Rule"),
    ),
)
