"""The plan that takes a run back: row by row, last step first, where what it did still stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bulkops.definition.job import Step, verb
from bulkops.definition.model.request_check import violations
from bulkops.planning.calls.inverse import Done, Inverse, invert
from bulkops.planning.calls.placeholders import is_placeholder, placeholders_in
from bulkops.planning.decisions.case import Decision, RowState
from bulkops.planning.diff.comparison import changes
from bulkops.planning.inventory import Inventory
from bulkops.planning.plan import Action, PlannedCall, PlannedRow
from bulkops.planning.planner import Planner
from bulkops.planning.rows.cells import Flaw
from bulkops.planning.rows.typed_rows import Order, TypedRow
from bulkops.planning.target import Target
from bulkops.planning.undo.undo_history import Past, Pasts, name_of, remakes, subject_of
from bulkops.planning.undo.undo_state import PastCall, Standing, UndoState, undo_state


class Undoer(Planner):
    """One walk over the rows of a run that is to be taken back.

    A row is taken back whole or, where somebody has changed since what it set, not at all.
    """

    def __init__(
        self,
        order: Order,
        targets: Mapping[str, Target],
        inventories: Mapping[str, Inventory],
        past: Pasts,
    ) -> None:
        super().__init__(order, targets, inventories)
        self._targets = targets
        self._inventories = inventories
        self._past = past

    def _planned(self, row: TypedRow) -> tuple[PlannedRow, tuple[PlannedCall, ...]]:
        """Return a row of the plan, and its calls that other rows may share."""
        state = RowState(row)
        past = self._past.get(row.number, Past())
        decisions = [Decision(action=Action.CONFLICT, flaw=_NOT_SETTLED)] if past.doubtful else []
        if not decisions:
            decisions = list(self._taken_back(state, past.done))
        refused = next((each for each in decisions if each.action is Action.CONFLICT), None)
        if refused is not None:
            return self._row(row, state, refused, ()), ()
        sent = [each for each in decisions if each.calls]
        calls = [call for each in sent for call in each.calls]
        whole = Decision(
            action=sent[-1].action if sent else Action.NONE,
            changes=tuple(change for each in sent for change in each.changes),
        )
        own = tuple(call for call in calls if not self._is_shared(call))
        shared = tuple(call for call in calls if self._is_shared(call))
        return self._row(row, state, whole, own), shared

    def _taken_back(self, state: RowState, done: tuple[Done, ...]) -> Iterator[Decision]:
        """Decide about a row's calls, the last one first."""
        job = self._order.job
        made = frozenset(name for each in done for name in job.step(each.step).save)
        for each in reversed(done):
            yield self._decided(state, each, made)

    def _decided(self, state: RowState, done: Done, made: frozenset[str]) -> Decision:
        job, row = self._order.job, state.typed
        step, subject = job.step(done.step), subject_of(job.step(done.step))
        inverse = invert(job, done, self._targets[row.target].instance_id, made)
        if inverse is None:
            return Decision(action=Action.CONFLICT, flaw=_never(step))
        if lacking := self._lacking(state, inverse):
            flaw = Flaw(code="not-provable", message=f"{inverse.step.operation}: {lacking}")
            return Decision(action=Action.CONFLICT, flaw=flaw)
        seen = UndoState(standing=Standing.AS_SET)
        if subject not in state.made:
            seen = undo_state(
                PastCall(
                    service=job.service,
                    step=step,
                    done=done,
                    inverse=inverse,
                    name=name_of(row, subject),
                    inventory=self._inventories[row.target],
                )
            )
        if subject is not None and remakes(job, done) and seen.standing is Standing.AS_SET:
            state.made[subject] = inverse.step
        state.thing = seen.thing or state.thing
        return self._about(row, inverse, seen)

    def _lacking(self, state: RowState, inverse: Inverse) -> str:
        """Return what the run did not keep of what would have to be sent; empty: it kept all."""
        service, operation = self._order.job.service, inverse.step.operation
        for violation in violations(service, operation, inverse.params, skip=is_placeholder):
            return str(violation)
        saved = {name for step in state.made.values() for name in step.save}
        needed = {each.name for each in placeholders_in(inverse.params) if each.kind == "saved"}
        lost = sorted(needed - saved)
        return f"{', '.join(lost)} is not known" if lost else ""

    def _about(self, row: TypedRow, inverse: Inverse, seen: UndoState) -> Decision:
        if seen.standing is Standing.BEFORE:
            return Decision()
        inventory = self._inventories[row.target]
        if seen.standing is not Standing.AS_SET:
            since = "; ".join(
                f"{each.field} was set to {each.new or '∅'} and is {each.old or '∅'}"
                for each in changes(seen.since, inventory)
            )
            flaw = _changed(since) if seen.standing is Standing.CHANGED else _GONE
            return Decision(action=Action.CONFLICT, flaw=flaw)
        call = PlannedCall(
            step=inverse.address,
            target=row.target,
            service=self._order.job.service,
            operation=inverse.step.operation,
            params=inverse.params,
            rows=(row.number,),
            undo=inverse.undo,
        )
        return Decision(
            action=Action(verb(inverse.step.operation)),
            calls=(call,),
            changes=changes(seen.back, inventory),
        )


_NOT_SETTLED = Flaw(
    code="not-settled",
    message="whether this row took effect is not known, so it is left as it is",
    hint="`bulkops resume` or `bulkops retry` on that run looks once more; then undo it.",
)
_GONE = Flaw(code="gone", message="what this row changed is no longer there")


def _changed(since: str) -> Flaw:
    return Flaw(
        code="changed-since",
        message=f"somebody has changed it since: {since}" if since else "it is there again",
        hint="Nothing of this row was put back; a person decides.",
    )


def _never(step: Step) -> Flaw:
    if step.irreversible:
        hint = "What was deleted is in before.csv of that run's folder, to be made again."
        return Flaw(
            code="irreversible",
            message=f"it can't be undone: {step.irreversible}",
            hint=hint if verb(step.operation) == "delete" else "",
        )
    return Flaw(code="not-known", message="what was there before is not known")
