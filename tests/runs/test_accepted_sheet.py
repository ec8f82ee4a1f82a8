"""A run goes on though its sheet has changed: every row that is other by now is said first."""

from __future__ import annotations

import pytest

from bulkops.engine.run_limits import RunLimits
from bulkops.errors import Exit
from bulkops.ledger.records import RowResult
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.states import RowStatus
from bulkops.problems import ProblemsFoundError
from bulkops.runs.changed_sheet import compare
from bulkops.runs.inputs.job_inputs import read_inputs
from bulkops.runs.run_record import record_of
from bulkops.targets.request import Request, SheetChoice
from tests.runs.standing_by import column, hands, results, state_of, take_back

CREATE, MOVE, QUEUES = (
    "create-users",
    "update-user-routing-profiles",
    "associate-routing-profile-queues",
)
HEAD = "username,password,first_name,last_name,security_profiles,routing_profile\n"
NAMES = [f"u{number}" for number in range(12)]


def line(name, profile="Billing", *, password="Blue-Harbour-1"):  # noqa: S107  # made up
    return f"{name},{password},U,V,Agent,{profile}\n"


def people(names=NAMES, **profiles):
    return HEAD + "".join(line(name, profiles.get(name, "Billing")) for name in names)


def notes(office):
    return [facts["text"] for event, facts in office.events if event == "note"]


async def begun(office, text=None, job=CREATE):
    """Run twelve rows for a second; return the ending and the numbers of the rows that are left."""
    half = await office.run(job, office.sheet(text or people()), limits=RunLimits(max_duration=1))
    left = [int(row["bulkops_row"]) for row in results(half) if row["bulkops_status"] == "pending"]
    assert len(left) > 4, left
    return half, left


async def ledger_text(ending):
    ledger = SqliteLedger.open(ending.folder, readonly=True)
    rows = [row async for row in ledger.results()]
    calls = [(call.id, call.rows, call.params, call.state) async for call in ledger.calls()]
    await ledger.close()
    return rows, calls


def has_profile(office, name, profile):
    with hands(office) as somebody:
        user = somebody.instance.tables["user"].named(name)
        return user["RoutingProfileId"] == somebody.id("routing-profile", profile)


async def test_a_changed_row_is_planned_anew_from_what_the_sheet_says_now(office):
    half, left = await begun(office)
    office.sheet(people(u11="Sales EMEA", u10="Support Tier 1"))
    whole = await office.resume(accept_changed=True)
    assert whole.counts == {RowStatus.SUCCEEDED: 12}
    assert notes(office) == [
        "row 12 u10: routing_profile: Billing → Support Tier 1; it is planned anew",
        "row 13 u11: routing_profile: Billing → Sales EMEA; it is planned anew",
    ]
    plan = office.answers.plans[-1]
    said = f"The sheet has changed: 2 rows planned anew, 0 held back, {len(left) - 2} as planned"
    assert plan.notes == (f"{said} before.",)
    assert (plan.totals.rows, plan.totals.actions) == (len(left), {"create": len(left)})
    assert [(call.operation, call.number) for call in plan.calls] == [("CreateUser", len(left))]
    for name, profile in (("u9", "Billing"), ("u10", "Support Tier 1"), ("u11", "Sales EMEA")):
        assert has_profile(office, name, profile)
    assert results(whole)[-1]["routing_profile"] == "Sales EMEA"
    assert "routing_profile: ∅ → Sales EMEA" in column(whole, "changes")[-1]
    assert column(whole, "attempts") == ["1"] * 12
    undone = await take_back(office)
    assert undone.counts == {RowStatus.SUCCEEDED: 12}
    assert half.run == whole.run


async def test_a_row_that_was_sent_is_left_as_it_is_and_said(office):
    await begun(office)
    office.sheet(people(u0="Sales EMEA"))
    whole = await office.resume(accept_changed=True)
    assert notes(office) == [
        "row 2 u0: routing_profile: Billing → Sales EMEA; but it is succeeded, and stays as it is"
    ]
    assert whole.counts == {RowStatus.SUCCEEDED: 12}
    assert has_profile(office, "u0", "Billing")
    assert results(whole)[0]["routing_profile"] == "Billing"


async def test_rows_that_are_gone_are_said_and_left_pending_and_the_others_go_on(office):
    half, left = await begun(office)
    kept = [name for name in NAMES if name not in ("u0", "u1", "u9", "u10")]
    office.sheet(people([*kept, "new"]))
    whole = await office.resume(accept_changed=True)
    assert notes(office) == [
        "row 11 u9 is not in the sheet any more: it is left pending",
        "row 12 u10 is not in the sheet any more: it is left pending",
        "2 rows that are succeeded no longer stand there",
        "row 10 of the sheet, new, is new: it is no part of the run, and not sent",
    ]
    assert whole.counts == {RowStatus.SUCCEEDED: 10, RowStatus.PENDING: 2}
    assert (whole.exit, whole.facts.reason) == (
        Exit.STOPPED,
        "2 rows left pending: not in the sheet any more.",
    )
    assert whole.facts.calls == len(left) - 2
    office.sheet(people())
    assert (await office.resume()).counts == {RowStatus.SUCCEEDED: 12}
    assert half.run == whole.run


async def test_a_no_leaves_the_ledger_as_it_was(office):
    half, _ = await begun(office)
    before = await ledger_text(half)
    office.sheet(people(NAMES[:-1], u10="Sales EMEA"))
    office.answers.yes_to_plan = False
    assert await office.resume(accept_changed=True) is None
    assert await ledger_text(half) == before
    assert len(notes(office)) == 2


async def test_a_sheet_that_only_looks_different_is_gone_on_with_unasked(office):
    _, _ = await begun(office)
    text = people().replace("username,", "username ,").replace("\n", "\r\n")
    office.sheet(text)
    asked = len(office.answers.plans)
    whole = await office.resume(accept_changed=True)
    assert whole.counts == {RowStatus.SUCCEEDED: 12}
    assert (notes(office), len(office.answers.plans)) == ([], asked)


async def test_a_new_password_is_sent_and_nowhere_kept(office):
    await begun(office)
    text = people().replace(line("u11"), line("u11", password="Other-Secret-9"))
    office.sheet(text)
    whole = await office.resume(accept_changed=True)
    assert whole.counts == {RowStatus.SUCCEEDED: 12}
    hits = [
        path
        for path in office.runs_dir.rglob("*")
        if path.is_file() and b"Other-Secret" in path.read_bytes()
    ]
    assert hits == []


async def test_rows_whose_secret_is_gone_are_said_before_anything_is_sent(office):
    await office.run(CREATE, office.sheet(people()))
    undone = await take_back(office)
    again = await take_back(office, undone.run, limits=RunLimits(max_duration=1))
    assert again.counts[RowStatus.PENDING] > 2
    office.sheet(people(NAMES[:-1]))
    whole = await office.resume(again.run, accept_changed=True)
    assert notes(office) == [
        "row 13 u11: its password is not in the sheet any more; it is left pending"
    ]
    assert whole.counts == {RowStatus.SUCCEEDED: 11, RowStatus.PENDING: 1}
    assert whole.facts.reason == ("1 row left pending: secret cells are not in the sheet any more.")


async def test_what_is_wrong_in_a_changed_row_is_a_problem_of_its_cell_and_nothing_is_sent(office):
    half, _ = await begun(office)
    before = await ledger_text(half)
    office.sheet(people(u11="Sales EMAE"))
    with pytest.raises(ProblemsFoundError) as caught:
        await office.resume(accept_changed=True)
    (problem,) = caught.value.problems
    assert (problem.code, problem.address.row) == ("unknown-name", 13)
    office.sheet(people() + line("u11"))
    with pytest.raises(ProblemsFoundError) as caught:
        await office.resume(accept_changed=True)
    assert [each.code for each in caught.value.problems] == ["duplicate-row"]
    office.sheet(people().replace("routing_profile\n", "\n"))
    with pytest.raises(ProblemsFoundError) as caught:
        await office.resume(accept_changed=True)
    assert "missing-column" in {each.code for each in caught.value.problems}
    assert await ledger_text(half) == before


async def test_a_changed_row_that_is_so_already_needs_no_call(office):
    moves = "username,routing_profile\n" + "".join(f"{name},Sales EMEA\n" for name in NAMES)
    await office.run(CREATE, office.sheet(people()))
    half, left = await begun(office, moves, job=MOVE)
    office.sheet(moves.replace("u11,Sales EMEA", "u11,Billing"))
    whole = await office.resume(accept_changed=True)
    assert whole.counts == {RowStatus.SUCCEEDED: 11, RowStatus.UNCHANGED: 1}
    assert whole.facts.calls == len(left) - 1
    assert column(whole, "action")[-1] == "none"
    assert half.run == whole.run


async def test_rows_of_a_shared_call_are_planned_anew_and_held_back_alone(office):
    before = state_of(office)
    profiles = ("Billing", "Support Tier 1", "Support Tier 2", "Sales EMEA")
    rows = [
        (profile, queue, channel, 2, 0)
        for profile in (*profiles, "Sales Americas", "Basic Routing Profile")
        for queue in ("Support", "Escalations")
        for channel in ("VOICE", "CHAT")
    ]
    head = "routing_profile,queue,channel,priority,delay\n"

    def sheet(these):
        return head + "".join(",".join(map(str, row)) + "\n" for row in these)

    half = await office.run(QUEUES, office.sheet(sheet(rows)), limits=RunLimits(canary=1))
    assert half.exit is Exit.DONE
    await take_back(office)
    office.answers.yes_to_canary = False
    half = await office.run(QUEUES, office.sheet(sheet(rows)), limits=RunLimits(canary=1))
    left = [row for row in results(half) if row["bulkops_status"] == "pending"]
    assert len(left) > 8
    pending = {int(row["bulkops_row"]) for row in left}
    last = max(pending)
    changed = [(*row[:3], 7, 0) if number == last else row for number, row in enumerate(rows, 2)]
    changed = [row for number, row in enumerate(changed, 2) if number != last - 1]
    office.sheet(sheet(changed))
    whole = await office.resume(accept_changed=True)
    assert whole.counts == {RowStatus.SUCCEEDED: len(rows) - 1, RowStatus.PENDING: 1}
    moved, gone = (" / ".join(row[:3]) for row in (rows[-1], rows[-2]))
    assert notes(office)[-2] == f"row {last} {moved}: priority: 2 → 7; it is planned anew"
    assert notes(office)[-1] == (
        f"row {last - 1} {gone} is not in the sheet any more: it is left pending"
    )
    _, calls = await ledger_text(whole)
    (sent,) = (call for call in calls if last in call[1] and call[3] == "succeeded")
    (element,) = (each for each in sent[2]["QueueConfigs"] if each["Priority"] == 7)
    assert element["QueueReference"]["Channel"] == "CHAT"
    assert results(whole)[-1]["priority"] == "7"
    undone = await take_back(office, whole.run)
    assert undone.counts == {RowStatus.SUCCEEDED: len(rows) - 1, RowStatus.UNCHANGED: 1}
    assert state_of(office) == before


def test_rows_are_told_apart_by_what_was_done_with_them(tmp_path):
    path = tmp_path / "moves.csv"
    path.write_text("username,routing_profile,note\na,X,1\nb,X,1\nc,X,1\nd,X,1\n")
    inputs = read_inputs(MOVE, SheetChoice(path=path))
    record = record_of(Request(job=MOVE, sheet=SheetChoice(path=path)), inputs, _World())

    def row(number, key, profile, **more):
        cells = (key, profile, "0")
        given = {"status": RowStatus.PENDING, **more}
        return RowResult(number=number, key=key, target="", action="update", cells=cells, **given)

    before = [
        row(9, "a", "X"),
        row(8, "b", "Y"),
        row(7, "c", "Y", started_at="t"),
        row(6, "d", "Y", status=RowStatus.FAILED),
        row(5, "e", "Y"),
        row(4, "f", "Y", status=RowStatus.SUCCEEDED),
    ]
    found = compare(record, before, inputs, list(inputs.order.rows()))
    assert (found.anew, found.gone, found.problems) == ({3: 8}, {5}, [])
    assert found.cells == {8: ("b", "X", "1")}
    assert found.said == [
        "row 8 b: routing_profile: Y → X; it is planned anew",
        "row 7 c: routing_profile: Y → X; but it was sent before, and goes on as it was planned",
        "row 6 d: routing_profile: Y → X; but it is failed, and stays as it is",
        "row 5 e is not in the sheet any more: it is left pending",
        "1 row that is succeeded no longer stands there",
    ]


class _World:
    def stamp(self):
        return "2026-01-01T00:00:00.000Z"


async def test_a_login_is_the_same_whatever_its_case(office):
    await begun(office)
    office.sheet(people([name.upper() for name in NAMES], U11="Sales EMEA"))
    whole = await office.resume(accept_changed=True)
    assert whole.counts == {RowStatus.SUCCEEDED: 12}
    assert has_profile(office, "u11", "Sales EMEA")
    assert not [said for said in notes(office) if "is new" in said or "any more" in said]
