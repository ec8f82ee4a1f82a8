"""What a thing has that the installed model does not know is not erased, and said where it goes."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from bulkops.cli.app import app
from bulkops.cli.output import console
from bulkops.definition.model.newer_members import PartlyKnown, unknown_in
from bulkops.problems import ProblemsFoundError
from bulkops.runs.plan import plan
from bulkops.sim.core.planted import planted
from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.core.simulator import Simulator
from bulkops.sim.services.connect_service import HANDLERS
from bulkops.sim.state.newer import NEWER
from bulkops.sim.state.world import WorldSession
from tests.runs.standing_by import column, hands, state_of, take_back
from tests.served import served

WORKLOADS = {"WorkloadTypeConcurrencies": [{"WorkloadType": "LIGHT", "Concurrency": 2}]}


def hold_newer_members(world):
    """Have a profile hold the concurrency of workloads, and a quick connect lead to a flow."""
    instance = next(iter(world.instances.values()))
    session = WorldSession(world, instance, "seed", 1.0)
    profile = dict(planted(session, "routing-profile", "Support Tier 1"))
    first, *others = profile["MediaConcurrencies"]
    session.update(
        "routing-profile", profile, MediaConcurrencies=[{**first, NEWER: WORKLOADS}, *others]
    )
    flow = {"QuickConnectType": "PHONE_NUMBER", NEWER: {"FlowConfig": {"ContactFlowId": "f1"}}}
    phone = {"PhoneConfig": {"PhoneNumber": "+35315550100"}}
    desk = planted(session, "quick-connect", "Billing desk")
    session.update("quick-connect", desk, QuickConnectConfig={**flow, **phone})
    world.commit(session.commit())


SHEETS = {
    "update-routing-profiles": (
        "routing_profile,chats\nSupport Tier 1,4\nSupport Tier 2,4\n",
        'line 2, column "chats"',
        "MediaConcurrencies[].WorkloadTypeConcurrencies",
        "UpdateRoutingProfileConcurrency would erase it",
    ),
    "update-quick-connects": (
        "quick_connect,type,goes_to\nBilling desk,phone,+35315550101\n",
        'line 2, column "type"',
        "QuickConnectConfig.FlowConfig",
        "UpdateQuickConnectConfig would erase it",
    ),
}


@pytest.fixture
def newer(office):
    """An office whose simulation holds what its model does not know."""
    with hands(office) as person:
        hold_newer_members(person.client.simulator.world)
    return office


@pytest.mark.parametrize("job", SHEETS)
async def test_a_row_that_would_erase_it_is_refused_with_the_way_out(newer, job):
    text, place, path, what = SHEETS[job]
    with pytest.raises(ProblemsFoundError) as caught:
        await plan(newer.request(job, newer.sheet(text)), world=newer.world)
    (problem,) = caught.value.problems
    assert problem.code == "would-lose"
    said = str(problem)
    for part in (place, path, what, "bulkops models add", "--service connect"):
        assert part in said


async def test_a_row_that_leaves_it_alone_is_planned(newer):
    text = "routing_profile,description\nSupport Tier 1,For all who call first\n"
    summary, _ = await plan(
        newer.request("update-routing-profiles", newer.sheet(text)), world=newer.world
    )
    assert [each.operation for each in summary.calls] == ["UpdateRoutingProfileName"]


async def test_what_undo_could_not_make_again_is_warned_of(newer):
    text = "quick_connect\nBilling desk\n"
    summary, _ = await plan(
        newer.request("delete-quick-connects", newer.sheet(text)), world=newer.world
    )
    assert any("QuickConnectConfig.FlowConfig" in str(each) for each in summary.warnings)


async def test_what_somebody_set_since_is_not_erased_by_an_undo(office):
    text = "routing_profile,chats\nSupport Tier 1,4\n"
    await office.run("update-routing-profiles", office.sheet(text))
    with hands(office) as person:
        hold_newer_members(person.client.simulator.world)
    before = state_of(office)
    undone = await take_back(office)
    assert column(undone, "action") == ["conflict"]
    assert "WorkloadTypeConcurrencies" in column(undone, "error")[0]
    assert state_of(office) == before


@pytest.fixture
def planned_over_http(tmp_path, monkeypatch):
    """Return a function that plans a sheet on a served simulation by the command line."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(variable, "test")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    simulator = Simulator(SimConfig(speed=100))
    hold_newer_members(simulator.world)
    with served(simulator.config, simulator) as url:

        def problems(job, sheet):
            console.cache_clear()
            words = ("plan", job, str(sheet), "--endpoint-url", url, "--instance", "bulkops-demo")
            done = CliRunner().invoke(app, [*words, "--tps", "100", "--output", "json"])
            assert done.exit_code == 3, done.output
            return json.loads(done.stdout)["problems"]

        yield problems


@pytest.mark.parametrize("job", SHEETS)
def test_a_real_client_notices_it_too(planned_over_http, tmp_path, job):
    text, _, path, _ = SHEETS[job]
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(text)
    (problem,) = planned_over_http(job, sheet)
    assert problem["code"] == "would-lose"
    assert path in problem["message"]


@pytest.mark.parametrize(
    "case",
    [
        ("update-task-templates", "GetTaskTemplate", "ContactHooks", ""),
        ("update-rules", "DescribeRule", "PreEvaluationFilters", "Rule"),
        ("update-evaluation-forms", "DescribeEvaluationForm", "AIVersion", "EvaluationForm"),
    ],
)
def test_what_sets_all_of_a_thing_is_refused_too(planned_over_http, monkeypatch, samples, case):
    job, operation, member, item = case
    real = HANDLERS[operation]

    def answered(session, params):
        reply = dict(real(session, params))
        newer = {NEWER: {member: {"Any": 1}}}
        return reply | ({item: {**reply[item], **newer}} if item else newer)

    monkeypatch.setitem(HANDLERS, operation, answered)
    problems = planned_over_http(job, samples / f"{job}.csv")
    assert {each["code"] for each in problems} == {"would-lose"}
    assert all(f"has {member}, which" in each["message"] for each in problems)


def test_where_it_stands_is_told_at_any_depth():
    inner = PartlyKnown({"a": 1}, ["b"])
    whole = PartlyKnown({"list": [{"x": inner}], "known": {"y": 1}}, ["top"])
    assert list(unknown_in(whole)) == ["top", "list[].x.b"]
    assert whole == {"list": [{"x": {"a": 1}}], "known": {"y": 1}}
