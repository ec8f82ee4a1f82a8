"""What a person should know before anything is sent, said beside what a command prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulkops.cli.output import say_beside

if TYPE_CHECKING:
    from bulkops.engine.ports import Listener


def say_notes(event: str, /, **facts: object) -> None:
    """Print what a command says of a run or its rows before it goes on with them."""
    if event == "note":
        say_beside(f"Note     {facts['text']}")


def with_notes(listener: Listener) -> Listener:
    """Return a listener that says notes too; what fails in it is its own."""

    def told(event: str, /, **facts: object) -> None:
        say_notes(event, **facts)
        listener(event, **facts)

    return told
