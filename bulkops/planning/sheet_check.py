"""All that can be known of an order without a network, in one pass over its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from bulkops.definition.gathered_rows import gathers
from bulkops.definition.homes import everywhere
from bulkops.definition.job import Identity, Step
from bulkops.definition.model.request_check import ViolationCode
from bulkops.definition.verbs import verb
from bulkops.planning.calls.argument import LATER, ArgumentSource, find_later
from bulkops.planning.calls.arguments import own_steps, step_arguments
from bulkops.planning.calls.call_params import refusals, request_of
from bulkops.planning.calls.idle_rows import asks_nothing
from bulkops.planning.group_check import CellFlaw, group_flaws
from bulkops.planning.inventory import Wants, merged_wants
from bulkops.planning.lookups import Gatherer
from bulkops.planning.promotion.unpublishable_flows import UnpublishableFlows
from bulkops.planning.rows.cells import Flaw
from bulkops.planning.rows.needed_columns import always_required, may_find_it_there
from bulkops.planning.rows.new_names import NewNames
from bulkops.planning.rows.requirements import missing_columns
from bulkops.planning.rows.row_groups import RowGroups
from bulkops.planning.rows.row_repeats import RowRepeats
from bulkops.planning.rows.typed_rows import Identities, Order, TypedRow, problem
from bulkops.problems import Problem, Severity
from bulkops.suggestions import Choices, Hint

_LATER = everywhere(LATER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check found: problems in the order of the sheet, those of the whole sheet first.

    `wants` is what must be read from each target, by its name; `rows` the number of rows meant.
    """

    problems: tuple[Problem, ...] = ()
    wants: Mapping[str, Wants] = field(default_factory=dict)
    rows: int = 0


def check(order: Order, identities: Identities | None = None) -> Checked:
    """Find every problem that can be known offline, and what planning would have to read.

    `identities` are the identity management types of the targets, by the target's name; without
    them no target is known yet and none is refused. Raises SelectionError.
    """
    known = identities or {}
    checker = _Checker(order, known)
    problems: list[Problem] = []
    gatherers: dict[str, Gatherer] = {}
    numbers: set[int] = set()
    doubtful = {each.address.row for each in order.table.problems}
    count = 0
    for row in order.rows(known):
        count += 1
        if doubtful and (place := order.table.address(row.number).row) in doubtful:
            numbers.add(place)
        problems.extend(checker.row(row))
        if row.verb == "none":
            continue
        if row.target not in gatherers:
            gatherers[row.target] = Gatherer(order.job, order.reach, order.mapping)
        gatherers[row.target].add(row)
    return Checked(
        problems=(*checker.sheet(doubtful, numbers), *problems),
        wants={target: gatherer.wants() for target, gatherer in gatherers.items()},
        rows=count,
    )


def together(found: Iterable[Checked]) -> Checked:
    """Return what checks of the sheets of one workbook have found."""
    each = list(found)
    wants: dict[str, list[Wants]] = {}
    for one in each:
        for target, wanted in one.wants.items():
            wants.setdefault(target, []).append(wanted)
    return Checked(
        # what is wrong with a mapping is said once, and not for each sheet of flows
        problems=tuple(dict.fromkeys(problem for one in each for problem in one.problems)),
        wants={target: merged_wants(wanted) for target, wanted in wants.items()},
        rows=sum(one.rows for one in each),
    )


class _Checker:
    """Checks one order; remembers the keys that it has seen, and no row."""

    def __init__(self, order: Order, known: Identities) -> None:
        self._order = order
        self._known = known
        self._targets = Choices(known)
        by_address = step_arguments(order.job)
        self._steps = own_steps(by_address)
        self._sendable = [by_address[address] for address in _sendable(order)]
        self._repeats = RowRepeats(order, known)
        self._new_names = NewNames(order)
        named = ((column.name, column.known) for column in order.job.columns)
        self._known_values = {n: (frozenset(words), Choices(words)) for n, words in named if words}
        self._finds_it_there = may_find_it_there(order.job, order.reach)
        self._unpublishable = UnpublishableFlows(order.job)
        self._groups = RowGroups(order.job, order.rows(known)) if gathers(order.job) else None
        self._group_problems: dict[int, list[Problem]] = {}
        for number, column, flaw in self._group_flaws():
            found = problem(flaw, order.address(number, column))
            self._group_problems.setdefault(number, []).append(found)

    def _group_flaws(self) -> Iterator[CellFlaw]:
        if self._groups is not None:
            yield from group_flaws(self._order, self._known, self._groups, self._steps[0])

    def sheet(self, doubtful: set[int], meant: set[int]) -> Iterator[Problem]:
        """Yield what is wrong with the sheet as a whole, and what its reader doubted."""
        order = self._order
        yield from order.headers.problems
        yield from order.mapping.problems
        for name, identity in self._known.items():
            if identity is None:
                continue
            for flaw in missing_columns(order.job, order.headers, identity, order.reach):
                where = f" (target {name})" if len(self._known) > 1 else ""
                found = problem(flaw, order.address(0))
                yield Problem(
                    code=found.code, message=f"{found.message}{where}", address=found.address
                )
        passed_over = self._rows_among(doubtful) - meant if order.selection else set()
        for each in order.table.problems:
            if each.address.row not in passed_over and self._matters(each.address.column):
                yield each

    def _rows_among(self, numbers: set[int]) -> set[int]:
        table = self._order.table
        return numbers & {table.address(each.number).row for each in table.records()}

    def _matters(self, column: int) -> bool:
        """Tell whether a problem of a column concerns the job, or a column without a header."""
        headers = self._order.table.headers
        if not 0 < column <= len(headers):
            return True
        return column - 1 in self._order.headers.used or not headers[column - 1].strip()

    def row(self, row: TypedRow) -> Iterator[Problem]:
        """Yield everything that is wrong with one row, from left to right."""
        if row.verb == "none":
            return
        found = [*row.problems, *self._target(row), *self._repeats.of(row)]
        found += self._new_names.of(row)
        found += [
            problem(flaw, self._order.address(row.number, column))
            for column, flaw in self._unpublishable.of(row.values)
        ]
        alone = row
        if self._groups is not None:
            found += self._group_problems.get(row.number, [])
            alone = self._groups.of(row.number).completed(row)
        found += [*self._refused(alone), *self._asks_nothing(alone)]
        if self._known_values:
            found += self._not_known(row)
        if found:
            yield from sorted(found, key=lambda each: each.address.column)

    def _not_known(self, row: TypedRow) -> Iterator[Problem]:
        """Warn of values that are not among those known by name: they may be slips, or new."""
        for name, (known, choices) in self._known_values.items():
            value = row.values.get(name)
            for each in value if isinstance(value, tuple) else (value,):
                if isinstance(each, str) and each not in known:
                    flaw = Flaw(
                        code="not-known",
                        message=f'"{each}" is not a {name.removesuffix("s")} known by name',
                        found=each,
                        hint=Hint(choices, each),
                    )
                    found = problem(flaw, self._order.address(row.number, name))
                    yield replace(found, severity=Severity.WARNING)

    def _asks_nothing(self, row: TypedRow) -> Iterator[Problem]:
        job = self._order.job
        flaw = None if row.problems else asks_nothing(job, self._steps, row)
        if flaw is not None and not self._lacks(column.name for column in job.columns):
            yield problem(flaw, self._order.address(row.number))

    def _target(self, row: TypedRow) -> Iterator[Problem]:
        if not self._known or row.target in self._known:
            return
        index = self._order.headers.target
        allowed = ", ".join(sorted(self._known))
        said = f'"{row.target}" is not one of the targets' if row.target else "no target is named"
        yield Problem(
            code="unknown-target",
            message=f"{said}: {allowed}",
            address=self._order.table.address(row.number, 0 if index is None else index + 1),
            found=row.target,
            allowed=allowed,
            advice=Hint(self._targets, row.target),
        )

    def _refused(self, row: TypedRow) -> Iterator[Problem]:
        """Say what the model would refuse in the calls that the row may need."""
        identity = self._known.get(row.target)
        said: set[tuple[str, ...]] = set()
        for columns, flaw in self._refusals(row, identity):
            faulty = {each.address.column for each in row.problems}
            place = self._order.address(row.number, columns[0] if columns else "")
            known = any(self._order.address(row.number, name).column in faulty for name in columns)
            if not (known or self._lacks(columns)) and columns not in said:
                said.add(columns or (flaw.message,))
                yield problem(flaw, place)

    def _refusals(
        self, row: TypedRow, identity: Identity | None
    ) -> Iterator[tuple[tuple[str, ...], Flaw]]:
        job = self._order.job
        source = ArgumentSource(values=row.values, defaulted=row.defaulted, find=find_later)
        for args in self._sendable:
            if not args.is_due(row.values) or args.is_blank(row.values):
                continue
            params = request_of(job.service, args.step, args.of(source), _LATER)
            for columns, flaw, code in refusals(job, args.address, args.step, params, identity):
                if not (code is ViolationCode.MISSING and self._may_be_left_out(args.step)):
                    yield columns, flaw

    def _may_be_left_out(self, step: Step) -> bool:
        """Tell whether it depends on what is there if a row may leave something out of a call."""
        if verb(step.operation) == "create":
            return self._finds_it_there
        # what a row leaves out of an update is added from what is there
        return verb(step.operation) == "update" and step.subject is not None

    def _lacks(self, columns: Iterable[str]) -> bool:
        """Tell whether the sheet lacks a column that is said to be missing as a whole already."""
        job, there = self._order.job, self._order.headers.columns
        return any(
            name not in there and always_required(job, job.column(name), self._order.reach)
            for name in columns
        )


def _sendable(order: Order) -> Iterator[str]:
    """Yield the addresses of the steps that the order's rows may come to be sent by."""
    for address, _ in order.job.addresses():
        depth = address.count(".")
        if depth == 0 or (depth == 1 and order.reach == "update" and "undo" not in address):
            yield address
