from __future__ import annotations

import pytest

from bulkops.engine.run_limits import RunLimits
from bulkops.errors import ChangedError, Exit, LedgerBusyError, RefusedError
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.states import RowStatus
from tests.runs.standing_by import column, hands, results, state_of, take_back

MOVES = "username,routing_profile\nj.murphy,Billing\nm.silva,Support Tier 1\nadmin,Billing\n"
USERS = (
    "username,password,first_name,last_name,security_profiles,routing_profile,hierarchy_group\n"
    "ana,Blue-Harbour-{n},Ana,Núñez,Agent,Billing,Contact Centre/Dublin/Billing\n"
    "ben,Blue-Harbour-{n},Ben,O'Brien,Agent,Billing,\n"
)
UPDATES = (
    "username,password,first_name,last_name,email,security_profiles,routing_profile,"
    "hierarchy_group,acw_seconds,phone_type,desk_phone\n"
    "j.murphy,Blue-Harbour-1,Janet,Murphy,j@example.com,Agent;Admin,Billing,"
    "Contact Centre/Dublin/Billing,40,desk,+35315550142\n"
    "m.silva,Blue-Harbour-1,Miguel,Silva,,Agent,Basic Routing Profile,,,,\n"
)
MOVE, CREATE = "update-user-routing-profiles", "create-users"
PROFILE_QUEUES, QUICK = "associate-routing-profile-queues", "associate-queue-quick-connects"


@pytest.mark.parametrize("job", [CREATE, MOVE, PROFILE_QUEUES, QUICK])
async def test_after_undo_the_instance_is_as_it_was(office, samples, job):
    before = state_of(office)
    done = await office.run(job, samples / f"{job}.csv")
    assert state_of(office) != before
    undone = await take_back(office, done.run)
    assert undone.exit is Exit.DONE
    assert undone.run.startswith(f"undo-{job}-")
    assert state_of(office) == before
    assert undone.facts.throttles == 0
    assert [row["bulkops_row"] for row in results(undone)] == [
        row["bulkops_row"] for row in results(done)
    ]


async def test_users_brought_to_their_rows_are_put_back_in_every_setting(office):
    before = state_of(office)
    done = await office.run(CREATE, office.sheet(UPDATES), on_exists="update")
    assert done.counts == {RowStatus.SUCCEEDED: 1, RowStatus.UNCHANGED: 1}
    undone = await take_back(office)
    assert undone.counts == {RowStatus.SUCCEEDED: 1, RowStatus.UNCHANGED: 1}
    assert state_of(office) == before
    changes = column(undone, "changes")[0]
    assert "routing_profile: Billing → Basic Routing Profile" in changes
    assert "first_name: Janet → Jane" in changes


async def test_calls_are_as_few_as_the_run_itself_took(office, samples):
    done = await office.run(PROFILE_QUEUES, samples / f"{PROFILE_QUEUES}.csv")
    undone = await take_back(office)
    (plan,) = office.answers.plans[1:]
    assert sum(plan.totals.calls.values()) == sum(office.answers.plans[0].totals.calls.values())
    assert undone.counts[RowStatus.SUCCEEDED] == done.counts[RowStatus.SUCCEEDED]


async def test_half_a_run_is_taken_back(office, samples):
    before = state_of(office)
    half = await office.run(CREATE, samples / "create-users.csv", limits=RunLimits(max_duration=4))
    made = half.counts[RowStatus.SUCCEEDED]
    assert 0 < made < 25
    undone = await take_back(office)
    assert undone.counts == {RowStatus.SUCCEEDED: made, RowStatus.UNCHANGED: 25 - made}
    assert state_of(office) == before


async def test_an_interrupted_undo_is_gone_on_with_without_the_sheet(office):
    before = state_of(office)
    sheet = office.sheet(
        USERS.format(n=1) + "".join(f"c{n},Blue-Harbour-1,C,D,Agent,Billing,\n" for n in range(12))
    )
    await office.run(CREATE, sheet)
    sheet.unlink()
    half = await take_back(office, limits=RunLimits(max_duration=2))
    assert half.exit is Exit.TIME_OVER
    assert half.counts[RowStatus.PENDING] > 0
    whole = await office.resume(half.run)
    assert whole.run == half.run
    assert whole.counts == {RowStatus.SUCCEEDED: 14}
    assert state_of(office) == before


@pytest.mark.parametrize("job", [MOVE, PROFILE_QUEUES, QUICK])
async def test_an_undo_can_be_undone_and_that_too(office, samples, job):
    before = state_of(office)
    await office.run(job, samples / f"{job}.csv")
    after = state_of(office)
    undone = await take_back(office)
    again = await take_back(office, undone.run)
    assert again.exit is Exit.DONE
    assert again.run.startswith(f"undo-{job}-")
    assert state_of(office) == after
    await take_back(office, again.run)
    assert state_of(office) == before


async def test_users_whose_creation_was_undone_are_made_again_from_the_sheet(office):
    await office.run(CREATE, office.sheet(USERS.format(n=1)))
    after = state_of(office, ids=False)
    undone = await take_back(office)
    again = await take_back(office, undone.run)
    assert again.counts == {RowStatus.SUCCEEDED: 2}
    assert column(again, "action") == ["create", "create"]
    assert state_of(office, ids=False) == after
    hits = [
        path
        for path in office.runs_dir.rglob("*")
        if path.is_file() and b"Blue-Harbour" in path.read_bytes()
    ]
    assert hits == []


async def test_making_again_needs_the_sheet_as_it_was(office):
    await office.run(CREATE, office.sheet(USERS.format(n=1)))
    undone = await take_back(office)
    office.sheet(USERS.format(n=2))
    with pytest.raises(ChangedError, match=r"sheet\.csv has changed since"):
        await take_back(office, undone.run)
    assert len(list(office.runs_dir.glob("undo-*"))) == 1
    again = await take_back(office, undone.run, accept_changed=True)
    assert again.counts == {RowStatus.SUCCEEDED: 2}


async def test_what_was_changed_meanwhile_is_a_conflict_and_left_alone(office):
    before = state_of(office)
    await office.run(MOVE, office.sheet(MOVES))
    with hands(office) as somebody:
        await somebody.move("j.murphy", "Sales EMEA")
        await somebody.move("m.silva", "Basic Routing Profile")
    undone = await take_back(office)
    assert undone.exit is Exit.SOME_FAILED
    assert column(undone, "status") == ["failed", "unchanged", "succeeded"]
    assert column(undone, "action") == ["conflict", "none", "update"]
    assert column(undone, "error_code")[0] == "changed-since"
    assert column(undone, "error")[0] == (
        "somebody has changed it since: routing_profile was set to Billing and is Sales EMEA"
    )
    with hands(office) as somebody:
        await somebody.move("j.murphy", "Basic Routing Profile")
    assert state_of(office) == before


async def test_a_changed_priority_is_a_conflict_of_its_row_alone(office):
    sheet = office.sheet(
        "routing_profile,queue,channel,priority,delay\n"
        "Billing,Support,VOICE,2,0\nBilling,Escalations,VOICE,3,0\n"
    )
    await office.run(PROFILE_QUEUES, sheet)
    with hands(office) as somebody:
        reference = {"QueueId": somebody.id("queue", "Support"), "Channel": "VOICE"}
        await somebody.do(
            "UpdateRoutingProfileQueues",
            RoutingProfileId=somebody.id("routing-profile", "Billing"),
            QueueConfigs=[{"QueueReference": reference, "Priority": 9, "Delay": 0}],
        )
    undone = await take_back(office)
    assert column(undone, "status") == ["failed", "succeeded"]
    assert column(undone, "error")[0] == (
        "somebody has changed it since: priority was set to 2 and is 9"
    )


async def test_only_what_this_run_made_is_deleted(office):
    sheet = office.sheet(USERS.format(n=1))
    await office.run(CREATE, sheet, sheet={"rows": "3"})
    await office.run(CREATE, sheet)
    undone = await take_back(office)
    assert column(undone, "action") == ["delete", "none"]
    with hands(office) as somebody:
        assert somebody.id("user", "ben")


async def test_a_user_who_is_gone_and_came_back_as_another_is_not_ours(office):
    sheet = office.sheet(USERS.format(n=1))
    first = await office.run(CREATE, sheet)
    with hands(office) as somebody:
        await somebody.delete("ana")
        await somebody.delete("ben")
    await office.run(CREATE, sheet, sheet={"rows": "2"})
    undone = await take_back(office, first.run)
    assert undone.counts == {RowStatus.UNCHANGED: 2}
    with hands(office) as somebody:
        assert somebody.id("user", "ana")


async def test_a_deleted_user_is_said_to_be_beyond_undoing(office):
    done = await office.run(
        "delete-users", office.sheet("username\nm.silva\n"), confirm="bulkops-demo"
    )
    undone = await take_back(office, done.run, confirm_instance="bulkops-demo")
    (row,) = results(undone)
    assert (row["bulkops_action"], row["bulkops_error_code"]) == ("conflict", "irreversible")
    assert row["bulkops_error"].startswith("it can't be undone: Amazon Connect keeps nothing")
    (plan,) = office.answers.plans[1:]
    assert plan.totals.calls == {}


async def test_a_no_leaves_nothing_of_an_undo(office):
    done = await office.run(MOVE, office.sheet(MOVES))
    after, kept = state_of(office), (done.folder / "ledger.sqlite").read_bytes()
    office.answers.yes_to_plan = False
    assert await take_back(office) is None
    assert state_of(office) == after
    assert (done.folder / "ledger.sqlite").read_bytes() == kept
    assert list(office.runs_dir.glob("undo-*")) == []


async def test_a_run_that_is_being_worked_on_is_not_taken_back(office):
    done = await office.run(MOVE, office.sheet(MOVES))
    ledger = SqliteLedger.open(done.folder)
    with pytest.raises(LedgerBusyError, match="is being worked on by"):
        await take_back(office)
    await ledger.close()


async def test_an_undo_of_a_deleting_job_wants_the_alias_too(office):
    await office.run("delete-users", office.sheet("username\nm.silva\n"), confirm="bulkops-demo")
    with pytest.raises(RefusedError, match="--confirm-instance"):
        await take_back(office)


async def test_the_runs_know_of_one_another(office):
    done = await office.run(MOVE, office.sheet(MOVES))
    undone = await take_back(office)
    ledger = SqliteLedger.open(done.folder, readonly=True)
    assert (await ledger.notes())["undone_by"] == [undone.run]
    await ledger.close()
    ledger = SqliteLedger.open(undone.folder, readonly=True)
    assert (await ledger.run()).meta["undoes"] == done.run
    await ledger.close()
