from __future__ import annotations

from collections import Counter

from tests.chaos.histories import history, wrongs


def test_no_row_is_lost_doubled_or_given_a_wrong_status(tmp_path, chaos_seeds):
    statuses, deaths = Counter(), 0
    for seed in chaos_seeds:
        folder = tmp_path / str(seed)
        folder.mkdir()
        scene = history(folder, seed)
        assert wrongs(scene) == [], f"seed {seed}"
        statuses.update(row.status.value for row in scene.rows())
        deaths += scene.deaths
    print(f"{len(chaos_seeds)} histories, {deaths} deaths, {dict(statuses)}")
    assert deaths > len(chaos_seeds) // 2
    assert statuses["unknown"] < statuses["succeeded"] / 100
