"""What is wrong with rows that make a list together: seen only where all of them are seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any, NamedTuple

from bulkops.definition.column_kinds import written
from bulkops.definition.expressions import leaves
from bulkops.definition.gathered_rows import lists_of
from bulkops.definition.kinds.found_things import Col, Find
from bulkops.definition.model.member_paths import value_at
from bulkops.definition.model.operations import operation
from bulkops.definition.model.value_limits import size_breach
from bulkops.definition.thing_kinds import KINDS
from bulkops.planning.calls.argument import Argument, ArgumentSource, find_later
from bulkops.planning.calls.arguments import StepArguments
from bulkops.planning.calls.elements import Elements
from bulkops.planning.diff.list_amendments import element_key
from bulkops.planning.rows.cells import Flaw
from bulkops.planning.rows.row_groups import RowGroup, RowGroups
from bulkops.planning.rows.selection import Selection
from bulkops.planning.rows.sheet_numbers import row_in_sheet
from bulkops.planning.rows.typed_rows import Identities, Order, TypedRow

CellFlaw = tuple[int, str, Flaw]
"""(row, column, what is wrong)."""
_DAY_ENDS = 24 * 60


def group_flaws(
    order: Order, identities: Identities, groups: RowGroups, args: StepArguments
) -> Iterator[CellFlaw]:
    """Yield all that is wrong with the groups of an order's rows, for the job's own step."""
    (how,) = {each.how.name if each.how else "" for each in lists_of(args.step.args)}
    kind = args.step.about.kind if args.step.about else ""
    noun = KINDS[kind].noun if kind in KINDS else "thing"
    left = _left_out(order, identities, groups) if order.selection else {}
    for group in groups:
        yield from _contradictions(order, group, noun)
        yield from _mixed(order, group, how, noun)
        yield from _unused(group, args)
        if not any(row.problems for row in group.rows):
            yield from _about_list(group, args)
        number = left.get(group.lead.number)
        if number is not None and not _only_amends(group, how):
            yield _cut(group, noun, number)


def _contradictions(order: Order, group: RowGroup, noun: str) -> Iterator[CellFlaw]:
    for row, name, other in group.contradictions():
        there = order.address(other.number, name)
        said, before = written(row.values[name]), written(other.values[name])
        message = (
            f'{name} is "{said}" here and "{before}" at {there}: rows about one {noun} are sent'
            " together"
        )
        hint = "Leave it blank in all of them but one."
        flaw = Flaw(code="contradicting-row", message=message, found=said, hint=hint)
        yield row.number, name, flaw


def _mixed(order: Order, group: RowGroup, how: str, noun: str) -> Iterator[CellFlaw]:
    """Say where some rows replace a list and others amend it: it can't be both."""
    lead = group.lead
    for row in group.rows if how else ():
        said, first = str(row.values.get(how)), str(lead.values.get(how))
        if "replace" in (said, first) and said != first:
            message = (
                f'"{said}" here and "{first}" at {order.address(lead.number, how)}:'
                f" the list of one {noun} is replaced or amended, not both"
            )
            yield row.number, how, Flaw(code="mixed-changes", message=message, found=said)


def _unused(group: RowGroup, args: StepArguments) -> Iterator[CellFlaw]:
    """Say where a row says that there is no element, and yet what one would hold."""
    for each in lists_of(args.step.args):
        columns = dict.fromkeys(
            leaf.column for leaf in leaves(each) if isinstance(leaf, Col | Find)
        )
        for row in group.rows:
            empty = next((name for name in columns if row.values.get(name) == ()), "")
            held = [name for name in columns if row.values.get(name) not in (None, ())]
            if empty and held:
                message = f"{held[0]} must be empty: {empty} says that there is nothing"
                yield row.number, held[0], Flaw(code="unused-value", message=message)


def _only_amends(group: RowGroup, how: str) -> bool:
    return bool(how) and all(row.values.get(how) != "replace" for row in group.rows)


def _cut(group: RowGroup, noun: str, number: int) -> CellFlaw:
    message = (
        f"row {row_in_sheet(number)} is about the same {noun} and is not among the rows that are"
        " meant: the list would lose what it says"
    )
    hint = "Take all rows about one thing, or none."
    return group.lead.number, "", Flaw(code="cut-group", message=message, hint=hint)


def _left_out(order: Order, identities: Identities, groups: RowGroups) -> Mapping[int, int]:
    """Return, by the first row of a group, a row of the sheet about the same that is not meant."""
    meant = {row.number for group in groups for row in group.rows}
    every = RowGroups(order.job, replace(order, selection=Selection()).rows(identities))
    found: dict[int, int] = {}
    for group in every:
        here = [row.number for row in group.rows if row.number in meant]
        out = [row.number for row in group.rows if row.number not in meant]
        if here and out:
            found[here[0]] = out[0]
    return found


class _Slot(NamedTuple):
    """An element with a beginning and an end, and the row that makes it."""

    begins: int
    ends: int
    row: int
    form: Elements
    element: Any


def _about_list(group: RowGroup, args: StepArguments) -> Iterator[CellFlaw]:
    yield from _too_long(group, args)
    slots: dict[str, list[_Slot]] = {}
    for row in group.rows:
        for argument, form in _lists(args, group.completed(row)):
            for element in argument.value if form.apart else ():
                alike, slot = _slot(form, argument, element, row)
                slots.setdefault(alike, []).append(slot)
    for each in slots.values():
        yield from _overlaps(sorted(each, key=lambda slot: (slot.begins, slot.ends, slot.row)))


def _lists(args: StepArguments, row: TypedRow) -> Iterator[tuple[Argument, Elements]]:
    source = ArgumentSource(
        values=row.values,
        defaulted=row.defaulted,
        find=find_later,
        rows=row.together,
    )
    return ((each, each.each) for each in args.of(source) if each.each is not None)


def _too_long(group: RowGroup, args: StepArguments) -> Iterator[CellFlaw]:
    for argument, _ in _lists(args, group.whole()):
        limits = operation(args.service, args.step.operation).member(argument.dotted).limits
        breach = size_breach(limits, len(argument.value), "values")
        if breach is not None and argument.amends is None:
            message = f"the list that the rows make {breach.message}; allowed: {breach.allowed}"
            flaw = Flaw(code="wrong-count", message=message, allowed=breach.allowed)
            yield group.lead.number, argument.field, flaw


def _slot(
    form: Elements,
    argument: Argument,
    element: Any,  # noqa: ANN401  # JSON
    row: TypedRow,
) -> tuple[str, _Slot]:
    """Return (what elements are alike by, the element's place among them)."""
    bounds = form.apart or ("", "")
    begins, ends = (_minutes(value_at(element, (bound,))) for bound in bounds)
    alike = {name: each for name, each in element.items() if name not in bounds}
    key = element_key([argument.dotted, alike])
    # what ends at midnight, or on the next day, lasts to the end of its own
    return key, _Slot(begins, ends if ends > begins else _DAY_ENDS, row.number, form, element)


def _minutes(time: Any) -> int:  # noqa: ANN401  # JSON
    return 0 if time is None else int(time["Hours"]) * 60 + int(time["Minutes"])


def _overlaps(slots: list[_Slot]) -> Iterator[CellFlaw]:
    for before, slot in pairwise(slots):
        if slot.begins < before.ends:
            said, other = (_said(each) for each in (slot, before))
            message = f'"{said}" overlaps "{other}" of row {row_in_sheet(before.row)}'
            flaw = Flaw(code="overlapping-rows", message=message, found=said)
            yield slot.row, slot.form.field, flaw


def _said(slot: _Slot) -> str:
    return slot.form.said(slot.element, lambda _, each: each)
