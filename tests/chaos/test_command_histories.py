from __future__ import annotations

import shutil
from collections import Counter

from tests.chaos.command_histories import command_history, command_wrongs, the_run

PART = 10
"""Of so many seeds of the suite one is lived through commands, which write their reports too."""


def test_commands_killed_anywhere_lose_double_and_give_away_nothing(ram, chaos_seeds):
    jobs, deaths = Counter(), 0
    for seed in chaos_seeds[::PART] or chaos_seeds:
        folder = ram / str(seed)
        folder.mkdir()
        desk = command_history(folder, seed)
        assert command_wrongs(desk) == [], f"seed {seed}, {desk.trial.name}, {the_run(desk)}"
        deaths += desk.deaths
        jobs[desk.trial.name] += 1
        shutil.rmtree(folder)
    print(f"{jobs.total()} histories of commands, {deaths} deaths, {dict(jobs)}")
