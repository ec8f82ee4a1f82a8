"""What the service finds wrong with the text of a flow that is to be published.

Problems point by path, as `Actions[3].Parameters.QueueId`, with actions counted from 0 in the text
that was sent (observed refusals; the flow language reference). A draft may be any JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bulkops.sim.services.flow_language.actions import ACTIONS, MODULE, FlowAction
from bulkops.sim.services.flow_language.inputs import input_problems
from bulkops.sim.services.flow_language.references import wrong_references
from bulkops.sim.state.refusals import ServiceError, invalid
from bulkops.sim.state.world import WorldSession

MOST_LETTERS = 256_000
MOST_ACTIONS = 250
MOST_PROBLEMS = 50
LONGEST_PROBLEM = 256
LONGEST_IDENTIFIER = 50
BARRED = frozenset("%:(\\/)=$,;[]{}")
RESERVED = frozenset(
    {
        *("__proto__", "constructor", "__defineGetter__", "__defineSetter__", "toString"),
        *("hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "valueOf"),
    }
)
VERSION = "2019-10-30"
TOP = frozenset({"Version", "StartAction", "Actions", "Metadata"})


def check_content(session: WorldSession, content: str, type_: str, *, draft: bool = False) -> None:
    """Refuse a content that is too long, no JSON, or, to be published, no flow of its type."""
    if not 1 <= len(content) <= MOST_LETTERS:
        raise invalid(f"Content must have 1 to {MOST_LETTERS} characters.")
    try:
        flow = json.loads(content)
    except (ValueError, RecursionError):
        raise _refusal(type_, ["Content is not valid JSON."]) from None
    found = [] if draft else [*content_problems(session, flow, type_)]
    if found:
        raise _refusal(type_, found)


def _refusal(type_: str, problems: Sequence[str]) -> ServiceError:
    """Return the refusal: flows and modules word it apart, and no message goes with either.

    That of a flow has a message that is null, that of a module none: both forms were met.
    """
    listed = [{"message": each[:LONGEST_PROBLEM]} for each in problems[:MOST_PROBLEMS]]
    if type_ == MODULE:
        return ServiceError("InvalidContactFlowModuleException", "", more={"Problems": listed})
    more = {"Message": None, "problems": listed}
    return ServiceError("InvalidContactFlowException", "", more=more)


def content_problems(session: WorldSession, flow: object, type_: str) -> Iterator[str]:
    """Yield what keeps a flow of a type from being published."""
    if not isinstance(flow, Mapping):
        yield "Content is not a JSON object."
        return
    yield from _top_problems(flow, type_)
    actions = flow.get("Actions")
    if not isinstance(actions, list) or not all(isinstance(each, Mapping) for each in actions):
        yield "Missing required property. Path: Actions"
        return
    if len(actions) > MOST_ACTIONS:
        yield f"Flow has more than {MOST_ACTIONS} actions. Path: Actions"
    identifiers = [each.get("Identifier") for each in actions]
    known = frozenset(each for each in identifiers if isinstance(each, str))
    if not _leads_on(flow.get("StartAction"), known):
        yield "Invalid value. Path: StartAction"
    for number, action in enumerate(actions):
        path = f"Actions[{number}]"
        yield from _identifier_problems(action.get("Identifier"), identifiers, path)
        yield from _action_problems(session, action, type_, path)
        yield from _transition_problems(action, known, number)


def _top_problems(flow: Mapping[str, Any], type_: str) -> Iterator[str]:
    if flow.get("Version") != VERSION:
        yield "Invalid value. Path: Version"
    takes = TOP | {"Settings"} if type_ == MODULE else TOP
    for name in flow:
        if name not in takes:
            yield f"Invalid property name. Path: {name}"


def _identifier_problems(
    identifier: object, identifiers: Sequence[object], path: str
) -> Iterator[str]:
    if not isinstance(identifier, str) or not identifier:
        yield f"Action is missing required property. Path: {path}.Identifier"
    elif (
        len(identifier) > LONGEST_IDENTIFIER or BARRED & {*identifier} or identifier in RESERVED
    ) or identifiers.count(identifier) > 1:
        yield f"Invalid Action property value. Path: {path}.Identifier"


def _action_problems(
    session: WorldSession, action: Mapping[str, Any], type_: str, path: str
) -> Iterator[str]:
    name, rule = str(action.get("Type")), _rule(action.get("Type"))
    if rule is None:
        yield f"Invalid Action type. Path: {path}.Type"
        return
    if type_ not in rule.inside:
        yield f"Invalid Action type. Action is not supported in this flow type. Path: {path}.Type"
    parameters = action.get("Parameters", {})
    if not isinstance(parameters, Mapping):
        yield f"Invalid Action property value. Path: {path}.Parameters"
        return
    yield from _parameter_problems(rule, parameters, path)
    for where in wrong_references(session, name, parameters):
        yield f"Invalid Action property value. Path: {path}.Parameters.{where}"
    if name == "GetParticipantInput":
        yield from input_problems(action, path)


def _rule(name: object) -> FlowAction | None:
    return ACTIONS.get(name) if isinstance(name, str) else None


def _parameter_problems(
    rule: FlowAction, parameters: Mapping[str, Any], path: str
) -> Iterator[str]:
    for name in rule.needs:
        value = parameters.get(name)
        if value is None:
            yield f"Action is missing required property. Path: {path}.Parameters.{name}"
        elif not value or not isinstance(value, str | Mapping | list):
            yield f"Invalid Action property value. Path: {path}.Parameters.{name}"
    present = [name for name in rule.one_of if name in parameters]
    if rule.one_of and not present:
        yield f"Action is missing required property. Path: {path}.Parameters.{rule.one_of[0]}"
    rivals = [name for name in rule.rivals if name in parameters]
    for name in (*present[1:], *rivals[1:]):
        yield f"Invalid Action property name. Path: {path}.Parameters.{name}"
    if rule.takes is not None:
        for name in parameters:
            if name not in rule.takes:
                yield f"Invalid Action property name. Path: {path}.Parameters.{name}"


def _transition_problems(
    action: Mapping[str, Any], known: frozenset[str], number: int
) -> Iterator[str]:
    name, path = action.get("Type"), f"Actions[{number}]"
    rule = _rule(name) or FlowAction(errors=())
    leads = action.get("Transitions", {})
    if not isinstance(leads, Mapping) or (rule.ends and leads.get("NextAction")):
        yield f"Invalid Action property value. Path: {path}.Transitions"
        return
    if not rule.ends:
        yield from _next_problems(leads, known, path, leaves=rule.leaves)
    for member in ("Errors", "Conditions"):
        for place, branch in enumerate(_branches(leads, member)):
            if not _leads_on(branch.get("NextAction"), known):
                where = f"{path}.Transitions.{member}[{place}].NextAction"
                yield f"Invalid Action property value. Path: {where}"
    yield from _error_problems(rule, leads, path)
    yield from _condition_problems(rule, leads, number, compares=name == "Compare")


def _next_problems(
    leads: Mapping[str, Any], known: frozenset[str], path: str, *, leaves: bool
) -> Iterator[str]:
    following = leads.get("NextAction")
    if leaves and not following:
        return
    if following is None:
        yield f"Action is missing required property. Path: {path}.Transitions.NextAction"
    elif not _leads_on(following, known):
        yield f"Invalid Action property value. Path: {path}.Transitions.NextAction"


def _leads_on(target: object, known: frozenset[str]) -> bool:
    return isinstance(target, str) and target in known


def _error_problems(rule: FlowAction, leads: Mapping[str, Any], path: str) -> Iterator[str]:
    present = [each.get("ErrorType") for each in _branches(leads, "Errors")]
    for error in rule.errors:
        if error not in present:
            yield f"Action is missing required error. Error: {error}, Path: {path}"
    for branch in present:
        if not isinstance(branch, str) or branch in rule.no_errors:
            yield f"Invalid Action error. Error: {branch}, Path: {path}"


def _condition_problems(
    rule: FlowAction, leads: Mapping[str, Any], number: int, *, compares: bool
) -> Iterator[str]:
    conditions = [each.get("Condition", {}) for each in _branches(leads, "Conditions")]
    operands = [each.get("Operands") for each in conditions if isinstance(each, Mapping)]
    lists = [each if isinstance(each, list) and each else [""] for each in operands]
    if compares and any("" in each for each in lists):
        yield f"Invalid branch. Path: {number}.Evaluate"
    if rule.results and sorted(str(each[0]) for each in lists) != sorted(rule.results):
        yield f"Invalid Action property value. Path: Actions[{number}].Transitions.Conditions"


def _branches(leads: Mapping[str, Any], member: str) -> Sequence[Mapping[str, Any]]:
    listed = leads.get(member)
    if not isinstance(listed, list):
        return ()
    return [each for each in listed if isinstance(each, Mapping)]
