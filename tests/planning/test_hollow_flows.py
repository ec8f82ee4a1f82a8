"""Flows that need one another: made hollow, filled by what the others turn out to be."""

from __future__ import annotations

import json
from dataclasses import replace

from bulkops.planning.calls.inverse import Done
from bulkops.planning.calls.placeholders import placeholders_in
from bulkops.planning.flows.flow_stubs import flow_stub, module_stub
from bulkops.planning.inventory import Thing
from bulkops.planning.promotion.flow_mapping import FlowMapping, MappingRow
from tests.planning.paper import inventory_of, order_of, planned, sheet_of
from tests.planning.test_planned_flows import FLOWS, MODULES, content, sent
from tests.planning.test_undo_plan import plan_one

A, B = "aaaaaaaa-1111-4111-8111-111111111111", "bbbbbbbb-1111-4111-8111-111111111111"
MAPPING = FlowMapping.of(
    [
        MappingRow("instance", "22222222-1111-4111-8111-111111111111"),
        MappingRow("contact-flow", A, "A"),
        MappingRow("contact-flow", B, "B"),
        MappingRow("contact-flow-module", A, "A"),
    ]
)


def leading_to(thing_id, type_="TransferToFlow", member="ContactFlowId"):
    flow = json.loads(content())
    flow["Actions"][0] |= {"Type": type_, "Parameters": {member: thing_id}}
    return json.dumps(flow, separators=(",", ":"))


def row(flow, leads_to, **more):
    return {"flow": flow, "type": "CONTACT_FLOW", "content": leading_to(leads_to), **more}


def rows_of(*rows, job=FLOWS):
    order = replace(order_of(job, sheet_of(*rows), on_exists="update"), mapping=MAPPING)
    found, _, planner = planned(order, inventory_of(contact_flow=(), contact_flow_module=()))
    assert not planner.problems
    return found


def needs(call):
    return {(need.row, need.step) for need in call.needs}


def test_flows_in_a_circle_are_saved_first_and_get_their_contents_then():
    a, b, outside = rows_of(row("A", B), row("B", A), row("C", A))
    assert [name for name, _ in sent(a)] == ["CreateContactFlow", "UpdateContactFlowContent"]
    made, filled = a.calls
    assert (made.params["Content"], made.params["Status"]) == (flow_stub("CONTACT_FLOW"), "SAVED")
    assert (made.needs, needs(filled)) == ((), {(3, "0")})
    assert [each.kind for each in placeholders_in(filled.params)] == ["saved", "made"]
    assert needs(b.calls[1]) == {(2, "0")}
    (last,) = outside.calls
    assert needs(last) == {(2, "0"), (2, "1"), (3, "1")}, "nothing leads there before it is whole"


def test_flows_in_a_line_are_made_whole():
    first, second = rows_of(
        row("A", B), {"flow": "B", "type": "CONTACT_FLOW", "content": content()}
    )
    assert [name for name, _ in sent(first)] == ["CreateContactFlow"]
    assert needs(first.calls[0]) == {(3, "0")}
    assert [name for name, _ in sent(second)] == ["CreateContactFlow"]


def test_a_flow_that_leads_to_itself_is_filled_with_its_own_id():
    (found,) = rows_of(row("A", A, status="saved", state="archived"))
    assert [name for name, _ in sent(found)] == [
        "CreateContactFlow",
        "UpdateContactFlowContent",
        "UpdateContactFlowMetadata",
    ]
    _, filled, _ = found.calls
    assert FLOWS.step(filled.step).qualifiers == {"ContactFlowId": ":$SAVED"}
    assert {each.kind for each in placeholders_in(filled.params)} == {"saved"}
    assert filled.needs == ()


def test_a_module_that_runs_itself_is_made_of_what_only_returns():
    text = leading_to(A, "InvokeFlowModule", "FlowModuleId")
    (found,) = rows_of({"module": "A", "content": text}, job=MODULES)
    made, filled = found.calls
    assert made.params["Content"] == module_stub()
    assert filled.operation == "UpdateContactFlowModuleContent"


def test_what_a_flow_names_and_no_row_makes_is_a_problem_of_its_cell():
    order = replace(order_of(FLOWS, sheet_of(row("C", A))), mapping=MAPPING)
    _, _, planner = planned(order, inventory_of(contact_flow=()))
    (problem,) = planner.problems
    assert (problem.code, str(problem.address)) == ("not-mapped", "Users!C2")
    assert '"A" is not a flow of this instance' in problem.message


def test_what_a_flow_was_filled_with_goes_with_it():
    cells = {"flow": "A", "type": "CONTACT_FLOW", "content": content()}
    made = {"flow_id": "f-1"}
    given = {"Name": "A", "Type": "CONTACT_FLOW", "Content": content()}
    calls = [
        Done(step="0", params=given, saved=made),
        Done(step="1", params={"ContactFlowId": "f-1", "Content": content()}, saved=made),
    ]
    thing = Thing(id="f-1", name="A", state={"Content": content()}, described=True)
    planned_row, _ = plan_one(FLOWS, cells, inventory_of(contact_flow=[thing]), *calls)
    assert [call.operation for call in planned_row.calls] == ["DeleteContactFlow"]
