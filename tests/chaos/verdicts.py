"""What the simulator's own record, the counts and the files hold against a history."""

from __future__ import annotations

from collections import Counter

from bulkops.ledger.states import RowStatus
from bulkops.pacing.delays import LATE_SECONDS
from tests.chaos.scene import is_blocked

ALLOWED = {
    RowStatus.SUCCEEDED: (1,),
    RowStatus.UNCHANGED: (1,),
    RowStatus.FAILED: (0,),
    RowStatus.UNKNOWN: (0, 1),
}
"""How often a row may have taken effect, by the status that it has in the end."""
IMPOSED = "Made to fail."
"""What the simulator says of a refusal that it was told to give: no other is due to any row."""


def wrongs(scene):
    """Return everything that is wrong with a history that is over, a sentence each."""
    rows = scene.rows()
    return [
        *_wrong_rows(scene, rows),
        *_wrong_counts(scene, rows),
        *_wrong_progress(scene, rows),
        *_wrong_pace(scene),
        *leaks(scene.folder, scene.order),
    ]


def allowed(scene, status):
    """Return how often a row of a status may have taken effect.

    A lost request that shows only after the last look is found by none: its row may be told to
    have failed. Nothing is promised of that; see "The late duplicate" in the guarantees.
    """
    if status is RowStatus.FAILED and has_shown_after_the_last_look(scene.simulator):
        return (0, 1)
    return ALLOWED.get(status, ())


def has_shown_after_the_last_look(simulator):
    """Tell whether a lost request took effect, and may not have shown in the time of all looks."""
    lost = (each for each in simulator._fate.faults.mishaps if each.kind == "late")
    return any(each.seconds + simulator.config.lag >= LATE_SECONDS for each in lost) and any(
        each.mishap == "late" and each.effect for each in simulator.request_log.entries
    )


def _wrong_rows(scene, rows):
    for row in rows:
        times = scene.trial.effects(scene, row)
        if is_blocked(row) and not times:
            continue
        if times not in allowed(scene, row.status):
            yield f"row {row.number} {row.key} is {row.status} with {times} effects: {row.error}"
        elif row.status is RowStatus.FAILED and IMPOSED not in row.error:
            yield f"row {row.number} {row.key} failed for what nobody did to it: {row.error}"


def _wrong_counts(scene, rows):
    counted = {status: rows for status, rows in scene.counts().items() if rows}
    found = dict(Counter(row.status for row in rows))
    if counted != found:
        yield f"the ledger counts {counted} and has {found}"


def _wrong_progress(scene, rows):
    said = [facts for event, facts in scene.events if event == "progress"]
    for facts in said:
        numbers = [facts[status.value] for status in RowStatus]
        if min(numbers) < 0 or sum(numbers) != len(rows) or facts["total"] != len(rows):
            yield f"of {len(rows)} rows the progress tells {facts}"
            return
    found = Counter(row.status.value for row in rows)
    if said and any(said[-1][status.value] != found[status.value] for status in RowStatus):
        yield f"the last progress tells {said[-1]}, and it is {dict(found)}"


def _wrong_pace(scene):
    """Yield a word on throttles of the simulator's own: there are none where quotas are kept."""
    throttles = scene.throttles().total()
    most = len(scene.simulator.request_log.entries) / 2 if scene.config.rates else 2
    if throttles > most:
        yield f"{throttles} requests came too soon"


def secrets_of(order):
    """Return the texts of a sheet's secret cells."""
    columns = [column.name for column in order.job.columns if column.secret]
    found = (str(row.values[name]) for row in order.rows() for name in columns if row.values[name])
    return frozenset(found)


def leaks(folder, order):
    """Return every place below a folder in which a secret of the sheet stands."""
    secrets = [secret.encode() for secret in secrets_of(order)]
    for path in sorted(folder.rglob("*")) if secrets else ():
        content = path.read_bytes() if path.is_file() else b""
        yield from (f"{path.name} holds {each!r}" for each in secrets if each in content)
