"""The run that reports are measured with is one that the engine could have left."""

from __future__ import annotations

import anyio
import pytest

from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.states import RowStatus
from bulkops.runs.history import report_again
from tests.benchmarks.finished_run import RUN, make
from tests.reports.paper import csv_rows


@pytest.mark.parametrize("done", [1.0, 0.5])
def test_reports_are_made_of_it(tmp_path, done):
    folder = make(tmp_path, 40, done=done, failing=0.2, seed=3)
    files = anyio.run(report_again, tmp_path, RUN)
    counts = anyio.run(counted, folder)
    assert counts.get(RowStatus.PENDING, 0) == 40 - 40 * done
    assert 0 < counts[RowStatus.FAILED] < counts[RowStatus.SUCCEEDED]
    assert len(csv_rows(folder / "results.csv")) == 41
    assert len(csv_rows(folder / "failed.csv")) == 1 + counts[RowStatus.FAILED]
    assert len(files) == 6


async def counted(folder):
    async with SqliteLedger.open(folder, readonly=True) as ledger:
        rows = [row.status async for row in ledger.results()]
        counts = await ledger.counts()
    assert {status: rows.count(status) for status in set(rows)} == counts
    return counts
