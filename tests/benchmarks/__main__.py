"""Race bulkops against the alternatives: `python -m tests.benchmarks OUTPUT [--quick]`."""

from __future__ import annotations

import argparse
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from tests.benchmarks.chart import chart
from tests.benchmarks.racing import contenders, race
from tests.benchmarks.reporting import COLUMNS, SHOWN, record, table, write_csv
from tests.benchmarks.scenarios import scenarios

FULL = {"speed": 1.0, "scale": 1.0, "span": 1.0, "at_once": 7}
QUICK = {"speed": 5.0, "scale": 0.5, "span": 0.2, "at_once": 2}
"""Quotas five times as fast and half the rows.

Latencies, backoffs and the time that adapting takes stay as they are, and weigh more: the figures
to go by are those of the full races.
"""


def parsed():
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("output", type=Path, help="folder for pace.csv and pace.svg")
    parser.add_argument("--quick", action="store_true", help="a rougher picture, quotas times five")
    parser.add_argument("--only", nargs="+", default=[], metavar="SCENARIO")
    parser.add_argument("--contender", nargs="+", default=[], metavar="NAME")
    parser.add_argument("--aws-cli", action="store_true", help="race the AWS CLI too: it is slow")
    parser.add_argument("--at-once", type=int, help="scenarios at a time")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def wave(some, names, seed, speed):
    """Run all contenders through a few scenarios at once."""
    pairs = [(scenario, name) for scenario in some for name in names]
    start = Barrier(len(pairs))

    def one(pair):
        try:
            return race(*pair, seed=seed, speed=speed, start=start)
        except BaseException:
            start.abort()
            raise

    with ThreadPoolExecutor(len(pairs)) as pool:
        return list(pool.map(one, pairs))


def main():
    asked = parsed()
    mode = QUICK if asked.quick else FULL
    speed = mode["speed"]
    every = scenarios(mode["scale"], mode["span"])
    chosen = [each for each in every if not asked.only or each.name in asked.only]
    names = asked.contender or contenders(with_cli=asked.aws_cli)
    asked.output.mkdir(parents=True, exist_ok=True)
    print(f"seed {asked.seed}, speed {speed:g}, {len(chosen)} scenarios, {', '.join(names)}")
    results = []
    at_once = asked.at_once or mode["at_once"]
    for first in range(0, len(chosen), at_once):
        some = chosen[first : first + at_once]
        results += wave(some, names, asked.seed, speed)
        print(f"done: {', '.join(scenario.name for scenario in some)}", flush=True)
    records = [record(result) for result in results]
    write_csv(asked.output / "pace.csv", records, COLUMNS)
    (asked.output / "pace.svg").write_text(chart(chosen, results, speed), encoding="utf-8")
    print(table(records, SHOWN))


if __name__ == "__main__":
    main()
