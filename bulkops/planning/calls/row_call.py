"""One row's call of a step, as a plan holds it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from bulkops.definition.job import Job
from bulkops.planning.plan import Need, PlannedCall


class PlanRow(Protocol):
    """What a plan takes from a row, wherever the row comes from.

    `target` is the name of the target that it is for; `cells` are its texts, secrets masked.
    """

    @property
    def number(self) -> int:
        """The row as Excel numbers it, or the first physical line of a CSV record."""
        ...

    @property
    def key(self) -> str:
        """What the job's key columns say of the row."""
        ...

    @property
    def target(self) -> str:
        """The name of the target that the row is for."""
        ...

    @property
    def cells(self) -> tuple[str, ...]:
        """The original texts, secrets masked."""
        ...


def row_call(
    job: Job,
    address: str,
    row: PlanRow,
    params: Mapping[str, Any],
    undo: Mapping[str, Any] | None,
    *,
    needs: tuple[Need, ...] = (),
) -> PlannedCall:
    """Return the call that one row needs of the step at an address of the job."""
    part = job.part(address)
    return PlannedCall(
        step=address,
        target=row.target,
        service=part.service,
        operation=part.step(address).operation,
        params=params,
        rows=(row.number,),
        undo=undo,
        needs=needs,
    )
