"""What a ledger holds of a run, of its calls and of its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bulkops.ledger.states import CallState, RowStatus
from bulkops.planning.calls.placeholders import Made
from bulkops.planning.plan import Need
from bulkops.planning.rows.row_names import RowNames

LaneKey = tuple[str, str, str]
"""(target name, service, operation): the engine maps targets to accounts and Regions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """What is fixed when a run begins.

    `meta` is JSON: how the run was asked for, the mapping of headers, and what else is fixed.
    """

    id: str
    job: str
    job_sha256: str
    sheet: str
    sheet_sha256: str
    headers: tuple[str, ...]
    version: str
    created_at: str
    meta: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sheets(self) -> tuple[RecordedSheet, ...]:
        """The sheets of a workbook in their order; a run of a single sheet has none."""
        kept = self.meta.get("sheets", ())
        places = {each["place"]: each for each in kept}  # one with deletions stands there twice
        return tuple(
            RecordedSheet(place, places[place]["name"], tuple(places[place]["headers"]))
            for place in sorted(places)
        )

    @property
    def mapping(self) -> Sequence[Sequence[str]]:
        """The rows of a workbook's sheet `Mapping`, as its headers have them; mostly none."""
        return self.meta.get("flow_mapping", ())  # type: ignore[no-any-return]

    @property
    def names(self) -> RowNames:
        """What the run's rows are called."""
        return RowNames.kept(self.meta)


class RecordedSheet(NamedTuple):
    """A sheet of a workbook, as it was when the run began."""

    place: int
    name: str
    headers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCall:
    """A call as the ledger holds it. `params` may hold Placeholders.

    `saved` has the values of those that earlier calls returned.
    """

    id: int
    step: str
    target: str
    service: str
    operation: str
    params: Mapping[str, Any]
    rows: tuple[int, ...]
    state: CallState
    attempts: int
    throttles: int = 0
    doubts: int = 0
    """How often it was moved to in_doubt, in this process or an earlier one."""
    saved: Mapping[str, Any] = field(default_factory=dict)
    """What earlier calls of the same row saved, and this one. Of a batch, only values that its
    rows agree on."""
    undo: Mapping[str, Any] | None = None
    error_code: str = ""
    error: str = ""
    sent_at: str = ""
    """When it was sent for the first time; empty where it was not."""
    needs: Made = field(default_factory=dict)
    """Calls of other rows that it waits for, with what each has saved; a batch's are all rows'."""
    turn: int = 0
    """Of the calls that are ready in a lane the lowest goes first; below 0: others wait for it."""
    opens: bool = True
    """Whether a call may wait for it, be it of its own row or of another."""

    @property
    def lane(self) -> LaneKey:
        """The lane that the call is sent through."""
        return (self.target, self.service, self.operation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What an answered or settled call leaves in the ledger."""

    saved: Mapping[str, Any] = field(default_factory=dict)
    error_code: str = ""
    error: str = ""
    hint: str = ""
    http_status: int = 0
    request_id: str = ""


class Turn(NamedTuple):
    """When the call that carries a row by a step is to go, among those ready in its lane."""

    need: Need
    turn: int


class RowResult(NamedTuple):
    """One row of the reports. Times are ISO 8601 UTC; `cells` are original, secrets masked.

    `number` tells the sheet of a workbook's row too. Where `sheet` has its name, `number` is the
    one that the row bears there.

    A named tuple: of a large run so many are made that a frozen dataclass's cost counts.
    """

    number: int
    key: str
    target: str
    status: RowStatus
    action: str
    cells: tuple[str, ...]
    id: str = ""
    arn: str = ""
    changes: str = ""
    error_code: str = ""
    error: str = ""
    hint: str = ""
    http_status: int = 0
    request_id: str = ""
    attempts: int = 0
    started_at: str = ""
    finished_at: str = ""
    sheet: str = ""
