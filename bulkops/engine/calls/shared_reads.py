"""Reads that several wait for, made once for all of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import anyio

from bulkops.engine.reads.instance_reader import ReadError

Key = TypeVar("Key", bound=Hashable)
Found = TypeVar("Found")


@dataclass(slots=True)
class _Round(Generic[Found]):
    """One read that is to be made: what is asked of it, and what it brought."""

    asked: set[str] = field(default_factory=set)
    brought: Found | ReadError | None = None


class SharedReads(Generic[Key, Found]):
    """One read at a time for each key; whoever asks while it is under way shares the next one.

    So nobody is answered by a read that began before he asked. `read` takes a key and all that
    is asked of it.
    """

    def __init__(self, read: Callable[[Key, frozenset[str]], Awaitable[Found]]) -> None:
        self._read = read
        self._next: dict[Key, _Round[Found]] = {}
        self._turns: dict[Key, anyio.Lock] = {}

    def __repr__(self) -> str:
        return f"<SharedReads {len(self._next)} waited for>"

    async def ask(self, key: Key, item: str = "") -> Found:
        """Return what a read that begins from now on brings; ReadError where that is nothing."""
        mine = self._next.setdefault(key, _Round())
        mine.asked.add(item)
        async with self._turns.setdefault(key, anyio.Lock()):
            if mine.brought is None:
                await self._make(key, mine)
        if isinstance(mine.brought, ReadError):
            raise mine.brought
        return mine.brought  # type: ignore[return-value]  # it was made just now, or by another

    async def _make(self, key: Key, mine: _Round[Found]) -> None:
        # whoever comes from now on waits for the next one
        if self._next.get(key) is mine:
            del self._next[key]
        try:
            mine.brought = await self._read(key, frozenset(mine.asked))
        except ReadError as error:
            mine.brought = error
