"""A new plan for some rows of a run, as the ledger takes it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bulkops.planning.plan import Need, PlannedCall, PlannedRow


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArguments:
    """Other arguments for a call that has not acted, and the rows that it carries from now on."""

    params: Mapping[str, Any]
    undo: Mapping[str, Any] | None
    rows: tuple[int, ...]
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Replanning:
    """Rows that are planned anew, and what takes the place of the calls they had.

    `rows` bear the run's own numbers; their calls, and the `shared` ones, come at the end of the
    plan. `void` calls are not sent any more. `arguments` are by call, for those that stay. `cells`
    are by row, for those of which nothing but the texts is new.
    """

    rows: Sequence[PlannedRow] = ()
    cells: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    void: Sequence[int] = ()
    arguments: Mapping[int, NewArguments] = field(default_factory=dict)
    shared: Sequence[PlannedCall] = ()
