"""Hints at wrong names: worked out for what is read, so that planning costs rows, and not pairs."""

from __future__ import annotations

import pytest

from bulkops import suggestions
from bulkops.cli.flag_values import Output
from bulkops.cli.problem_output import SHOWN_OF_A_KIND, print_problems
from bulkops.suggestions import NOT_SOUGHT, Choices
from tests.planning.paper import (
    CREATE,
    DELETE,
    MOVE,
    ana,
    centre,
    order_of,
    planned,
    sheet_of,
    user_row,
)

ROWS, THINGS = 120, 150


@pytest.fixture
def compared(monkeypatch):
    """Return a list of how many choices each comparison looked at."""
    counts = []
    by_ratio = Choices._by_ratio

    def counted(choices, word):
        counts.append(len(choices._ordered))
        return by_ratio(choices, word)

    monkeypatch.setattr(Choices, "_by_ratio", counted)
    return counts


def plan_of_names_not_there(job):
    rows = [
        {"username": f"jamie.lee.{number:03d}x", "routing_profile": "Basic"}
        for number in range(ROWS)
    ]
    if job is DELETE:
        rows = [{"username": row["username"]} for row in rows]
    if job is CREATE:
        rows = [user_row(username=row["username"]) for row in rows]
    there = centre(*(f"jamie.lee.{number:03d}" for number in range(THINGS)))
    return planned(order_of(job, sheet_of(*rows)), there)


@pytest.mark.parametrize("job", [MOVE, DELETE, CREATE], ids=lambda job: job.name)
def test_planning_compares_no_name_with_all_that_are_there(job, compared):
    _, _, planner = plan_of_names_not_there(job)
    assert len(planner.problems) == (0 if job is CREATE else ROWS)
    assert compared == []


@pytest.mark.parametrize("job", [MOVE, DELETE], ids=lambda job: job.name)
def test_only_the_names_that_are_shown_are_compared(job, compared, capsys):
    _, _, planner = plan_of_names_not_there(job)
    print_problems(planner.problems, Output.TEXT)
    shown = capsys.readouterr().out
    assert shown.count("Did you mean") == SHOWN_OF_A_KIND
    assert "more of this kind (all with --output json)" in shown
    assert compared == [THINGS] * SHOWN_OF_A_KIND


def test_where_all_are_written_the_comparisons_are_bounded_and_it_is_said(compared, monkeypatch):
    monkeypatch.setattr(suggestions, "MOST_PAIRS", 40 * THINGS)
    _, _, planner = plan_of_names_not_there(MOVE)
    hints = [each.hint for each in planner.problems]
    assert hints[39] == 'Did you mean "jamie.lee.039"?'
    assert hints[40:] == [NOT_SOUGHT] * (ROWS - 40)
    assert compared == [THINGS] * 40


def test_a_name_that_several_rows_get_wrong_is_compared_once(compared):
    rows = [{"username": "ana", "routing_profile": "Bsic"} for _ in range(9)]
    _, _, planner = planned(order_of(MOVE, sheet_of(*rows)), centre(ana()))
    assert len({str(each.hint) for each in planner.problems if each.found == "Bsic"}) == 1
    assert len(compared) == 1
