"""A sheet changes while its run is dead, and what goes on with the changed sheet is killed too."""

from __future__ import annotations

import csv
import random
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from functools import partial
from types import SimpleNamespace

from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.states import RowStatus
from bulkops.runs.resume import resume
from bulkops.sim.core.fault_injection import Faults
from bulkops.sim.core.seed import new_world
from bulkops.sim.core.simulation_config import SimConfig
from bulkops.targets.request import ConductChoice
from tests.chaos.command_histories import _done, the_run
from tests.chaos.desk import Desk
from tests.chaos.histories import mishaps
from tests.chaos.trials import PROFILES, TRIALS
from tests.chaos.verdicts import leaks

PART = 10
MOST_LIVES = 12
CHANGED = {"users": ("routing_profile", PROFILES), "queues": ("priority", "123456789")}
"""Trials whose effects are told by what the ledger has of a row, and which column changes."""


def changed(chance, path, name):
    """Change some rows of a sheet, drop some and add one; return the keys of those dropped."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    column, values = CHANGED[name]
    for row in rows:
        if chance.random() < 0.4:
            row[column] = chance.choice(values)
    kept = [row for row in rows if chance.random() < 0.8] or rows[:1]
    if chance.random() < 0.5:
        chance.shuffle(kept)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(kept)


def lived(folder, seed):
    """Live through one history; return the desk at which it was lived."""
    chance = random.Random(seed)
    trial = chance.choice([each for each in TRIALS if each.name in CHANGED])
    config = SimConfig(lag=chance.choice((0.0, 0.0, 1.5)))
    sheet = folder / "sheet.csv"
    sheet.write_text(trial.sheet(chance, new_world(config)), encoding="utf-8")
    desk = Desk(folder=folder, config=config, trial=trial, sheet=sheet, seed=seed)
    if chance.random() < 0.5:
        wrong = tuple(each for name in trial.operations for each in mishaps(chance, name))
        desk.simulator.set_faults(Faults(seed=seed, mishaps=wrong))
    while not list(desk.runs_dir.glob("[!.]*-*")):
        _done(desk.run, chance, chance.randint(4, 14))
    changed(chance, sheet, trial.name)
    for number in range(MOST_LIVES):
        kill = chance.randint(0, 12) if number < MOST_LIVES - 3 else -1
        _done(lambda kill: desk._command(kill, partial(_accepting, desk)), chance, kill)
    return desk


async def _accepting(desk, **world):
    conduct = ConductChoice(accept_changed=True)
    return await resume(None, desk._anew(), conduct, **world)


def wrongs(desk):
    """Return everything that is wrong in the end, a sentence each."""
    folder = desk.runs_dir / the_run(desk)
    with closing(sqlite3.connect(f"file:{folder}/ledger.sqlite?mode=ro", uri=True)) as ledger:
        tally = dict(ledger.execute("SELECT status, rows FROM tally WHERE rows > 0"))
    rows = _rows(folder)
    if tally != Counter(row.status.value for row in rows):
        yield f"the ledger counts {tally}"
    there = {row.key for row in desk.now.rows()}
    scene = SimpleNamespace(order=desk.order, simulator=desk.simulator)
    for row in rows:
        times = desk.trial.effects(scene, row)
        if row.status is RowStatus.SUCCEEDED and times != 1:
            yield f"row {row.number} {row.key} succeeded with {times} effects of {row.cells}"
        # what was sent once and never arrived may arrive still: nobody can know that
        if row.status is RowStatus.PENDING and (row.key in there or (times and not _late(desk))):
            yield f"row {row.number} {row.key} is left pending with {times} effects"
    yield from leaks(desk.runs_dir, desk.order)


def _late(desk):
    return any(each.mishap == "late" and each.effect for each in desk.simulator.request_log.entries)


def _rows(folder):
    ledger = SqliteLedger.open(folder, readonly=True)
    found, results = [], ledger.results()
    try:
        while True:
            try:
                results.__anext__().send(None)
            except StopIteration as row:
                found.append(row.value)
            except StopAsyncIteration:
                return found
    finally:
        ledger._database.close()


def _made(folder):
    folder.mkdir()
    return folder


def test_a_changed_sheet_is_carried_out_as_the_ledger_says_whoever_dies(ram, chaos_seeds):
    deaths, statuses = 0, Counter()
    for seed in chaos_seeds[::PART] or chaos_seeds:
        folder = ram / str(seed)
        folder.mkdir()
        desk = lived(folder, seed)
        desk.now = Desk(
            folder=_made(folder / "now"),
            config=desk.config,
            trial=desk.trial,
            sheet=desk.sheet,
            seed=0,
        ).order
        assert list(wrongs(desk)) == [], f"seed {seed}, {desk.trial.name}"
        deaths += desk.deaths
        statuses.update(row.status.value for row in _rows(desk.runs_dir / the_run(desk)))
        shutil.rmtree(folder)
    print(f"{deaths} deaths, {dict(statuses)}")
    assert {"succeeded", "pending"} <= statuses.keys()
