"""The parts of docs/architecture.md and docs/guarantees.md that are drawn from the code.

`python -m tests.architecture --write` draws them again, between their markers.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from pathlib import Path

from bulkops.definition.catalogue import load, names
from bulkops.definition.lost_answers import after_lost_answer
from bulkops.errors import Exit
from bulkops.ledger.states import CallState

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "architecture.md"
GUARANTEES = ROOT / "docs" / "guarantees.md"
COMMAND = "python -m tests.architecture --write"

_COMMENT = re.compile(r"^    ([A-Z_]+) = .*?  # (.+)$", re.MULTILINE)
_BLOCK = re.compile(
    r"(?P<begin><!-- drawn: (?P<name>\w+) -->)\n(?P<drawn>.*?)(?P<end><!-- end -->)", re.DOTALL
)


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def sentence_of(file: Path) -> str:
    """Return the first paragraph of a module's docstring, on one line."""
    said = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return " ".join(said.split("\n\n", maxsplit=1)[0].split())


def rooms() -> Iterator[str]:
    """Yield every room, and every room inside it, by its path with its own sentence."""
    for room in sorted((ROOT / "bulkops").iterdir()):
        if room.suffix == ".py" and room.name != "__init__.py":
            yield f"- `bulkops/{room.name}`: {sentence_of(room)}"
        for file in sorted(room.rglob("__init__.py"), key=lambda file: file.parts[:-1]):
            folder = file.parent.relative_to(ROOT)
            yield f"{'  ' * (len(folder.parts) - 2)}- `{folder}/`: {sentence_of(file)}"
    yield f"- `jobs/`: {sentence_of(ROOT / 'jobs' / '__init__.py')}"


def layers() -> Iterator[str]:
    """Yield the layers, highest first; those on one line don't know one another."""
    yield "```text"
    yield from _contract("layers")["layers"]
    yield "```"


def _contract(identity):
    contracts = project()["tool"]["importlinter"]["contracts"]
    return next(each for each in contracts if each["id"] == identity)


def bans() -> Iterator[str]:
    """Yield what is forbidden beside the layers: who, and what they must not import."""
    for each in project()["tool"]["importlinter"]["contracts"]:
        if each["type"] == "forbidden":
            rooms, banned = _listed(each["source_modules"], "and"), each["forbidden_modules"]
            yield f"- {each['name']}: in {rooms}, no import of {_listed(banned, 'or')}."


def _listed(modules, last: str) -> str:
    *names, end = [f"`{name.removeprefix('bulkops.')}`" for name in modules]
    return f"{', '.join(names)} {last} {end}" if names else end


def states() -> Iterator[str]:
    yield "| state | means |"
    yield "|---|---|"
    for name, means in comments(CallState).items():
        yield f"| `{CallState[name]}` | {means} |"


def exits() -> Iterator[str]:
    yield "| code | name | means |"
    yield "|---|---|---|"
    for name, means in comments(Exit).items():
        yield f"| {Exit[name].value} | `{name}` | {means} |"


def lost() -> Iterator[str]:
    """Yield what is done about lost answers, for each operation of each job once."""
    yield "| job | operation | after a lost answer |"
    yield "|---|---|---|"
    for name in names():
        job = load(name).job
        said = {step.operation: after_lost_answer(job.service, step) for _, step in job.addresses()}
        for operation, lost_answer in said.items():
            yield f"| `{name}` | `{operation}` | {lost_answer} |"


def comments(enum: type[Enum]) -> Mapping[str, str]:
    """Return the comment beside each member of an enum, in the order of its class."""
    found = dict(_COMMENT.findall(inspect.getsource(enum)))
    assert set(found) == set(enum.__members__), f"a member of {enum.__name__} has no comment"
    return found


BLOCKS: Mapping[str, Callable[[], Iterator[str]]] = {
    "rooms": rooms,
    "layers": layers,
    "bans": bans,
    "states": states,
    "exits": exits,
    "lost": lost,
}
"""Name of a block → the lines that belong between its markers."""


def blocks(text: str) -> Mapping[str, str]:
    """Return what stands between the markers of each block, by its name."""
    return {found["name"]: found["drawn"] for found in _BLOCK.finditer(text)}


def drawn(text: str) -> str:
    """Return a text with every block as the code has it now."""

    def anew(found):
        lines = BLOCKS[found["name"]]()
        return "\n".join([found["begin"], "", *lines, "", found["end"]])

    return _BLOCK.sub(anew, text)


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit(f"usage: {COMMAND}")
    for page in (PAGE, GUARANTEES):
        page.write_text(drawn(page.read_text(encoding="utf-8")), encoding="utf-8")
