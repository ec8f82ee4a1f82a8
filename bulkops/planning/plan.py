"""What a plan is made of: rows with their action, old → new, and the calls they need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from bulkops.problems import Problem


class Action(StrEnum):
    """What a plan does with a row."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    ASSOCIATE = "associate"
    DISASSOCIATE = "disassociate"
    NONE = "none"  # already so: no call
    SKIP = "skip"  # there but different, and the person said to leave such rows alone
    CONFLICT = "conflict"  # there but different, or changed since: not sent, a person decides


LEFT_ALONE = frozenset({Action.NONE, Action.SKIP})
"""Actions of rows of which nothing is to be sent, as it should be."""


class Need(NamedTuple):
    """A call that must have succeeded before another is sent: the one of a row by a step."""

    row: int
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placeholder:
    """A value of a call that is known only when it is sent: never stored, never shown.

    `kind` is "secret" (a cell of the column `name`), "saved" (returned by an earlier step),
    "token" (the client token), "made" (saved as `name` by the call `of` another row), "upload"
    (the id of a file that is put somewhere first) or "text" (one in which others stand). `was` is
    what that call had made before: it stands where it is there, and not made again. `holds` is
    what is put: the octets or the text under "file", and what a place for it is asked for with
    under "args"; or the texts and placeholders, under "parts", that are joined to one text.
    """

    kind: str
    name: str = ""
    of: Need | None = None
    was: str = ""
    holds: Mapping[str, Any] | None = None
    said: str = field(default="", compare=False, repr=False)
    """What a person calls it, to be shown while the plan is made; it is not stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field's old and new value, in the words of the sheet (names, not ids)."""

    field: str
    old: str
    new: str

    def __str__(self) -> str:
        """Render as `field: old → new`."""
        return f"{self.field}: {self.old or '∅'} → {self.new or '∅'}"


class ListChange(NamedTuple):
    """What is added to a list that rows make together, and removed from it, in words."""

    field: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedCall:
    """One request to send: for one row, or a batch for several.

    `step` is an address of `Job.addresses`. `params` may hold Placeholders anywhere. `undo` is the
    params that put back what was there before, for a call that sets values; None where the
    step's own undo step says how. `needs` are calls of other rows that must have succeeded before;
    those that make its placeholders are among them.
    """

    step: str
    target: str
    service: str
    operation: str
    params: Mapping[str, Any]
    rows: tuple[int, ...]
    undo: Mapping[str, Any] | None = None
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRow:
    """One row of the sheet with what the plan does about it.

    `calls` are the row's own, to be sent in this order; calls that it shares with other rows
    come from the plan separately. `cells` are the original texts, secrets masked. `thing` is the
    id and ARN of what is already there, where it is.
    """

    number: int
    key: str
    target: str
    action: Action
    cells: tuple[str, ...]
    changes: tuple[Change, ...] = ()
    calls: tuple[PlannedCall, ...] = ()
    problem: Problem | None = None
    thing: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What a plan comes to."""

    rows: int = 0
    actions: Mapping[Action, int] = field(default_factory=dict)
    calls: Mapping[tuple[str, str, str], int] = field(default_factory=dict)
    """(target, service, operation) → number of calls."""
    chain: int = 0
    """How many calls wait for one another in a row, at the most; 0 where no row needs another."""

    @property
    def differing(self) -> int:
        """How many rows would change something, or are in conflict with what is there."""
        return sum(number for action, number in self.actions.items() if action not in LEFT_ALONE)


class RowDecision(NamedTuple):
    """A row of the plan, with all the calls that it needs: those that rows may share too.

    `problems` keep the plan from being carried out; a conflict is a matter of its row alone.
    """

    row: PlannedRow
    problems: tuple[Problem, ...] = ()
