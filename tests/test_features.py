"""The page of what people ask for, followed from its first command to its last."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bulkops.cli.app import app
from bulkops.cli.output import console

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "features.md").read_text(encoding="utf-8")
VOCABULARIES = (ROOT / "docs" / "features" / "vocabularies.csv").read_text(encoding="utf-8")
CODE = re.compile(r"`([^`]+)`")
ASKED = 63


@dataclass(frozen=True)
class Line:
    """A line of a table: a command, how it ends, and what it shows, in which file."""

    number: str
    command: str
    exit: int
    shown: str
    file: str


def lines() -> Iterator[Line]:
    for text in PAGE.splitlines():
        cells = [cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", text)[1:-1]]
        if len(cells) == 5 and cells[2].startswith("`"):
            number, _, command, code, shown = cells
            *file, shown = CODE.findall(shown) or [""]
            yield Line(number, command.strip("`"), int(code or 0), shown, "".join(file))


def same(text):
    """Text as it is read: however wide a column is."""
    return re.sub(r"\s+", " ", text)


def words_of(command):
    """The words of a command, and the file that it reads as its standard input."""
    before, _, given = command.partition(" < ")
    found = []
    for word in shlex.split(before):
        here = sorted(str(path) for path in Path().glob(word)) if "*" in word else []
        found += here or [word]
    return found, Path(given.strip()).read_bytes() if given else None


def newest(words):
    """The folder of the run that was begun last, among those that a command works on."""
    there = words[words.index("--runs-dir") + 1] if "--runs-dir" in words else "bulkops-runs"
    return max(Path(there).glob("*/run.json"), key=lambda path: path.stat().st_mtime).parent


def follow(line):
    words, given = words_of(line.command)
    if words[0] == "cp":
        shutil.copy(*words[1:])
        return
    assert words[0] == "bulkops", line.command
    console.cache_clear()
    done = CliRunner().invoke(app, words[1:], input=given)
    told = f"{line.number} {line.command}\n{done.output}\n{done.exception!r}"
    assert done.exit_code == line.exit, told
    said = done.output
    if line.file:
        said = (newest(words) / line.file).read_text(encoding="utf-8")
    assert same(line.shown) in same(said), f"{line.shown} is not in\n{said}\nof {told}"


@pytest.fixture
def reader(tmp_path, monkeypatch):
    """A reader in the folder that the page has them make, with nothing of AWS set up."""
    for kept in (ROOT / "docs" / "features").iterdir():
        shutil.copy(kept, tmp_path)
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "250")
    for name in ("AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    for name in ("BULKOPS_RUNS_DIR", "AWS_MAX_ATTEMPTS"):
        monkeypatch.delenv(name, raising=False)
    yield
    console.cache_clear()


def test_all_that_is_asked_for_is_on_the_page_once():
    assert [line.number for line in lines() if line.number] == [str(n + 1) for n in range(ASKED)]


def test_no_command_of_the_page_is_passed_over():
    shown = sum(text.count("| `bulkops ") + text.count("| `cp ") for text in PAGE.splitlines())
    assert len(list(lines())) == shown


def test_every_sheet_of_the_page_is_used_and_there():
    there = {path.name for path in (ROOT / "docs" / "features").iterdir()}
    named = {name for line in lines() for name in there if name in line.command}
    assert named | {name for name in there if f"@{name}" in VOCABULARIES} == there


@pytest.mark.process
@pytest.mark.usefixtures("reader")
def test_every_command_of_the_page_does_what_it_says():
    for line in lines():
        follow(line)
