"""Stubs that are flows, and files that people can read."""

from __future__ import annotations

import json

import pytest

from bulkops.planning.flows.flow_document import read_flow
from bulkops.planning.flows.flow_places import condition_text
from bulkops.planning.flows.flow_stubs import flow_stub, module_stub
from bulkops.planning.flows.flow_types import DESIGNER_TYPES
from bulkops.planning.flows.readable_flow import readable_text
from tests.planning.flows.real_flows import NAMES, block, flow, real

ENDS = {
    "CUSTOMER_HOLD": "MessageParticipantIteratively",
    "AGENT_HOLD": "MessageParticipantIteratively",
    "CUSTOMER_WHISPER": "EndFlowExecution",
    "AGENT_WHISPER": "EndFlowExecution",
    "OUTBOUND_WHISPER": "EndFlowExecution",
    "CAMPAIGN": "EndFlowExecution",
}


@pytest.mark.parametrize("flow_type", sorted(DESIGNER_TYPES.values()))
def test_a_stub_is_a_flow_of_one_block_that_its_type_allows(flow_type):
    read = read_flow(flow_stub(flow_type))
    assert read.flaws == ()
    (only,) = read.document.blocks
    assert only.type == ENDS.get(flow_type, "DisconnectParticipant")


def test_a_stub_of_a_module_only_returns():
    read = read_flow(module_stub())
    assert (read.flaws, [each.type for each in read.document.blocks]) == (
        (),
        ["EndFlowModuleExecution"],
    )
    with pytest.raises(KeyError):
        flow_stub("MODULE")


@pytest.mark.parametrize("name", NAMES)
def test_a_file_reads_back_as_the_same_flow_and_is_written_the_same_again(name):
    document = real(name)
    text = readable_text(document.content)
    again = read_flow(text).document
    assert again.text == document.text
    assert readable_text(again.content) == text


def test_a_file_has_a_line_for_each_value_and_every_letter_as_it_is():
    text = readable_text(flow(block("a", "Any", {"Text": "Grüße \u2028 日本"})).content)
    assert '        "Text": "Grüße \u2028 日本"\n' in text
    assert text.endswith("}\n")
    assert json.loads(text)["Version"] == "2019-10-30"


@pytest.mark.parametrize(
    ("operands", "said"),
    [
        (["1"], "Equals 1"),
        (["1", "2"], "Equals 1, 2"),
        (["1, 2"], 'Equals "1, 2"'),
        (["", 3], 'Equals "", 3'),
        (None, "Equals"),
    ],
)
def test_conditions_that_differ_are_told_differently(operands, said):
    assert condition_text({"Condition": {"Operator": "Equals", "Operands": operands}}) == said
