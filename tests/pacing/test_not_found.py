from __future__ import annotations

import pytest

from bulkops.pacing.not_found import is_not_found


@pytest.mark.parametrize(
    ("code", "status", "gone"),
    [
        ("NoSuchEntity", 404, True),
        ("ResourceNotFoundException", 400, True),
        ("InvalidKeyPair.NotFound", 400, True),
        ("AWS.SimpleQueueService.NonExistentQueue", 400, True),
        ("QueueDoesNotExist", 400, True),
        ("404", 404, True),
        ("", 404, True),
        ("", 403, False),
        ("AccessDenied", 403, False),
        ("ValidationError", 400, False),
    ],
)
def test_services_say_in_many_ways_that_something_is_not_there(code, status, gone):
    assert is_not_found(code, status) is gone
