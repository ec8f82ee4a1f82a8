"""A run's bar on terminals of several widths."""

from __future__ import annotations

import io

import pytest

from bulkops.cli.flag_values import Output, Progress
from bulkops.cli.output import console
from bulkops.cli.progress import shown

COUNTS = {"succeeded": 3073, "unchanged": 12, "failed": 15000, "unknown": 2}


def drawn(bar, width):
    """Return the bar's line as a terminal of a width shows it."""
    screen = io.StringIO()
    on_screen = type(console())(file=screen, width=width)
    on_screen.print(bar._bars.get_renderable())
    return screen.getvalue().rstrip("\n")


@pytest.mark.parametrize("width", [40, 60, 71, 72, 80, 99, 100, 200])
def test_counts_and_the_time_left_are_whole_on_every_terminal(terminal, monkeypatch, width):
    del terminal
    monkeypatch.setenv("COLUMNS", str(width))
    with shown(Progress.BAR, Output.TEXT) as bar:
        bar("progress", total=19700, done=18087, **COUNTS)
        line = drawn(bar, width)
    assert "\n" not in line
    assert "18087/19700 3,073 succee" in line
    assert line.rstrip().endswith("left -:--:--")
    assert ("━" in line) is (width >= 72)


def test_a_wide_terminal_shows_all_that_is_said(terminal, monkeypatch):
    del terminal
    monkeypatch.setenv("COLUMNS", "120")
    with shown(Progress.BAR, Output.TEXT) as bar:
        bar("progress", total=19700, done=18087, **COUNTS)
        assert "12 unchanged, 15,000 failed, 2 unknown 0:00" in drawn(bar, 120)
