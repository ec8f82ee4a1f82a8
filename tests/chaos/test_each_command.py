"""Not by lot but one by one: a command killed at each of its writes, and gone on with."""

from __future__ import annotations

import json

import pytest

from bulkops.errors import UnknownRunError
from bulkops.sim.core.simulation_config import SimConfig
from tests.chaos.command_histories import the_run, world_of
from tests.chaos.desk import Desk
from tests.chaos.trials import TRIALS, effects

ROWS = "username,password,first_name,last_name,security_profiles,routing_profile\n" + "".join(
    f"agent{n},Secret-{n}-Word,Ana,Núñez,Agent,Billing\n" for n in range(2)
)
WRITES = range(24)
"""All that a run of two rows writes, from its draft to the last of its reports, and some more."""
REPORTS = {"results.csv", "results.xlsx", "report.html", "run.json"}


def desk(folder):
    sheet = folder / "sheet.csv"
    sheet.write_text(ROWS, encoding="utf-8")
    return Desk(folder=folder, config=SimConfig(), trial=TRIALS[0], sheet=sheet, seed=1)


def statuses(folder):
    return json.loads((folder / "run.json").read_text())["counts"]["cumulative"]


def whole(lived):
    """Tell whether the run has all of its reports, and each user was made once."""
    folder = lived.runs_dir / the_run(lived)
    there = {path.name for path in folder.iterdir()}
    made = [effects(lived, "CreateUser", f"agent{n}") for n in range(2)]
    return there >= REPORTS and statuses(folder)["succeeded"] == 2 and made == [1, 1]


@pytest.mark.parametrize("writes", WRITES)
def test_a_run_killed_at_any_write_is_gone_on_with_to_its_reports(tmp_path, writes):
    lived = desk(tmp_path)
    lived.run(writes)
    try:
        lived.resume()
    except UnknownRunError:
        lived.run()  # it was killed before it was agreed to, and left no run
    assert whole(lived)


@pytest.mark.parametrize("writes", WRITES)
def test_an_undo_killed_at_any_write_takes_back_everything_once(tmp_path, writes):
    lived = desk(tmp_path)
    before = world_of(lived)
    lived.run()
    name = the_run(lived)
    if not lived.undo(writes, name):
        lived.undo(-1, name)
    assert world_of(lived) == before
    assert lived.simulator.request_log.calls["DeleteUser"] in (2, 3)
    lived.resume(-1, name)
    assert lived.simulator.request_log.calls["CreateUser"] == 2
