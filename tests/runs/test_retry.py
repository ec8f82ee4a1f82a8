from __future__ import annotations

import csv
from pathlib import Path

import pytest

from bulkops.engine.run_limits import RunLimits
from bulkops.errors import ChangedError, Exit, RefusedError
from bulkops.ledger.call_changes import Move
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.states import CallState, RowStatus
from bulkops.planning.plan import Change
from bulkops.problems import ProblemsFoundError
from bulkops.runs.retry_summary import recorded_changes
from bulkops.sim.core.fault_injection import Faults, Mishap
from bulkops.targets import connect as doors
from tests.runs.standing_by import column, hands, results, state_of, take_back, try_again

CREATE, QUICK, MOVE = (
    "create-users",
    "associate-queue-quick-connects",
    "update-user-routing-profiles",
)
HEAD = "Login,password,first_name,last_name,email,security_profiles,routing_profile\n"
WRONG = (
    HEAD + "ana,Blue-Harbour-1,Ana,Byrne,ana@example.com,Agent,Billing\n"
    "ben,Blue-Harbour-2,Ben,Byrne,ben@example.com,Agent,Billing\n"
    "cat,Blue-Harbour-3,Cat,Byrne,cat@example.com,Agent,Billing\n"
)


@pytest.fixture
def faults(monkeypatch):
    """Let things go wrong in the instances that runs open, until the list is cleared."""
    return with_faults(monkeypatch)


def with_faults(monkeypatch):
    mishaps = []
    opened = doors.simulation

    def simulation(folder, world):
        client = opened(folder, world)
        client.simulator.set_faults(Faults(mishaps=tuple(mishaps)))
        return client

    monkeypatch.setattr(doors, "simulation", simulation)
    return mishaps


def refusing(operation, code="InvalidParameterException", calls=()):
    return Mishap(kind="error", operation=operation, code=code, message="No.", calls=calls)


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return path


async def run_wrong(office, faults):
    faults.append(refusing("CreateUser", calls=(1, 3)))
    ending = await office.run(CREATE, office.sheet(WRONG))
    faults.clear()
    assert column(ending, "status") == ["failed", "succeeded", "failed"]
    return ending


async def test_failed_rows_are_tried_again_as_they_were(office, faults):
    faults.append(refusing("UpdateUserRoutingProfile", calls=(2,)))
    sheet = office.sheet(
        "username,routing_profile\nj.murphy,Billing\nm.silva,Support Tier 1\nadmin,Billing\n"
    )
    first = await office.run(MOVE, sheet)
    assert first.counts == {RowStatus.SUCCEEDED: 2, RowStatus.FAILED: 1}
    faults.clear()
    second = await try_again(office)
    assert (second.run, second.exit) == (first.run, Exit.DONE)
    assert second.counts == {RowStatus.SUCCEEDED: 3}
    assert second.facts.attempt == {RowStatus.SUCCEEDED: 1}
    assert column(second, "attempts") == ["1", "1", "1"]
    ledger = SqliteLedger.open(second.folder, readonly=True)
    moves = [(each.from_state, each.to_state, each.why) async for each in ledger.events()]
    assert ("failed", "planned", "retry") in moves
    assert moves.count(("planned", "sent", "")) == 4
    await ledger.close()


async def test_a_corrected_report_is_fed_straight_back(office, faults):
    first = await run_wrong(office, faults)
    rows = rows_of(first.folder / "failed.csv")
    assert [row["Login"] for row in rows] == ["ana", "cat"]
    assert {row["password"] for row in rows} == {"***"}
    for row in rows:
        row["email"] = row["email"].replace(".com", ".org")
    second = await try_again(office, sheet=write_rows(office.folder / "mended.csv", rows))
    assert second.counts == {RowStatus.SUCCEEDED: 3}
    assert column(second, "attempts") == ["1", "1", "1"]
    assert [row["email"] for row in results(second)] == [
        "ana@example.org",
        "ben@example.com",
        "cat@example.org",
    ]
    assert {row["password"] for row in results(second)} == {"***"}


async def test_the_sheet_itself_can_be_mended_in_place(office, faults):
    await run_wrong(office, faults)
    lines = WRONG.replace("ana@example.com", "ana@example.org").splitlines(keepends=True)
    sheet = office.sheet("".join(lines[:2]))
    second = await try_again(office, sheet=sheet)
    assert column(second, "status") == ["succeeded", "succeeded", "failed"]
    assert second.exit is Exit.SOME_FAILED


async def test_only_one_cause_is_tried_again(office, faults):
    faults.append(refusing("CreateUser", calls=(1,)))
    faults.append(refusing("CreateUser", code="InvalidRequestException", calls=(2,)))
    first = await office.run(CREATE, office.sheet(WRONG))
    assert column(first, "status") == ["failed", "failed", "succeeded"]
    codes = column(first, "error_code")[:2]
    assert codes == ["InvalidParameterException", "InvalidRequestException"]
    faults.clear()
    with pytest.raises(RefusedError, match="InvalidParameterException, InvalidRequestException"):
        await try_again(office, only=("NoSuchThing",))
    second = await try_again(office, only=("InvalidRequestException",))
    assert column(second, "status") == ["failed", "succeeded", "succeeded"]
    assert second.facts.calls == 1


async def test_an_interrupted_retry_is_gone_on_with_its_new_secrets(office, faults):
    people = [f"u{number}" for number in range(30)]
    sheet = office.sheet(
        HEAD + "".join(f"{name},Old-Secret-1,U,V,{name}@x.com,Agent,Billing\n" for name in people)
    )
    faults.append(refusing("CreateUser"))
    first = await office.run(CREATE, sheet)
    assert first.counts == {RowStatus.FAILED: 30}
    faults.clear()
    mended = office.sheet(
        HEAD + "".join(f"{name},New-Secret-1,U,V,{name}@x.org,Agent,Billing\n" for name in people),
        name="mended.csv",
    )
    half = await try_again(office, sheet=mended, limits=RunLimits(max_duration=2))
    assert half.exit is Exit.TIME_OVER
    kept = mended.read_text()
    mended.write_text(kept.replace("New", "Newer"))
    with pytest.raises(ChangedError, match=r"mended\.csv again, .* it has changed since"):
        await office.resume(first.run)
    mended.unlink()
    with pytest.raises(ChangedError, match=r"needs the secret cells of .*mended\.csv"):
        await office.resume(first.run)
    mended.write_text(kept)
    part = await office.resume(first.run, limits=RunLimits(max_duration=1))
    assert part.exit is Exit.TIME_OVER
    mended.unlink()
    left = [row["Login"] for row in results(part) if row["bulkops_status"] == "pending"]
    lines = [line for line in kept.splitlines() if line.split(",")[0] in ("Login", *left)]
    other = office.sheet("\n".join(lines), name="other.csv")
    whole = await try_again(office, first.run, sheet=other)
    assert whole.counts == {RowStatus.SUCCEEDED: 30}
    hits = [
        path
        for path in office.runs_dir.rglob("*")
        if path.is_file() and b"-Secret-" in path.read_bytes()
    ]
    assert hits == []


async def test_the_report_is_found_in_the_runs_folder(office, faults):
    first = await run_wrong(office, faults)
    again = await try_again(office, first.run, sheet=Path("failed.xlsx"))
    assert again.counts == {RowStatus.SUCCEEDED: 3}


async def test_rows_that_are_not_to_be_corrected_are_problems_all_at_once(office, faults):
    first = await run_wrong(office, faults)
    sheet = office.sheet(
        WRONG.replace("ana,", "anna,") + "dan,Blue-Harbour-4,Dan,Byrne,,Agent,Billing\n",
        name="other.csv",
    )
    with pytest.raises(ProblemsFoundError) as caught:
        await try_again(office, sheet=sheet)
    assert [(each.code, each.address.row) for each in caught.value.problems] == [
        ("not-in-run", 2),
        ("not-failed", 3),
        ("not-in-run", 5),
    ]
    assert caught.value.problems[0].hint == 'Did you mean "ana"?'
    ledger = SqliteLedger.open(first.folder, readonly=True)
    assert await ledger.counts() == {RowStatus.SUCCEEDED: 1, RowStatus.FAILED: 2}
    await ledger.close()


async def test_a_correction_that_is_wrong_in_itself_is_a_problem_of_its_cell(office, faults):
    await run_wrong(office, faults)
    lines = WRONG.replace("Ana,Byrne,ana@example.com,Agent,Billing", "Ana,Byrne,,Agent,Biling")
    sheet = office.sheet("".join(lines.splitlines(keepends=True)[:2]), name="other.csv")
    with pytest.raises(ProblemsFoundError) as caught:
        await try_again(office, sheet=sheet)
    (problem,) = caught.value.problems
    assert (problem.code, problem.address.header) == ("unknown-name", "routing_profile")


async def test_a_sheet_without_a_column_of_the_run_is_refused(office, faults):
    await run_wrong(office, faults)
    sheet = office.sheet("Login,password\nana,Blue-Harbour-9\n", name="other.csv")
    with pytest.raises(ProblemsFoundError) as caught:
        await try_again(office, sheet=sheet)
    assert {each.code for each in caught.value.problems} == {"missing-column"}


THERE = (
    "username,password,first_name,last_name,security_profiles,routing_profile\n"
    "j.murphy,Blue-Harbour-1,Jo,Murphy,Agent,Billing\n"
)


async def test_what_the_plan_sent_nothing_for_is_passed_over_and_said(office):
    first = await office.run(CREATE, office.sheet(THERE))
    assert column(first, "error_code") == ["already-exists"]
    again = await try_again(office)
    assert (again.exit, again.said) == (
        Exit.SOME_FAILED,
        f"No row of {first.run} is to be tried again.",
    )
    fed_back = await try_again(office, sheet=first.folder / "failed.csv")
    assert fed_back.counts == {RowStatus.FAILED: 1}
    notes = [facts["text"] for event, facts in office.events if event == "note"]
    assert len(notes) == 2
    assert notes[0] == (
        "row 2 j.murphy: the plan sent nothing for it (already-exists), so there is nothing to "
        f"send again; `bulkops retry {first.run} --from SHEET` plans it anew"
    )
    assert notes[1] == (
        'row 2 j.murphy: the user "j.murphy" is there and differs: first_name: Jane → Jo; '
        "routing_profile: Basic Routing Profile → Billing; nothing is sent for it"
    )
    assert len(office.answers.plans) == 1


async def test_a_row_that_the_plan_failed_is_planned_anew_once_it_is_corrected(office):
    before = state_of(office, ids=False)
    first = await office.run(CREATE, office.sheet(THERE))
    with hands(office) as somebody:
        await somebody.delete("j.murphy")
    second = await try_again(office, sheet=office.sheet(THERE, name="mended.csv"))
    assert second.run == first.run
    assert column(second, "status") == ["succeeded"]
    assert column(second, "error_code") == [""]
    undone = await take_back(office)
    assert undone.counts == {RowStatus.SUCCEEDED: 1}
    assert state_of(office, ids=False) != before


async def test_a_row_that_is_so_by_now_is_unchanged(office, faults):
    await run_wrong(office, faults)
    with hands(office) as somebody:
        await somebody.do(
            "CreateUser",
            Username="ana",
            Password="Blue-Harbour-1",
            IdentityInfo={"FirstName": "Ana", "LastName": "Byrne", "Email": "ana@example.com"},
            PhoneConfig={"PhoneType": "SOFT_PHONE"},
            SecurityProfileIds=[somebody.id("security-profile", "Agent")],
            RoutingProfileId=somebody.id("routing-profile", "Billing"),
        )
    sheet = office.sheet(
        HEAD + "ana,Blue-Harbour-1,Ana,Byrne,ana@example.com,Agent,Billing\n", name="other.csv"
    )
    ending = await try_again(office, sheet=sheet)
    assert column(ending, "status") == ["unchanged", "succeeded", "failed"]
    assert column(ending, "error_code")[0] == ""
    assert ending.facts.calls == 0
    assert office.answers.plans[-1].totals.calls == {}


async def test_a_row_of_a_batch_is_corrected_and_then_all_of_it_is_taken_back(office, faults):
    before = state_of(office)
    faults.append(refusing("AssociateQueueQuickConnects"))
    sheet = office.sheet(
        "queue,quick_connect\nSupport,Supervisor desk\nSupport,Billing desk\nBilling,Billing desk\n"
    )
    first = await office.run(QUICK, sheet)
    assert first.counts == {RowStatus.FAILED: 3}
    faults.clear()
    second = await try_again(office, sheet=sheet)
    assert second.counts == {RowStatus.SUCCEEDED: 3}
    undone = await take_back(office, second.run)
    assert undone.counts == {RowStatus.SUCCEEDED: 3}
    assert state_of(office) == before


async def test_a_failed_undo_is_tried_again_without_a_sheet_alone(office, faults):
    before = state_of(office)
    sheet = office.sheet("username,routing_profile\nj.murphy,Billing\nm.silva,Support Tier 1\n")
    done = await office.run(MOVE, sheet)
    faults.append(refusing("UpdateUserRoutingProfile", calls=(1,)))
    undone = await take_back(office, done.run)
    assert undone.counts == {RowStatus.SUCCEEDED: 1, RowStatus.FAILED: 1}
    faults.clear()
    with pytest.raises(RefusedError, match="no sheet of its own"):
        await try_again(office, undone.run, sheet=sheet)
    again = await try_again(office, undone.run)
    assert again.counts == {RowStatus.SUCCEEDED: 2}
    assert state_of(office) == before


async def test_a_split_undo_can_be_undone(office, faults):
    sheet = office.sheet(
        "routing_profile,queue,channel,priority,delay\n"
        "Billing,Support,VOICE,2,0\nBilling,Escalations,VOICE,3,0\nBilling,Support,CHAT,4,0\n"
    )
    done = await office.run("associate-routing-profile-queues", sheet)
    after = state_of(office)
    faults.append(refusing("DisassociateRoutingProfileQueues", calls=(1,)))
    undone = await take_back(office, done.run)
    assert undone.counts == {RowStatus.SUCCEEDED: 3}
    faults.clear()
    again = await take_back(office, undone.run)
    assert again.counts == {RowStatus.SUCCEEDED: 3}
    assert state_of(office) == after


async def test_a_delete_in_doubt_is_settled_by_looking(office, faults):
    before = state_of(office)
    sheet = office.sheet(
        HEAD + "ana,Blue-Harbour-1,A,B,,Agent,Billing\nben,Blue-Harbour-1,A,B,,Agent,Billing\n"
    )
    done = await office.run(CREATE, sheet)
    faults += [
        Mishap(kind="cut", operation="DeleteUser", calls=(1,), effect=True),
        Mishap(kind="cut", operation="DeleteUser", calls=(2,)),
    ]
    undone = await take_back(office, done.run)
    assert undone.counts == {RowStatus.SUCCEEDED: 2}
    assert state_of(office) == before


async def test_a_removal_in_doubt_is_settled_by_looking(office, faults):
    before = state_of(office)
    done = await office.run(
        "associate-routing-profile-queues",
        office.sheet("routing_profile,queue,channel\nBilling,Support,VOICE\n"),
    )
    faults.append(
        Mishap(kind="cut", operation="DisassociateRoutingProfileQueues", calls=(1,), effect=True)
    )
    undone = await take_back(office, done.run)
    assert undone.counts == {RowStatus.SUCCEEDED: 1}
    assert state_of(office) == before


async def test_what_is_tried_again_is_shown_and_asked_about(office, faults):
    first = await run_wrong(office, faults)
    office.answers.yes_to_plan = False
    assert await try_again(office) is None
    plan = office.answers.plans[-1]
    assert plan.notes == (f"This tries 2 rows of {first.run} again.",)
    assert (plan.totals.rows, plan.totals.actions) == (2, {"create": 2})
    assert [(call.operation, call.number) for call in plan.calls] == [("CreateUser", 2)]
    assert [row.key for row in plan.rows] == ["ana", "cat"]
    assert "routing_profile: ∅ → Billing" in [str(change) for change in plan.rows[0].changes]
    ledger = SqliteLedger.open(first.folder)
    assert await ledger.counts() == {RowStatus.SUCCEEDED: 1, RowStatus.FAILED: 2}
    assert await ledger.ready(("", "connect", "CreateUser"), limit=9) == []
    await ledger.close()


async def test_a_correction_that_was_declined_leaves_no_trace(office, faults):
    first = await run_wrong(office, faults)
    ledger = (first.folder / "ledger.sqlite").read_bytes()
    office.answers.yes_to_plan = False
    mended = office.sheet(WRONG.splitlines(keepends=True)[0] + MENDED, name="mended.csv")
    assert await try_again(office, sheet=mended) is None
    assert (first.folder / "ledger.sqlite").read_bytes() == ledger
    plan = office.answers.plans[-1]
    assert "email: ∅ → ana@example.org" in [str(change) for change in plan.rows[0].changes]


MENDED = "ana,Blue-Harbour-1,Ana,Byrne,ana@example.org,Agent,Billing\n"
FOUR = WRONG + "".join(
    f"{name},Blue-Harbour-4,Dan,Byrne,,Agent,Billing\n" for name in ("dan", "eve", "fay", "gil")
)


async def half_done(office, faults):
    """Run seven rows: two of the first three fail, the last four are never tried."""
    faults.append(refusing("CreateUser", calls=(1, 3)))
    office.answers.yes_to_canary = False
    ending = await office.run(CREATE, office.sheet(FOUR), limits=RunLimits(canary=3))
    office.answers.yes_to_canary = True
    faults.clear()
    assert ending.counts[RowStatus.PENDING] == 4
    return ending


async def test_rows_that_were_never_tried_are_left_to_resume(office, faults):
    first = await half_done(office, faults)
    second = await try_again(office)
    assert column(second, "status") == ["succeeded"] * 3 + ["pending"] * 4
    assert second.facts.calls == 2
    said = (
        f"4 rows not done yet are left as before: `bulkops resume {first.run}` goes on with them."
    )
    assert second.facts.reason == said
    assert said in office.answers.plans[-1].notes
    assert (second.exit, second.facts.next_command) == (
        Exit.STOPPED,
        f"bulkops resume {first.run}",
    )
    third = await office.resume()
    assert third.counts == {RowStatus.SUCCEEDED: 7}


async def test_rows_that_were_never_tried_are_left_out_of_a_correction(office, faults):
    first = await half_done(office, faults)
    second = await try_again(office, sheet=office.sheet(HEAD + MENDED + FOUR.split("\n", 4)[4]))
    assert column(second, "status") == ["succeeded", "succeeded", "failed"] + ["pending"] * 4
    notes = [facts["text"] for event, facts in office.events if event == "note"]
    assert len(notes) == 4
    assert notes[0] == (
        f"row 5 dan was never tried, so it is not tried again: `bulkops resume {first.run}` goes "
        "on with it"
    )


async def test_only_rows_of_one_code_are_touched(office, faults):
    await half_done(office, faults)
    with pytest.raises(RefusedError, match="No row ended with Other"):
        await try_again(office, only=("Other",))
    second = await try_again(office, only=("InvalidParameterException",))
    assert second.counts == {RowStatus.SUCCEEDED: 3, RowStatus.PENDING: 4}


async def test_the_canary_of_a_retry_shows_rows_of_this_attempt_alone(office, faults):
    await half_done(office, faults)
    await try_again(office, limits=RunLimits(canary=1))
    assert office.answers.canaries[-1] == "row 2 ana: succeeded"
    await office.resume(limits=RunLimits(canary=2))
    assert office.answers.canaries[-1] == "row 5 dan: succeeded\nrow 6 eve: succeeded"


async def test_rows_in_doubt_are_looked_at_by_a_retry_and_by_nothing_else(office, faults):
    first = await half_done(office, faults)
    ledger = SqliteLedger.open(first.folder)
    (call, *_) = await ledger.ready(("", "connect", "CreateUser"), limit=9)
    await ledger.move(Move(call.id, (CallState.PLANNED, CallState.SENT), at=office.world.stamp()))
    await ledger.close()
    second = await try_again(office)
    assert "1 row may have taken effect: that is looked at first." in office.answers.plans[-1].notes
    assert column(second, "status") == ["succeeded"] * 4 + ["pending"] * 3


async def test_a_retry_of_a_run_that_was_taken_back_says_so(office, faults):
    first = await run_wrong(office, faults)
    undone = await take_back(office)
    office.answers.yes_to_plan = False
    assert await try_again(office, first.run) is None
    assert office.answers.plans[-1].notes[0] == f"{first.run} was taken back by {undone.run}."


async def test_what_a_changed_sheet_says_now_is_what_is_tried_again(office, faults):
    first = await run_wrong(office, faults)
    office.sheet(WRONG.replace("Ana,Byrne,ana@example.com", "Ana,Byrne,new@example.com"))
    with pytest.raises(ChangedError, match="--accept-changed"):
        await try_again(office, first.run)
    second = await try_again(office, first.run, accept_changed=True)
    assert results(second)[0]["email"] == "new@example.com"
    assert second.counts == {RowStatus.SUCCEEDED: 3}
    with hands(office) as somebody:
        user = somebody.instance.tables["user"].named("ana")
        assert user["IdentityInfo"]["Email"] == "new@example.com"


async def test_one_row_of_a_failed_batch_is_corrected_and_the_others_stay_as_they_were(
    office, faults
):
    sheet = office.sheet(
        "queue,quick_connect\nSupport,Supervisor desk\nSupport,Billing desk\nBilling,Billing desk\n"
    )
    faults.append(refusing("AssociateQueueQuickConnects"))
    first = await office.run(QUICK, sheet)
    assert first.counts == {RowStatus.FAILED: 3}
    faults.clear()
    one = office.sheet("queue,quick_connect\nSupport,Billing desk\n", name="one.csv")
    second = await try_again(office, sheet=one)
    assert column(second, "status") == ["failed", "succeeded", "failed"]


@pytest.mark.parametrize(
    "changes",
    [
        (),
        (Change(field="a", old="", new="b"),),
        (Change(field="a b", old="x; y", new=""), Change(field="c", old="1", new="2")),
        (Change(field="email", old="", new="a: b"), Change(field="tags", old="k=v", new="k=w; z")),
    ],
)
def test_recorded_changes_are_shown_as_they_were(changes):
    assert recorded_changes("; ".join(map(str, changes))) == changes


async def test_a_corrected_login_is_the_same_whatever_its_case(office, faults):
    await run_wrong(office, faults)
    sheet = office.sheet(WRONG.splitlines(keepends=True)[0] + MENDED.replace("ana,", "Ana,"))
    second = await try_again(office, sheet=sheet)
    assert column(second, "status") == ["succeeded", "succeeded", "failed"]
