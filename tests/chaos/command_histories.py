"""Histories of commands drawn from a seed: run, resume, retry and undo, killed anywhere."""

from __future__ import annotations

import json
import math
import random
import sqlite3
import zipfile
from collections import Counter
from contextlib import closing
from types import SimpleNamespace

from bulkops.engine.reads.items import INDEX_LAG
from bulkops.errors import BulkopsError, Exit, UnknownRunError
from bulkops.ledger.states import RowStatus
from bulkops.sim.core.fault_injection import Faults, Latency
from bulkops.sim.core.request_log import state
from bulkops.sim.core.seed import BEGUN, new_world
from bulkops.sim.core.simulation_config import SimConfig
from tests.chaos.desk import Desk
from tests.chaos.histories import MOST_LIVES, mishaps
from tests.chaos.trials import TRIALS
from tests.chaos.verdicts import allowed, leaks, secrets_of

KILLS = (-1, -1, 1, 3, 5, 8, 12, 18, 26, 40)
"""Writes until a command is killed; -1: it isn't."""
BEHIND = INDEX_LAG.total_seconds() - 1
"""Seconds by which an index may trail behind and its plans still be right."""
GOES_ON = (Exit.STOPPED, Exit.EXHAUSTED)
"""Exit codes after which a person resumes once more."""
CALM = frozenset({RowStatus.UNDONE, RowStatus.UNCHANGED})


def command_history(folder, seed, trials=TRIALS):
    """Live one history of commands; return the desk at which it was lived."""
    chance = random.Random(seed)
    trial = chance.choice([each for each in trials if not each.targets])
    lag = chance.choice((0.0, 0.0, 1.5, 8.0))
    config = SimConfig(lag=lag, search_lag=max(lag, chance.choice((0.0, 8.0, BEHIND))))
    sheet = folder / "sheet.csv"
    sheet.write_text(trial.sheet(chance, new_world(config)), encoding="utf-8")
    desk = Desk(folder=folder, config=config, trial=trial, sheet=sheet, seed=seed)
    desk.before = world_of(desk)
    if chance.random() < 0.8:
        wrong = tuple(each for name in trial.operations for each in mishaps(chance, name))
        latency = Latency(fixed=0.03, spread=chance.choice((0.0, 0.4)))
        desk.simulator.set_faults(Faults(seed=seed, latency=latency, mishaps=wrong))
    _begin(desk, chance)
    _to_the_end(desk, chance)
    if chance.random() < 0.4:
        _done(desk.retry, chance)
        _to_the_end(desk, chance)
    desk.undone = trial.undone and chance.random() < 0.5
    if desk.undone:
        desk.taken_back_at = BEGUN + desk.past
        _take_back(desk, chance)
    desk.simulator.land(math.inf)
    return desk


def _begin(desk, chance):
    """Run until there is a run: one that was killed before it was agreed to left none."""
    for _ in range(MOST_LIVES):
        if _done(desk.run, chance):
            return
        try:
            _done(desk.resume, chance)
        except UnknownRunError:
            continue
        return


def _to_the_end(desk, chance):
    for number in range(MOST_LIVES):
        kill = chance.choice(KILLS) if number < MOST_LIVES // 2 else -1
        if _done(desk.resume, chance, kill) and desk.outcome.exit not in GOES_ON:
            return


def _take_back(desk, chance):
    name = the_run(desk)
    for number in range(MOST_LIVES):
        kill = chance.choice(KILLS) if number < MOST_LIVES // 2 else -1
        if _done(desk.undo, chance, kill, name) and desk.outcome.exit not in GOES_ON:
            return


def _done(command, chance, kill=None, *more):
    """Carry a command out; False where it was killed, or refused before it had begun."""
    try:
        return command(chance.choice(KILLS) if kill is None else kill, *more)
    except UnknownRunError:
        raise
    except BulkopsError as error:
        if error.exit is not Exit.REFUSED:
            raise
        return False


def the_run(desk):
    """Return the id of the one run that is not an undo."""
    (run,) = (
        each.name
        for each in desk.runs_dir.iterdir()
        if each.is_dir() and not each.name.startswith((".", "undo-"))
    )
    return run


def world_of(desk):
    return state(desk.simulator.world, ids=False, times=False)


def command_wrongs(desk):
    """Return everything that is wrong in the end, a sentence each."""
    folder = desk.runs_dir / the_run(desk)
    with closing(sqlite3.connect(f"file:{folder}/ledger.sqlite?mode=ro", uri=True)) as ledger:
        ledger.row_factory = sqlite3.Row
        rows = [_row(each) for each in ledger.execute("SELECT * FROM row")]
        tally = dict(ledger.execute("SELECT status, rows FROM tally WHERE rows > 0"))
    return [
        *_wrong_rows(desk, rows),
        *_wrong_counts(desk, folder, rows, tally),
        *leaks(desk.runs_dir, desk.order),
        *_zipped_leaks(desk),
    ]


def _row(found):
    return SimpleNamespace(
        number=found["number"],
        key=found["key"],
        status=RowStatus(found["status"]),
        cells=json.loads(found["cells"]),
        error=found["problem"],
    )


def _wrong_rows(desk, rows):
    if desk.undone:
        calm = {row.status for row in rows} <= CALM and not _has_landed_late(desk)
        if calm and world_of(desk) != desk.before:
            yield "all is said to be taken back, and the world is another one than before"
        return
    desk_scene = SimpleNamespace(order=desk.order, simulator=desk.simulator)
    for row in rows:
        times = desk.trial.effects(desk_scene, row)
        if times not in allowed(desk_scene, row.status):
            yield f"row {row.number} {row.key} is {row.status} with {times} effects"


def _has_landed_late(desk):
    """Tell whether a lost request took effect after all had begun to be taken back."""
    return any(
        each.mishap == "late" and each.effect and each.at >= desk.taken_back_at
        for each in desk.simulator.request_log.entries
    )


def _wrong_counts(desk, folder, rows, tally):
    found = Counter(row.status.value for row in rows)
    if tally != dict(found):
        yield f"the ledger counts {tally} and has {dict(found)}"
    told = json.loads((folder / "run.json").read_text(encoding="utf-8"))["counts"]["cumulative"]
    if not desk.undone and Counter(told) != found and any(Counter(told) - found):
        yield f"run.json counts {told}, and it is {dict(found)}"
    for event, facts in desk.events:
        if event == "progress" and (
            min(facts[status.value] for status in RowStatus) < 0
            or sum(facts[status.value] for status in RowStatus) != facts["total"]
        ):
            yield f"the progress tells {facts}"
    for line in (folder / "events.ndjson").read_text(encoding="utf-8").splitlines()[:-1]:
        json.loads(line)


def _zipped_leaks(desk):
    secrets = [each.encode() for each in secrets_of(desk.order)]
    for book in desk.runs_dir.rglob("[!.]*.xlsx") if secrets else ():
        with zipfile.ZipFile(book) as parts:
            for name in parts.namelist():
                content = parts.read(name)
                yield from (f"{book.name} holds {each!r}" for each in secrets if each in content)
