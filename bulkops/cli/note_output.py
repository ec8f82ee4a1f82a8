"""What a person should know before anything is sent, said beside what a command prints."""

from __future__ import annotations

from bulkops.cli.output import say_beside


def say_notes(event: str, /, **facts: object) -> None:
    """Print what a command says of a run or its rows before it goes on with them."""
    if event == "note":
        say_beside(f"Note     {facts['text']}")
