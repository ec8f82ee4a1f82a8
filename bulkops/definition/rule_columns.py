"""What sheets about rules have in common: their columns.

A job takes a column as it stands, or with `dataclasses.replace` says what is its own.
"""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.definition.expressions import Empty, Form, JsonText, Keyed
from bulkops.definition.job import Column
from bulkops.definition.kinds.found_things import Col, Find

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

CATEGORY = Find("rule", Col("category"))
AS_CATEGORY = Keyed(
    "ActionType",
    ({"ActionType": "ASSIGN_CONTACT_CATEGORY", "AssignContactCategoryAction": Empty()},),
)
"""The action by which contacts get the rule's name as their category."""


def _any_of(what: Form, where: str, **more: Form) -> Mapping[str, Form]:
    compared = {"Operands": what, "ComparisonValue": f"$.ContactLens.{where}"}
    return {"Operator": "CONTAINS_ANY", **compared, **more, "Negate": False}


def _said_in(channel: str) -> JsonText:
    """Return the conditions of a category: words that somebody said, and where."""
    role: Form = {"Type": "ParticipantRole", "Data": Col("said_by")}
    by: Form = {"LogicOperator": "AND", "Filters": (role,)}
    operands: Form = (
        _any_of(Col("words"), f"{channel}.ExactMatch.Transcript", FilterClause=by),
        _any_of(Find("queue", Col("queues")), f"{channel}.Queue.QueueId"),
    )
    body: Form = {"Operator": "AND", "Operands": operands}
    return JsonText({"Version": "2022-11-25", "RuleFunction": body})


SAID: Mapping[str, JsonText] = {
    "OnPostCallAnalysisAvailable": _said_in("PostCall"),
    "OnPostChatAnalysisAvailable": _said_in("PostChat"),
}
"""The conditions of a category, by the event after which contacts are looked at."""
