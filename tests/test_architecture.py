"""docs/architecture.md and its neighbours say what the code says."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from bulkops.errors import Exit
from bulkops.ledger.states import MOVES, CallState
from tests.architecture import (
    BLOCKS,
    COMMAND,
    GUARANTEES,
    PAGE,
    ROOT,
    blocks,
    drawn,
    layers,
    project,
    rooms,
)

TEXT = PAGE.read_text(encoding="utf-8")
PAGES = (
    "docs/architecture.md", "docs/guarantees.md", "docs/pacing.md", "docs/speed.md",
    "CONTRIBUTING.md", "SECURITY.md",
)  # fmt: skip
WORKFLOW = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
HOOKS = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
BASIC_WORDS = (
    "job", "sheet", "row", "cell", "problem", "target", "step", "call", "plan", "lane", "run",
    "ledger", "in doubt", "settle",
)  # fmt: skip
"""Without these nobody can read on."""


def section(heading):
    return TEXT.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def table(text):
    """Return the rows of the first table in a text, its header apart."""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines[1:]]


def test_what_is_drawn_from_the_code_is_as_the_code_is():
    guarantees = GUARANTEES.read_text(encoding="utf-8")
    assert [*blocks(TEXT), *blocks(guarantees)] == list(BLOCKS)
    for page in (TEXT, guarantees):
        assert drawn(page) == page, f"the page is out of date: {COMMAND}"


def test_every_room_of_the_layers_has_its_sentence():
    placed = {room for line in layers() for room in re.findall(r"\w+", line)} - {"text"}
    said = {match[1] for line in rooms() if (match := re.match(r"- `bulkops/(\w+)", line))}
    assert said == placed
    assert all(not line.endswith(": ") for line in rooms())


DEEPEST = 5
"""Files of one folder that may import one another in a row."""


def imports_inside(folder):
    """Return, of each module in a folder, the modules beside it that it imports when loaded."""
    package = ".".join(folder.relative_to(ROOT).parts)
    names = {file.stem for file in folder.glob("*.py")} - {"__init__"}
    found = {}
    for name in names:
        tree = ast.parse((folder / f"{name}.py").read_text(encoding="utf-8"))
        nodes = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
        found[name] = {
            beside
            for node in nodes
            for whole in (node.module, *(f"{node.module}.{each.name}" for each in node.names))
            if (beside := whole.removeprefix(f"{package}.")) in names
        }
    return found


FOLDERS = [file.parent for file in sorted((ROOT / "bulkops").rglob("__init__.py"))]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: str(folder.relative_to(ROOT)))
def test_imports_inside_a_folder_are_shallow_and_in_no_circle(folder):
    imports = imports_inside(folder)
    depths = {}
    for name in TopologicalSorter(imports).static_order():
        depths[name] = 1 + max((depths[each] for each in imports[name]), default=0)
    assert max(depths.values(), default=0) <= DEEPEST


def test_no_two_public_classes_share_a_name():
    files = (ROOT / "bulkops").rglob("*.py")
    nodes = [node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8")))]
    names = Counter(
        node.name
        for node in nodes
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, times in names.items() if times > 1] == []


def test_the_diagram_has_every_move_of_a_call_and_no_other():
    shown = re.findall(r"^ +(\w+) --> (\w+): \S", section("The states of a call"), re.MULTILINE)
    moves = [(CallState(before), CallState(after)) for before, after in shown]
    assert len(moves) == len(set(moves))
    assert set(moves) == {(before, after) for before, afters in MOVES.items() for after in afters}


def test_the_readme_has_the_same_exit_codes():
    listed = README.partition("## Exit codes")[2].partition("##")[0]
    codes = [int(code) for row in table(listed) for code in row[0].split(", ")]
    assert codes == sorted(Exit)


@cache
def code():
    files = [*(ROOT / "bulkops").rglob("*.py"), *(ROOT / "jobs").glob("*.py")]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def glossary():
    return [row[0] for row in table(section("Words"))]


@pytest.mark.parametrize("word", glossary())
def test_a_word_of_the_glossary_is_used_in_the_code(word):
    assert re.search(rf"\b{word}s?\b", code(), re.IGNORECASE)


def test_the_glossary_has_each_word_once_in_order_and_none_of_the_basic_ones_is_missing():
    assert glossary() == sorted(set(glossary()), key=str.casefold)
    assert set(BASIC_WORDS) <= set(glossary())


def questions():
    return table(section("Where to look for what"))


def test_there_are_questions_enough_and_none_is_asked_twice():
    asked = [question for question, _, _ in questions()]
    assert len(asked) > 30
    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize(("question", "file", "there"), questions(), ids=str)
def test_a_question_is_answered_by_one_file_and_a_name_that_it_holds(question, file, there):
    assert question.endswith("?")
    path, name = re.fullmatch(r"`(\S+)`", file)[1], re.fullmatch(r"`(.+)`", there)[1]
    held = (ROOT / path).read_text(encoding="utf-8")
    defined = (
        rf"^\s*(async def|def|class) {name}\b|^{name}\b( =|:)" if path.endswith(".py") else name
    )
    assert re.search(defined, held, re.MULTILINE), f"{path} no longer holds {name}"


def paths_in(text):
    """Yield what a page names as a path from the root; <placeholders> may be anything."""
    for said in re.findall(r"`([^`\s]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
        if "<" not in said and ("/" in said or Path(said).suffix in {".py", ".md"}):
            yield said.partition("::")[0]
    for link in re.findall(r"\]\(([^)#\s]+)", text):
        if "://" not in link:
            yield link


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_a_page_names_is_there(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    named = sorted(set(paths_in(text)))
    assert named
    near = (ROOT, (ROOT / page).parent)
    assert [path for path in named if not any((base / path).exists() for base in near)] == []


@pytest.mark.parametrize("page", [*PAGES, "CHANGELOG.md"])
def test_the_readme_leads_to_every_page(page):
    assert f"]({page})" in README


def versions(text):
    return sorted(set(re.findall(r'"(3\.\d+)"', text)), key=lambda said: int(said.split(".")[1]))


def test_the_pythons_of_the_workflow_are_those_of_the_classifiers():
    about = project()["project"]
    listed = re.search(r"python: \[(.*)\]", WORKFLOW)[1]
    promised = [
        said.rpartition(" ")[2] for said in about["classifiers"] if re.search(r":: 3\.\d+$", said)
    ]
    assert versions(listed) == promised
    assert about["requires-python"] == f">={promised[0]}"
    floor = project()["tool"]["ruff"]["target-version"]
    assert floor == f"py{promised[0].replace('.', '')}"


def test_the_workflow_runs_the_readmes_test_command_and_the_gate():
    command = README.partition("<!-- test command -->")[2].partition("```sh\n")[2].split("\n")[0]
    assert command in WORKFLOW
    assert re.search(r"run: \.ci/run$", WORKFLOW, re.MULTILINE)


def test_the_workflow_may_only_read_and_pins_its_actions_to_a_major_version():
    assert "permissions:\n  contents: read\n" in WORKFLOW
    used = re.findall(r"uses: (\S+)", WORKFLOW)
    assert used
    assert [action for action in used if not re.fullmatch(r"[\w-]+/[\w-]+@v\d+", action)] == []


def test_the_hooks_run_what_the_gate_runs_from_the_projects_own_environment():
    gate = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    lint = gate.partition('echo "== lint')[2].partition('echo "== coverage')[0]
    wanted = re.findall(r"^(?:ruff|mypy|lint-imports).*$", lint, re.MULTILINE)
    entries = re.findall(r"entry: \.venv/bin/(.+)", HOOKS)
    assert len(wanted) > 3
    assert entries == [line.removesuffix(" --check .").removesuffix(" .") for line in wanted]
    assert HOOKS.count("language: system") == len(entries)
