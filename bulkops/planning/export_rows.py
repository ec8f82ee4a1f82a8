"""What is there, as rows of a job's own sheet: from ids to names, and from values to cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bulkops.definition.expressions import Held
from bulkops.definition.job import Identity, Job
from bulkops.definition.kinds.found_things import WITHIN
from bulkops.definition.model.member_paths import value_at
from bulkops.definition.thing_kinds import KINDS
from bulkops.planning.calls.json_texts import values_in
from bulkops.planning.diff.led_states import is_led
from bulkops.planning.diff.state import is_hidden, state_value
from bulkops.planning.export_columns import ExportColumn, export_column
from bulkops.planning.export_scope import (
    ExportPlace,
    needs_states,
    owner_kind,
    owner_of,
    relation_of,
    sets_only,
)
from bulkops.planning.inventory import Inventory, Thing
from bulkops.planning.left_out import LeftOuts
from bulkops.planning.name_resolution import Names
from bulkops.planning.sorts import Sorts
from bulkops.planning.spoken_names import SpokenNames, things_of


class Exporter:
    """One walk from what is there to rows of texts. `notes` are complete when it has ended.

    A cell is written only where reading it gives what is there, under the identity management
    type `identity`; where it does not, or where a state is silent, the cell stays blank, which
    changes nothing. `described` tells states of Describe operations from those of searches. `fixed`
    are cells that are the same in all rows, as `export_parts` gives them; None: the rows are to be
    kept, and not to be run.
    """

    def __init__(
        self,
        job: Job,
        inventory: Inventory,
        identity: Identity | None,
        *,
        described: bool = False,
        fixed: Mapping[str, str] | None = None,
    ) -> None:
        self._job = job
        self._fixed = fixed or {}
        self._keeps = fixed is None
        self._owner = owner_of(job)
        self._relation = relation_of(job)
        self._inventory = inventory
        self._spoken = SpokenNames(Names(inventory))
        self._described = described
        self._needs_states = needs_states(job)
        self._sorts = Sorts(job)
        self._sets = sets_only(job)
        self._columns = [export_column(job, column, identity) for column in job.columns]
        self.left_out = LeftOuts(self._fixed)
        """What the rows leave out, thing by thing."""

    def rows(self, only: frozenset[str] | None = None) -> Iterator[tuple[str, ...]]:
        """Yield the cells of one row after another, in the order of the job's columns.

        `only` are the names of the things that are meant; without it, all are.
        """
        for thing in self._meant(only):
            if self._relation is None:
                if thing.state is None and self._needs_states:
                    self.left_out.unread.append(thing.name)
                if not self._is_led(thing):
                    continue
                yield from self._rows_of(thing, thing.state or {})
                continue
            for entry in self._inventory.entries(self._relation.name, thing.id):
                yield from self._row(thing, entry)

    def _is_led(self, thing: Thing) -> bool:
        """Tell whether what the job does to things is seen to be done to one; else it is no row."""
        step, kind = self._job.steps[0], KINDS[self._owner.kind]
        return not step.leads_to or is_led(step, thing, kind, described=thing.described)

    def _meant(self, only: frozenset[str] | None) -> Iterator[Thing]:
        kind = self._owner.kind
        meant = (
            None
            if only is None
            else {thing.key for name in only for thing in self._inventory.find(kind, name)}
        )
        things = list(things_of(self._inventory, kind))
        if KINDS[kind].has_paths:  # those above come before those that lie in them
            things.sort(key=lambda thing: self._spoken(kind, thing.id) or thing.name)
        for thing in things:
            if meant is not None and thing.key not in meant:
                continue
            if self._is_so(thing):
                yield thing
            else:
                self.left_out.others.add(thing.name)

    def _is_so(self, thing: Thing) -> bool:
        """Tell whether a thing is what the job's rows make it: of its sort, and in its state."""
        step, state, kind = self._job.steps[0], thing.state or {}, KINDS[self._owner.kind]
        if self._keeps or self._relation is not None:
            return True
        if not self._sorts.has(state, kind, described=self._described):
            return False
        led = {path: said for path, said in step.leads_to.items() if not isinstance(said, Held)}
        return all(
            state_value(state, tuple(path.split(".")), kind, described=self._described).value
            == said
            for path, said in led.items()
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """What the rows leave out, a sentence each."""
        return tuple(self._notes())

    def _notes(self) -> Iterator[str]:
        yield from self.left_out.notes()
        if self.silent:
            describe = owner_kind(self._job).describe
            by = describe.operation if describe else ""
            yield f"{', '.join(self.silent)} are blank: only {by} tells them, one by one (--full)"

    @property
    def silent(self) -> list[str]:
        """The columns that are blank for want of a Describe operation."""
        return [each.column.name for each in self._columns if self._is_silent(each)]

    def _is_silent(self, writer: ExportColumn) -> bool:
        """Tell whether a column is blank for want of a Describe operation."""
        kind = owner_kind(self._job)
        told = self._described or self._relation is not None or writer.never
        return not told and any(is_hidden(kind, place.path) for place in writer.places)

    def _rows_of(self, thing: Thing, held: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
        """Yield a thing's rows: one, or one for each element of the list that its rows make."""
        listed = next((each for each in self._columns if each.in_list), None)
        if listed is None:
            yield from self._row(thing, held)
            return
        elements = self._held(listed.places[0], held) or [{}]
        rows = [
            row
            for element in elements
            for row in self._row(thing, held, element, first=element is elements[0])
        ]
        if len(rows) == len(elements):  # without one of its rows the list would lose an element
            yield from rows

    def _row(
        self,
        thing: Thing,
        held: Mapping[str, Any],
        element: Any = None,  # noqa: ANN401  # JSON
        *,
        first: bool = True,
    ) -> Iterator[tuple[str, ...]]:
        cells: list[str] = []
        for writer in self._columns:
            name = writer.column.name
            if name in self._owner.columns:
                value = self._called(thing)[name]
            elif name == self._sorts.column:
                kind = KINDS[self._owner.kind]
                value = self._sorts.of(held, kind, described=self._described)
            elif writer.in_list:
                value = writer.nothing if element == {} else self._element(writer, element)
            else:
                value = self._value(writer, held) if first else ""
            nothing = writer.in_list and element == {}
            text = self._fixed.get(name, value if nothing else writer.cells.text(value))
            if not text and name in self._job.key and element != {}:
                self.left_out.unclear.append(thing.name)
                return
            if text == "" and writer.needed and self._is_missed(writer, thing):
                self.left_out.without.append((thing.name, name))
                return
            if text is None:
                self.left_out.unsaid.append((thing.name, name))
            cells.append(writer.emptied if text == "" else text or "")
        if self._sets and not self._keeps and self._asks_nothing(cells):
            self.left_out.empty.append(thing.name)  # a row that sets nothing is refused
            return
        yield tuple(cells)

    def _asks_nothing(self, cells: list[str]) -> bool:
        """Tell whether all cells are blank by which a row would set something."""
        named = zip(self._columns, cells, strict=True)
        return not any(
            cell for writer, cell in named if writer.column.name not in self._owner.columns
        )

    def _is_missed(self, writer: ExportColumn, thing: Thing) -> bool:
        """Tell whether a blank cell is of something that has nothing there, so that no row is.

        What is kept of things is whole, whatever a row needs to be run.
        """
        return not self._keeps and thing.state is not None and not self._is_silent(writer)

    def _value(self, writer: ExportColumn, held: Mapping[str, Any]) -> Any:  # noqa: ANN401  # JSON
        """Return a column's value in names; empty where there is none, None for one without."""
        for place in () if writer.never else writer.places:
            value = self._held(place, held)
            if value not in (None, "", [], {}):
                return self._in_names(place.finds, value)
        return ""

    def _element(self, writer: ExportColumn, element: Any) -> Any:  # noqa: ANN401  # JSON
        """Return a column's value in an element of a list, in names."""
        place = writer.places[0]
        value = value_at(element, place.inside or ())
        if value is None:
            return ""
        named = self._in_names(place.finds, value)
        # a cell that may hold several values holds this one alone
        return [named] if writer.column.split and isinstance(named, str) else named

    def _called(self, thing: Thing) -> Mapping[str, str | None]:
        """Return by column what a thing is called, and what that in which it lies is called."""
        within = self._owner.within
        if within is None:
            return {self._owner.by.name: self._spoken(self._owner.kind, thing.id)}
        owner = self._inventory.name_of(within.kind, thing.within)
        return {
            within.by.name: self._spoken(within.kind, thing.within),
            self._owner.by.name: thing.name.removeprefix(f"{owner}{WITHIN}"),
        }

    def _held(self, place: ExportPlace, held: Mapping[str, Any]) -> Any:  # noqa: ANN401  # JSON
        if self._relation is not None:
            return held.get(place.path[0])
        kind = KINDS[self._owner.kind]
        value = state_value(held, place.path, kind, described=self._described).value
        if place.form is not None:
            text, leaf = place.form
            return (values_in(text, value) or {}).get(leaf)
        return [*value] if place.keys and isinstance(value, Mapping) else value

    def _in_names(self, kind: str, value: Any) -> Any:  # noqa: ANN401  # JSON
        """Return a value with names for ids; None where one of them has no name of its own."""
        if not kind or KINDS[kind].is_named_by_id:
            return value
        if isinstance(value, str):
            return self._spoken(kind, value)
        names = [self._spoken(kind, each) for each in value]
        return None if None in names else names
