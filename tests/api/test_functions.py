from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import bulkops
from bulkops.api import options as arguments
from bulkops.engine.run_limits import MaxFail, RunLimits
from bulkops.errors import ChangedError, Exit, RefusedError, UnknownRunError
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.states import RowStatus
from bulkops.problems import ProblemsFoundError
from bulkops.targets.request import ConductChoice, PaceChoice, Request, SheetChoice, TargetChoice

MOVES = "update-user-routing-profiles"
USERS = pd.DataFrame(
    {
        "username": ["ana", "ben"],
        "password": ["Blue-Harbour-1", "Blue-Harbour-2"],
        "first_name": ["Ana", "Ben"],
        "last_name": ["Núñez", "O'Brien"],
        "security_profiles": ["Agent", "Agent"],
        "routing_profile": ["Billing", "Billing"],
        "acw_seconds": [30, None],
    }
)


def moves(*rows):
    return pd.DataFrame(rows, columns=["username", "routing_profile"])


@pytest.fixture
def here(office):
    """The arguments by which runs of the virtual world are kept and simulated."""
    return {"simulate": True, "runs_dir": office.runs_dir, "world": office.world}


@pytest.fixture
def there(tmp_path):
    """The same in the real world."""
    return {"simulate": True, "runs_dir": tmp_path / "runs"}


# What is asked for -----------------------------------------------------------------------------


def test_arguments_make_the_request_that_flags_make():
    options = {
        "worksheet": "Users",
        "map": {"Login": "username"},
        "where": "team=Billing",
        "rows": "5,9-12",
        "limit": 10,
        "encoding": "cp1252",
        "profile": "acme",
        "region": "eu-west-2",
        "instance": "acme",
        "role_arn": "arn:aws:iam::123456789012:role/bulk",
        "target": "emea",
        "endpoint_url": "http://localhost:1",
        "configuration": "other.toml",
        "tps": {"CreateUser": 10, "DeleteUser": 1.5},
        "burst": 8,
        "share": "80%",
        "on_exists": "skip",
        "runs_dir": "runs",
    }
    assert arguments.request_of("create-users", "users.xlsx", options) == Request(
        job="create-users",
        sheet=SheetChoice(
            path=Path("users.xlsx"),
            sheet="Users",
            mapping={"Login": "username"},
            where=("team=Billing",),
            rows="5,9-12",
            limit=10,
            encoding="cp1252",
        ),
        target=TargetChoice(
            profile="acme",
            region="eu-west-2",
            instance="acme",
            role_arn="arn:aws:iam::123456789012:role/bulk",
            names=("emea",),
            endpoint_url="http://localhost:1",
            configuration=Path("other.toml"),
        ),
        pace=PaceChoice(tps=("CreateUser=10", "DeleteUser=1.5"), burst=8, share=0.8),
        on_exists="skip",
        runs_dir=Path("runs"),
    )


def test_without_arguments_the_request_is_the_usual_one():
    usual = Request(job="create-users", sheet=SheetChoice(path=Path("users.csv")))
    assert arguments.request_of("create-users", "users.csv", {}) == usual
    assert arguments.conduct_of({}) == ConductChoice()


@pytest.mark.parametrize(
    ("tps", "texts"),
    [
        (2, ("2",)),
        (0.5, ("0.5",)),
        ("auto", ("auto",)),
        (["2", "CreateUser=3"], ("2", "CreateUser=3")),
    ],
)
def test_a_pace_may_be_said_in_several_ways(tps, texts):
    assert arguments.request_of("j", "s", {"tps": tps}).pace.tps == texts


@pytest.mark.parametrize("options", [{"tps": "fast"}, {"tps": 0}, {"burst": 0.5}, {"share": 80}])
def test_a_pace_that_is_none_is_a_value_error(options):
    with pytest.raises(ValueError, match=f"--{next(iter(options))}"):
        arguments.request_of("j", "s", options)


def test_conduct_is_said_by_numbers():
    options = {
        "canary": 5,
        "max_fail": 10,
        "max_duration": 90.0,
        "max_attempts": 3,
        "confirm_instance": "acme",
        "name": "May",
        "accept_changed": True,
    }
    assert arguments.conduct_of(options) == ConductChoice(
        limits=RunLimits(canary=5, max_fail=MaxFail(rows=10), max_duration=90.0, max_attempts=3),
        confirm_instance="acme",
        name="May",
        accept_changed=True,
    )
    fuse = MaxFail(percent=5, after=100)
    assert arguments.conduct_of({"max_fail": fuse}).limits.max_fail == fuse


def test_a_simulation_is_kept_in_the_runs_folder_or_where_it_is_said():
    assert arguments.target_choice({"simulate": True}).simulate == Path("bulkops-runs/simulated")
    assert arguments.target_choice({"simulate": "kept"}).simulate == Path("kept")
    assert arguments.target_choice({"simulate": False}).simulate is None


def test_an_argument_that_there_is_none_of_is_a_type_error_with_the_nearest():
    with pytest.raises(TypeError, match=r"'instanc'.* Did you mean .instance."):
        bulkops.check(MOVES, moves(), instanc="acme")
    with pytest.raises(TypeError, match="no keyword argument 'canary'"):
        bulkops.plan(MOVES, moves(), canary=5)


def test_what_to_do_with_existing_things_is_one_of_three():
    with pytest.raises(ValueError, match="'replace'; allowed are fail, skip, update"):
        bulkops.check(MOVES, moves(), on_exists="replace")


def test_a_sheet_is_a_path_or_a_data_frame():
    with pytest.raises(TypeError, match="a path or a pandas DataFrame, not list"):
        bulkops.check(MOVES, [["j.murphy", "Billing"]])


# What is done ----------------------------------------------------------------------------------


def test_check_finds_problems_of_a_data_frame_by_cell():
    found = bulkops.check(MOVES, moves(("j.murphy", "Billing"), ("", "Billing")))
    assert found.rows == 2
    (problem,) = found.problems
    assert (problem.address.file, problem.address.row) == ("DataFrame", 3)
    assert problem.address.header == "username"


def test_check_looks_names_up_where_a_target_is_given(there):
    sheet = moves(("j.murphy", "Biling"))
    assert bulkops.check(MOVES, sheet).problems == ()
    (problem,) = bulkops.check(MOVES, sheet, **there).problems
    assert problem.found == "Biling"
    assert "Billing" in problem.hint


def test_check_reads_a_file(samples):
    assert bulkops.check("create-users", samples / "create-users.xlsx").problems == ()


def test_plan_returns_what_a_run_would_do_and_saves_it(there, tmp_path):
    saved = tmp_path / "plan.csv"
    summary = bulkops.plan(MOVES, moves(("j.murphy", "Billing")), save=saved, **there)
    assert summary.totals.calls == {("", "connect", "UpdateUserRoutingProfile"): 1}
    assert "Basic Routing Profile → Billing" in saved.read_text(encoding="utf-8-sig")


def test_run_returns_how_it_ended_and_results_a_frame(there):
    ending = bulkops.run("create-users", USERS, yes=True, **there)
    assert ending.exit is Exit.DONE
    assert ending.counts[RowStatus.SUCCEEDED] == 2
    frame = bulkops.results_frame(ending.folder)
    assert list(frame["username"]) == ["ana", "ben"]
    assert list(frame["password"]) == ["***", "***"]
    assert list(frame["acw_seconds"]) == ["30", ""]
    assert list(frame["bulkops_status"]) == ["succeeded", "succeeded"]
    assert list(frame["bulkops_row"] + frame["bulkops_attempts"]) == [3, 4]
    assert set(frame["bulkops_run"]) == {ending.run}


def test_the_frame_has_the_columns_of_the_results_file(there):
    ending = bulkops.run(MOVES, moves(("j.murphy", "Billing")), yes=True, **there)
    written = pd.read_csv(ending.folder / "results.csv", dtype=str, keep_default_na=False)
    frame = bulkops.results_frame(ending)
    assert list(frame.columns) == list(written.columns)
    assert frame.astype(str).to_numpy().tolist() == written.to_numpy().tolist()


def test_a_run_is_found_by_its_ending_its_folder_its_id_or_as_the_last(there):
    runs_dir = there["runs_dir"]
    ending = bulkops.run(MOVES, moves(("j.murphy", "Billing")), yes=True, **there)
    for named in (ending, ending.folder, str(ending.folder), ending.run, ending.run[:-2], None):
        (row,) = bulkops.results(named, runs_dir=runs_dir)
        assert (row.key, row.status) == ("j.murphy", RowStatus.SUCCEEDED)
    with pytest.raises(UnknownRunError, match="no such run"):
        bulkops.results("other", runs_dir=runs_dir)


def test_nothing_is_sent_without_a_yes(there):
    with pytest.raises(ValueError, match="give yes=True"):
        bulkops.run(MOVES, moves(("j.murphy", "Billing")), **there)
    assert not there["runs_dir"].exists()


def test_problems_are_raised_all_together(there):
    sheet = moves(("j.murphy", "Biling"), ("nobody", "Billing"))
    with pytest.raises(ProblemsFoundError) as caught:
        bulkops.run(MOVES, sheet, yes=True, **there)
    assert [problem.found for problem in caught.value.problems] == ["Biling", "nobody"]


async def test_an_asker_decides_in_place_of_yes(here, office):
    office.answers.yes_to_plan = False
    sheet = moves(("j.murphy", "Billing"))
    with pytest.raises(RefusedError, match="not agreed to; nothing was sent"):
        await bulkops.run_async(MOVES, sheet, asker=office.answers, **here)
    (summary,) = office.answers.plans
    assert summary.totals.rows == 1
    with pytest.raises(UnknownRunError):
        await bulkops.results_async(runs_dir=office.runs_dir)


async def test_a_listener_is_told_what_happens(here, office):
    await bulkops.run_async(
        MOVES, moves(("j.murphy", "Billing")), yes=True, listener=office.listen, **here
    )
    names = [name for name, _ in office.events]
    assert (names[0], names[-1]) == ("run.started", "run.finished")


async def test_a_run_that_was_stopped_is_gone_on_with(here, office):
    sheet = moves(*((name, "Billing") for name in ("j.murphy", "m.silva", "a.kowalska")))
    office.answers.yes_to_canary = False
    stopped = await bulkops.run_async(MOVES, sheet, asker=office.answers, canary=1, **here)
    assert (stopped.exit, stopped.counts[RowStatus.PENDING]) == (Exit.STOPPED, 2)
    ended = await bulkops.resume_async(runs_dir=office.runs_dir, world=office.world)
    assert (ended.run, ended.exit) == (stopped.run, Exit.DONE)
    frame = await bulkops.results_frame_async(ended)
    assert list(frame["bulkops_status"]) == ["succeeded"] * 3


async def test_secrets_of_a_data_frame_are_asked_for_again(here, office):
    office.answers.yes_to_canary = False
    await bulkops.run_async("create-users", USERS, asker=office.answers, canary=1, **here)
    again = {"runs_dir": office.runs_dir, "world": office.world}
    with pytest.raises(ChangedError, match="needs the secret cells of DataFrame again"):
        await bulkops.resume_async(**again)
    with pytest.raises(ChangedError, match="DataFrame has changed"):
        await bulkops.resume_async(sheet=USERS.assign(first_name="X"), **again)
    ended = await bulkops.resume_async(sheet=USERS, **again)
    assert (ended.exit, ended.counts[RowStatus.SUCCEEDED]) == (Exit.DONE, 2)


async def test_what_has_come_up_since_is_agreed_to_by_a_yes_or_by_an_asker(here, office):
    office.answers.yes_to_canary = False
    await bulkops.run_async("create-users", USERS, asker=office.answers, canary=1, **here)
    changed = USERS.assign(first_name=["Ana", "X"])
    again = {"runs_dir": office.runs_dir, "world": office.world, "accept_changed": True}
    said = "1 row planned anew.* Give yes=True to agree to that; nothing was sent"
    with pytest.raises(RefusedError, match=said):
        await bulkops.resume_async(sheet=changed, **again)
    office.answers.yes_to_plan = False
    with pytest.raises(RefusedError, match="To go on was not agreed to"):
        await bulkops.resume_async(sheet=changed, asker=office.answers, **again)
    ended = await bulkops.resume_async(sheet=changed, yes=True, **again)
    assert (ended.exit, ended.counts[RowStatus.SUCCEEDED]) == (Exit.DONE, 2)
    assert (await bulkops.results_async(ended))[1].cells[2] == "X"


async def test_a_data_frame_is_not_kept_with_the_run(here):
    ending = await bulkops.run_async("create-users", USERS, yes=True, **here)
    ledger = SqliteLedger.open(ending.folder, readonly=True)
    try:
        kept = (await ledger.run()).meta["request"]["sheet"]
    finally:
        await ledger.close()
    assert kept["frame"] is None
    assert Path(kept["path"]).name == "DataFrame"
    assert "Blue-Harbour" not in json.dumps(kept)


async def test_in_a_running_loop_the_other_function_is_named():
    with pytest.raises(RuntimeError, match=r"use `await bulkops.run_async\(...\)`"):
        bulkops.run(MOVES, moves(), yes=True)
    with pytest.raises(RuntimeError, match=r"use `await bulkops.results_frame_async\(...\)`"):
        bulkops.results_frame()


# How it is found -------------------------------------------------------------------------------


def test_every_name_is_there_and_no_other():
    for name in bulkops.__all__:
        assert getattr(bulkops, name) is not None
        assert name in dir(bulkops)
    with pytest.raises(AttributeError, match="no attribute 'rnu'"):
        _ = bulkops.rnu


@pytest.mark.process
def test_the_import_alone_loads_nothing_heavy():
    code = (
        "import sys, bulkops; bulkops.__version__; "
        "print([name for name in ('anyio', 'pandas', 'botocore', 'typer') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
