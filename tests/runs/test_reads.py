from __future__ import annotations

import csv
from collections import Counter
from functools import partial
from types import SimpleNamespace

import anyio
import pytest

from bulkops.engine.reads.items import INDEX_LAG
from bulkops.errors import RefusedError
from bulkops.ledger.states import RowStatus
from bulkops.pacing.replies import Fault, FaultClass
from bulkops.problems import ProblemsFoundError
from bulkops.runs.instance_check import check_there
from bulkops.runs.reads import _set_in_part
from bulkops.sim.core import simulation_config
from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.simulated_client import SimulatedClient
from tests.planning.paper import CREATE, Sheet, ana, centre, order_of, target

INDEXED = INDEX_LAG.total_seconds() + 1
HEAD = "username,password,first_name,last_name,email,security_profiles,routing_profile"


@pytest.fixture
def asked(monkeypatch):
    """Count what is asked of the simulated instance, by operation."""
    counts, call = Counter(), SimulatedClient.call

    async def counting(self, service, operation, params):
        counts[operation] += 1
        return await call(self, service, operation, params)

    monkeypatch.setattr(SimulatedClient, "call", counting)
    return counts


@pytest.fixture
def lagging(monkeypatch):
    """Let the reads of simulations that are opened from now on lag behind."""

    def lag(**seconds):
        monkeypatch.setattr(simulation_config, "SimConfig", partial(SimConfig, **seconds))

    return lag


def users(count, *, email=True, last_name="Núñez"):
    rows = [
        f"agent{n},Blue-Harbour-{n},Ana,{last_name},"
        f"{f'agent{n}@example.com' if email else ''},Agent,Billing"
        for n in range(count)
    ]
    return "\n".join([HEAD, *rows]) + "\n"


async def test_users_that_are_already_so_are_searched_and_none_is_described(office, asked):
    await office.run("create-users", office.sheet(users(30)))
    await anyio.sleep(INDEXED)
    asked.clear()
    same = office.sheet(users(30, email=False), "same.csv")
    ending = await office.run("create-users", same, on_exists="update")
    assert ending.counts == {RowStatus.UNCHANGED: 30}
    assert asked["DescribeUser"] == 0
    assert (asked["ListUsers"], asked["SearchUsers"]) == (1, 1)


async def test_for_names_that_are_all_new_the_list_is_read_and_nothing_else(office, asked):
    ending = await office.run("create-users", office.sheet(users(30)))
    assert ending.counts == {RowStatus.SUCCEEDED: 30}
    assert asked["ListUsers"] == 1
    assert asked["SearchUsers"] == asked["DescribeUser"] == 0


async def test_users_made_a_moment_ago_are_known_though_no_search_shows_them(office, lagging):
    lagging(search_lag=60.0)
    await office.run("create-users", office.sheet(users(10)))
    moves = "username,routing_profile\n" + "".join(f"agent{n},Sales EMEA\n" for n in range(10))
    ending = await office.run("update-user-routing-profiles", office.sheet(moves, "moves.csv"))
    assert ending.counts == {RowStatus.SUCCEEDED: 10}
    back = office.sheet(moves.replace("Sales EMEA", "Billing"), "back.csv")
    ending = await office.run("update-user-routing-profiles", back)
    assert ending.counts == {RowStatus.SUCCEEDED: 10}, "the index says Billing still"
    (row, *_) = office.answers.plans[-1].rows
    assert [str(change) for change in row.changes] == ["routing_profile: Sales EMEA → Billing"]
    ending = await office.run("update-user-routing-profiles", back)
    assert ending.counts == {RowStatus.UNCHANGED: 10}


async def test_users_deleted_a_moment_ago_are_made_again_though_a_search_shows_them(
    office, lagging
):
    lagging(search_lag=60.0)
    await office.run("create-users", office.sheet(users(3)))
    await anyio.sleep(INDEXED)
    gone = office.sheet("username\nagent0\nagent1\nagent2\n", "gone.csv")
    await office.run("delete-users", gone, confirm="bulkops-demo")
    ending = await office.run("create-users", office.sheet(users(3)))
    assert ending.counts == {RowStatus.SUCCEEDED: 3}


async def test_what_is_listed_and_not_described_yet_is_a_problem_of_its_cell(office, monkeypatch):
    async def unseen(self, service, operation, params):
        if operation == "DescribeUser":
            refusal = {"code": "InvalidRequestException", "message": "Invalid request"}
            return Fault(fault_class=FaultClass.REJECTED, http_status=400, **refusal)
        return await call(self, service, operation, params)

    call = SimulatedClient.call
    await office.run("create-users", office.sheet(users(1)))
    monkeypatch.setattr(SimulatedClient, "call", unseen)
    moves = office.sheet("username,routing_profile\nagent0,Sales EMEA\n", "moves.csv")
    with pytest.raises(ProblemsFoundError) as caught:
        await office.run("update-user-routing-profiles", moves)
    (found,) = caught.value.problems
    assert (found.code, found.address.row, found.address.header) == ("not-visible", 2, "username")
    assert found.message == 'the user "agent0" is listed, and not described yet'


@pytest.mark.parametrize("on_exists", ["fail", "skip", "update"])
async def test_a_user_is_not_unchanged_whose_address_is_another(office, asked, on_exists):
    await office.run("create-users", office.sheet(users(2)))
    await anyio.sleep(INDEXED)
    asked.clear()
    other = office.sheet(users(2).replace("agent1@example.com", "else@example.com"), "other.csv")
    ending = await office.run("create-users", other, on_exists=on_exists)
    expected = {"fail": RowStatus.FAILED, "skip": RowStatus.SKIPPED, "update": RowStatus.SUCCEEDED}
    assert ending.counts == {RowStatus.UNCHANGED: 1, expected[on_exists]: 1}
    assert asked["DescribeUser"] == 2


async def test_a_user_deleted_before_its_deletion_shows_keeps_the_run_from_deleting_unkept(
    office, monkeypatch
):
    async def unseen(self, service, operation, params):
        if operation == "DescribeUser":
            refusal = {"code": "ResourceNotFoundException", "message": "No."}
            return Fault(fault_class=FaultClass.REJECTED, http_status=404, **refusal)
        return await call(self, service, operation, params)

    call = SimulatedClient.call
    monkeypatch.setattr(SimulatedClient, "call", unseen)
    with pytest.raises(RefusedError, match=r"m\.silva: listed, and not described yet"):
        await office.run(
            "delete-users", office.sheet("username\nm.silva\n"), confirm="bulkops-demo"
        )


async def test_only_what_changes_is_described_and_what_the_row_leaves_blank_stays(office, asked):
    await office.run("create-users", office.sheet(users(30)))
    await anyio.sleep(INDEXED)
    asked.clear()
    one = users(30, email=False).replace("agent7,Blue-Harbour-7,Ana,Núñez", "agent7,,Ana,Ortiz")
    ending = await office.run("create-users", office.sheet(one, "one.csv"), on_exists="update")
    assert ending.counts == {RowStatus.UNCHANGED: 29, RowStatus.SUCCEEDED: 1}
    assert (asked["DescribeUser"], asked["UpdateUserIdentityInfo"]) == (1, 1)
    await anyio.sleep(INDEXED)
    asked.clear()
    again = office.sheet(users(8).replace("agent7,Blue-Harbour-7,Ana,Núñez", "agent7,,Ana,Ortiz"))
    ending = await office.run("create-users", again, on_exists="update")
    assert ending.counts == {RowStatus.UNCHANGED: 8}
    assert asked["DescribeUser"] == 8, "an e-mail is told by describing alone"


async def test_a_slip_in_a_name_to_delete_is_said_in_the_plan_the_check_and_the_results(office):
    sheet = office.sheet("username\nm.silva\nj.murpy\n")
    checked = await check_there(office.request("delete-users", sheet), world=office.world)
    assert [each.hint for each in checked.problems] == ['Did you mean "j.murphy"?']
    ending = await office.run("delete-users", sheet, confirm="bulkops-demo")
    assert ending.counts == {RowStatus.SUCCEEDED: 1, RowStatus.UNCHANGED: 1}
    (warning,) = office.answers.plans[-1].warnings
    assert warning.message == '"j.murpy" is not a user of this instance: nothing to do'
    results = (ending.folder / "results.csv").read_text(encoding="utf-8-sig")
    _, slip = csv.DictReader(results.splitlines())
    assert (slip["bulkops_status"], slip["bulkops_hint"]) == (
        "unchanged",
        'Did you mean "j.murphy"?',
    )
    assert slip["bulkops_error"] == warning.message


async def test_a_row_that_asks_for_nothing_is_said_before_anything_is_sent(office):
    sheet = office.sheet("user_id,hierarchy_group_id\nu1,\n")
    with pytest.raises(ProblemsFoundError) as caught:
        await office.run("connect:UpdateUserHierarchy", sheet)
    codes = [each.code for each in caught.value.problems]
    assert codes == ["asks-nothing", "unknown-name"]  # and u1 is nobody's id


async def test_users_of_whom_only_the_profile_changes_are_not_described(office, asked):
    await office.run("create-users", office.sheet(users(30)))
    await anyio.sleep(INDEXED)
    asked.clear()
    moved = office.sheet(
        users(30, email=False).replace("Agent,Billing", "Agent,Sales EMEA"), "m.csv"
    )
    ending = await office.run("create-users", moved, on_exists="update")
    assert ending.counts == {RowStatus.SUCCEEDED: 30}
    assert (asked["ListUsers"], asked["SearchUsers"], asked["DescribeUser"]) == (1, 1, 0)
    assert asked["UpdateUserRoutingProfile"] == 30
    assert asked["UpdateUserIdentityInfo"] == 0


async def test_an_address_to_be_cleared_is_not_taken_for_one_that_is_not_there(office):
    await office.run("create-users", office.sheet(users(1)))
    await anyio.sleep(INDEXED)
    cleared = users(1).replace("agent0@example.com", "CLEAR!")
    ending = await office.run("create-users", office.sheet(cleared, "c.csv"), on_exists="update")
    (row,) = office.answers.plans[-1].rows
    assert [str(change) for change in row.changes] == ["email: agent0@example.com → ∅"]
    assert ending.counts == {RowStatus.SUCCEEDED: 1}


def test_what_a_row_sets_at_one_target_is_described_there_alone():
    sheet = Sheet([*HEAD.split(","), "target"], row("emea", "Ana"), row("apac", "Anna"))
    found = {"emea": centre(ana()), "apac": centre(ana())}
    connection = SimpleNamespace(targets={name: target(name=name) for name in found})
    parted = _set_in_part([order_of(CREATE, sheet, on_exists="update")], connection, found)
    assert parted == {"apac": {"u1"}}


def row(where, first_name):
    return ["ana", "", first_name, "Byrne", "", "Agent", "Basic", where]
