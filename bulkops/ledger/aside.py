"""Waiting for a disk beside other work, or on the spot."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

Aside = Callable[[Callable[[], None]], Awaitable[None]]
"""A way to do what blocks, and to return when it is done."""


async def at_once(work: Callable[[], None]) -> None:
    """Do the work on the caller's thread: nothing else happens meanwhile."""
    work()
