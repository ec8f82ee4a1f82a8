"""The plan that takes a run back: row by row, last step first, where what it did still stands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, assert_never

from bulkops.definition.gathered_rows import gathers
from bulkops.definition.homes import Places
from bulkops.definition.job import Job, Step, is_further
from bulkops.definition.kinds.found_things import Find
from bulkops.definition.model.request_check import violations
from bulkops.definition.verbs import verb
from bulkops.planning.calls.inverse import Done, Inverse, apart, following, invert
from bulkops.planning.calls.placeholders import is_placeholder, placeholders_in, to_json
from bulkops.planning.calls.row_call import row_call
from bulkops.planning.decisions.decision import NOTHING, Decision
from bulkops.planning.decisions.row_decision import planned_row
from bulkops.planning.diff.spoken_changes import changes
from bulkops.planning.inventory import Inventory, Thing
from bulkops.planning.plan import Action, Placeholder, RowDecision
from bulkops.planning.planner import Planner
from bulkops.planning.rows.cells import Flaw
from bulkops.planning.rows.typed_rows import problem
from bulkops.planning.target import Target
from bulkops.planning.undo.held_entries import params_now
from bulkops.planning.undo.standing import Standing, UndoState
from bulkops.planning.undo.undo_history import RowHistory, remakes
from bulkops.planning.undo.undo_links import linked
from bulkops.planning.undo.undo_state import PastCall, undo_state
from bulkops.planning.usage import in_use


def undo_plan(
    job: Job,
    rows: Iterable[RowHistory],
    targets: Mapping[str, Target],
    inventories: Mapping[str, Inventory],
    *,
    needing: bool = False,
) -> Planner:
    """Return the plan that takes a run's rows back, by what was read of each target.

    A row is taken back whole or, where somebody has changed since what it set, not at all.
    `needing`: some of its calls needed other rows' calls, so that all must be known first.
    """
    pairs = ((row, _decided(job, row, targets, inventories)) for row in rows)
    if needing:
        return Planner(job, _told_once(job, linked(job, list(pairs), inventories)), linked=True)
    return Planner(job, _told_once(job, (decision for _, decision in pairs)))


def _told_once(job: Job, decisions: Iterable[RowDecision]) -> Iterator[RowDecision]:
    """Tell what is put back by a call that gathered rows share of the first of them alone."""
    gathered = {part.name for part in job.each() if gathers(part)}
    told: set[str] = set()
    for decision in decisions:
        row = decision.row
        if not row.calls or job.part(row.calls[0].step).name not in gathered:
            yield decision
            continue
        calls = json.dumps([[row.target, each.step, to_json(each.params)] for each in row.calls])
        yield decision._replace(row=replace(row, changes=())) if calls in told else decision
        told.add(calls)


def _decided(
    job: Job,
    row: RowHistory,
    targets: Mapping[str, Target],
    inventories: Mapping[str, Inventory],
) -> RowDecision:
    if row.doubtful:
        whole, thing = Decision(action=Action.CONFLICT, flaw=_NOT_SETTLED), None
    elif not row.done:
        whole, thing = NOTHING, None
    else:
        back = _RowBack(job, row, targets[row.target].places, inventories[row.target])
        whole, thing = _whole(list(back.decisions())), back.thing
    conflict = problem(whole.flaw, row.address) if whole.flaw else None
    return RowDecision(row=planned_row(row, whole, thing, conflict))


def _whole(calls: list[Decision]) -> Decision:
    """Return what a row's calls come to: all of them taken back, or the first that can't be."""
    refused = next((each for each in calls if each.action is Action.CONFLICT), None)
    if refused is not None:
        return refused
    sent = [each for each in calls if each.calls]
    return Decision(
        action=sent[-1].action if sent else Action.NONE,
        calls=tuple(call for each in sent for call in each.calls),
        changes=tuple(change for each in sent for change in each.changes),
    )


@dataclass(slots=True)
class _RowBack:
    """One row on its way back. `made` is what its own calls make again, `thing` what is there."""

    job: Job
    row: RowHistory
    places: Places
    inventory: Inventory
    made: dict[Find, Step] = field(default_factory=dict)
    thing: Thing | None = None

    def decisions(self) -> Iterator[Decision]:
        """Decide about the row's calls, the last one first."""
        steps = [self.job.step(done.step) for done in self.row.done]
        saved = frozenset(name for step in steps for name in step.save)
        for done in reversed(self.row.done):
            for each in apart(self.job, done):
                yield self._decided(each, saved)

    def _decided(self, done: Done, saved: frozenset[str]) -> Decision:
        if is_further(done.step):
            return NOTHING  # what it did goes with the thing that was made again before it
        step = self.job.step(done.step)
        if step.of_new or _goes_with_another(step, done):
            return NOTHING  # it goes with what the row made, or another one
        inverse = invert(self.job, done, self.places, saved)
        if inverse is None:
            return Decision(action=Action.CONFLICT, flaw=_never(step))
        inverse = replace(inverse, params=params_now(self._past(step, done, inverse)))
        if lacking := self._lacking(inverse):
            flaw = Flaw(code="not-provable", message=f"{inverse.step.operation}: {lacking}")
            return Decision(action=Action.CONFLICT, flaw=flaw)
        stands = self._stands(step, done, inverse)
        again = stands.standing is Standing.AS_SET and remakes(self.job, done)
        if again and step.about is not None:
            self.made[step.about] = inverse.step
        self.thing = stands.thing or self.thing
        return self._about(inverse, stands)

    def _lacking(self, inverse: Inverse) -> str:
        """Return what the run did not keep of what would have to be sent; empty: it kept all."""
        service, operation = self.job.part(inverse.address).service, inverse.step.operation
        for violation in violations(service, operation, inverse.params, skip=is_placeholder):
            return str(violation)
        saved = {name for step in self.made.values() for name in step.save}
        open_values = placeholders_in(inverse.params)
        lost = sorted({each.name for each in open_values if each.kind == "saved"} - saved)
        return f"{', '.join(lost)} is not known" if lost else ""

    def _stands(self, step: Step, done: Done, inverse: Inverse) -> UndoState:
        # It comes back by an earlier call of the undo: there is nothing to look at yet.
        past = self._past(step, done, inverse)
        if step.about in self.made or (step.about and _comes_with_another(past, step.about)):
            return UndoState(standing=Standing.AS_SET)
        return undo_state(past)

    def _past(self, step: Step, done: Done, inverse: Inverse) -> PastCall:
        return PastCall(
            service=self.job.part(done.step).service,
            step=step,
            done=replace(done, params=done.sent),
            inverse=inverse,
            name=self.row.name_of(step.about),
            inventory=self.inventory,
        )

    def _about(self, inverse: Inverse, stands: UndoState) -> Decision:
        match stands.standing:
            case Standing.BEFORE:
                return NOTHING
            case Standing.GONE:
                return Decision(action=Action.CONFLICT, flaw=_GONE)
            case Standing.CHANGED:
                since = "; ".join(
                    f"{each.field} was set to {each.new or '∅'} and is {each.old or '∅'}"
                    for each in changes(stands.since, self.inventory)
                )
                return Decision(action=Action.CONFLICT, flaw=_changed(since))
            case Standing.AS_SET if used := _used_by_now(inverse, stands.thing, self.inventory):
                return Decision(action=Action.CONFLICT, flaw=used)
            case Standing.AS_SET:
                call = row_call(self.job, inverse.address, self.row, inverse.params, inverse.undo)
                further = [
                    row_call(self.job, address, self.row, params, None)
                    for address, params in following(self.job, inverse)
                ]
                return Decision(
                    action=Action(verb(inverse.step.operation)),
                    calls=(call, *further),
                    changes=changes(stands.back, self.inventory),
                )
            case _ as never:
                assert_never(never)


def _goes_with_another(step: Step, done: Done) -> bool:
    """Tell whether a step set values of what another row had made: they go with that."""
    if not isinstance(step.subject, Find) or step.undo is not None or done.undo is not None:
        return False
    return any(each.of is not None for each in _named(step, step.subject, done.params))


def _comes_with_another(past: PastCall, about: Find) -> bool:
    """Tell whether what a call was about is gone, and another row makes it again."""
    named = _named(past.inverse.step, about, past.inverse.params)
    return any(each.of is not None for each in named) and past.thing(about) is None


def _named(step: Step, find: Find, params: Mapping[str, Any]) -> Iterator[Placeholder]:
    """Yield what stands in params for the id of what a step finds."""
    for name, arg in step.args.items():
        if arg == find:
            yield from placeholders_in(params.get(name))


def _used_by_now(inverse: Inverse, thing: Thing | None, inventory: Inventory) -> Flaw | None:
    """Say what uses by now the thing that a call would delete; None: nothing that was seen."""
    subject = inverse.step.about
    if thing is None or subject is None or verb(inverse.step.operation) != "delete":
        return None
    usages = inventory.usages(subject.kind, thing.id)
    hint = "Take it out of these first, and undo then."
    return in_use(subject.kind, thing.name, usages, hint) if usages else None


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
    return Flaw(
        code="not-known",
        message="what was there before is not known",
        hint="Or there was nothing, and the service has no way to take away what was set.",
    )
