"""A plan that is saved today is run tomorrow as it was approved, or not at all."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from bulkops.errors import ChangedError, RefusedError, SheetError, UnknownRunError
from bulkops.planning.plan import Action
from bulkops.problems import ProblemsFoundError
from bulkops.runs import saved_plan as saved_plans
from bulkops.runs.plan import plan
from bulkops.runs.run import run
from bulkops.runs.run_folders import all_runs
from bulkops.runs.saved_plan import Approved, open_plan, require_same, require_unchanged
from bulkops.sim.core.simulation_config import InstanceConfig
from bulkops.targets.request import Anew, ConductChoice, TargetChoice
from tests.runs.beginning import begin

JOB = "update-user-routing-profiles"
MOVES = "username,routing_profile\nj.murphy,Billing\nm.silva,Sales EMEA\nadmin,Billing\n"
PASSWORD = "Tulip-Harbour-27"
NEW_USER = (
    "username,password,first_name,last_name,security_profiles,routing_profile\n"
    f"zoe,{PASSWORD},Zoe,Byrne,Agent,Billing\n"
)


async def saved(office, text=MOVES, job=JOB, **more):
    path = office.folder / "moves.bulkplan"
    sheet = office.sheet(text)
    await plan(office.request(job, sheet, **more), world=office.world, save=path)
    return await open_plan(path, Anew(runs_dir=office.runs_dir))


async def carried_out(office, found):
    require_unchanged(found)
    return await run(
        found.request,
        ConductChoice(),
        asker=Approved(found, office.answers),
        listener=office.listen,
        world=office.world,
    )


async def refused(office, found):
    with pytest.raises(ChangedError) as caught:
        await carried_out(office, found)
    assert all_runs(office.runs_dir) == []
    return str(caught.value)


async def test_a_saved_plan_is_carried_out_as_it_was_approved(office):
    found = await saved(office)
    assert found.actions == {"update": 3}
    assert found.rows == {
        2: "update of j.murphy (routing_profile: Basic Routing Profile → Billing)",
        3: "update of m.silva (routing_profile: Basic Routing Profile → Sales EMEA)",
        4: "update of admin (routing_profile: Basic Routing Profile → Billing)",
    }
    ending = await carried_out(office, found)
    assert ending.exit == 0
    assert office.answers.plans[0].sha256 == found.sha256


async def test_the_file_is_for_its_owner_and_holds_no_secret(office):
    found = await saved(office, NEW_USER, "create-users")
    assert stat.S_IMODE(found.path.stat().st_mode) == 0o600
    assert PASSWORD.encode() not in found.path.read_bytes()
    assert [path.name for path in office.folder.iterdir() if "plan" in path.name] == [
        "moves.bulkplan"
    ]
    ending = await carried_out(office, found)
    assert ending.exit == 0


async def test_rows_and_on_exists_are_those_of_the_plan(office):
    found = await saved(office, sheet={"rows": "3"})
    assert list(found.rows) == [3]
    ending = await carried_out(office, found)
    assert sum(ending.counts.values()) == 1


async def test_what_moved_at_the_instance_is_said_by_row(office):
    found = await saved(office)
    moved = "username,routing_profile\nj.murphy,Sales EMEA\nm.silva,Sales EMEA\n"
    await office.run(JOB, office.sheet(moved, "other.csv"))
    with pytest.raises(ChangedError) as caught:
        await carried_out(office, found)
    said = str(caught.value)
    assert "it was 3 update, and is now 1 none, 2 update" in said
    assert (
        "row 2 was update of j.murphy (routing_profile: Basic Routing Profile → Billing),"
        " and is now update of j.murphy (routing_profile: Sales EMEA → Billing)"
    ) in said
    assert (
        "row 3 was update of m.silva (routing_profile: Basic Routing Profile → Sales EMEA)" in said
    )
    assert "and is now nothing to do" in said
    assert "row 4" not in said
    assert len(all_runs(office.runs_dir)) == 1


async def test_another_old_value_alone_is_a_change_too(office):
    found = await saved(office, "username,routing_profile\nj.murphy,Billing\n")
    await office.run(JOB, office.sheet("username,routing_profile\nj.murphy,Sales EMEA\n", "o.csv"))
    with pytest.raises(ChangedError, match="what is there has moved; row 2 was update"):
        await carried_out(office, found)


async def test_only_the_first_rows_that_moved_are_listed(office, monkeypatch):
    monkeypatch.setattr(saved_plans, "_MOST_SAID", 2)
    found = await saved(office)
    await office.run(JOB, office.sheet(MOVES, "other.csv"))
    with pytest.raises(ChangedError) as caught:
        await carried_out(office, found)
    assert str(caught.value).count("row ") == 2


async def test_rows_beyond_those_shown_are_not_taken_for_settled(office):
    users = [f"agent{number:05d}" for number in range(1, 15)]
    rows = "".join(f"{user},Billing\n" for user in users)
    begin(office.runs_dir / "simulated", InstanceConfig(users=20))
    found = await saved(office, f"username,routing_profile\n{rows}")
    await office.run(JOB, office.sheet(f"username,routing_profile\n{users[0]},Billing\n", "o.csv"))
    with pytest.raises(ChangedError) as caught:
        await carried_out(office, found)
    assert str(caught.value).count("row ") == 1


async def test_another_sheet_is_refused_before_anything_is_read(office):
    found = await saved(office)
    office.sheet(MOVES + "a.kowalska,Billing\n")
    assert "has changed since" in await refused(office, found)
    (office.folder / "sheet.csv").unlink()
    assert "is gone" in await refused(office, found)


async def test_another_job_is_refused(office):
    found = await saved(office)
    other = replace(found, record=replace(found.record, job_sha256="0"))
    assert f"the job {JOB} has changed since" in await refused(office, other)


async def test_another_instance_is_refused(office, tmp_path):
    found = await saved(office)
    elsewhere = tmp_path / "elsewhere"
    begin(elsewhere, InstanceConfig(alias="elsewhere"))
    anew = Anew(target=TargetChoice(simulate=elsewhere), runs_dir=office.runs_dir)
    moved = await open_plan(found.path, anew)
    assert "it is for instance" in await refused(office, moved)


async def test_a_target_that_is_not_there_any_more_is_refused(office):
    found = await saved(office)
    with pytest.raises(ChangedError, match="and this is none"):
        require_same(found, None, ())


async def test_a_no_to_a_saved_plan_leaves_nothing(office):
    found = await saved(office)
    office.answers.yes_to_plan = False
    assert await carried_out(office, found) is None
    assert all_runs(office.runs_dir) == []


async def test_the_canary_question_is_passed_on(office):
    found = await saved(office)
    assert Approved(found, office.answers).canary("row 2 succeeded")
    assert office.answers.canaries == ["row 2 succeeded"]


async def test_a_sheet_with_problems_makes_no_plan(office):
    with pytest.raises(ProblemsFoundError):
        await saved(office, "username,routing_profile\nj.murphy,Biling\n")
    assert not (office.folder / "moves.bulkplan").exists()


async def test_a_sheet_from_standard_input_makes_no_plan_file(office, monkeypatch):
    sheet = office.sheet(MOVES)
    request = office.request(JOB, sheet)
    request = replace(request, sheet=replace(request.sheet, path=None))
    with sheet.open("rb") as stream:
        monkeypatch.setattr("sys.stdin", type("Stdin", (), {"buffer": stream})())
        with pytest.raises(RefusedError, match="standard input"):
            await plan(request, world=office.world, save=office.folder / "moves.bulkplan")


async def test_a_file_that_is_no_plan_is_refused(office):
    path = office.folder / "x.bulkplan"
    with pytest.raises(UnknownRunError, match="There is no plan"):
        await open_plan(path, Anew())
    path.write_text("hello", encoding="utf-8")
    with pytest.raises(ChangedError, match="is not a plan"):
        await open_plan(path, Anew())
    await office.run(JOB, office.sheet(MOVES))
    (folder,) = all_runs(office.runs_dir)
    with pytest.raises(ChangedError, match="is not a plan"):
        await open_plan(folder / "ledger.sqlite", Anew())


async def test_a_plan_to_be_read_is_a_table(office):
    path = office.folder / "plan.csv"
    summary, _ = await plan(office.request(JOB, office.sheet(MOVES)), world=office.world, save=path)
    assert summary.totals.actions == {Action.UPDATE: 3}
    assert "bulkops_changes" in path.read_text(encoding="utf-8-sig")
    with pytest.raises(SheetError, match=r"\.xlsx or \.csv or \.bulkplan"):
        await plan(
            office.request(JOB, office.sheet(MOVES)),
            world=office.world,
            save=office.folder / "plan.pdf",
        )


async def test_a_data_frame_makes_no_plan_file_and_may_be_planned_as_a_table(office):
    frame = pd.DataFrame({"username": ["j.murphy"], "routing_profile": ["Billing"]})
    request = office.request(JOB, Path("DataFrame"), sheet={"frame": frame})
    path = office.folder / "moves.bulkplan"
    with pytest.raises(RefusedError, match="A plan of a DataFrame can't be saved to be run"):
        await plan(request, world=office.world, save=path)
    assert not path.exists()
    await plan(request, world=office.world, save=path.with_suffix(".csv"))
    assert path.with_suffix(".csv").exists()
