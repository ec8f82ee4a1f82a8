"""What the first landing of bulkops left behind is still understood: runs, a saved plan, targets.

`tests/fixtures/first_landing` was written by that version: a finished run, one of moves and one of
new users that Ctrl-C stopped, a saved plan, bulkops.toml, and the simulated instance.
"""

from __future__ import annotations

import csv
import random
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import anyio
import pytest

from bulkops.engine.ports import World
from bulkops.errors import ChangedError, Exit
from bulkops.ledger.states import RowStatus
from bulkops.runs.history import describe_runs, report_again
from bulkops.runs.resume import resume
from bulkops.runs.run import run
from bulkops.runs.saved_plan import Approved, open_plan, require_unchanged
from bulkops.runs.undo import undo
from bulkops.targets.config import named_target
from bulkops.targets.request import Anew, ConductChoice
from tests.office import Answers

LANDING = Path(__file__).parents[1] / "fixtures" / "first_landing"
BEGUN = datetime(2026, 11, 25, tzinfo=UTC)
USERS, NIGHT, MOVES = (
    "create-users-20261124T235849Z-12d1",
    "create-users-20261124T235921Z-838f",
    "update-user-routing-profiles-20261124T235901Z-8f01",
)


class Landing:
    """A copy of what was left behind, with the places of its files put right."""

    def __init__(self, folder):
        self.folder = folder
        self.runs_dir = folder / "runs"
        self.answers = Answers()
        self.world = World(
            now=lambda: BEGUN + timedelta(seconds=anyio.current_time()),
            chance=random.Random(1).random,
        )

    def anew(self):
        return Anew(runs_dir=self.runs_dir)

    async def go(self, action, name):
        return await action(
            name,
            self.anew(),
            ConductChoice(),
            asker=self.answers,
            listener=lambda *_, **__: None,
            world=self.world,
        )


@pytest.fixture
def landing(tmp_path):
    folder = tmp_path / "landing"
    shutil.copytree(LANDING, folder)
    for file in (*folder.glob("runs/*/ledger.sqlite"), folder / "moves.bulkplan"):
        with closing(sqlite3.connect(file)) as ledger, ledger:
            for old, new in (
                ("/home/operator/bulkops-runs", folder / "runs"),
                ("/home/operator", folder),
            ):
                ledger.execute("UPDATE run SET meta = replace(meta, ?, ?)", (old, str(new)))
    return Landing(folder)


def results(outcome):
    with (outcome.folder / "results.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


async def test_its_runs_are_listed_with_what_is_left_to_do(landing):
    lines = {line.id: line for line in await describe_runs(landing.runs_dir)}
    assert {name: line.state for name, line in lines.items()} == {
        USERS: "completed",
        MOVES: "incomplete",
        NIGHT: "incomplete",
    }
    assert lines[MOVES].counts == {RowStatus.SUCCEEDED: 11, RowStatus.PENDING: 14}
    assert lines[MOVES].next_command == f"bulkops resume {MOVES}"


async def test_its_moves_are_gone_on_with_and_taken_back(landing):
    outcome = await landing.go(resume, MOVES)
    assert (outcome.exit, outcome.counts) == (Exit.DONE, {RowStatus.SUCCEEDED: 25})
    assert outcome.facts.calls == 14
    back = await landing.go(undo, MOVES)
    assert (back.exit, back.counts) == (Exit.DONE, {RowStatus.SUCCEEDED: 25})
    assert results(back)[0]["bulkops_changes"] == "routing_profile: Support Tier 2 → Support Tier 1"


async def test_its_new_users_are_gone_on_with_by_the_passwords_of_their_sheet(landing):
    outcome = await landing.go(resume, NIGHT)
    assert (outcome.exit, outcome.counts) == (Exit.DONE, {RowStatus.SUCCEEDED: 10})
    assert outcome.facts.calls == 3


async def test_its_new_users_are_not_gone_on_with_where_their_sheet_has_changed(landing):
    sheet = landing.folder / "night.csv"
    sheet.write_text(sheet.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(ChangedError, match="has changed since"):
        await landing.go(resume, NIGHT)


async def test_its_reports_are_written_again(landing):
    files = await report_again(landing.runs_dir, USERS)
    assert [file.name for file in files] == [
        "results.xlsx",
        "results.csv",
        "report.html",
        "run.json",
    ]


async def test_its_saved_plan_is_carried_out_once_what_it_saw_is_back(landing):
    saved = await open_plan(landing.folder / "moves.bulkplan", landing.anew())
    require_unchanged(saved)
    asker = Approved(saved, landing.answers)

    async def carried_out():
        return await run(
            saved.request,
            ConductChoice(),
            asker=asker,
            listener=lambda *_, **__: None,
            world=landing.world,
        )

    with pytest.raises(ChangedError, match="it was 3 update, and is now 3 none"):
        await carried_out()
    await landing.go(undo, MOVES)
    assert (await carried_out()).counts == {RowStatus.SUCCEEDED: 3}


def test_its_targets_are_read():
    target = named_target(LANDING / "bulkops.toml", "americas")
    assert (target.region, target.instance, target.protected) == (
        "us-east-1",
        "acme-americas",
        True,
    )
