"""A row's own part of a call that carries several."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bulkops.definition.batch_limits import batched_member
from bulkops.definition.job import Job
from bulkops.planning.calls.inverse_steps import inverse_address


def exploded(
    job: Job, address: str, params: Mapping[str, Any], undo: Mapping[str, Any] | None, rows: int
) -> list[tuple[Mapping[str, Any], Mapping[str, Any] | None]]:
    """Return (params, undo) of each row of a call, in order: a batch's list cut into lists of one.

    `undo` is cut where the step that takes the call back has its list.
    """
    return [part(job, address, params, undo, place) for place in range(rows)]


def part(
    job: Job, address: str, params: Mapping[str, Any], undo: Mapping[str, Any] | None, place: int
) -> tuple[Mapping[str, Any], Mapping[str, Any] | None]:
    """Return (params, undo) of the row at one place of a call, as `exploded` gives them."""
    mine, theirs = list_members(job, address)
    return _cut(params, mine, place), undo and _cut(undo, theirs, place)


def list_members(job: Job, address: str) -> tuple[str, str]:
    """Return the members that hold a step's list of rows, and its inverse step's; empty: none."""
    back = inverse_address(job, address)
    return batched_member(job.step(address)), batched_member(job.step(back)) if back else ""


def _cut(params: Mapping[str, Any], member: str, place: int) -> Mapping[str, Any]:
    return {**params, member: [params[member][place]]} if member in params else params
