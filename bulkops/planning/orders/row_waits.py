"""Which rows wait for which, known by their names before any of them is decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from bulkops.definition.kinds.found_things import Find
from bulkops.planning.calls.argument import LATER, ArgumentSource
from bulkops.planning.calls.arguments import StepArguments
from bulkops.planning.coming.coming_things import ComingThings, MakingStep
from bulkops.planning.knots import Fill, Waits
from bulkops.planning.plan import Need, Placeholder
from bulkops.planning.promotion.flow_lookups import named_in
from bulkops.planning.promotion.flow_mapping import FlowMapping
from bulkops.planning.rows.cells import LongText
from bulkops.planning.rows.typed_rows import TypedRow


class RowWaits:
    """Gathers which rows wait for which; `coming` is by the target's name."""

    def __init__(self, coming: Mapping[str, ComingThings]) -> None:
        self._coming = coming
        self._found: dict[int, dict[int, set[str]]] = {}
        self.fills: dict[int, Fill] = {}
        """By row how it can be filled, once what it names is made."""

    @property
    def found(self) -> Waits:
        """What was gathered."""
        return self._found

    def add(
        self,
        steps: Sequence[StepArguments],
        makers: Iterable[MakingStep],
        rows: Iterable[TypedRow],
        mapping: FlowMapping,
    ) -> None:
        """Take in what rows of an order name that others make. `makers` are among its steps.

        `mapping` tells what its flows refer to.
        """
        own = {maker.subject for maker in makers}
        for row in rows:
            if row.problems or row.verb == "none" or not self._coming.get(row.target):
                continue
            names = _NamesOf(row, self._coming[row.target], own, mapping)
            for step in steps:
                if step.is_due(row.values):
                    step.of(names.source())
                    if step.step.fills:
                        self.fills[row.number] = Fill(Need(row.number, step.address), step.flows)
            if names.waits:
                self._found[row.number] = dict(names.waits)


class _NamesOf:
    """What one row names of what is coming; what it makes itself it does not wait for."""

    def __init__(
        self, row: TypedRow, coming: ComingThings, own: Collection[Find], mapping: FlowMapping
    ) -> None:
        self._row = row
        self._mapping = mapping
        self._coming = coming
        self._own = own
        self.waits = defaultdict[int, set[str]](set)

    def source(self) -> ArgumentSource:
        """Return what reads the row's arguments, and notes what they name."""
        row = self._row
        return ArgumentSource(
            values=row.values, find=self._note, defaulted=row.defaulted, flow=self._note_named
        )

    def _note_named(self, column: str, flow: LongText) -> Placeholder:
        for kind, name in named_in(flow, self._mapping, self._row.key):
            coming = self._coming.of(kind, name)
            if coming is not None:
                self.waits[coming.need.row].add(column)
        return LATER

    def _note(self, find: Find, name: str, _arn: bool) -> Placeholder:  # noqa: FBT001  # a FindId
        if find.within is not None:
            name = find.name_in(self._row.values)
            self._note(find.within, find.within.name_in(self._row.values), False)  # noqa: FBT003
        if find not in self._own:
            coming = self._coming.of(find.kind, name)
            if coming is not None:
                self.waits[coming.need.row].add(find.column)
        return LATER
