"""Runs of the jobs about users whose rows need several calls, or a part of a list or map."""

from __future__ import annotations

import pytest

from bulkops.errors import Exit
from bulkops.ledger.states import RowStatus
from bulkops.sim.core.fault_injection import Faults, Mishap
from bulkops.targets import connect as doors
from tests.runs.standing_by import column, results, state_of, take_back, try_again

USERS = (
    "username,first_name,routing_profile,hierarchy_group,tags\n"
    "j.murphy,Janet,Support Tier 1,Contact Centre/Dublin/Support,team=support\n"
)
TAGS = "resource_type,name,tags\nqueue,Support VIP,site=Cork;team=vip\nuser,j.murphy,team=a\n"
GIVEN = (
    "username,attribute,value,level\n"
    "j.murphy,Skill,Billing,3\nj.murphy,Skill,Returns,2\nm.silva,Skill,Billing,1\n"
)


@pytest.fixture
def faults(monkeypatch):
    """Let things go wrong in the instances that runs open, until the list is cleared."""
    mishaps = []
    opened = doors.simulation

    def simulation(folder, world):
        client = opened(folder, world)
        client.simulator.set_faults(Faults(mishaps=tuple(mishaps)))
        return client

    monkeypatch.setattr(doors, "simulation", simulation)
    return mishaps


async def test_a_row_that_failed_in_part_says_which_calls_acted(office, faults):
    code = "InvalidParameterException"
    before = state_of(office)
    faults.append(
        Mishap(kind="error", operation="UpdateUserRoutingProfile", code=code, message="No.")
    )
    ending = await office.run("update-users", office.sheet(USERS))
    assert ending.exit is Exit.SOME_FAILED
    (row,) = results(ending)
    assert (row["bulkops_status"], row["bulkops_error"]) == ("failed", "No.")
    assert row["bulkops_hint"].endswith(
        "Of this row's other calls took effect: UpdateUserIdentityInfo;"
        " not sent: UpdateUserHierarchy, TagResource."
    )
    faults.clear()
    second = await try_again(office)
    assert second.counts == {RowStatus.SUCCEEDED: 1}
    undone = await take_back(office)
    assert undone.exit is Exit.DONE
    assert state_of(office) == before


async def test_a_part_that_was_done_is_taken_back_alone(office, faults):
    before = state_of(office)
    faults.append(
        Mishap(
            kind="error",
            operation="UpdateUserHierarchy",
            code="InvalidParameterException",
            message="No.",
        )
    )
    await office.run("update-users", office.sheet(USERS))
    faults.clear()
    undone = await take_back(office)
    assert undone.counts == {RowStatus.SUCCEEDED: 1}
    assert state_of(office) == before


@pytest.mark.parametrize("kind", ["cut-after", "cut-before"])
@pytest.mark.parametrize(
    "work",
    [
        ("tag-resources", TAGS, "TagResource"),
        ("associate-user-proficiencies", GIVEN, "AssociateUserProficiencies"),
        ("update-users", USERS, "TagResource"),
        ("update-users", USERS, "UpdateUserIdentityInfo"),
    ],
)
async def test_a_lost_answer_is_settled_and_the_run_taken_back(office, faults, work, kind):
    job, sheet, operation = work
    before = state_of(office)
    faults.append(Mishap(kind=kind, operation=operation, calls=(1,)))
    ending = await office.run(job, office.sheet(sheet))
    assert set(column(ending, "status")) == {"succeeded"}
    faults.clear()
    undone = await take_back(office)
    assert undone.exit is Exit.DONE
    assert state_of(office) == before


async def test_tags_taken_off_come_back_with_an_undo_and_go_with_the_undo_of_it(office):
    sheet = office.sheet("resource_type,name,tag_keys\nqueue,Support VIP,owner;never\n")
    before = state_of(office)
    await office.run("untag-resources", sheet)
    after = state_of(office)
    assert before != after
    first = await take_back(office)
    assert first.exit is Exit.DONE
    assert state_of(office) == before
    assert (await take_back(office, first.run)).exit is Exit.DONE
    assert state_of(office) == after
