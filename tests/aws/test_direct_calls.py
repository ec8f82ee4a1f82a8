from __future__ import annotations

import anyio
import pytest

from bulkops.aws.direct_calls import DirectCalls
from bulkops.pacing.replies import Fault, FaultClass, Reply
from bulkops.sim.virtual_clock import VirtualLoop


@pytest.fixture
def anyio_backend():
    """No sockets here, so delays cost nothing."""
    return ("asyncio", {"loop_factory": VirtualLoop})


class Scripted:
    """A door whose service says one thing after another."""

    region, is_custom = "eu-west-2", False

    def __init__(self, *outcomes):
        self.left = list(outcomes)
        self.times = []

    def endpoint(self, service):
        return f"https://{service}.example"

    async def call(self, _service, _operation, _params):
        self.times.append(round(anyio.current_time(), 3))
        return self.left.pop(0)


def fault(fault_class):
    return Fault(fault_class=fault_class, code="Some", message="")


NOTHING = Reply(data={"InstanceSummaryList": []})


def asked(door, chance):
    return DirectCalls(door, chance).ask("connect", "ListInstances", {})


async def test_the_delays_between_tries_are_drawn_from_the_chance_that_is_given():
    door = Scripted(*[fault(FaultClass.THROTTLED)] * 3, NOTHING)
    lots = iter((0.5, 0.25, 0.125))
    assert isinstance(await asked(door, lambda: next(lots)), Reply)
    # half a second, one, two: as far as the lot says
    assert door.times == [0.0, 0.25, 0.5, 0.75]


async def test_a_fault_that_stays_is_returned_after_five_tries():
    door = Scripted(*[fault(FaultClass.TRANSIENT)] * 9)
    assert await asked(door, lambda: 0.0) == fault(FaultClass.TRANSIENT)
    assert len(door.times) == 5


@pytest.mark.parametrize("fault_class", [FaultClass.FATAL, FaultClass.REJECTED])
async def test_what_another_try_would_meet_too_is_not_tried_again(fault_class):
    door = Scripted(fault(fault_class))
    assert await asked(door, lambda: 0.0) == fault(fault_class)
    assert len(door.times) == 1


async def test_pages_end_with_the_first_fault():
    door = Scripted(Reply(data={**NOTHING.data, "NextToken": "more"}), fault(FaultClass.FATAL))
    pages = DirectCalls(door, lambda: 0.0).pages("connect", "ListInstances", {})
    assert [type(page) async for page in pages] == [Reply, Fault]


async def test_an_answer_without_what_was_asked_for_is_asked_for_again():
    door = Scripted(Reply(data={}), NOTHING)
    assert await asked(door, lambda: 0.0) == NOTHING


async def test_a_service_that_never_says_what_was_asked_for_has_failed():
    door = Scripted(*[Reply(data={"NextToken": "more"}, http_status=200)] * 9)
    failed = await asked(door, lambda: 0.0)
    assert (failed.code, len(door.times)) == ("ForeignAnswer", 5)
