from __future__ import annotations

import pytest

from bulkops.definition.verbs import is_final


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
