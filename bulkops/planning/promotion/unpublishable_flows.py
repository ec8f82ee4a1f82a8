"""What keeps a flow from being published, known before anything is sent."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from bulkops.definition.job import Job
from bulkops.planning.flows.flow_structure import structure_flaws
from bulkops.planning.rows.cells import Flaw, Value

STATUS, SAVED = "Status", "SAVED"
"""The member that says whether a flow is published, and what it says of one that is not.

What a flow holds that is only saved is not looked at by the service.
"""


class UnpublishableFlows:
    """Looks at the flows in the rows of a job."""

    def __init__(self, job: Job) -> None:
        self._columns = [column.name for column in job.columns if column.kind == "flow"]
        cases = (step.only_if for _, step in job.addresses() if self._columns)
        self._status = next((case[0] for case in cases if case and case[1] == SAVED), "")

    def of(self, values: Mapping[str, Value]) -> Iterator[tuple[str, Flaw]]:
        """Yield (column, flaw) for all that a row's flow may hold as a draft alone.

        What no draft may hold was refused when its cell was read.
        """
        if values.get(self._status) == SAVED:
            return
        for column in self._columns:
            flow = values.get(column)
            if flow is not None:
                for flaw in structure_flaws(json.loads(str(flow))):
                    yield column, Flaw(code=flaw.code, message=str(flaw))
