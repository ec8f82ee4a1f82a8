"""A row is typed once on its way to a plan, however often the way goes over the sheet."""

from __future__ import annotations

from collections import Counter

import pytest

from bulkops.errors import Exit
from bulkops.planning.rows.cell_reader import CellReader
from bulkops.runs.plan import plan

ROWS = 25
HEAD = "username,password,first_name,last_name,email,security_profiles,routing_profile"
LINES = [
    f"agent{n},Blue-Harbour-{n},Ana{n},Núñez,agent{n}@example.com,Agent,Billing"
    for n in range(ROWS)
]
SHEET = "\n".join([HEAD, *LINES, ""])


@pytest.fixture
def read(monkeypatch):
    """Count what is read of cells, by column."""
    counts, usual = Counter(), CellReader.read

    def counting(self, texts):
        counts[self.column.name] += 1
        return usual(self, texts)

    monkeypatch.setattr(CellReader, "read", counting)
    return counts


async def test_a_plan_reads_each_cell_once_secrets_included(office, read):
    sheet = office.sheet(SHEET)
    await office.run("create-users", sheet)
    read.clear()
    summary, _ = await plan(
        office.request("create-users", sheet, on_exists="update"), world=office.world
    )
    assert summary.totals.rows == ROWS
    for column in ("username", "password", "first_name", "email"):
        assert read[column] == ROWS, column
    assert read["routing_profile"] == 1, "what is read alike is read once"


async def test_a_run_reads_each_cell_once_its_secrets_when_they_are_sent_included(office, read):
    outcome = await office.run("create-users", office.sheet(SHEET))
    assert outcome.exit is Exit.DONE
    for column in ("username", "password", "first_name", "email"):
        assert read[column] == ROWS, column
