"""Flows that sheets make and change: what is compared, and what is sent."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bulkops.definition.catalogue import load
from bulkops.planning.inventory import Thing
from bulkops.planning.plan import Action
from bulkops.planning.promotion.flow_mapping import FlowMapping, MappingRow
from bulkops.planning.rows.readers.cell_files import CellFile
from bulkops.planning.rows.readers.flow_readers import MOST_FLAWS
from bulkops.planning.sheet_check import check
from tests.planning.paper import inventory_of, order_of, planned, sheet_of

FLOWS = load("create-contact-flows").job
MODULES = load("create-contact-flow-modules").job


def content(text="Hello", x=0, **more):
    said = {"Identifier": "say", "Type": "MessageParticipant", "Parameters": {"Text": text}}
    end = {"Identifier": "end", "Type": "DisconnectParticipant", "Parameters": {}}
    said["Transitions"] = {
        "NextAction": "end",
        "Errors": [{"NextAction": "end", "ErrorType": "NoMatchingError"}],
    }
    drawn = {"entryPointPosition": {"x": x, "y": 1}}
    flow = {"Version": "2019-10-30", "StartAction": "say", "Metadata": drawn}
    flow = {**flow, "Actions": [said, end], **more}
    return json.dumps(flow, separators=(",", ":"))


def there(**changed):
    state = {"Type": "CONTACT_FLOW", "State": "ACTIVE", "Status": "PUBLISHED"}
    state |= {"Content": content(), "Description": "Says hello", **changed}
    return Thing(id="f-1", name="Main", state=state, described=True)


def rows_of(*rows, on_exists="update", flows=()):
    order = order_of(FLOWS, sheet_of(*rows), on_exists=on_exists)
    found, _, planner = planned(order, inventory_of(contact_flow=flows))
    assert not planner.problems
    return found


def row(**changed):
    return {"flow": "Main", "type": "CONTACT_FLOW", "content": content(), **changed}


def sent(planned_row):
    return [
        (call.operation, {k: v for k, v in call.params.items() if k != "InstanceId"})
        for call in planned_row.calls
    ]


def test_where_blocks_are_drawn_is_no_difference():
    (found,) = rows_of(row(content=content(x=700)), flows=[there()])
    assert (found.action, found.calls) == (Action.NONE, ())


def test_a_flow_gets_another_content_and_keeps_the_old_one_for_its_undo():
    (found,) = rows_of(row(content=content("Good day")), flows=[there()])
    assert sent(found) == [
        ("UpdateContactFlowContent", {"ContactFlowId": "f-1", "Content": content("Good day")})
    ]
    assert found.calls[0].undo["Content"] == content()


def test_a_new_flow_that_is_archived_is_archived_after_it_is_made_and_another_is_left_alone():
    one, other = rows_of(row(state="archived"), row(flow="Other", state="active"))
    assert [name for name, _ in sent(one)] == ["CreateContactFlow", "UpdateContactFlowMetadata"]
    assert sent(one)[1][1]["ContactFlowState"] == "ARCHIVED"
    assert [name for name, _ in sent(other)] == ["CreateContactFlow"]


def test_what_only_an_alternative_sets_is_compared_where_the_flow_is_there():
    (found,) = rows_of(row(state="archived"), flows=[there()])
    archived = {"ContactFlowId": "f-1", "ContactFlowState": "ARCHIVED"}
    assert sent(found) == [("UpdateContactFlowMetadata", archived)]
    (left,) = rows_of(row(state="archived"), flows=[there()], on_exists="fail")
    assert left.action is Action.CONFLICT
    assert "state: ACTIVE → ARCHIVED" in str(left.problem)


def test_a_flow_that_is_only_saved_is_published_where_its_row_says_so():
    saved = there(Status="SAVED")
    (found,) = rows_of(row(status="published"), flows=[saved])
    assert [name for name, _ in sent(found)] == ["UpdateContactFlowContent"]
    assert [str(change) for change in found.changes] == ["status: SAVED → PUBLISHED"]
    (blank,) = rows_of(row(), flows=[saved])
    assert blank.action is Action.NONE


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"type": "CUSTOMER_HOLD"}, "differs in type"), ({"status": "saved"}, "differs in status")],
)
def test_what_no_call_changes_is_a_conflict(changed, said):
    (found,) = rows_of(row(**changed), flows=[there()])
    assert found.action is Action.CONFLICT
    assert said in str(found.problem)


def test_a_module_is_brought_to_its_row():
    state = {"State": "ACTIVE", "Status": "PUBLISHED", "Content": content()}
    module = Thing(id="m-1", name="Main", state=state, described=True)
    cells = {"module": "Main", "content": content("New"), "state": "archived", "description": "New"}
    order = order_of(MODULES, sheet_of(cells), on_exists="update")
    (found,), _, _ = planned(order, inventory_of(contact_flow_module=[module]))
    more = {"ContactFlowModuleId": "m-1", "Description": "New", "State": "ARCHIVED"}
    assert sent(found) == [
        (
            "UpdateContactFlowModuleContent",
            {"ContactFlowModuleId": "m-1", "Content": content("New")},
        ),
        ("UpdateContactFlowModuleMetadata", more),
    ]


def leading_nowhere():
    flow = json.loads(content())
    flow["Actions"][0]["Transitions"]["NextAction"] = "gone"
    return json.dumps(flow)


def test_what_only_a_draft_may_hold_is_said_of_what_is_published():
    def problems(status):
        order = order_of(FLOWS, sheet_of(row(content=leading_nowhere(), status=status)))
        return [(str(each.address), each.message) for each in check(order).problems]

    ((place, message),) = problems("published")
    assert place == "Users!C2"
    assert 'block "say" (MessageParticipant)' in message
    assert problems("saved") == []
    order = order_of(FLOWS, sheet_of({"flow": "Main", "type": "CONTACT_FLOW", "content": ""}))
    assert [each.code for each in check(order).problems] == ["missing-value"]


def test_the_draft_of_a_flow_that_was_never_published_is_changed_as_a_draft():
    saved = there(Status="SAVED")
    (found,) = rows_of(row(status="saved", content=content("New")), flows=[saved])
    (call,) = found.calls
    assert FLOWS.step(call.step).qualifiers == {"ContactFlowId": ":$SAVED"}
    assert call.params["Content"] == content("New")


@pytest.mark.parametrize("text", ["{", "[1]", '{"Version": 1, "Version": 2}'])
def test_what_is_no_flow_is_said_before_anything_is_looked_up(text):
    order = order_of(FLOWS, sheet_of(row(content=text)))
    _, _, planner = planned(order, inventory_of(contact_flow=()))
    assert [str(each.address) for each in planner.problems] == ["Users!C2"]


def test_what_a_flow_refers_to_is_looked_up_by_name_or_all_of_its_kind():
    queue = "22222222-2222-4222-8222-222222222222"
    flow = json.loads(content())
    flow["Actions"][0] |= {"Type": "UpdateContactTargetQueue", "Parameters": {"QueueId": queue}}
    sheet = sheet_of(row(content=json.dumps(flow)), row(flow="Other", content=""))
    order = order_of(FLOWS, sheet, on_exists="update")
    wanted = check(order, {"": None}).wants[""].kinds
    assert wanted["queue"].every
    mapping = FlowMapping.of([MappingRow("queue", queue, "Support")])
    named = check(replace(order, mapping=mapping), {"": None}).wants[""].kinds["queue"]
    assert (named.names, named.every) == ({"Support"}, False)


def test_a_flow_is_read_from_the_file_that_its_cell_names():
    cell = "@flows/Main.json"
    order = order_of(FLOWS, sheet_of(row(content=cell)))
    files = {cell: CellFile(content=json.dumps({"Content": content(), "Name": "Main"}))}
    (read,) = replace(order, files=files).rows()
    assert read.values["content"] == content()


def test_of_many_flaws_of_a_flow_the_last_are_counted():
    flow = json.loads(content())
    flow["Actions"] = [{"Identifier": f"block {number}"} for number in range(MOST_FLAWS + 5)]
    (read,) = order_of(FLOWS, sheet_of(row(content=json.dumps(flow)))).rows()
    assert len(read.problems) == MOST_FLAWS + 1
    assert read.problems[-1].message == "and 5 more like these in this flow"


def test_a_file_that_is_not_kept_is_read_when_it_is_asked_for():
    asked = []

    def again():
        asked.append(1)
        return content("Later")

    cell = "@flows/Later.json"
    files = {cell: CellFile(sha256="1", again=again)}
    order = replace(order_of(FLOWS, sheet_of(row(content=cell))), files=files)
    (read,) = order.rows()
    assert not isinstance(read.values["content"], str)
    assert str(read.values["content"]) == str(read.values["content"]) == content("Later")
    assert len(asked) == 2  # once to look at it, and once for its text
    files[cell] = CellFile(sha256="2", again=lambda: "{")
    (wrong,) = replace(order_of(FLOWS, sheet_of(row(content=cell))), files=files).rows()
    assert len(wrong.problems) == 1
