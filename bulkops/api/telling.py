"""Telling several listeners at once: the events file, the screen, whoever else asks."""

from __future__ import annotations

from bulkops.engine.ports import Listener


class Broadcast:
    """A listener that passes every event on to others, in the order they were added."""

    def __init__(self, *listeners: Listener) -> None:
        self._listeners = list(listeners)

    def add(self, listener: Listener) -> None:
        """Tell one more listener from now on."""
        self._listeners.append(listener)

    def __call__(self, event: str, /, **facts: object) -> None:
        """Pass one event on."""
        for listener in self._listeners:
            listener(event, **facts)
