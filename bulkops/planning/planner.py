"""An order and what is there, turned into a plan: row by row, with the calls that they need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from bulkops.definition.batch_limits import is_shared
from bulkops.definition.job import Find, Member, verb
from bulkops.planning.calls.batches import Batches
from bulkops.planning.decisions.case import Case, Decision, RowState, TargetContext
from bulkops.planning.decisions.entries import about_entry
from bulkops.planning.decisions.things import about_thing, sent_unless_blank
from bulkops.planning.diff.resolve import Names
from bulkops.planning.inventory import Inventory
from bulkops.planning.plan import Action, PlannedCall, PlannedRow, Totals
from bulkops.planning.problems import Problem
from bulkops.planning.rows.typed_rows import Order, TypedRow, problem
from bulkops.planning.target import Target

_WEIGHT = (
    Action.NONE,
    Action.ASSOCIATE,
    Action.DISASSOCIATE,
    Action.UPDATE,
    Action.CREATE,
    Action.DELETE,
)
"""A row's action is the last of these that one of its steps takes."""


def decide(case: Case) -> Decision:
    """Return what one step means for one row; what is wrong goes to the case's state."""
    match case.step.subject:
        case Find() as subject:
            return about_thing(case, subject, decide)
        case Member() as member:
            return about_entry(case, member, decide)
        case _:
            return sent_unless_blank(case)


class Planner:
    """One walk from rows to calls. `problems` and `totals` are complete when it has ended."""

    def __init__(
        self,
        order: Order,
        targets: Mapping[str, Target],
        inventories: Mapping[str, Inventory],
    ) -> None:
        self.problems: list[Problem] = []
        self._order = order
        self._identities = {name: target.identity for name, target in targets.items()}
        self._contexts = {
            name: TargetContext(
                job=order.job,
                target=targets[name],
                target_name=name,
                names=Names(inventory),
                on_exists=order.on_exists,
            )
            for name, inventory in inventories.items()
        }
        self._batches = Batches(order.job)
        self._actions: Counter[Action] = Counter()
        self._calls: Counter[tuple[str, str, str]] = Counter()

    def entries(self) -> Iterator[PlannedRow | PlannedCall]:
        """Yield the plan in the order of the sheet; a shared call after the last of its rows.

        To be walked once. Rows with problems have no calls.
        """
        for row in self._order.rows(self._identities):
            planned, shared = self._planned(row)
            self._actions[planned.action] += 1
            self._count(planned.calls)
            yield planned
            for call in shared:
                step = self._order.job.step(call.step)
                yield from self._counted(self._batches.add(step, call))
        yield from self._counted(self._batches.rest())

    def totals(self) -> Totals:
        """Return what the plan comes to, as far as it was walked."""
        return Totals(
            rows=self._actions.total(), actions=dict(self._actions), calls=dict(self._calls)
        )

    def _counted(self, calls: Iterable[PlannedCall]) -> Iterator[PlannedCall]:
        for call in calls:
            self._count((call,))
            yield call

    def _count(self, calls: Iterable[PlannedCall]) -> None:
        self._calls.update((call.target, call.service, call.operation) for call in calls)

    def _planned(self, row: TypedRow) -> tuple[PlannedRow, tuple[PlannedCall, ...]]:
        """Return a row of the plan, and its calls that other rows may share."""
        state = RowState(row)
        if row.problems:
            return self._faulty(row, state, row.problems), ()
        decisions = self._decisions(state)
        if state.flaws:
            problems = tuple(
                problem(flaw, self._order.address(row.number, column))
                for column, flaw in state.flaws
            )
            return self._faulty(row, state, problems), ()
        last = decisions[-1] if decisions else Decision()
        if last.action in {Action.CONFLICT, Action.SKIP}:
            return self._row(row, state, last, ()), ()
        calls = [call for each in decisions for call in each.calls]
        shared = tuple(call for call in calls if self._is_shared(call))
        own = tuple(call for call in calls if call not in shared)
        whole = Decision(
            action=max((each.action for each in decisions), key=_WEIGHT.index, default=Action.NONE),
            changes=tuple(change for each in decisions for change in each.changes),
        )
        return self._row(row, state, whole, own), shared

    def _decisions(self, state: RowState) -> list[Decision]:
        """Decide a row's steps in turn; a conflict or a skip ends the row."""
        decisions: list[Decision] = []
        for number, step in enumerate(self._order.job.steps):
            context = self._contexts[state.typed.target]
            case = Case(context=context, row=state, address=str(number), step=step)
            if case.is_due:
                decisions.append(decide(case))
                if decisions[-1].action in {Action.CONFLICT, Action.SKIP}:
                    break
        return decisions

    def _is_shared(self, call: PlannedCall) -> bool:
        return is_shared(self._order.job.step(call.step))

    def _faulty(self, row: TypedRow, state: RowState, problems: tuple[Problem, ...]) -> PlannedRow:
        """Keep a row's problems; its action is what the job would have done."""
        self.problems.extend(problems)
        meant = Decision(action=Action(verb(self._order.job.steps[0].operation)))
        return self._row(row, state, meant, (), problems[0])

    def _row(
        self,
        row: TypedRow,
        state: RowState,
        decision: Decision,
        calls: tuple[PlannedCall, ...],
        found: Problem | None = None,
    ) -> PlannedRow:
        if decision.flaw is not None:
            found = problem(decision.flaw, self._order.address(row.number, self._key))
        thing = state.thing
        return PlannedRow(
            number=row.number,
            key=row.key,
            target=row.target,
            action=decision.action,
            cells=row.cells,
            changes=decision.changes,
            calls=calls,
            problem=found,
            thing=(thing.id, thing.arn) if thing else ("", ""),
        )

    @property
    def _key(self) -> str:
        key = self._order.job.key
        return key[0] if key else ""
