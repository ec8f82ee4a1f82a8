"""What a call sends for an expression of its step."""

from __future__ import annotations

from bulkops.definition.expressions import Col, Find
from bulkops.definition.job import Step
from bulkops.definition.model.member_paths import holds_arn, id_in_arn
from bulkops.definition.thing_kinds import KINDS
from bulkops.ledger.interface import StoredCall
from bulkops.planning.plan import Placeholder


def value_of(step: Step, call: StoredCall, arg: Col | Find) -> str:
    """Return what a call sends for an expression that stands at the top of its arguments.

    Of a thing that is its id: where its ARN is sent, or what an earlier step saved, the id in that.
    """
    members = [name for name, given in step.args.items() if given == arg]
    if not members and isinstance(arg, Find):
        members = [name for name in step.args if name == _id_argument(arg)]
    (member,) = members
    value = call.params[member]
    text = str(call.saved[value.name] if isinstance(value, Placeholder) else value)
    return id_in_arn(text) if isinstance(arg, Find) and holds_arn(member) else text


def _id_argument(find: Find) -> str:
    describe = KINDS[find.kind].describe
    return describe.id_argument if describe else ""
