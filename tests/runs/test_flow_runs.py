"""Flows of a workbook: carried by its mapping, refused by block, made, changed and taken back."""

from __future__ import annotations

import json

import pytest

from bulkops.errors import Exit
from bulkops.ledger.sqlite import SqliteLedger
from bulkops.ledger.states import RowStatus
from bulkops.problems import ProblemsFoundError
from tests.catalogue.world_picture import picture
from tests.runs.standing_by import column, hands, instance, state_of, take_back, try_again
from tests.runs.test_workbook_run import workbook

DEV = "11111111-1111-4111-8111-111111111111"
QUEUE = "22222222-2222-4222-8222-222222222222"
MENU = "44444444-4444-4444-8444-444444444444"
HOURS = "55555555-5555-4555-8555-555555555555"
FLOWS = ("flow", "type", "status", "state", "content")
MODULES = ("module", "content")
MAPPING = (
    ("kind", "source", "name", "target", "flow"),
    ("instance", DEV),
    ("account", "111111111111"),
    ("region", "eu-west-2"),
    ("queue", QUEUE, "Support"),
    ("contact-flow", MENU, "Sample inbound flow"),
    ("contact-flow-module", HOURS, "Hours"),
)


def arn(kind, thing_id):
    return f"arn:aws:connect:eu-west-2:111111111111:instance/{DEV}/{kind}/{thing_id}"


def flow(*blocks, end="DisconnectParticipant"):
    """Return a flow whose blocks, each a type with its parameters, run in turn."""
    errors = [{"NextAction": "end", "ErrorType": "NoMatchingError"}]
    actions = [
        {
            "Identifier": f"block-{number}",
            "Type": type_,
            "Parameters": parameters,
            "Transitions": {"NextAction": f"block-{number + 1}", "Errors": errors},
        }
        for number, (type_, parameters) in enumerate(blocks)
    ]
    actions[-1]["Transitions"]["NextAction"] = "end"
    actions.append({"Identifier": "end", "Type": end, "Parameters": {}, "Transitions": {}})
    return json.dumps({"Version": "2019-10-30", "StartAction": "block-0", "Actions": actions})


def say(text):
    return ("MessageParticipant", {"Text": text})


TO_QUEUE = ("UpdateContactTargetQueue", {"QueueId": arn("queue", QUEUE)})
TO_MENU = ("TransferToFlow", {"ContactFlowId": arn("contact-flow", MENU)})


@pytest.fixture
def centre(office):
    def made(flows=(), modules=(), mapping=MAPPING):
        sheets = {"Flows": [FLOWS, *flows]} if flows else {}
        if modules:
            sheets["Modules"] = [MODULES, *modules]
        return workbook(office.folder, {**sheets, "Mapping": mapping})

    return made


def world_of(office):
    with instance(office) as client:
        return picture(client.simulator.world)


async def run(office, path):
    return await office.run("workbook", path, on_exists="update")


async def test_a_flow_leads_to_what_bears_the_same_name_here(office, centre):
    before = world_of(office)
    path = centre([("Night", "CONTACT_FLOW", "", "", flow(TO_QUEUE, say("Hello"), TO_MENU))])
    ending = await run(office, path)
    assert (ending.exit, ending.counts) == (Exit.DONE, {RowStatus.SUCCEEDED: 1})
    with hands(office) as person:
        queue = person.id("queue", "Support")
    made = state_of(office)
    assert f"/queue/{queue}" in made
    assert DEV not in made
    again = await run(office, path)
    assert again.counts == {RowStatus.UNCHANGED: 1}
    await take_back(office, ending.folder.name)
    assert world_of(office) == before


async def test_what_is_not_mapped_is_said_by_cell_and_block_and_nothing_is_sent(office, centre):
    path = centre(
        [
            ("Night", "CONTACT_FLOW", "", "", flow(TO_QUEUE, TO_MENU)),
            ("Day", "CONTACT_FLOW", "", "", flow(say("Hello"))),
        ],
        mapping=MAPPING[:4],
    )
    before = world_of(office)
    with pytest.raises(ProblemsFoundError) as caught:
        await run(office, path)
    said = [str(problem) for problem in caught.value.problems]
    assert [each.partition(":")[0] for each in said] == ["Flows!E2", "Flows!E2"]
    assert 'block "block-0" (UpdateContactTargetQueue)' in said[0]
    assert world_of(office) == before


async def test_what_is_wrong_with_the_mapping_is_said_by_its_cells(office, centre):
    rows = [("Night", "CONTACT_FLOW", "", "", flow(say("Hello")))]
    modules = [("Hours", flow(say("Nine to five"), end="EndFlowModuleExecution"))]
    path = centre(rows, modules, mapping=(*MAPPING, ("queue", QUEUE, "Support", "Billing")))
    with pytest.raises(ProblemsFoundError) as caught:
        await run(office, path)
    assert [str(each.address) for each in caught.value.problems] == ["Mapping!D8"]


OTHER = "66666666-6666-4666-8666-666666666666"
NIGHT = "77777777-7777-4777-8777-777777777777"
NAMES = (
    *MAPPING,
    ("contact-flow", OTHER, "Day"),
    ("contact-flow", NIGHT, "Night"),
)


def to(flow_id):
    return ("TransferToFlow", {"ContactFlowId": arn("contact-flow", flow_id)})


async def test_flows_that_lead_to_one_another_are_made_hollow_and_filled(office, centre):
    before = world_of(office)
    rows = [
        ("Night", "CONTACT_FLOW", "", "", flow(say("Night"), to(OTHER))),
        ("Day", "CONTACT_FLOW", "", "", flow(say("Day"), to(NIGHT))),
        ("Door", "CONTACT_FLOW", "", "", flow(to(NIGHT))),
        ("Loop", "QUEUE_TRANSFER", "saved", "", flow(("TransferToFlow", {"ContactFlowId": MENU}))),
    ]
    path = centre(rows, mapping=(*NAMES[:5], ("contact-flow", MENU, "Loop"), *NAMES[7:]))
    ending = await run(office, path)
    assert (ending.exit, ending.counts) == (Exit.DONE, {RowStatus.SUCCEEDED: 4})
    made = state_of(office)
    assert DEV not in made
    assert "stub" not in made
    again = await run(office, path)
    assert again.counts == {RowStatus.UNCHANGED: 4}
    await take_back(office, ending.folder.name)
    assert world_of(office) == before


async def test_nothing_leads_into_a_circle_before_all_of_it_is_filled(office, centre):
    rows = [
        ("Door", "CONTACT_FLOW", "", "", flow(to(NIGHT))),
        ("Night", "CONTACT_FLOW", "", "", flow(say("Night"), to(OTHER))),
        ("Day", "CONTACT_FLOW", "", "", flow(say("Day"), to(NIGHT))),
    ]
    ending = await run(office, centre(rows, mapping=NAMES))
    ledger = SqliteLedger.open(ending.folder, readonly=True)
    calls = [call async for call in ledger.calls()]
    await ledger.close()
    order = [
        (call.rows[0], call.operation) for call in sorted(calls, key=lambda each: each.sent_at)
    ]
    assert order[-1] == (2, "CreateContactFlow")
    assert [operation for _, operation in order[:-1]] == [
        "CreateContactFlow",
        "CreateContactFlow",
        "UpdateContactFlowContent",
        "UpdateContactFlowContent",
    ]


async def test_a_flow_that_the_service_refuses_is_told_by_its_block(office, centre):
    held = flow(("UpdateContactTargetQueue", {}), say("Hello"))
    ending = await run(office, centre([("Night", "CONTACT_FLOW", "", "", held)]))
    assert ending.counts == {RowStatus.FAILED: 1}
    (said,) = column(ending, "error")
    assert '(block "block-0" (UpdateContactTargetQueue)' in said


async def test_flows_come_from_files_beside_the_workbook_and_a_changed_one_is_another_run(
    office, centre
):
    (office.folder / "flows").mkdir()
    file = office.folder / "flows" / "Night.json"
    file.write_text(flow(say("Hello"), TO_MENU), encoding="utf-8")
    path = centre([("Night", "CONTACT_FLOW", "", "", "@flows/Night.json")])
    ending = await run(office, path)
    assert ending.counts == {RowStatus.SUCCEEDED: 1}
    assert (await run(office, path)).counts == {RowStatus.UNCHANGED: 1}
    file.write_text(flow(say("Good evening"), TO_MENU), encoding="utf-8")
    changed = await run(office, path)
    assert changed.counts == {RowStatus.SUCCEEDED: 1}
    (said,) = column(changed, "changes")
    assert said == 'content, "block-0" (MessageParticipant), Text: Hello → Good evening'
    file.unlink()
    with pytest.raises(ProblemsFoundError, match="is not there"):
        await run(office, path)


async def test_what_leads_into_a_circle_waits_for_a_fill_that_failed_until_it_is_mended(
    office, centre
):
    broken = flow(to(NIGHT), ("UpdateContactTargetQueue", {}))
    rows = [
        ("Door", "CONTACT_FLOW", "", "", flow(to(NIGHT))),
        ("Night", "CONTACT_FLOW", "", "", flow(say("Night"), to(OTHER))),
        ("Day", "CONTACT_FLOW", "", "", broken),
    ]
    ending = await run(office, centre(rows, mapping=NAMES))
    assert ending.counts == {RowStatus.PENDING: 1, RowStatus.SUCCEEDED: 1, RowStatus.FAILED: 1}
    assert '"Name": "Door"' not in state_of(office)
    whole = (*rows[2][:4], flow(say("Day"), to(NIGHT)))
    mended = workbook(office.folder, {"Flows": [FLOWS, whole]}, name="fix.xlsx")
    tried = await try_again(office, ending.folder.name, sheet=mended)
    assert tried.counts == {RowStatus.SUCCEEDED: 3}
    again = await run(office, centre([*rows[:2], whole], mapping=NAMES))
    assert again.counts == {RowStatus.UNCHANGED: 3}
