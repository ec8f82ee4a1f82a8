"""Asking a service something before there are lanes: a few tries, with growing delays."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from random import random
from typing import Any, Protocol

import anyio

from bulkops.pacing.delays import delay
from bulkops.pacing.replies import FaultClass, Outcome, Reply

TRIES = 5
PASSING = (FaultClass.THROTTLED, FaultClass.TRANSIENT)


class Door(Protocol):
    """What asks: the client, or one that stands in for it."""

    @property
    def region(self) -> str:
        """The Region that is called."""
        ...

    @property
    def is_custom(self) -> bool:
        """Whether an endpoint of one's own is called in place of AWS's."""
        ...

    def endpoint(self, service: str) -> str:
        """Return the URL of a service that was called."""
        ...

    async def call(self, service: str, operation: str, params: Mapping[str, Any]) -> Outcome:
        """Send one request and return what came of it."""
        ...


async def ask(
    door: Door,
    service: str,
    operation: str,
    params: Mapping[str, Any],
    chance: Callable[[], float] = random,
) -> Outcome:
    """Return the reply of a read, or the fault that stays after a few tries."""
    outcome = await door.call(service, operation, params)
    for attempt in range(1, TRIES):
        if isinstance(outcome, Reply) or outcome.fault_class not in PASSING:
            break
        await anyio.sleep(delay(attempt, chance()))
        outcome = await door.call(service, operation, params)
    return outcome


async def ask_pages(
    door: Door, service: str, operation: str, params: Mapping[str, Any]
) -> AsyncIterator[Outcome]:
    """Yield the replies of a paged read to its end, or to the first fault, which is the last."""
    asked = dict(params)
    while True:
        outcome = await ask(door, service, operation, asked)
        yield outcome
        if not isinstance(outcome, Reply) or not outcome.data.get("NextToken"):
            return
        asked["NextToken"] = outcome.data["NextToken"]
