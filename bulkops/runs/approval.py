"""A plan that is asked about, and the run that it becomes where the answer is yes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from bulkops.ledger.records import RunRecord
from bulkops.runs.asker import Asker
from bulkops.runs.draft import draft_run
from bulkops.runs.proposal import Proposal


async def _nothing(draft: Path) -> None:
    """Prepare nothing."""
    del draft


async def approved_run(
    proposal: Proposal,
    record: RunRecord,
    notes: Mapping[str, object],
    *,
    runs_dir: Path,
    named: str,
    asker: Asker,
    prepare: Callable[[Path], Awaitable[object]] = _nothing,
) -> Path | None:
    """Plan to the end, ask, and make it a run; return its folder, or None where the asker said no.

    `named` is what the run's id begins with. `prepare` is given the folder once the plan is agreed
    to, and before it is a run. Whatever goes wrong in here, nothing is left behind.
    """
    connection = proposal.connection
    async with draft_run(runs_dir, named, connection.world) as draft:
        await draft.load(record, proposal.entries(), proposal.turns())
        if not asker.plan(proposal.summary(), tuple(connection.targets.values())):
            return None
        await prepare(draft.folder)
        return await draft.approve(notes)
