"""Reads from an instance: through its lanes, tried again where trying again can help."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

import anyio

from bulkops.definition.homes import filled, with_instance
from bulkops.definition.kinds.listing import Listing
from bulkops.definition.model.member_paths import value_at_dotted
from bulkops.definition.model.paging import paging
from bulkops.engine.lanes import Lane, Lanes
from bulkops.engine.ports import Client, World
from bulkops.engine.reading_progress import ReadingProgress
from bulkops.engine.spilled_texts import SpilledTexts
from bulkops.errors import BulkopsError, Exit
from bulkops.pacing.delays import delay
from bulkops.pacing.hollow_answers import unless_hollow
from bulkops.pacing.least_time import least_seconds
from bulkops.pacing.read_retries import READ_ATTEMPTS, reads_again
from bulkops.pacing.replies import Fault, FaultClass, Reply
from bulkops.planning.target import Target

Kept = Callable[[str, Mapping[str, Any]], Mapping[str, Any]]
"""What is kept of a page of an operation."""


def _all(_operation: str, page: Mapping[str, Any]) -> Mapping[str, Any]:
    return page


class Replies(Protocol):
    """Where replies of reads are kept, so that the same reads need no calls again."""

    earlier: int
    """How many replies were kept by an earlier process."""

    def find(self, service: str, operation: str, params: Mapping[str, Any]) -> Reply | None:
        """Return the reply that is kept of a read; None where there is none."""
        ...

    def keep(self, service: str, operation: str, params: Mapping[str, Any], reply: Reply) -> None:
        """Keep the reply of a read."""
        ...


class ReadError(BulkopsError):
    """A read was refused, or failed as often as it may; `fault` says how."""

    exit = Exit.REFUSED

    def __init__(self, service: str, operation: str, fault: Fault) -> None:
        super().__init__(f"{service}:{operation} failed: {fault.code}: {fault.message}")
        self.operation = operation
        self.fault = fault


class StaleTokenError(BulkopsError):
    """The service goes on no more with pages of which an earlier process has read the first."""

    exit = Exit.REFUSED


class Reader:
    """One target's reads. Throttles slow the lane and are not counted as attempts.

    `progress` is told of what is to be read and of what was. `replies` are looked into before a
    call is made, and are given what was answered.
    """

    def __init__(
        self,
        client: Client,
        target: Target,
        lanes: Lanes,
        world: World,
        progress: ReadingProgress | None = None,
        *,
        kept: Kept = _all,
        replies: Replies | None = None,
    ) -> None:
        self.target = target
        self.texts = SpilledTexts()
        """Long texts of what is described, which no plan is to hold in memory."""
        self._progress = progress or ReadingProgress()
        self._client = client
        self._lanes = lanes
        self._kept = kept
        self._replies = replies
        self._world = world

    def keeping(self, kept: Kept) -> Reader:
        """Return a reader alike whose pages are given as `kept` cuts them down."""
        return self._alike(kept, self._replies)

    def remembering(self, replies: Replies) -> Reader:
        """Return a reader alike that asks nothing of which `replies` has the answer."""
        return self._alike(self._kept, replies)

    def _alike(self, kept: Kept, replies: Replies | None) -> Reader:
        world, progress = self._world, self._progress
        return Reader(
            self._client, self.target, self._lanes, world, progress, kept=kept, replies=replies
        )

    def now(self) -> datetime:
        """Return the wall time, in UTC."""
        return self._world.now()

    def tell(self, text: str) -> None:
        """Say something that a person should know while they wait."""
        self._lanes.tell("note", text=text)

    def least_seconds(self, service: str, operation: str, calls: int) -> float:
        """Return the least time that so many calls of an operation take."""
        return least_seconds(calls, self._lanes.lane(self.target, service, operation).quota)

    def expect(self, service: str, operation: str, calls: int) -> None:
        """Say that so many reads of an operation are to come."""
        self._progress.expect(self._lanes.lane(self.target, service, operation), calls)

    def over(self) -> None:
        """Say that nothing more is to be read for now."""
        self._progress.over()

    async def read(self, service: str, operation: str, params: Mapping[str, Any]) -> Reply:
        """Return the reply of one read; ReadError where there is none to be had."""
        lane = self._lanes.lane(self.target, service, operation)
        with self._progress.reading(lane):
            if self._replies is None:
                return await self._read(lane, service, operation, params)
            found = self._replies.find(service, operation, params)
            if found is None:
                found = await self._read(lane, service, operation, params)
                self._replies.keep(service, operation, params, found)
            return found

    async def _read(
        self, lane: Lane, service: str, operation: str, params: Mapping[str, Any]
    ) -> Reply:
        attempt = 1
        while True:
            outcome = await self._attempt(lane, service, operation, params)
            if isinstance(outcome, Reply):
                return outcome
            if outcome.fault_class is FaultClass.THROTTLED:
                continue  # the lane has slowed: its next token is the delay
            if not reads_again(outcome, attempt=attempt, most=READ_ATTEMPTS):
                raise ReadError(service, operation, outcome)
            await anyio.sleep(delay(attempt, self._world.chance()))
            attempt += 1

    async def _attempt(
        self, lane: Lane, service: str, operation: str, params: Mapping[str, Any]
    ) -> Reply | Fault:
        await lane.enter()
        try:
            came = await self._client.call(service, operation, params)
        finally:
            lane.leave()
        outcome = unless_hollow(came, service, operation)
        if isinstance(outcome, Reply):
            lane.answered()
        elif outcome.fault_class is FaultClass.THROTTLED:
            lane.throttled()
        return outcome

    async def pages(
        self, service: str, operation: str, params: Mapping[str, Any]
    ) -> AsyncIterator[Mapping[str, Any]]:
        """Yield the replies of a paged read, asked for in the largest pages it allows."""
        paged = paging(service, operation)
        asked = self.asked(service, operation, paged.first(params))
        while True:
            reply = await self._page(service, operation, asked, paged.asks)
            yield self._kept(operation, reply.data)
            token = value_at_dotted(reply.data, paged.tells) if paged.tells else None
            if not token:
                return
            asked[paged.asks] = token

    async def _page(
        self, service: str, operation: str, asked: Mapping[str, Any], token: str
    ) -> Reply:
        """Read a page; StaleTokenError where its token may be too old."""
        try:
            return await self.read(service, operation, dict(asked))
        except ReadError as error:
            earlier = self._replies.earlier if self._replies is not None else 0
            if earlier and token in asked and error.fault.fault_class is FaultClass.REJECTED:
                raise StaleTokenError(f"{operation} refused to go on with it") from error
            raise

    def asked(self, service: str, operation: str, params: Mapping[str, Any]) -> dict[str, Any]:
        """Return a request's params, with what the target gives."""
        own = with_instance(params, self.target.instance_id)
        return {**filled(service, operation, self.target.places), **own}

    async def items(
        self, service: str, listing: Listing, params: Mapping[str, Any] | None = None
    ) -> AsyncIterator[Mapping[str, Any]]:
        """Yield the items of a listing's pages, one after another."""
        asked = {**listing.fixed, **(params or {})}
        async for page in self.pages(service, listing.operation, asked):
            for item in page.get(listing.items, ()):
                yield item
