"""Rows of an undo that share all their calls, since those of the run were sent for all of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from bulkops.definition.gathered_rows import gathers
from bulkops.definition.job import Job
from bulkops.planning.calls.placeholders import to_json
from bulkops.planning.plan import PlannedRow


def mates(job: Job, rows: Iterable[PlannedRow]) -> Mapping[int, Sequence[int]]:
    """Return by row the rows with the very same calls, itself among them.

    Of jobs whose rows are sent each for itself there are none.
    """
    gathered = {part.name for part in job.each() if gathers(part)}
    found: dict[str, list[int]] = {}
    for row in rows if gathered else ():
        if row.calls and job.part(row.calls[0].step).name in gathered:
            calls = [[call.step, to_json(call.params)] for call in row.calls]
            found.setdefault(json.dumps([row.target, calls]), []).append(row.number)
    return {row: together for together in found.values() for row in together}
