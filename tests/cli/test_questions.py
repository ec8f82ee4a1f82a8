"""Whoever asks a question names the command that asks, and needs someone to answer."""

from __future__ import annotations

import pytest

from tests.cli.shell import bulkops, write

MOVES = "update-user-routing-profiles"


@pytest.fixture
def sheet(here):
    return write(here / "moves.csv", "username,routing_profile\nj.murphy,Billing\n")


def test_without_a_terminal_the_command_is_named_that_would_ask(sheet):
    said = bulkops("run", MOVES, sheet, "--simulate", exit_code=2)
    assert said == (
        "bulkops: run asks before it sends anything, and there is no terminal to ask on: "
        "add --yes to agree beforehand.\n"
    )
    bulkops("run", MOVES, sheet, "--simulate", "--yes")
    assert "bulkops: undo asks before it sends anything" in bulkops("undo", exit_code=2)
