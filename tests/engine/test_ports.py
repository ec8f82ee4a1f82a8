from __future__ import annotations

from bulkops.engine.ports import Broadcast


def test_a_listener_that_fails_is_let_go_of_once_and_the_others_are_told():
    told, calls = [], []

    def fails(event, /, **_):
        calls.append(event)
        raise OSError(28, "No space left on device")

    tell = Broadcast(lambda event, /, **facts: told.append((event, facts)), fails)
    tell("row", row=2)
    tell("row", row=3)
    lost = "One who was told of events failed: No space left on device"
    assert told == [("row", {"row": 2}), ("listener.lost", {"text": lost}), ("row", {"row": 3})]
    assert calls == ["row"]
    assert tell.lost == [lost]


def test_when_all_listeners_fail_nothing_is_raised():
    def fails(event, /, **_):
        raise ValueError(event)

    tell = Broadcast(fails, fails)
    tell("row", row=2)
    tell("row", row=3)
