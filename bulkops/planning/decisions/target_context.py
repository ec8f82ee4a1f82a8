"""What the decisions about one target's rows have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from bulkops.definition.job import Job
from bulkops.definition.thing_kinds import KINDS
from bulkops.planning.calls.arguments import StepArguments
from bulkops.planning.coming.coming_things import ComingThings
from bulkops.planning.existing_things import OnExists
from bulkops.planning.inventory import Thing
from bulkops.planning.knots import Knot
from bulkops.planning.name_resolution import Names
from bulkops.planning.needed_values import NeededValue
from bulkops.planning.plan import Need
from bulkops.planning.promotion.flow_mapping import FlowMapping
from bulkops.planning.rows.cells import Flaw
from bulkops.planning.target import Target

Listed: TypeAlias = Mapping[tuple[str, str, str], Need]
"""(kind, a thing's key, value) → the call that puts the value on a list of the thing's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetContext:
    """What the decisions about one target's rows have in common.

    `steps` are by their address, and so are `described_by`: the columns with a value in which a
    row needs what only a Describe operation says. `removed` are by kind the ids of what the plan
    deletes, with the call that does. `needed` is what updates need as a whole, by their step's
    address. `added` counts what the plan adds to each list that belongs to a thing, by relation
    and id.
    """

    job: Job
    steps: Mapping[str, StepArguments]
    described_by: Mapping[str, frozenset[str]]
    target: Target
    names: Names
    on_exists: OnExists
    needed: Mapping[str, Sequence[NeededValue]] = field(default_factory=dict)
    removed: Mapping[str, Mapping[str, Need]] = field(default_factory=dict)
    added: Counter[tuple[str, str]] = field(default_factory=Counter)
    mapping: FlowMapping = field(default_factory=FlowMapping)
    """What stands in the target for what flows refer to in the instance that they come from."""
    coming: ComingThings | None = None
    """What rows make that other rows may need; None: they need nothing of one another."""
    listed: Listed = field(default_factory=dict)
    """What rows put on lists of which other rows' cells must be one."""
    knots: Mapping[int, Knot] = field(default_factory=dict)
    """By row the rows that it is in a circle with, which is cut."""
    said: Callable[[int], str] = str
    """What a row is called, by its number."""

    def gone(self, kind: str, thing: Thing) -> Flaw | None:
        """Say which row deletes a thing; None: none does."""
        need = self.removed.get(kind, {}).get(thing.id)
        if need is None:
            return None
        return Flaw(
            code="is-deleted",
            message=f'the {KINDS[kind].noun} "{thing.name}" is deleted by {self.said(need.row)}',
            found=thing.name,
            hint="Name another one here, or take that row out.",
        )
