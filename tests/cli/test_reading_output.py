from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bulkops.cli.flag_values import Output, Progress
from bulkops.cli.plan_output import plan_as_json, print_plan
from bulkops.cli.progress import shown
from bulkops.cli.reading_output import ReadingBar, ReadingLines, reading_shown
from bulkops.engine.reading_progress import ReadingCost
from bulkops.pacing.quotas import Quota
from bulkops.planning.plan import Action, PlannedRow, Totals
from bulkops.runs.summary import PlannedCalls, Summary

QUOTA = Quota(rate=2.0, burst=5.0, source="a test")
PLAN = Summary(
    totals=Totals(rows=100, actions={}, calls={}),
    least_seconds=47.5,
    calls=(
        PlannedCalls(target="", service="connect", operation="DeleteUser", number=100, quota=QUOTA),
    ),
)


def reading(done, total=105, **more):
    return {
        "done": done,
        "total": total,
        "seconds_left": (total - done) / 2,
        "operation": "connect:DescribeUser",
        "operation_done": max(done - 5, 0),
        "operation_total": total - 5,
        **more,
    }


def test_lines_say_now_and_then_what_is_read_how_much_of_it_and_how_long(terminal, capsys):
    del terminal
    lines = ReadingLines()
    for done in range(5, 105, 5):
        lines("reading", **reading(done))
    lines("reading", **reading(105))
    lines("row", row=2)
    assert capsys.readouterr().err.splitlines() == [
        "Reading  5/105 calls · DescribeUser 0 of 100, about 50 s left",
        "Reading  55/105 calls · DescribeUser 50 of 100, about 25 s left",
    ]


@pytest.mark.parametrize("show", [reading_shown, shown])
def test_a_bar_is_there_while_something_is_read_and_gone_at_the_end(terminal, capsys, show):
    del terminal
    with show(Progress.BAR, Output.TEXT) as listener:
        listener("reading", **reading(5))
        listener("reading", **reading(55, operation="connect:\x1b[31mOdd"))
        listener("reading", **reading(105))
    err = capsys.readouterr().err
    assert "\x1b[31mOdd" not in err


def test_a_bar_counts_calls_and_stops_at_the_last():
    bar = ReadingBar()
    bar("row", row=2)
    bar("reading", **reading(55))
    (task,) = bar._bars.tasks
    assert (task.completed, task.total) == (55, 105)
    assert task.fields["said"] == "DescribeUser 50 of 100, about 25 s left"
    bar("reading", **reading(105))
    assert bar._bars is None


def test_a_narrow_terminal_is_told_how_much_is_left_and_has_no_bar(terminal, monkeypatch):
    del terminal
    monkeypatch.setenv("COLUMNS", "40")
    with ReadingBar() as bar:
        bar("reading", **reading(55))
        (task,) = bar._bars.tasks
        assert task.fields["said"] == "55/105, 25 s left"
        assert [type(column).__name__ for column in bar._bars.columns] == ["TextColumn"] * 2


def ended_by(show, error, *, done):
    """Show reading that an error ends."""
    with show(Progress.BAR, Output.TEXT) as listener:
        listener("reading", **reading(done))
        raise error


CUT_OFF = "bulkops: stopped by Ctrl-C while it read; nothing was sent\n"


@pytest.mark.parametrize("show", [reading_shown, shown])
@pytest.mark.parametrize(
    "wrap",
    [lambda error: error, lambda error: BaseExceptionGroup("", [error])],
    ids=["alone", "grouped"],
)
def test_ctrl_c_while_a_bar_shows_reading_is_answered(terminal, capsys, show, wrap):
    del terminal
    error = wrap(KeyboardInterrupt())
    with pytest.raises(type(error)):
        ended_by(show, error, done=55)
    assert CUT_OFF in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "done"),
    [(KeyboardInterrupt(), 105), (BaseExceptionGroup("", [OSError()]), 55), (OSError(), 55)],
    ids=["all-read", "grouped", "alone"],
)
def test_nothing_is_said_to_have_been_cut_off_where_nothing_was(terminal, capsys, error, done):
    del terminal
    with pytest.raises(type(error)):
        ended_by(shown, error, done=done)
    assert CUT_OFF not in capsys.readouterr().err


@pytest.mark.parametrize("output", [Output.TEXT, Output.JSON])
def test_events_are_for_programs(terminal, capsys, output):
    del terminal
    with reading_shown(Progress.NDJSON, output) as listener:
        listener("reading", **reading(5))
    out, err = capsys.readouterr()
    told = json.loads(err if output is Output.JSON else out)
    assert (told["event"], told["done"], told["total"]) == ("reading", 5, 105)


def test_nothing_is_said_where_no_progress_is_wanted(terminal, capsys):
    del terminal
    with reading_shown(Progress.NONE, Output.TEXT) as listener:
        listener("reading", **reading(5))
    assert capsys.readouterr().err == ""


def test_what_people_should_know_while_they_wait_is_said(terminal, capsys):
    del terminal
    with reading_shown(Progress.PLAIN, Output.TEXT) as listener:
        listener("note", text="waiting")
    assert capsys.readouterr().err == "Note     waiting\n"


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (PLAN, "at least 48 s"),
        (replace(PLAN, reading=ReadingCost(calls=3, seconds=0.2)), "at least 48 s"),
        (
            replace(PLAN, reading=ReadingCost(calls=107, seconds=48.2)),
            "at least 48 s; what is there was read in 48 s by 107 calls",
        ),
        (
            replace(PLAN, least_seconds=95.0, keeping_seconds=47.5),
            "at least 1 min 35 s, 48 s of it to read what is deleted and keep it",
        ),
        (
            replace(PLAN, calls=(), reading=ReadingCost(calls=43, seconds=18.0)),
            "nothing to send; what is there was read in 18 s by 43 calls",
        ),
        (replace(PLAN, least_seconds=0.0), "at once: all calls fit into the burst"),
    ],
)
def test_the_time_of_a_plan_has_the_reading_in_it(terminal, capsys, plan, said):
    del terminal
    print_plan(plan)
    (line,) = (line for line in capsys.readouterr().out.splitlines() if line.startswith("Time"))
    assert line == f"Time     {said}"
    told = plan_as_json(plan, ())
    assert told["reading"] == (
        {"calls": plan.reading.calls, "seconds": plan.reading.seconds} if plan.reading else {}
    )


def test_a_plan_says_how_many_rows_it_does_not_show(terminal, capsys):
    del terminal
    row = PlannedRow(number=2, key="ana", target="", action=Action.DELETE, cells=())
    totals = replace(PLAN.totals, actions={Action.DELETE: 13, Action.NONE: 5})
    print_plan(replace(PLAN, rows=(row,) * 12, totals=totals))
    assert capsys.readouterr().out.splitlines()[-1] == "… and 1 row more"
    print_plan(replace(PLAN, rows=(row,) * 12, totals=replace(totals, actions={Action.DELETE: 12})))
    assert "more" not in capsys.readouterr().out
