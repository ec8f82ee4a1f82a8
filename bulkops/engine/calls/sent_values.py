"""What a call sends for an expression of its step."""

from __future__ import annotations

from bulkops.definition.job import Step
from bulkops.definition.kinds.found_things import Addressed, Col, Find, Leaf
from bulkops.definition.model.member_paths import holds_arn, id_in_arn
from bulkops.definition.thing_kinds import KINDS
from bulkops.ledger.records import StoredCall
from bulkops.planning.calls.subject_ids import address_in
from bulkops.planning.plan import Need, Placeholder


def value_of(step: Step, call: StoredCall, arg: Col | Find) -> str:
    """Return what a call sends for an expression that stands at the top of its arguments.

    Of a thing that is its id: where its ARN is sent, or what an earlier step saved, or another row
    made, the id in that.
    """
    members = [name for name, given in step.args.items() if given == arg]
    if not members and isinstance(arg, Find):
        members = [name for name in step.args if name == _id_argument(arg)]
    (member,) = members
    text = _sent(call, call.params[member])
    return id_in_arn(text) if isinstance(arg, Find) and holds_arn(member) else text


def place_of(step: Step, call: StoredCall, subject: Find) -> tuple[str, str | None]:
    """Return the own name of the thing that a call makes, and the id of the one that it lies in.

    An empty id is the top; None: things of that kind don't lie in one another.
    """
    if isinstance(subject, Addressed):
        return address_in(step, subject, call.params), None
    sought = KINDS[subject.kind].sought
    if sought is not None:
        return next(sought.names_in(call.params)), None
    leaf = Leaf(subject.column)
    if leaf not in step.args.values():
        return value_of(step, call, subject.by), None
    search = KINDS[subject.kind].search
    above = call.params.get(search.parent) if search is not None else None
    return value_of(step, call, leaf), "" if above is None else _sent(call, above)


def _sent(call: StoredCall, value: object) -> str:
    match value:
        case Placeholder(of=Need() as need, name=name):
            return str(call.needs[need][name])
        case Placeholder(name=name):
            return str(call.saved[name])
        case _:
            return str(value)


def _id_argument(find: Find) -> str:
    kind = KINDS[find.kind]
    if kind.describe is None:
        return ""
    return kind.listing.id if kind.describe.several else kind.describe.id_argument
