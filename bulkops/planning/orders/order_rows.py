"""The rows of an order decided: each row's steps in turn, by what is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bulkops.definition.gathered_rows import gathers
from bulkops.definition.verbs import verb
from bulkops.planning.calls.arguments import StepArguments
from bulkops.planning.calls.idle_rows import asks_nothing
from bulkops.planning.decisions.decision import Decision
from bulkops.planning.decisions.group_rows import parted, row_at_fault
from bulkops.planning.decisions.on_exists import decide
from bulkops.planning.decisions.row_decision import planned_row
from bulkops.planning.decisions.row_findings import RowFindings
from bulkops.planning.decisions.step_case import StepCase
from bulkops.planning.decisions.target_context import TargetContext
from bulkops.planning.inventory import Thing
from bulkops.planning.plan import Action, RowDecision
from bulkops.planning.rows.cells import Flaw
from bulkops.planning.rows.row_groups import RowGroup, RowGroups
from bulkops.planning.rows.sheet_numbers import row_in_sheet
from bulkops.planning.rows.typed_rows import Identities, Order, TypedRow, problem
from bulkops.problems import Problem, Severity

_WEIGHT = (
    Action.NONE,
    Action.ASSOCIATE,
    Action.DISASSOCIATE,
    Action.UPDATE,
    Action.CREATE,
    Action.DELETE,
)
"""A row's action is the last of these that one of its steps takes."""
_ENDS_ROW = frozenset({Action.CONFLICT, Action.SKIP})


class OrderRows:
    """The rows of an order, decided one after another.

    `contexts` are by the target's name; `steps` are those that each row goes through. `circled`
    are the rows that wait for one another, with what is said of each.
    """

    def __init__(
        self,
        order: Order,
        identities: Identities,
        contexts: Mapping[str, TargetContext],
        steps: Sequence[StepArguments],
        circled: Mapping[int, Flaw],
    ) -> None:
        self._order = order
        self._identities = identities
        self._contexts = contexts
        self._steps = steps
        self._circled = circled

    def decisions(self) -> Iterator[RowDecision]:
        """Yield what is decided about each row, in the order of the sheet."""
        if not self._circled:
            yield from self._each()
            return
        key = next(iter(self._order.job.key), "")
        for each in self._each():
            number = each.row.number
            flaw = self._circled.get(number)
            if flaw is None:
                yield each
            else:
                yield _in_circle(each, problem(flaw, self._order.address(number, key)))

    def _each(self) -> Iterator[RowDecision]:
        rows = self._order.rows(self._identities)
        if gathers(self._order.job):
            yield from self._gathered(RowGroups(self._order.job, rows))
            return
        for row in rows:
            yield self._passed_over(row, row.problems) if row.problems else self._decided(row)

    def _gathered(self, groups: RowGroups) -> Iterator[RowDecision]:
        """Decide the rows about one thing as one, when the first of them comes up."""
        ready: dict[int, RowDecision] = {}
        for row in groups.rows():
            group = groups.of(row.number)
            if row is group.lead:
                ready.update((each.row.number, each) for each in self._group(group))
            yield ready.pop(row.number)

    def _group(self, group: RowGroup) -> Iterator[RowDecision]:
        broken = {row.number: row.problems for row in group.rows if row.problems}
        if broken:
            yield from self._broken(group, broken, None)
            return
        whole = group.whole()
        nothing = asks_nothing(self._order.job, self._steps, whole)
        found = RowFindings()
        steps = [] if nothing else self._decisions(whole, found)
        flaws = [("", nothing)] if nothing else found.flaws
        if flaws:
            placed: dict[int, tuple[Problem, ...]] = {}
            for column, flaw in flaws:
                row = row_at_fault(group, column, flaw)
                said = self._problem(row, column, flaw)
                placed[row.number] = (*placed.get(row.number, ()), said)
            yield from self._broken(group, placed, found.thing)
            return
        warnings = self._warnings(group.lead, found)
        for row, decision in parted(group, _whole(steps), self._own_texts):
            here = warnings if row is group.lead else ()
            yield self._planned(row, decision, found.thing, here)

    def _broken(
        self, group: RowGroup, problems: Mapping[int, tuple[Problem, ...]], thing: Thing | None
    ) -> Iterator[RowDecision]:
        """Keep the problems of a group's rows; the others are not carried out without them."""
        number, (first, *_) = next(iter(problems.items()))
        for row in group.rows:
            if row.number in problems:
                said = problems[row.number]
                alone = row.problems and said == row.problems
                yield self._passed_over(row, said) if alone else self._faulty(row, said, thing)
            else:
                message = (
                    f"row {row_in_sheet(number)} is sent together with this one: {first.message}"
                )
                beside = self._problem(row, "", Flaw(code=first.code, message=message))
                yield self._faulty(row, (beside,), thing)._replace(problems=())

    def _own_texts(self, row: TypedRow) -> set[str]:
        """Return the elements that a row makes, in words."""
        context = self._contexts[row.target]
        case = StepCase(context=context, row=row, found=RowFindings(), args=self._steps[0])
        name_of = context.names.inventory.name_of
        return {
            argument.each.said(each, name_of)
            for argument in case.arguments()
            if argument.each is not None
            for each in (*argument.value, *(argument.amends.remove if argument.amends else ()))
        }

    def _decided(self, row: TypedRow) -> RowDecision:
        if row.verb == "none":
            return RowDecision(row=planned_row(row, Decision(action=Action.SKIP), None, None))
        nothing = asks_nothing(self._order.job, self._steps, row)
        if nothing is not None:
            return self._passed_over(row, (self._problem(row, "", nothing),))
        found = RowFindings()
        steps = self._decisions(row, found)
        if found.flaws:
            problems = tuple(self._problem(row, column, flaw) for column, flaw in found.flaws)
            return self._faulty(row, problems, found.thing)
        return self._planned(row, _whole(steps), found.thing, self._warnings(row, found))

    def _planned(
        self, row: TypedRow, whole: Decision, thing: Thing | None, warnings: tuple[Problem, ...]
    ) -> RowDecision:
        key = next(iter(self._order.job.key), "")
        conflict = self._problem(row, key, whole.flaw) if whole.flaw else None
        said = conflict or (warnings[0] if warnings else None)
        return RowDecision(row=planned_row(row, whole, thing, said), problems=warnings)

    def _warnings(self, row: TypedRow, found: RowFindings) -> tuple[Problem, ...]:
        return tuple(
            [
                replace(self._problem(row, column, flaw), severity=Severity.WARNING)
                for column, flaw in found.warnings
            ]
        )

    def _decisions(self, row: TypedRow, found: RowFindings) -> list[Decision]:
        """Decide a row's steps in turn; a conflict or a skip ends the row."""
        decisions: list[Decision] = []
        context = self._contexts[row.target]
        for step in self._steps:
            if step.is_due(row.values):
                case = StepCase(context=context, row=row, found=found, args=step)
                decisions.append(decide(case))
                if decisions[-1].action in _ENDS_ROW:
                    break
        return decisions

    def _passed_over(self, row: TypedRow, problems: tuple[Problem, ...]) -> RowDecision:
        """Keep what is wrong with a row that is not decided, its names looked at all the same."""
        found, context = RowFindings(), self._contexts.get(row.target)
        if context is not None:  # else nobody knows in which instance to look
            for step in self._steps:
                if step.is_due(row.values):
                    StepCase(context=context, row=row, found=found, args=step).look_at_names()
        named = tuple(self._problem(row, column, flaw) for column, flaw in found.flaws)
        return self._faulty(row, (*problems, *named), None)

    def _faulty(
        self, row: TypedRow, problems: tuple[Problem, ...], thing: Thing | None
    ) -> RowDecision:
        """Keep a row's problems; its action is what the job would have done."""
        meant = Decision(action=Action(verb(self._order.job.steps[0].operation)))
        return RowDecision(row=planned_row(row, meant, thing, problems[0]), problems=problems)

    def _problem(self, row: TypedRow, column: str, flaw: Flaw) -> Problem:
        return problem(flaw, self._order.address(row.number, column))


def _in_circle(decision: RowDecision, found: Problem) -> RowDecision:
    """Take a row's calls away that could never be sent, and say why."""
    row = replace(decision.row, calls=(), problem=found)
    return RowDecision(row=row, problems=(*decision.problems, found))


def _whole(steps: list[Decision]) -> Decision:
    """Return what a row's steps come to: all that they do, or the one that ended the row."""
    if steps and steps[-1].action in _ENDS_ROW:
        return steps[-1]
    if len(steps) == 1:
        return steps[0]
    return Decision(
        action=max((each.action for each in steps), key=_WEIGHT.index, default=Action.NONE),
        calls=tuple(call for each in steps for call in each.calls),
        changes=tuple(change for each in steps for change in each.changes),
    )
