"""What sheets about rules have in common: their columns.

A job takes a column as it stands, or with `dataclasses.replace` says what is its own.
"""

from __future__ import annotations

from bulkops.definition.expressions import Col, Find
from bulkops.definition.job import Column

RULE = Find("rule", Col("rule"))

RULE_NAME = Column(
    name="rule",
    required=True,
    aliases=("rule name", "name"),
    help="The name of the rule, without spaces; of one that assigns it, the category's too.",
    example="Refund-mentioned",
)
CONDITIONS = Column(
    name="conditions",
    file=True,
    aliases=("function", "rule function"),
    help="When it acts, in the language of rule functions: JSON, or @ and a file of it.",
    example=(
        '{"Version": "2022-11-25", "RuleFunction": {"Operator": "AND", "Operands": [{"Operator":'
        ' "CONTAINS_ANY", "Operands": ["refund"], "ComparisonValue":'
        ' "$.ContactLens.PostCall.ExactMatch.Transcript", "Negate": false}]}}'
    ),
)
ACTIONS = Column(
    name="actions",
    kind="json",
    file=True,
    help="What it does, a list of actions as the API says them: JSON, or @ and a file of it.",
    example='[{"ActionType": "ASSIGN_CONTACT_CATEGORY", "AssignContactCategoryAction": {}}]',
)
STATUS = Column(
    name="status",
    spellings={"PUBLISHED": ("publish", "on"), "DRAFT": ("off", "unpublished")},
    aliases=("publish status",),
    help="Whether it acts: published, or a draft.",
    example="PUBLISHED",
)
