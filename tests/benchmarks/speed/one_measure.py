"""Take one measure once, and print its figure on the last line: a process of its own each time."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

from tests.benchmarks.speed.scene import MEASURES, NotThereError, Scene

NOT_THERE = 77
"""Exit code where the tree under test does not have what is to be measured."""


def main() -> None:
    """Take the measure that the arguments name: its area, then its name."""
    area, name = sys.argv[1:]
    importlib.import_module(f"tests.benchmarks.speed.{area}")
    take = next(each.take for each in MEASURES if (each.area, each.name) == (area, name))
    here = Path.cwd()
    try:
        figure = take(Scene(here, environment={"XDG_CONFIG_HOME": str(here)}))
    except NotThereError as error:
        print(error, file=sys.stderr)
        os._exit(NOT_THERE)
    print(repr(float(figure)), flush=True)


if __name__ == "__main__":
    main()
