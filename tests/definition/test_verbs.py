from __future__ import annotations

import pytest

from bulkops.definition.verbs import is_final, sets_values


@pytest.mark.parametrize(
    ("operation", "final"),
    [
        ("DeleteQueue", True),
        ("ReleasePhoneNumber", True),
        ("StopContact", True),
        ("StopContactRecording", False),
        ("UpdateQueueStatus", False),
        ("DisassociateFlow", False),
    ],
)
def test_what_ends_for_good_is_told_from_what_can_be_set_again(operation, final):
    assert is_final(operation) is final


@pytest.mark.parametrize(
    ("operation", "sets"),
    [
        ("UpdateQueueName", True),
        ("PutParameter", True),
        ("PutRule", True),
        ("PutEventSelectors", True),
        ("ModifyVpcAttribute", True),
        ("PutEvents", False),
        ("PutLogEvents", False),
        ("PutRecord", False),
        ("PutMetricData", False),
        ("UpdateItem", False),
        ("SendMessage", False),
    ],
)
def test_what_sets_values_is_told_from_what_adds_to_others(operation, sets):
    assert sets_values(operation) is sets
