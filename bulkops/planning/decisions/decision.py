"""What a step does about a row: its calls and changes, or that something else is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from bulkops.planning.plan import Action, Change, ListChange, Need, PlannedCall
from bulkops.planning.rows.cells import Flaw


class Decision(NamedTuple):
    """What a step does about a row. `flaw` says why, where it is a conflict.

    `lists` are those of `changes` that are to be shown row by row.
    """

    action: Action = Action.NONE
    calls: tuple[PlannedCall, ...] = ()
    changes: tuple[Change, ...] = ()
    flaw: Flaw | None = None
    lists: tuple[ListChange, ...] = ()

    def kept(self, back: Mapping[str, Any]) -> Decision:
        """Return the decision with what takes its one call back."""
        (call,) = self.calls
        return self._replace(calls=(replace(call, undo=back),))

    def after(self, needs: tuple[Need, ...]) -> Decision:
        """Return the decision with its calls waiting for others."""
        if not needs:
            return self
        calls = [replace(call, needs=(*call.needs, *needs)) for call in self.calls]
        return self._replace(calls=tuple(calls))


NOTHING = Decision()


@dataclass(frozen=True, slots=True, kw_only=True)
class Existing:
    """What a step would make is there already and differs: `--on-exists` says what is done.

    `changes` are from what is there to what the row says; `flaw` says what is wrong where it
    must stay as it is.
    """

    changes: tuple[Change, ...]
    flaw: Flaw
