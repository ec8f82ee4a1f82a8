"""Speed before and after, in one run: `python -m tests.benchmarks.speed OUTPUT --before REVISION`.

Each measure is taken in turn with the code of that revision and with today's, a few times; the
median of each is kept, with their ratio. What is measured is today's in both. With --only, what
speed.csv has of other areas stays there.
"""

from __future__ import annotations

import argparse
import compileall
import csv
import importlib
import io
import os
import pkgutil
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import tests.benchmarks.speed
from tests.benchmarks.reporting import table, write_csv
from tests.benchmarks.speed.one_measure import NOT_THERE
from tests.benchmarks.speed.scene import MEASURES, REPOSITORY, Measure

COLUMNS = ("area", "measure", "unit", "before", "after", "ratio", "goal", "reached")
NO_AREAS = ("__main__", "one_measure", "process_usage", "scene")


def parsed() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.speed", description=__doc__)
    parser.add_argument("output", type=Path, help="folder for speed.csv")
    parser.add_argument("--before", default="ff1c982", help="the revision to compare with")
    parser.add_argument("--only", nargs="+", default=[], metavar="AREA")
    parser.add_argument("--repeat", type=int, default=3, help="times that each is taken")
    return parser.parse_args()


def tree_of_revision(revision: str, folder: Path) -> Path:
    """Lay out a revision's packages as an installation has them."""
    made = subprocess.run(
        ["git", "archive", revision, "bulkops", "jobs"],
        cwd=REPOSITORY, stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    with tarfile.open(fileobj=io.BytesIO(made.stdout)) as archive:
        archive.extractall(folder, filter="data")
    (folder / "jobs").rename(folder / "bulkops" / "jobs")
    return folder


def tree_of_today(folder: Path) -> Path:
    """Lay out today's packages, committed or not, likewise."""
    bare = shutil.ignore_patterns("__pycache__")
    shutil.copytree(REPOSITORY / "bulkops", folder / "bulkops", ignore=bare)
    shutil.copytree(REPOSITORY / "jobs", folder / "bulkops" / "jobs", ignore=bare)
    return folder


def take(measure: Measure, tree: Path, links: Path) -> float | None:
    """Take a measure once with a tree's code; None where the tree has nothing of the kind."""
    paths = os.pathsep.join((str(tree), str(links)))
    one = [sys.executable, "-m", "tests.benchmarks.speed.one_measure"]
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [*one, measure.area, measure.name],
            cwd=folder, env={**os.environ, "PYTHONPATH": paths}, stdout=subprocess.PIPE, text=True,
            check=False,
        )  # fmt: skip
    if done.returncode == NOT_THERE:
        return None
    done.check_returncode()
    return float(done.stdout.splitlines()[-1])


def compared(measure: Measure, before: Path, after: Path, links: Path, repeat: int) -> dict:
    """Return one measure's record, the trees taken in turn."""
    figures: dict[Path, list[float]] = {before: [], after: []}
    for _ in range(repeat):
        for tree, taken in figures.items():
            figure = take(measure, tree, links)
            if figure is not None:
                taken.append(figure)
    old, new = (statistics.median(taken) if taken else None for taken in figures.values())
    return {
        "area": measure.area,
        "measure": measure.name,
        "unit": measure.unit,
        "before": _shown(old),
        "after": _shown(new),
        "ratio": _shown(new / old if old and new is not None else None),
        "goal": _shown(measure.goal),
        "reached": "" if measure.goal is None or new is None else _yes(new <= measure.goal),
    }


def _shown(figure: float | None) -> str:
    return "" if figure is None else f"{figure:.3g}" if figure < 1000 else f"{figure:.0f}"


def _yes(reached: bool) -> str:
    return "yes" if reached else "no"


def kept_beside_others(path: Path, records: list[dict]) -> None:
    """Write records to a file, in place of what it has of their areas."""
    taken = {record["area"] for record in records}
    others = []
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            others = [each for each in csv.DictReader(file) if each["area"] not in taken]
    write_csv(path, sorted([*others, *records], key=lambda record: record["area"]), COLUMNS)


def main() -> None:
    """Take every measure that was asked for; print them as they come, and write speed.csv."""
    asked = parsed()
    for module in pkgutil.iter_modules(tests.benchmarks.speed.__path__):
        if module.name not in NO_AREAS and (not asked.only or module.name in asked.only):
            importlib.import_module(f"tests.benchmarks.speed.{module.name}")
    records = []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        links = root / "links"
        links.mkdir()
        (links / "tests").symlink_to(REPOSITORY / "tests")
        before = tree_of_revision(asked.before, root / "before")
        after = tree_of_today(root / "after")
        # an installation has its bytecode too
        for tree in (before, after):
            compileall.compile_dir(tree, quiet=2)
        for measure in MEASURES:
            records.append(compared(measure, before, after, links, asked.repeat))
            print(", ".join(f"{name} {text}" for name, text in records[-1].items()), flush=True)
    asked.output.mkdir(parents=True, exist_ok=True)
    kept_beside_others(asked.output / "speed.csv", records)
    print(table(records, COLUMNS))


if __name__ == "__main__":
    main()
