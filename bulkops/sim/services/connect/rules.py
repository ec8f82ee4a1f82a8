"""Rules of Contact Lens and others: conditions on what happens, and what is then to be done."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bulkops.sim.services.connect.client_tokens import once
from bulkops.sim.services.connect.listing import Handler, Members, shown
from bulkops.sim.services.connect.names import check_new
from bulkops.sim.services.connect.pages import page_of
from bulkops.sim.services.connect.resource_quotas import check_count
from bulkops.sim.state.refusals import ServiceError, refused
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession, moment

KIND = "rule"
VERSION = "2022-11-25"
"""The one version of the language of conditions (Amazon Connect API reference, Rules Function)."""
TOP = frozenset({"AND", "OR"})
PARTS: Mapping[str, str] = {
    "CREATE_TASK": "TaskAction",
    "ASSIGN_CONTACT_CATEGORY": "AssignContactCategoryAction",
    "GENERATE_EVENTBRIDGE_EVENT": "EventBridgeAction",
    "SEND_NOTIFICATION": "SendNotificationAction",
    "CREATE_CASE": "CreateCaseAction",
    "UPDATE_CASE": "UpdateCaseAction",
    "ASSIGN_SLA": "AssignSlaAction",
    "END_ASSOCIATED_TASKS": "EndAssociatedTasksAction",
    "SUBMIT_AUTO_EVALUATION": "SubmitAutoEvaluationAction",
}
"""Type of an action → the member that says what it does."""
_OTHERS = frozenset(
    {"OnZendeskTicketCreate", "OnZendeskTicketStatusUpdate", "OnSalesforceCaseCreate"}
)
"""Events of other companies' services, which come by an integration."""
_SAME = ("Name", "TriggerEventSource", "Function", "Actions", "PublishStatus", "Tags")


def create(session: WorldSession, params: Members) -> Members:
    """Make a rule of a name that no other has."""
    source = params["TriggerEventSource"]
    if (source["EventSourceName"] in _OTHERS) is not bool(source.get("IntegrationAssociationId")):
        raise refused("IntegrationAssociationId goes with the events of an integration alone.")
    _check(session, params)
    check_new(session, KIND, params["Name"], taken=_taken)
    check_count(session, KIND, len(session.table(KIND)))
    kept = {name: params[name] for name in _SAME if name in params}
    rule = session.create(KIND, {**kept, "CreatedTime": session.now})
    return {"RuleArn": rule["Arn"], "RuleId": rule["Id"]}


def update(session: WorldSession, params: Members) -> Members:
    """Set all of a rule anew but its event; its name only where that is another company's."""
    rule = session.need(KIND, params["RuleId"])
    renames = params["Name"] != rule["Name"]
    if renames and rule["TriggerEventSource"]["EventSourceName"] not in _OTHERS:
        raise refused("The name of a rule of this event can't be changed.")
    _check(session, params)
    check_new(session, KIND, params["Name"], besides=rule, taken=_taken)
    given = {name: params[name] for name in ("Name", "Function", "Actions", "PublishStatus")}
    session.update(KIND, rule, **given)
    return {}


def delete(session: WorldSession, params: Members) -> Members:
    """Delete a rule."""
    session.delete(KIND, session.need(KIND, params["RuleId"])["Id"])
    return {}


def _taken() -> ServiceError:
    return ServiceError("ResourceConflictException", "A rule of that name exists already.", 409)


def _check(session: WorldSession, params: Members) -> None:
    _check_conditions(session, params["Function"])
    if not params["Actions"]:
        raise refused("A rule has one action at the least.")
    for action in params["Actions"]:
        part = PARTS[action["ActionType"]]
        if set(action) != {"ActionType", part}:
            raise refused(f"An action {action['ActionType']} has the member {part} and no other.")
        _check_action(session, action[part])


def _check_action(session: WorldSession, part: Mapping[str, Any]) -> None:
    """Refuse an action that names what is not there."""
    if "ContactFlowId" in part:
        session.need("contact-flow", part["ContactFlowId"])
    if "EvaluationFormId" in part:
        session.need("evaluation-form", part["EvaluationFormId"])
    recipient = part.get("Recipient")
    if recipient is not None and not any(recipient.get(each) for each in ("UserIds", "UserTags")):
        raise refused("Recipient needs UserIds or UserTags.")
    for user in (recipient or {}).get("UserIds", ()):
        session.need("user", user)


def _check_conditions(session: WorldSession, text: str) -> None:
    try:
        function = json.loads(text)
        body = function["RuleFunction"]
        wrong = function["Version"] != VERSION or body["Operator"] not in TOP
    except (ValueError, KeyError, TypeError):
        raise refused("Function is not in the language of conditions.") from None
    if wrong or not isinstance(body.get("Operands"), list) or not body["Operands"]:
        raise refused(f"Function needs Version {VERSION}, and AND or OR of one operand or more.")
    for operand in body["Operands"]:
        _check_operand(session, operand)


def _check_operand(session: WorldSession, operand: Any) -> None:  # noqa: ANN401  # JSON
    """Refuse a condition that is not whole, or that names a queue that is not there."""
    if not isinstance(operand, dict) or not operand.get("Operands") or "Operator" not in operand:
        raise refused("Each operand of Function needs Operator and Operands.")
    if operand["Operator"] in TOP:
        for inner in operand["Operands"]:
            _check_operand(session, inner)
        return
    compared = operand.get("ComparisonValue", "")
    if not str(compared).startswith("$."):
        raise refused("Each condition of Function needs a ComparisonValue, such as $.ContactLens…")
    if compared.endswith(".Queue.QueueId"):
        for queue in operand["Operands"]:
            session.need("queue", queue)


def describe(session: WorldSession, params: Members) -> Members:
    """Return a rule with its conditions and actions."""
    rule = session.see(KIND, params["RuleId"])
    whole = shown(rule, {name: name for name in _SAME})
    by = f"{session.instance.arn}/agent/bulkops"
    return {"Rule": {**whole, **_named(rule), "LastUpdatedBy": by}}


def _named(rule: StoredThing) -> Members:
    return {
        "Name": rule["Name"],
        "RuleId": rule["Id"],
        "RuleArn": rule["Arn"],
        "CreatedTime": moment(rule["CreatedTime"]),
        "LastUpdatedTime": moment(rule["LastModifiedTime"]),
    }


def list_all(session: WorldSession, params: Members) -> Members:
    """Return rules page by page, without their conditions: all, or those of an event or status."""
    numbered = session.see_all(KIND)
    if "PublishStatus" in params:
        wanted = params["PublishStatus"]
        numbered = [each for each in numbered if each[1]["PublishStatus"] == wanted]
    if "EventSourceName" in params:
        numbered = [each for each in numbered if _event(each[1]) == params["EventSourceName"]]
    page = page_of(numbered, "ListRules", params, session.now)
    return page.reply("RuleSummaryList", [_summary(rule) for rule in page.items])


def _event(rule: StoredThing) -> str:
    return str(rule["TriggerEventSource"]["EventSourceName"])


def _summary(rule: StoredThing) -> Members:
    actions = [{"ActionType": each["ActionType"]} for each in rule["Actions"]]
    told = {"EventSourceName": _event(rule), "PublishStatus": rule["PublishStatus"]}
    return {**_named(rule), **told, "ActionSummaries": actions}


OPERATIONS: Mapping[str, Handler] = {
    "CreateRule": once(create, differs="InvalidRequestException"),
    "UpdateRule": update,
    "DeleteRule": delete,
    "DescribeRule": describe,
    "ListRules": list_all,
}
