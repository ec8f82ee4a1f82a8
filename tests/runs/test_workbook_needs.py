"""A workbook whose rows need one another's things: carried out, again, taken back, lost answers."""

from __future__ import annotations

import pytest

from bulkops.errors import Exit
from bulkops.ledger.states import RowStatus
from bulkops.sim.core.fault_injection import Mishap
from tests.catalogue.world_picture import picture
from tests.runs.standing_by import column, hands, instance, results, state_of, take_back, try_again
from tests.runs.test_retry import refusing, with_faults
from tests.runs.test_workbook_run import workbook

SHEETS = {
    "Users": [
        ["username", "password", "first_name", "last_name", "security_profiles", "routing_profile"],
        ["ana", "Blue-Harbour-4711", "Ana", "Núñez", "Agent; Lead", "Night"],
        ["j.murphy", "", "Jane", "Murphy", "Agent; Lead", "Night"],
    ],
    "Proficiencies": [
        ["username", "attribute", "value", "level"],
        ["ana", "Product", "Mobile", "3"],
        ["ana", "Skill", "Billing", "4"],
        ["m.silva", "Product", "Mobile", "2"],
    ],
    "Predefined attributes": [["attribute", "value"], ["Product", "Mobile"]],
    "Security profiles": [["security_profile", "permissions"], ["Lead", "BasicAgentAccess"]],
    "Routing profile queues": [
        ["routing_profile", "queue", "channel", "priority"],
        ["Night", "Desk", "voice", "2"],
        ["Night", "Support", "voice", "3"],
        ["Billing", "Desk", "voice", "4"],
    ],
    "Manual assignment queues": [
        ["routing_profile", "queue", "channel"],
        ["Night", "Desk", "voice"],
    ],
    "Routing profiles": [
        ["routing_profile", "description", "default_outbound_queue", "voice"],
        ["Night", "At night", "Desk", "1"],
    ],
    "Queue quick connects": [
        ["queue", "quick_connect"],
        ["Desk", "To the desk"],
        ["Support", "To the desk"],
        ["Desk", "To ana"],
    ],
    "Quick connects": [
        ["quick_connect", "type", "goes_to", "transfer_flow"],
        ["To the desk", "queue", "Desk", "Default queue transfer"],
        ["To ana", "agent", "ana", "Default agent transfer"],
    ],
    "Queues": [["queue", "description", "hours"], ["Desk", "New", "Late"]],
    "Holidays": [
        ["hours_of_operation", "holiday", "from_date", "to_date", "day", "opens", "closes"],
        ["Late", "Fair", "2026-12-24", "2026-12-27", "Thu", "08:00", "12:00"],
        ["Late", "Fair", "2026-12-24", "2026-12-27", "Fri", "08:00", "12:00"],
    ],
    "Hours": [
        ["hours", "time_zone", "day", "opens", "closes"],
        ["Late", "Europe/Dublin", "Mon", "20:00", "23:00"],
        ["Late", "Europe/Dublin", "Tue", "20:00", "23:00"],
    ],
}
ROWS = sum(len(rows) - 1 for rows in SHEETS.values())
ASKED = (
    "CreateUser", "UpdateUserRoutingProfile", "UpdateUserSecurityProfiles",
    "AssociateUserProficiencies", "CreatePredefinedAttribute", "AssociateRoutingProfileQueues",
    "CreateRoutingProfile", "AssociateQueueQuickConnects", "CreateQuickConnect", "CreateQueue",
    "CreateHoursOfOperationOverride",
)  # fmt: skip
UNTAGGED = ("CreatePredefinedAttribute", "CreateHoursOfOperationOverride")
"""What makes things that bear no mark of the call: where they are there, others may have."""


async def run(office):
    path = office.folder / "centre.xlsx"
    if not path.exists():
        workbook(office.folder, SHEETS)
    return await office.run("workbook", path, on_exists="update")


def drawn(office):
    with instance(office) as client:
        return picture(client.simulator.world)


async def test_a_workbook_is_carried_out_found_done_taken_back_and_carried_out_again(office):
    before = state_of(office)
    ending = await run(office)
    assert ending.counts == {RowStatus.SUCCEEDED: ROWS}, column(ending, "error")
    done = drawn(office)
    assert (await run(office)).counts == {RowStatus.UNCHANGED: ROWS}
    back = await take_back(office, ending.run)
    assert back.counts == {RowStatus.SUCCEEDED: ROWS}, column(back, "error")
    assert state_of(office) == before
    again = await take_back(office, back.run)
    assert again.counts == {RowStatus.SUCCEEDED: ROWS}, column(again, "error")
    assert drawn(office) == done


@pytest.mark.parametrize("effect", [True, False])
async def test_whichever_answer_is_lost_everything_is_done_once(office, monkeypatch, effect):
    asked = [name for name in ASKED if not (effect and name in UNTAGGED)]
    lost = [Mishap(kind="cut", operation=name, calls=(1,), effect=effect) for name in asked]
    before = state_of(office)
    faults = with_faults(monkeypatch)
    faults.extend(lost)
    ending = await run(office)
    faults.clear()
    assert ending.counts == {RowStatus.SUCCEEDED: ROWS}, column(ending, "error")
    assert (await run(office)).counts == {RowStatus.UNCHANGED: ROWS}
    faults.extend(
        Mishap(kind="cut", operation=name, calls=(1,), effect=effect)
        for name in ("DeleteQueue", "DisassociateRoutingProfileQueues", "UpdateUserRoutingProfile")
    )
    back = await take_back(office, ending.run)
    assert back.counts == {RowStatus.SUCCEEDED: ROWS}, column(back, "error")
    assert state_of(office) == before


async def test_rows_whose_need_failed_wait_and_go_on_when_it_is_retried(office, monkeypatch):
    before = state_of(office)
    faults = with_faults(monkeypatch)
    faults.append(refusing("CreateQueue", calls=(1,)))
    ending = await run(office)
    faults.clear()
    assert ending.exit is Exit.SOME_FAILED
    assert ending.counts[RowStatus.FAILED] == 1
    waiting = {
        row["bulkops_error"] for row in results(ending) if row["bulkops_status"] == "pending"
    }
    assert waiting == {"waits for Queues row 2, which failed: No."}
    rest = await try_again(office, ending.run)
    assert rest.counts == {RowStatus.SUCCEEDED: ROWS}, column(rest, "error")
    back = await take_back(office, ending.run)
    assert back.exit is Exit.DONE
    assert state_of(office) == before


async def test_what_is_still_used_is_not_taken_back_and_neither_is_what_that_uses(office):
    ending = await run(office)
    with hands(office) as somebody:
        await somebody.move("m.silva", "Night")
    back = await take_back(office, ending.run)
    left = {
        (row["bulkops_sheet"], row["bulkops_key"]): row["bulkops_error"]
        for row in results(back)
        if row["bulkops_status"] != "succeeded"
    }
    uses = "uses it, and is not taken back"
    assert left == {
        ("Routing profiles", "Night"): 'the routing profile "Night" is used by 1: user "m.silva"',
        ("Queues", "Desk"): f"what Routing profiles row 2 did {uses}",
        ("Hours", "Late / Mon / 20:00"): f"what Queues row 2 did {uses}",
        ("Hours", "Late / Tue / 20:00"): f"what Queues row 2 did {uses}",
    }


async def test_what_is_used_no_more_by_what_somebody_changed_is_taken_back(office):
    ending = await run(office)
    with hands(office) as somebody:
        await somebody.move("j.murphy", "Billing")
    back = await take_back(office, ending.run)
    left = {row["bulkops_key"] for row in results(back) if row["bulkops_status"] != "succeeded"}
    assert left == {"j.murphy", "Lead"}  # the row's other half is not taken back alone
    assert "somebody has changed it since" in " ".join(column(back, "error"))


async def test_rows_that_share_a_call_with_one_whose_need_failed_go_on_once_that_is_corrected(
    office, monkeypatch
):
    sheets = {
        "Queues": [SHEETS["Queues"][0], ["Desk", "New", "Basic Hours"], ["Two", "", "Basic Hours"]],
        "Routing profile queues": [
            SHEETS["Routing profile queues"][0],
            ["Billing", "Desk", "voice", "2"],
            ["Billing", "Two", "voice", "3"],
        ],
    }
    faults = with_faults(monkeypatch)
    faults.append(refusing("CreateQueue", calls=(1,)))
    ending = await office.run("workbook", workbook(office.folder, sheets), on_exists="update")
    faults.clear()
    assert ending.counts == {
        RowStatus.SUCCEEDED: 1,
        RowStatus.FAILED: 1,
        RowStatus.PENDING: 2,
    }
    rest = await try_again(office, ending.run, sheet=ending.folder / "failed.xlsx")
    assert rest.counts == {RowStatus.SUCCEEDED: 4}, column(rest, "error")
    places = [row for row in results(rest) if row["bulkops_sheet"] == "Routing profile queues"]
    asked = {row["bulkops_request_id"] for row in places}
    assert len(asked) == 1
