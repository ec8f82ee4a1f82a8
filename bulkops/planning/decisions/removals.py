"""What a plan deletes, known before its rows are decided: what goes together may use another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from bulkops.definition.kinds.found_things import Find
from bulkops.definition.uses import used_kinds
from bulkops.planning.calls.arguments import StepArguments
from bulkops.planning.decisions.guards import unexpected
from bulkops.planning.decisions.row_findings import RowFindings
from bulkops.planning.decisions.step_case import StepCase
from bulkops.planning.decisions.target_context import TargetContext
from bulkops.planning.inventory import Thing
from bulkops.planning.plan import Need
from bulkops.planning.rows.typed_rows import Identities, Order, TypedRow


def removed_by(
    orders: Sequence[Order],
    identities: Identities,
    contexts: Sequence[Mapping[str, TargetContext]],
    steps: Sequence[Sequence[StepArguments]],
) -> dict[str, Mapping[str, Mapping[str, Need]]]:
    """Return by target what orders delete: kind → id → the call that does.

    Of a single order that is known where things of a kind use one another. What a row would not
    delete, since it is not as the row expects it, is not among them. `contexts` and `steps` are
    each order's own.
    """
    found = defaultdict[str, dict[str, dict[str, Need]]](dict)
    for order, known, each in zip(orders, contexts, steps, strict=True):
        deleting = [
            (step, subject)
            for step in each
            if step.does == "delete" and isinstance(subject := step.step.subject, Find)
            if len(orders) > 1 or subject.kind in used_kinds(subject.kind)
        ]
        for row in order.rows(identities) if deleting else ():
            if row.problems or row.verb == "none" or row.target not in known:
                continue
            for step, subject in deleting:
                for thing_id in _removed(known[row.target], row, step, subject):
                    need = Need(row.number, step.address)
                    found[row.target].setdefault(subject.kind, {})[thing_id] = need
    return {**found}


def _removed(
    context: TargetContext, row: TypedRow, step: StepArguments, subject: Find
) -> Iterator[str]:
    case = StepCase(context=context, row=row, found=RowFindings(), args=step)
    thing = context.names.one(subject.kind, case.name_of(subject)) if case.is_due else None
    if not isinstance(thing, Thing):
        return
    if unexpected(case, subject, thing, described=thing.described) is None:
        yield thing.id
