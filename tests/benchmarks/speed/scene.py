"""What a measure is, and what it works with: an empty folder, and commands run from there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
USAGE = Path(__file__).with_name("process_usage.py")


class NotThereError(Exception):
    """The tree under test does not have what is to be measured."""


@dataclass(frozen=True)
class Usage:
    """What one process took. `output` is what it printed, both streams together."""

    cpu_seconds: float
    seconds: float
    memory_mb: float
    output: str


@dataclass
class Scene:
    """One measure's folder, empty in the beginning, and its view of the tree under test."""

    folder: Path
    repository: Path = REPOSITORY
    """Today's sources, for samples; the code under test may be another tree's."""
    environment: dict[str, str] = field(default_factory=dict)
    """Variables that the commands see beside those of this process."""

    def bulkops(self, *words: object, expect: int | None = 0) -> Usage:
        """Run the command line in the folder; RuntimeError where it ends with another code."""
        return self.python("bulkops", *words, expect=expect)

    def python(self, module: str, *words: object, expect: int | None = 0) -> Usage:
        """Run a module in a process of its own, in the folder."""
        command = [sys.executable, "-m", module, *map(str, words)]
        with tempfile.TemporaryFile() as output, tempfile.NamedTemporaryFile("r") as taken:
            began = time.monotonic()
            done = subprocess.run(
                [sys.executable, "-IS", USAGE, taken.name, *command],
                cwd=self.folder, env={**os.environ, **self.environment}, check=False,
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip
            seconds = time.monotonic() - began
            output.seek(0)
            said = output.read().decode(errors="replace")
            cpu_seconds, memory_mb = json.load(taken)
        if expect is not None and done.returncode != expect:
            raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{said}")
        return Usage(cpu_seconds, seconds, memory_mb, said)


@dataclass(frozen=True)
class Measure:
    """One figure: the less, the better."""

    area: str
    name: str
    unit: str
    goal: float | None
    take: Callable[[Scene], float]


MEASURES: list[Measure] = []


def measure(
    name: str, *, unit: str, goal: float | None = None
) -> Callable[[Callable[[Scene], float]], Callable[[Scene], float]]:
    """Make a measure of a function; its area is the module that it is in."""

    def keep(take: Callable[[Scene], float]) -> Callable[[Scene], float]:
        area = take.__module__.rpartition(".")[2]
        MEASURES.append(Measure(area, name, unit, goal, take))
        return take

    return keep
