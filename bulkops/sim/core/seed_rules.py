"""What the first world watches its contacts for."""

from __future__ import annotations

import json
from collections.abc import Sequence

from bulkops.sim.core.planted import planted
from bulkops.sim.services.connect.rules import VERSION, create
from bulkops.sim.state.world import WorldSession

SAID = "$.ContactLens.PostCall.ExactMatch.Transcript"
CATEGORY = {"ActionType": "ASSIGN_CONTACT_CATEGORY", "AssignContactCategoryAction": {}}


def conditions(said: Sequence[str], queue_id: str = "") -> str:
    """Return the text of a rule's conditions: that one of some words is said, in a queue."""
    words = {"Operator": "CONTAINS_ANY", "Operands": [*said], "ComparisonValue": SAID}
    operands = [{**words, "Negate": False}]
    if queue_id:
        queue = {"Operator": "CONTAINS_ANY", "Operands": [queue_id], "Negate": False}
        operands.append({**queue, "ComparisonValue": "$.ContactLens.PostCall.Queue.QueueId"})
    function = {"Operator": "AND", "Operands": operands}
    return json.dumps({"Version": VERSION, "RuleFunction": function})


def plant_rules(session: WorldSession) -> None:
    """Make two categories and an alert that is not published yet."""
    source = {"TriggerEventSource": {"EventSourceName": "OnPostCallAnalysisAvailable"}}
    event = {"ActionType": "GENERATE_EVENTBRIDGE_EVENT", "EventBridgeAction": {"Name": "alert"}}
    escalations = planted(session, "queue", "Escalations")["Id"]
    for name, function, actions, status in (
        ("Refund-mentioned", conditions(["refund", "money back"]), [CATEGORY], "PUBLISHED"),
        ("Outage-escalated", conditions(["outage"], escalations), [CATEGORY, event], "PUBLISHED"),
        ("Old-alert", conditions(["fax"]), [event], "DRAFT"),
    ):
        rule = {"Name": name, "Function": function, "Actions": actions, "PublishStatus": status}
        create(session, {**source, **rule})
