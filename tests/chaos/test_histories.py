from __future__ import annotations

import shutil
from collections import Counter

from tests.chaos.histories import history
from tests.chaos.verdicts import wrongs


def test_no_row_is_lost_doubled_or_given_a_wrong_status(ram, chaos_seeds):
    statuses, deaths, trials = Counter(), 0, Counter()
    for seed in chaos_seeds:
        folder = ram / str(seed)
        folder.mkdir()
        scene = history(folder, seed)
        assert wrongs(scene) == [], f"seed {seed}, {scene.trial.name}"
        statuses.update(row.status.value for row in scene.rows())
        deaths += scene.deaths
        trials[scene.trial.name] += 1
        shutil.rmtree(folder)
    print(f"{len(chaos_seeds)} histories, {deaths} deaths, {dict(statuses)}, {dict(trials)}")
    assert deaths >= len(chaos_seeds) // 2
