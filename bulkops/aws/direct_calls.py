"""Asking a service something before there are lanes: a few tries, with growing delays."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import anyio

from bulkops.definition.model.member_paths import value_at_dotted
from bulkops.definition.model.paging import paging
from bulkops.pacing.delays import delay
from bulkops.pacing.hollow_answers import unless_hollow
from bulkops.pacing.read_retries import DIRECT_ATTEMPTS, reads_again
from bulkops.pacing.replies import Outcome, Reply


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


@dataclass(frozen=True, slots=True)
class DirectCalls:
    """What is asked through a door while there are no lanes.

    `chance`, uniform in [0, 1), spreads the delays between tries.
    """

    door: Door
    chance: Callable[[], float]

    async def ask(self, service: str, operation: str, params: Mapping[str, Any]) -> Outcome:
        """Return the reply of a read, or the fault that stays after a few tries."""
        attempt = 1
        while True:
            came = await self.door.call(service, operation, params)
            outcome = unless_hollow(came, service, operation)
            if isinstance(outcome, Reply):
                return outcome
            if not reads_again(outcome, attempt=attempt, most=DIRECT_ATTEMPTS):
                return outcome
            await anyio.sleep(delay(attempt, self.chance()))
            attempt += 1

    async def pages(
        self, service: str, operation: str, params: Mapping[str, Any]
    ) -> AsyncIterator[Outcome]:
        """Yield the replies of a paged read to its end, or to the first fault, the last one."""
        asked, paged = dict(params), paging(service, operation)
        while True:
            outcome = await self.ask(service, operation, asked)
            yield outcome
            told = outcome.data if isinstance(outcome, Reply) and paged.tells else {}
            token = value_at_dotted(told, paged.tells)
            if not token:
                return
            asked[paged.asks] = token
