"""What a plan deletes, known before its rows are decided: what goes together may use another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from bulkops.definition.kinds.found_things import Find
from bulkops.definition.uses import used_kinds
from bulkops.planning.calls.arguments import StepArguments
from bulkops.planning.decisions.guards import unexpected
from bulkops.planning.decisions.step_case import RowFindings, StepCase, TargetContext
from bulkops.planning.plan import Need
from bulkops.planning.rows.cells import Flaw
from bulkops.planning.rows.typed_rows import Identities, Order, TypedRow


def removed_ids(
    order: Order,
    identities: Identities,
    contexts: Mapping[str, TargetContext],
    steps: Sequence[StepArguments],
) -> Mapping[str, Mapping[str, Need]]:
    """Return by target what an order deletes, where things of a kind use one another.

    It is id → the call that deletes it. What a row would not delete, since it is not as the row
    expects it, is not among them.
    """
    deleting = [step for step in steps if _uses_its_own_kind(step)]
    if not deleting:
        return {}
    found = defaultdict[str, dict[str, Need]](dict)
    for row in order.rows(identities):
        if not row.problems and row.verb != "none":
            for step in deleting:
                for thing_id in _removed(contexts[row.target], row, step):
                    found[row.target][thing_id] = Need(row.number, step.address)
    return found


def _uses_its_own_kind(step: StepArguments) -> bool:
    subject = step.step.subject
    if step.does != "delete" or not isinstance(subject, Find):
        return False
    return subject.kind in used_kinds(subject.kind)


def _removed(context: TargetContext, row: TypedRow, step: StepArguments) -> Iterator[str]:
    case = StepCase(context=context, row=row, found=RowFindings(), args=step)
    subject = step.step.subject
    if isinstance(subject, Find) and case.is_due:
        thing = context.names.one(subject.kind, case.name_of(subject))
        if not isinstance(thing, Flaw):
            described = thing.described
            if unexpected(case, subject, thing, described=described) is None:
                yield thing.id
