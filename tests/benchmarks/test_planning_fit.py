from __future__ import annotations

import pytest

from tests.benchmarks.speed.planning_fit import ROWS, THINGS, cost, fitted


def fit_of(law):
    return fitted("x", [(rows, things, law(rows, things)) for rows in ROWS for things in THINGS])


def test_a_cost_of_rows_alone_has_no_share_of_pairs():
    found = fit_of(lambda rows, _things: rows * 100e-6)
    assert (found["rows_exponent"], found["things_exponent"]) == ("1.00", "0.00")
    assert (found["us_a_row"], found["pairs_share"]) == ("100.0", "0.0%")


def test_a_cost_of_rows_and_things_apart_has_no_share_of_pairs_either():
    found = fit_of(lambda rows, things: rows * 100e-6 + things * 2e-6)
    assert (found["us_a_row"], found["us_a_thing"]) == ("100.0", "2.00")
    assert found["pairs_share"].lstrip("-") == "0.0%"


def test_a_cost_of_pairs_is_found_out():
    found = fit_of(lambda rows, things: rows * things * 500e-9)
    assert (found["rows_exponent"], found["things_exponent"]) == ("1.00", "1.00")
    assert (found["ns_a_pair"], found["pairs_share"]) == ("500.00", "100.0%")


@pytest.mark.parametrize("sheet", ["new users", "moves", "names not there"])
def test_what_is_measured_is_planned(sheet):
    assert cost(sheet, 3, 5) > 0
