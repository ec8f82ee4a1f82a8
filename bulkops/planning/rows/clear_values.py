"""What CLEAR! sends: how the service is told to empty a member, where it can be told at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bulkops.definition.column_facts import expectations_of, feeds_of
from bulkops.definition.expressions import Keyed, Saved, Token
from bulkops.definition.job import Identity, Job, Step, takes_back
from bulkops.definition.model.member_paths import EACH
from bulkops.definition.model.operations import MemberFacts, operation
from bulkops.definition.model.removal_flags import removal_flag
from bulkops.definition.model.replacing_operations import lasts, merges, replaces_all
from bulkops.definition.model.value_limits import Limits, text_breach
from bulkops.definition.verbs import verb


@dataclass(frozen=True, slots=True)
class Emptied:
    """What stands for nothing: an empty value to send; None: the member is left out."""

    value: Any


def emptied(service: str, step: Step, path: str) -> Emptied | None:
    """Return what empties the member at a dotted path; None where nothing does.

    An operation that sets a structure, or all of a thing, sets the whole of it, so what is left
    out of it is emptied. Elsewhere a text, list or map is sent empty where the model allows it, and
    the one thing that an operation sets is left out, such as the group of UpdateUserHierarchy. Of a
    list told element by element, the whole element is left out.
    """
    if step.unset_by_undo or lasts(service, step.operation, path):
        return None  # another operation takes away what this one sets, or nothing does
    member = operation(service, step.operation).member(path)
    head, each, inner = path.partition(EACH)
    keyed = step.args.get(head)
    if each and isinstance(keyed, Keyed):
        return Emptied(None) if keyed.empty or inner.count(".") == 1 else None
    may_go = not member.required and EACH not in path
    flag = removal_flag(service, step.operation, path.partition(".")[0])  # a switch takes it away
    if flag or (may_go and replaces_all(service, step.operation)):
        return Emptied(None)
    empty = _empty(member)
    if merges(service, step.operation):
        may_go, empty = False, empty if isinstance(empty, str) else None
    # what alone is in a structure would go with it, so a list is sent empty where it may be
    if may_go and "." in path and not isinstance(empty, list | dict):
        return Emptied(None)
    if empty is not None:
        return Emptied(empty)
    return Emptied(None) if may_go and _sets_one_thing(service, step) else None


def uncleared(job: Job, name: str, identity: Identity | None = None) -> str:
    """Return why a column's cells can't say CLEAR!; empty where they can.

    `identity` is the instance's identity management type, where it is known.
    """
    column = job.column(name)
    if identity is not None and identity in (*column.required_for, *column.kept_for):
        return "users of this instance need it"
    if job.column(name).required or name in job.key:
        return "every row needs it"
    steps = dict(job.addresses())
    updates = 0
    for feed in feeds_of(job, name):
        step, undo = steps[feed.address], takes_back(feed.address)
        if undo or verb(step.operation) == "create":
            continue
        if verb(step.operation) != "update" or emptied(job.service, step, feed.path) is None:
            return f"{step.operation} has no way to empty it"
        updates += 1
    if expectations_of(job, name):
        return "this job only compares it with what is there"
    return "" if updates else "this job sets it only where it makes something new"


def _empty(member: MemberFacts) -> Any:  # noqa: ANN401  # of whichever type the member is
    """Return the empty value of a member's type, None where the model refuses it."""
    if member.type in {"list", "map"} and not member.limits.minimum:
        return [] if member.type == "list" else {}
    if member.type == "string" and _takes_nothing(member.limits):
        return ""
    return None


def _takes_nothing(limits: Limits) -> bool:
    bounded = limits != Limits()
    return bounded and text_breach(limits, "") is None


def _sets_one_thing(service: str, step: Step) -> bool:
    """Tell whether there is one thing that a step sets, and that its operation could set.

    Where it could set another as well, a request without either is refused.
    """
    given = {name: arg for name, arg in step.args.items() if not isinstance(arg, Saved | Token)}
    tokens = {name for name, arg in step.args.items() if isinstance(arg, Token)}
    members = operation(service, step.operation).members.values()
    could = {each.path for each in members if not each.required and each.path.isalpha()} - tokens
    return len([arg for arg in given.values() if arg != step.subject]) == 1 == len(could)
