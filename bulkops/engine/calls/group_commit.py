"""Group commit: moves that are ready within moments of one another share one wait for the disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import anyio

from bulkops.errors import LedgerError
from bulkops.ledger.aside import Aside
from bulkops.ledger.call_changes import Move
from bulkops.ledger.interface import Ledger

COMPANY_SECONDS = 0.004
"""How long a move waits for others, where they come as thick as that."""
MOST = 64
"""Moves of one commit: what a crash while it is made may leave to be settled."""


@dataclass(slots=True, eq=False)
class _Group:
    """Moves of one commit, in the order they came, and what became of them."""

    due: float
    moves: list[Move] = field(default_factory=list)
    seen: list[Callable[[], None]] = field(default_factory=list)
    lone: bool = False
    """Whether it has the one move of which a group has no second."""
    closing: anyio.Event = field(default_factory=anyio.Event)
    recorded: anyio.Event = field(default_factory=anyio.Event)
    failures: Sequence[LedgerError | None] = ()
    broken: BaseException | None = None

    def raise_for(self, place: int) -> None:
        """Raise what kept a move from being recorded."""
        if self.broken is not None:
            raise self.broken
        failure = self.failures[place]
        if failure is not None:
            raise failure


class GroupCommit:
    """Records moves, several to a commit. While one is on its way to the disk the next gathers.

    The first of a group sees to its commit, so that nothing has to run beside those who wait. A
    move that nobody follows soon is committed at once.
    """

    def __init__(self, ledger: Ledger, aside: Aside) -> None:
        self._ledger = ledger
        self._aside = aside
        self._disk = anyio.Lock(fast_acquire=True)
        self._gathering: _Group | None = None
        self._last = float("-inf")

    def __repr__(self) -> str:
        return f"<GroupCommit {len(self._gathering.moves) if self._gathering else 0} gathered>"

    async def record(
        self,
        move: Move,
        *,
        seen: Callable[[], None] = lambda: None,
        hurried: bool = False,
        lone: bool = False,
    ) -> None:
        """Return when a move is on the disk; raise what the ledger has against it.

        `seen` is called when others may see it in the ledger, which may be before. A `hurried` one
        waits for no company, and a group has one `lone` move at the most. Who is cancelled
        meanwhile is so afterwards: what was to be recorded is.
        """
        with anyio.CancelScope(shield=True):
            group = self._joined(move, lone=lone)
            group.seen.append(seen)
            place = len(group.moves) - 1
            if hurried or len(group.moves) == MOST:
                self._close(group)
            if place == 0:
                await self._commit(group)
            else:
                await group.recorded.wait()
        group.raise_for(place)

    def _joined(self, move: Move, *, lone: bool) -> _Group:
        now = anyio.current_time()
        if lone and self._gathering is not None and self._gathering.lone:
            self._close(self._gathering)
        if self._gathering is None:
            thick = now - self._last < COMPANY_SECONDS
            self._gathering = _Group(due=now + COMPANY_SECONDS if thick else now)
        self._last = now
        group = self._gathering
        group.moves.append(move)
        group.lone = group.lone or lone
        return group

    def _close(self, group: _Group) -> None:
        """Let no more moves into a group, and have it committed as soon as the disk is free."""
        group.closing.set()
        if self._gathering is group:
            self._gathering = None

    async def _commit(self, group: _Group) -> None:
        async with self._disk:
            # whoever is ready in this turn of the loop comes along
            await anyio.lowlevel.checkpoint()
            wait = group.due - anyio.current_time()
            if wait > 0 and not group.closing.is_set():
                with anyio.move_on_after(wait):
                    await group.closing.wait()
            self._close(group)
            try:
                aside = partial(self._made, group)
                group.failures = await self._ledger.record(group.moves, aside=aside)
            except BaseException as error:
                # those who wait must not go on as if they had been recorded
                group.broken = error
                raise
            finally:
                group.recorded.set()

    async def _made(self, group: _Group, wait: Callable[[], None]) -> None:
        """Wait for the disk, once others may see what was recorded."""
        for seen in group.seen:
            seen()
        await self._aside(wait)
