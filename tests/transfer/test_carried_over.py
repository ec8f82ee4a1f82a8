"""Every sheet of a centre's workbook goes from one instance to an empty one, and is the same."""

from __future__ import annotations

import asyncio
import csv
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bulkops.definition.catalogue import load
from bulkops.definition.workbook_sheets import SHEETS
from bulkops.runs.plan import plan
from bulkops.runs.run import run
from bulkops.sim import kept_simulation
from bulkops.sim.core.seed import new_world
from bulkops.sim.core.simulation_config import InstanceConfig
from bulkops.sim.virtual_clock import VirtualLoop
from bulkops.targets.request import (
    ConductChoice,
    PaceChoice,
    Request,
    SheetChoice,
    TargetChoice,
)
from bulkops.transfer.export import export
from tests.office import SAMPLES, Office
from tests.runs.beginning import begin

RICH = Path(__file__).parents[1] / "fixtures" / "rich_centre"
"""Rows that say all that sheets can say, in a file for each job; for others the sample does."""
DEV, PROD = "dev", "prod"
ELSEWHERE = frozenset({"create-contact-flow-modules", "create-contact-flows"})
"""Jobs whose rows are files besides: their own tests carry them."""
DELETED = [each for each in SHEETS if each.deletes]
LAST = ("create-quick-connects", "associate-queue-quick-connects", "tag-resources")
"""Jobs whose rows name what later sheets make."""
JOBS = sorted([each.job for each in SHEETS if each.job not in ELSEWHERE], key=LAST.count)
UNREAD = {"create-prompts": {"audio"}}
"""What no read tells of things, so that no sheet has it."""
GIVEN = {
    "create-prompts": {"settings": {"audio": "s3://recordings.example/{prompt}"}},
    "create-users": {"generate_passwords": True},
}
"""What has to be said beside a sheet that was exported."""
KEPT = {
    "agent-status": {"Available", "Offline"},
    "hours-of-operation": {"Basic Hours"},
    "predefined-attribute": {"connect:Language"},
    "queue": {"BasicQueue"},
    "routing-profile": {"Basic Routing Profile"},
    "security-profile": {"Admin", "Agent", "CallCenterManager", "QualityAnalyst"},
    "user": {"admin"},
}
"""What a new instance has from the beginning, with flows and numbers."""
WHOLE = frozenset({"contact-flow", "contact-flow-module", "phone-number", "flow-association"})


@dataclass
class Carried:
    """What the sheets of one instance were, and what those of the other are."""

    exits: dict[str, int] = field(default_factory=dict)
    there: dict[str, list] = field(default_factory=dict)
    here: dict[str, list] = field(default_factory=dict)
    again: dict[str, dict] = field(default_factory=dict)
    changed: dict[str, list] = field(default_factory=dict)


def emptied(config):
    """Make the worlds of a configuration, and empty the one to which things are carried."""
    world = new_world(config)
    for instance in world.instances.values():
        if instance.alias == PROD:
            for kind, table in instance.tables.items():
                for record in [] if kind in WHOLE else list(table.all()):
                    if record.get("Name") not in KEPT.get(kind, ()):
                        table.drop(str(record["Id"]))
    return world


def request(office, job, path, instance):
    return Request(
        job=job,
        sheet=SheetChoice(path=path, **GIVEN.get(job, {})),
        target=_target(office, instance),
        runs_dir=office.runs_dir,
        on_exists="update",
    )


def _target(office, instance):
    return TargetChoice(simulate=office.runs_dir / "simulated", instance=instance)


async def done(office, job, path, instance):
    ended = await run(
        request(office, job, path, instance),
        ConductChoice(confirm_instance=instance),
        asker=office.answers,
        listener=office.listen,
        world=office.world,
    )
    return ended.exit


async def exported(office, job, instance):
    path = office.folder / f"{job}.{instance}.csv"
    target = _target(office, instance)
    pace = PaceChoice()
    await export(job, path, target=target, pace=pace, world=office.world, full=True)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return path, [{k: v for k, v in row.items() if k not in UNREAD.get(job, ())} for row in rows]


async def carry(office):
    """Make the rich centre, carry it sheet by sheet, and plan each sheet once more."""
    carried = Carried()
    for job in (*JOBS, *LAST[2:]):
        rows = next(each for each in (RICH / f"{job}.csv", SAMPLES / f"{job}.csv") if each.exists())
        assert await done(office, job, rows, DEV) == 0, job
    for job in JOBS:
        path, carried.there[job] = await exported(office, job, DEV)
        carried.exits[job] = await done(office, job, path, PROD)
    for job in JOBS:
        _, carried.here[job] = await exported(office, job, PROD)
        path = office.folder / f"{job}.{DEV}.csv"
        summary, _ = await plan(request(office, job, path, PROD), world=office.world)
        carried.again[job] = dict(summary.totals.calls)
    for job, (column, text) in CHANGED.items():
        path = office.folder / f"{job}.{DEV}.csv"
        edited(path, column, text)
        summary, _ = await plan(request(office, job, path, PROD), world=office.world)
        carried.changed[job] = list(summary.totals.calls.values())
    return carried


CHANGED = {
    "create-agent-statuses": ("description", "Other words"),
    "create-contact-categories": ("words", "other words"),
    "create-data-tables": ("description", "Other words"),
    "create-evaluation-forms": ("description", "Other words"),
    "create-hierarchy-groups": ("tags", "team=other"),
    "create-hours-of-operation": ("tags", "team=other"),
    "create-prompts": ("description", "Other words"),
    "create-queues": ("status", "ENABLED"),
    "create-quick-connects": ("tags", "team=other"),
    "create-routing-profiles": ("tags", "team=other"),
    "create-security-profiles": ("tags", "team=other"),
    "create-task-templates": ("description", "Other words"),
    "create-users": ("tags", "team=other"),
    "set-up-phone-numbers": ("description", "Other words"),
}
"""Job → a column, and what one row that is there is changed to."""


def edited(path, column, text):
    """Write another text into one row's cell, as a person does."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    row = next(each for each in rows if each[column] != text)
    row[column] = text
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, row)
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def carried(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept_simulation, "new_world", emptied)
        office = Office(tmp_path_factory.mktemp("carried"))
        instances = (InstanceConfig(alias=DEV), InstanceConfig(alias=PROD))
        begin(office.runs_dir / "simulated", *instances)
        with asyncio.Runner(loop_factory=VirtualLoop) as loop:
            return loop.run(carry(office))


@pytest.mark.parametrize("job", JOBS)
def test_a_sheet_is_the_same_where_it_was_carried(job, carried):
    assert carried.there[job], "nothing to carry"
    assert carried.exits[job] == 0
    assert carried.here[job] == carried.there[job]


@pytest.mark.parametrize("job", JOBS)
def test_a_sheet_that_was_carried_asks_for_nothing_more(job, carried):
    assert carried.again[job] == {}


@pytest.mark.parametrize("job", CHANGED)
def test_one_cell_that_is_changed_is_one_call(job, carried):
    assert carried.changed[job] == [1]


def test_every_column_of_the_sheets_was_carried(carried):
    unread = {(job, name) for job, names in UNREAD.items() for name in names}
    blank = {
        (job, name)
        for job, rows in carried.there.items()
        for name in rows[0]
        if not any(row[name] for row in rows)
    }
    assert blank - unread == {("create-users", "password")}


@pytest.mark.parametrize("sheet", DELETED, ids=lambda each: each.name)
def test_a_row_that_is_to_go_says_all_that_its_deletion_needs(sheet):
    columns = {column.name for column in load(sheet.job).job.columns}
    doomed = load(sheet.deletes).job
    assert {*doomed.key, *(each.name for each in doomed.columns if each.required)} <= columns
