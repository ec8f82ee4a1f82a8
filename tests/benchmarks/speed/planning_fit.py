"""Planning by rows and things, fitted: `python -m tests.benchmarks.speed.planning_fit [FOLDER]`.

Plans on paper, without a network: new users, moves of users that are there, and moves of users that
are not, of which as many problems are shown as a terminal shows. Prints each figure and what they
fit to, and writes the figures to planning_fit.csv in the folder (tests/benchmarks/results).
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Sequence
from pathlib import Path

from bulkops.planning.inventory import Inventory, Thing
from bulkops.planning.rows.typed_rows import Order
from bulkops.planning.sheet_check import check
from tests.benchmarks.reporting import table, write_csv
from tests.planning.paper import CREATE, MOVE, inventory_of, order_of, planned, sheet_of, user_row

ROWS = (250, 500, 1000, 2000)
THINGS = (1000, 2000, 4000, 8000, 16_000)
REPEATS = 7
SHOWN = 25
"""Problems of a kind that a terminal shows."""
COLUMNS = ("sheet", "rows", "things", "cpu_seconds")
FITTED = ("sheet", "rows_exponent", "things_exponent", "us_a_row", "us_a_thing", "ns_a_pair",
          "pairs_share")  # fmt: skip
RESULTS = Path(__file__).parents[1] / "results"


def _order(sheet: str, rows: int) -> Order:
    """Return a sheet of new users, of users that are there, or of users that are not."""
    if sheet == "new users":
        return order_of(CREATE, sheet_of(*(user_row(username=f"new.{n:06d}") for n in range(rows))))
    name = "agent.{:06d}" if sheet == "moves" else "agant.{:06d}x"
    moves = ({"username": name.format(n), "routing_profile": "Sales"} for n in range(rows))
    return order_of(MOVE, sheet_of(*moves))


def _instance(things: int) -> Inventory:
    state = {"RoutingProfileId": "routing-profile/Basic"}
    users = [Thing(id=f"u{n}", name=f"agent.{n:06d}", state=state) for n in range(things)]
    return inventory_of(security_profile=("Agent",), routing_profile=("Basic", "Sales"), user=users)


def cost(sheet: str, rows: int, things: int) -> float:
    """Return CPU seconds from typed rows to a plan, with the problems that are shown."""
    order, instance = _order(sheet, rows), _instance(things)
    began = time.process_time()
    check(order, {"": "CONNECT_MANAGED"})
    _, _, planner = planned(order, instance)
    for problem in planner.problems[:SHOWN]:
        str(problem)
    return time.process_time() - began


def measured_at_best(sheet: str) -> list[tuple[int, int, float]]:
    """Return (rows, things, CPU seconds): the least of several rounds over all of them."""
    best: dict[tuple[int, int], float] = {}
    cost(sheet, ROWS[0], THINGS[0])  # what is loaded once is no part of it
    for _ in range(REPEATS):
        for rows in ROWS:
            for things in THINGS:
                taken = cost(sheet, rows, things)
                best[rows, things] = min(taken, best.get((rows, things), taken))
    return [(rows, things, cpu) for (rows, things), cpu in best.items()]


def least_squares(points: Sequence[Sequence[float]], found: Sequence[float]) -> list[float]:
    """Return the coefficients by which the points' terms come nearest to what was found."""
    terms = range(len(points[0]))
    matrix = [
        [sum(p[i] * p[j] for p in points) for j in terms]
        + [sum(p[i] * value for p, value in zip(points, found, strict=True))]
        for i in terms
    ]
    for i in terms:
        best = max(range(i, len(matrix)), key=lambda row: abs(matrix[row][i]))
        matrix[i], matrix[best] = matrix[best], matrix[i]
        matrix[i] = [value / matrix[i][i] for value in matrix[i]]
        for row in terms:
            if row != i:
                by = matrix[row][i]
                matrix[row] = [a - by * b for a, b in zip(matrix[row], matrix[i], strict=True)]
    return [row[-1] for row in matrix]


def fitted(sheet: str, measured: Sequence[tuple[int, int, float]]) -> dict[str, object]:
    """Return exponents of cost ~ rows^x · things^y, and cost = k + a·rows + b·things + c·pairs."""
    logs = [(1.0, math.log(rows), math.log(things)) for rows, things, _ in measured]
    _, by_rows, by_things = least_squares(logs, [math.log(cpu) for *_, cpu in measured])
    # in thousands, so that the terms are of one size
    plain = [(1.0, r / 1e3, t / 1e3, r * t / 1e6) for r, t, _ in measured]
    _, a_row, a_thing, a_pair = least_squares(plain, [cpu for *_, cpu in measured])
    rows, things, largest = measured[-1]
    return {
        "sheet": sheet,
        "rows_exponent": f"{by_rows:.2f}",
        "things_exponent": f"{by_things:.2f}",
        "us_a_row": f"{a_row * 1e3:.1f}",
        "us_a_thing": f"{a_thing * 1e3:.2f}",
        "ns_a_pair": f"{a_pair * 1e3:.2f}",
        "pairs_share": f"{a_pair * rows * things / 1e6 / largest:.1%}",
    }


def main() -> None:
    """Measure, print, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path, nargs="?", default=RESULTS)
    parser.add_argument("--one", nargs=3, metavar=("SHEET", "ROWS", "THINGS"))
    given = parser.parse_args()
    if given.one:
        sheet, rows, things = given.one
        print(cost(sheet, int(rows), int(things)))
        return
    records, fits = [], []
    for sheet in ("new users", "moves", "names not there"):
        measured = measured_at_best(sheet)
        records += [
            dict(zip(COLUMNS, (sheet, rows, things, f"{cpu:.4f}"), strict=True))
            for rows, things, cpu in measured
        ]
        fits.append(fitted(sheet, measured))
    write_csv(given.output / "planning_fit.csv", records, COLUMNS)
    print(table(records, COLUMNS), table(fits, FITTED), sep="\n\n")


if __name__ == "__main__":
    main()
