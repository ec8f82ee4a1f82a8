"""Judge the rule of pace on the virtual clock: `python -m tests.benchmarks.storms OUT.csv`.

With `--before REVISION` the code of that revision is raced too, through the same scenarios.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import asdict
from pathlib import Path

from tests.benchmarks.storms.families import SETS
from tests.benchmarks.storms.judging import Verdict, family, verdicts

REPOSITORY = Path(__file__).resolve().parents[3]
COLUMNS = (
    "set", "code", "family", "scenario", "least", "ratio", "worst_ratio", "per_hundred",
    "worst_per_hundred", "seeds",
)  # fmt: skip


def parsed():
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.storms", description=__doc__)
    parser.add_argument("output", type=Path, help="the table of results; - for JSON on stdout")
    parser.add_argument("--before", metavar="REVISION", help="a revision to race too")
    parser.add_argument("--seeds", type=int, default=3, help="races of each scenario")
    parser.add_argument("--set", choices=SETS, help="one set of scenarios: default both")
    parser.add_argument("--only", default="", help="part of the names of the scenarios wanted")
    return parser.parse_args()


def judged(asked):
    """Return (set, verdict) of this process's code, the families' after the scenarios'."""
    chosen = [asked.set] if asked.set else SETS
    for which in chosen:
        some = verdicts(which, asked.seeds, asked.only)
        names = dict.fromkeys(each.family for each in some)
        yield from ((which, each) for each in (*some, *(family(name, some) for name in names)))


def judged_before(asked):
    """Return the same of an earlier revision's code: today's scenarios, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        packed = subprocess.run(
            ["git", "archive", asked.before, "bulkops", "jobs"],
            cwd=REPOSITORY, capture_output=True, check=True,
        ).stdout  # fmt: skip
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(folder, filter="data")
        (Path(folder) / "tests").symlink_to(REPOSITORY / "tests")
        command = [
            sys.executable, "-m", "tests.benchmarks.storms", "-", "--seeds", str(asked.seeds),
            "--only", asked.only, *(["--set", asked.set] if asked.set else []),
        ]  # fmt: skip
        said = subprocess.run(command, cwd=folder, capture_output=True, check=True).stdout
    return [(which, Verdict(**each)) for which, each in json.loads(said)]


def main():
    asked = parsed()
    if str(asked.output) == "-":
        print(json.dumps([(which, asdict(each)) for which, each in judged(asked)]))
        return
    print(f"seeds 1 to {asked.seeds}")
    lots = [(asked.before, judged_before(asked))] if asked.before else []
    lots.append(("now", judged(asked)))
    with asked.output.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        table.writeheader()
        for code, lot in lots:
            for which, each in lot:
                table.writerow(_shown(which, code, each, asked.seeds))
                if each.scenario == "all":
                    print(
                        f"{which:<9} {code:<8} {each.family:<11} "
                        f"time {each.ratio:.3f} (worst {each.worst_ratio:.3f}), throttles "
                        f"{each.per_hundred:.2f} in a hundred (worst {each.worst_per_hundred:.2f})"
                    )


def _shown(which, code, each, seeds):
    figures = {
        name: f"{value:.3f}" if isinstance(value, float) else value
        for name, value in asdict(each).items()
    }
    return {"set": which, "code": code, **figures, "seeds": seeds}


if __name__ == "__main__":
    main()
