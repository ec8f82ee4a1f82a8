"""What the service refuses a flow for, told with the blocks that it means."""

from __future__ import annotations

import json

import pytest

from bulkops.planning.flows.problem_texts import explained
from tests.planning.flows.real_flows import OLD, THING, arn, block, content, text_of

QUEUE = arn("queue")
SENT = json.dumps(
    content(
        block("Main menu", "GetParticipantInput", {"Text": "x" * 201}, NextAction=THING),
        block(THING, "UpdateContactTargetQueue", {"QueueId": QUEUE, "List": [{"A": "ü"}]}),
        metadata={"Main menu": {"isFriendlyName": True}},
    )
)
MENU, TARGET = '"Main menu" (GetParticipantInput)', f"UpdateContactTargetQueue {THING}"
WRONG = "Invalid Action property value. Path: "


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (
            f"{WRONG}Actions[1].Parameters.QueueId",
            f'{WRONG}Actions[1].Parameters.QueueId (block {TARGET}: "{QUEUE}")',
        ),
        (
            f"{WRONG}Actions[0].Parameters.Text {WRONG}Actions[1].Parameters.List[0].A.",
            (
                f"{WRONG}Actions[0].Parameters.Text (block {MENU}) "
                f'{WRONG}Actions[1].Parameters.List[0].A (block {TARGET}: "ü").'
            ),
        ),
        (
            "Action is missing required error. Error: NoMatchingError, Path: Actions[0]",
            (
                "Action is missing required error. Error: NoMatchingError, "
                f"Path: Actions[0] (block {MENU})"
            ),
        ),
        ("/Actions/1/Type is odd", f'/Actions/1/Type (block {TARGET}: "Update'),
        ("Invalid branch. Path: 0.Evaluate", f"Invalid branch. Path: 0.Evaluate (block {MENU})"),
        (f"Nothing leads to {THING}", f"Nothing leads to {THING} (block {TARGET})"),
        (f"{WRONG}Actions[2].Type", f"{WRONG}Actions[2].Type"),
        (f"{WRONG}Actions", f"{WRONG}Actions"),
        (f"{QUEUE} is not there", f"{QUEUE} is not there"),
        ("The name exists.", "The name exists."),
    ],
)
def test_a_path_is_told_with_its_block_and_what_stands_there(message, told):
    assert explained(message, SENT).startswith(told)


@pytest.mark.parametrize("sent", ["", "{", text_of(OLD)])
def test_what_is_no_flow_explains_nothing(sent):
    assert explained("Path: Actions[0].Type", sent) == "Path: Actions[0].Type"
