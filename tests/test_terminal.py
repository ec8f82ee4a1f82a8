"""A real terminal: the plan, the question, the bar."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

pexpect = pytest.importorskip("pexpect", reason="there is no terminal to be had here")
MOVES = "username,routing_profile\nj.murphy,Billing\nm.silva,Support Tier 1\n"
RUN = ("-m", "bulkops", "run", "update-user-routing-profiles", "moves.csv", "--simulate")


@pytest.fixture
def terminal(tmp_path):
    (tmp_path / "moves.csv").write_text(MOVES, encoding="utf-8")

    def run(*more):
        environment = os.environ | {"TERM": "xterm", "COLUMNS": "100", "LINES": "40"}
        return pexpect.spawn(
            sys.executable,
            [*RUN, *more],
            cwd=str(tmp_path),
            env=environment,
            encoding="utf-8",
            timeout=30,
            dimensions=(40, 100),
        )

    return run


def ended(screen):
    screen.expect(pexpect.EOF)
    screen.close()
    return screen.exitstatus


@pytest.mark.process
def test_the_plan_is_shown_and_nothing_is_sent_on_a_no(terminal, tmp_path):
    screen = terminal()
    screen.expect_exact("2 update")
    screen.expect_exact("Basic Routing Profile → Billing")
    screen.expect_exact("Carry this out?")
    screen.sendline("n")
    screen.expect_exact("Nothing was sent.")
    assert ended(screen) == 11
    assert not list(Path(tmp_path).glob("bulkops-runs/update-*"))


@pytest.mark.process
def test_a_yes_carries_it_out_with_a_bar_and_the_canary_asks_again(terminal, tmp_path):
    screen = terminal("--canary", "1")
    screen.expect_exact("Carry this out?")
    screen.sendline("y")
    screen.expect_exact("row 2 j.murphy: succeeded")
    screen.expect_exact("Go on with the rest?")
    screen.sendline("y")
    screen.expect_exact("2/2")
    screen.expect("2 succeeded.*2 total")
    assert ended(screen) == 0
    assert len(list(Path(tmp_path).glob("bulkops-runs/update-*"))) == 1
