"""From what a row sets to a request, and whether the service's model would accept it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from bulkops.definition.column_facts import feeds_by
from bulkops.definition.expressions import Keyed
from bulkops.definition.homes import Places, filled
from bulkops.definition.job import Identity, Job, Step
from bulkops.definition.model.member_paths import EACH, at_key, key_at, put_at
from bulkops.definition.model.operations import operation
from bulkops.definition.model.removal_flags import removal_flag
from bulkops.definition.model.request_acceptance import acceptor
from bulkops.definition.model.request_check import Violation, ViolationCode, violations
from bulkops.definition.verbs import verb
from bulkops.planning.calls.argument import Argument
from bulkops.planning.calls.placeholders import is_placeholder
from bulkops.planning.rows.cells import Flaw

_PLACE = re.compile(r"\[[0-9]+\]")
_ENTRY = re.compile(r"\{.*$")


class Refusal(NamedTuple):
    """A way in which the model would refuse a request: the columns at fault, in words, and how."""

    columns: tuple[str, ...]
    flaw: Flaw
    code: ViolationCode


def request_of(
    service: str,
    step: Step,
    arguments: Iterable[Argument],
    places: Places,
) -> dict[str, Any]:
    """Return a request's params; the home that the operation asks for is filled, if no row says it.

    A structure that must be given is sent empty where all that is in it is emptied, and so is a
    list that may be where no element told by its key is left. What a switch
    takes away is not sent, and the switch is.
    """
    given = [_said_empty(step, each) for each in arguments]
    homes = filled(service, step.operation, places)
    params = params_of(given, {each: id_ for each, id_ in homes.items() if each not in step.args})
    for argument in given:
        if argument.value is not None:
            continue
        head = argument.path[0]
        flag = removal_flag(service, step.operation, head)
        if flag:
            params.pop(head, None)  # what else is in a structure goes with it
            params[flag] = True
        elif len(argument.path) > 1 and head not in params:
            member = operation(service, step.operation).member(head)
            if member.required and member.type == "structure":
                params[head] = {}
            elif key_at(argument.path[1]) and not member.limits.minimum:
                params[head] = []  # every element that there was is taken off
    return params


def _said_empty(step: Step, argument: Argument) -> Argument:
    """Return an argument that empties an element's value, where a member of its own says so."""
    keyed = step.args.get(argument.path[0])
    if argument.value is not None or not isinstance(keyed, Keyed) or not keyed.empty:
        return argument
    if verb(step.operation) == "create":
        return argument  # of what is new there is nothing to empty
    return argument._replace(path=(*argument.path[:-1], keyed.empty), value={})


def params_of(
    arguments: Iterable[Argument], filled: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Build a request's params; `filled` are members that the target gives, such as InstanceId."""
    params: dict[str, Any] = dict(filled or {})
    lists: set[str] = set()
    for argument in arguments:
        if argument.value is not None:
            put_at(params, argument.path, argument.value)
            if len(argument.path) > 1 and argument.path[1][0] == "[":
                lists.add(argument.path[0])
    for name in lists:
        params[name] = [_element(place, value) for place, value in params[name].items()]
    return params


def _element(place: str, value: Any) -> Any:  # noqa: ANN401  # whatever a request holds
    """Return an element of a list, with the member that tells it from the others."""
    key = key_at(place)
    return value if key is None else {key[0]: key[1], **value}


def refusals(
    job: Job,
    address: str,
    step: Step,
    params: Mapping[str, Any],
    identity: Identity | None,
) -> Iterator[Refusal]:
    """Yield each way in which the model would refuse a request.

    Placeholders count as given. No column is at fault where the member is fed by none.
    """
    if acceptor(job.service, step.operation, identity, is_placeholder)(params):
        return
    found = violations(job.service, step.operation, params, identity=identity, skip=is_placeholder)
    for violation in found:
        columns = _columns_at(job, address, _place(step, params, violation.path))
        yield Refusal(columns, _flaw(step, violation), violation.code)


def _flaw(step: Step, violation: Violation) -> Flaw:
    says = f"; allowed: {violation.allowed}" if violation.allowed else ""
    return Flaw(
        code="refused-by-model",
        message=f"{step.operation}: {violation.path} {violation.message}{says}",
        found=violation.found,
        allowed=violation.allowed,
    )


def _place(step: Step, params: Mapping[str, Any], path: str) -> str:
    """Return a violation's path as feeds say theirs: elements by their key, or as any of a list."""
    head, found, _ = path.partition("[")
    arg = step.args.get(head)
    if found and isinstance(arg, Keyed):
        number = int(path[len(head) + 1 : path.index("]")])
        key = at_key(arg.by, params[head][number][arg.by])
        path = _PLACE.sub(key, path, count=1)
    return _ENTRY.sub("", _PLACE.sub(EACH, path))


def _columns_at(job: Job, address: str, place: str) -> tuple[str, ...]:
    """Return the columns that feed the member at a violation's path, or something inside it."""
    step = job.step(address)
    if place in step.uploads:
        return (step.uploads[place].file.name,)
    fed = [name for name, feed in feeds_by(address, step) if _touches(feed.place, place)]
    return tuple(column.name for column in job.columns for name in fed if name == column.name)


def _touches(fed: str, place: str) -> bool:
    inside = (f"{fed}.", f"{fed}{EACH}")  # of JSON, the cell holds all that is in it
    holds = (f"{place}.", f"{place}[")
    return fed == place or fed.startswith(holds) or place.startswith(inside)
