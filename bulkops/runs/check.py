"""Checking a sheet against an instance: every problem that a plan would meet, all at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from bulkops.engine.reads.instance_reader import ReadError
from bulkops.errors import RefusedError, TargetError
from bulkops.planning.sheet_check import Checked
from bulkops.planning.workbook_plan import plan_of
from bulkops.problems import Problem, ProblemsFoundError
from bulkops.runs.inputs.sheet_inputs import Inputs, barring, checked
from bulkops.runs.named_ids import in_names
from bulkops.runs.reads import look_at_names
from bulkops.targets.connect import Connection


@contextmanager
def sheet_before_target(inputs: Inputs) -> Iterator[None]:
    """Where a target can't be reached, say first what is wrong with the sheet, if anything is."""
    try:
        yield
    except (RefusedError, TargetError, ReadError) as error:
        problems = barring(checked(inputs).problems)
        if problems:
            raise ProblemsFoundError(problems) from error
        raise


async def checked_in_names(inputs: Inputs, connection: Connection) -> tuple[Inputs, Checked]:
    """Check a sheet against the targets, ids in it taken for the names that they stand for."""
    found = checked(inputs, connection.identities)
    if not can_look_up(found):
        return inputs, found
    orders = [await in_names(order, found.wants, connection) for order in inputs.orders]
    if all(order.spoken is None for order in orders):
        return inputs, found
    inputs = replace(inputs, orders=tuple(orders))
    return inputs, checked(inputs, connection.identities)


async def all_problems(
    inputs: Inputs, found: Checked, connection: Connection
) -> tuple[Problem, ...]:
    """Return what was found offline together with what is wrong with the names, once each."""
    named = await _problems_of_names(inputs, found, connection) if can_look_up(found) else ()
    return _merged(found.problems, named, {each.sheet: each.place for each in inputs.tables})


def can_look_up(found: Checked) -> bool:
    """Tell whether names can be looked up: not while the headers or the targets are wrong."""
    return not any(map(_bars_looking_up, barring(found.problems)))


def _bars_looking_up(problem: Problem) -> bool:
    """Tell whether a problem is of the whole sheet, or leaves open which instance is meant."""
    return not problem.address.row or problem.code == "unknown-target"


async def _problems_of_names(
    inputs: Inputs, found: Checked, connection: Connection
) -> tuple[Problem, ...]:
    inventories = await look_at_names(found.wants, connection)
    planner = plan_of(inputs.orders, connection.targets, inventories)
    for _ in planner.entries():
        pass
    return tuple(planner.problems)


def _merged(
    known: tuple[Problem, ...], named: tuple[Problem, ...], sheets: Mapping[str, int]
) -> tuple[Problem, ...]:
    """Return all problems once, by sheet, row and column; those of a whole sheet come first.

    `sheets` are the places of the sheets of a workbook, by their names.
    """

    def place(each: Problem) -> tuple[int, int, int]:
        return sheets.get(each.address.sheet, 0), each.address.row, each.address.column

    return tuple(sorted(dict.fromkeys((*known, *named)), key=place))
