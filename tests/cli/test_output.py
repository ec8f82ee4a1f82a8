"""What is printed is shown, never obeyed; and everything that is printed goes one way."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

import bulkops.cli
from bulkops.cli.flag_values import Output, Progress
from bulkops.cli.output import TableColumn, print_json, print_table, say, say_beside
from bulkops.cli.problem_output import print_problems
from bulkops.cli.progress import BarListener, PlainListener, shown
from bulkops.errors import JobError, SheetError
from bulkops.problems import Address, Problem

CLI = Path(bulkops.cli.__path__[0])
EVIL = "a\x1b]0;owned\x07b\x9bc\u202ed\re\nf [red]g[/] :warning:"
SEEN = "a\\u001b]0;owned\\u0007b\\u009bc\\u202ed\\u000de\\u000af [red]g[/] :warning:"
ONE_WAY = {"outlet.py", "output.py", "process_end.py", "app.py"}
"""The files that reach the streams: the streams themselves, and what works without a console."""

DRAWING = {"progress.py", "reading_output.py"}
"""The files that draw bars, through a console of output.py."""


def sources():
    return [file for file in CLI.rglob("*.py") if file.name not in ONE_WAY]


def test_a_line_says_what_it_was_given_and_nothing_of_it_is_obeyed(terminal, capsys):
    del terminal  # which forgets the console of other tests
    say("key ", (EVIL, "red"))
    say_beside(EVIL)
    out, err = capsys.readouterr()
    assert out == f"key {SEEN}\n"
    assert err == f"{SEEN}\n"


def test_a_table_and_a_document_are_no_way_round(terminal, capsys):
    del terminal
    print_table([TableColumn(header="Key")], [[EVIL], [(EVIL, "bold")]])
    assert capsys.readouterr().out.count(SEEN) == 2
    print_json({"key": EVIL})
    printed = capsys.readouterr().out
    assert not set(printed) & set("\x1b\x07\x9b\u202e\r")
    assert json.loads(printed) == {"key": EVIL}


def test_problems_and_progress_are_no_way_round(terminal, capsys):
    del terminal
    address = Address(file=EVIL, sheet=EVIL, row=3, column=1, header=EVIL)
    print_problems([Problem(code="x", message=EVIL, address=address, advice=EVIL)], Output.TEXT)
    assert capsys.readouterr().out.count(SEEN) == 3
    facts = {"row": 2, "key": EVIL, "status": "failed", "code": EVIL}
    PlainListener()("row", **facts)
    assert capsys.readouterr().err == f"row 2 {SEEN}: failed {SEEN}\n"
    with shown(Progress.BAR, Output.TEXT) as bar:
        assert isinstance(bar, BarListener)
        bar("row", **facts)
        bar("left", row=3, key=EVIL, why="its sheet has no such row")
    assert capsys.readouterr().err.count(SEEN) == 3
    with shown(Progress.NDJSON, Output.TEXT) as events:
        events("row", **facts)
    assert json.loads(capsys.readouterr().out) == {"event": "row", **facts}


def test_what_a_run_waits_for_is_shown_as_it_is_told(terminal, capsys):
    del terminal
    counts = dict.fromkeys(("succeeded", "unchanged", "failed", "unknown"), 0)
    waiting = {"waiting": 2, "waits_for": f"looking for row 7 {EVIL}"}
    with shown(Progress.BAR, Output.TEXT) as bar:
        bar("progress", total=9, done=4, **counts | {"succeeded": 4}, **waiting)
    assert f"4 succeeded, 2 waiting: looking for row 7 {SEEN}" in capsys.readouterr().err
    PlainListener()("progress", total=9, done=4, **counts, waiting=1)
    assert capsys.readouterr().err == "4/9 rows · 1 waiting\n"
    PlainListener()("progress", total=9, done=4, **counts)
    assert capsys.readouterr().err == "4/9 rows\n"


def test_errors_and_wrong_flags_are_no_way_round(terminal, monkeypatch):
    def refuse(*_, **__):
        raise SheetError("x", EVIL)

    monkeypatch.setattr("bulkops.runs.offline_check.check_offline", refuse)
    done = terminal("check", "create-users", "a.csv")
    assert (done.exit_code, done.stderr) == (3, f"bulkops: {SEEN}\n")
    done = terminal("check", "create-users", "a.csv", "--output", "json")
    assert json.loads(done.stdout) == {"exit": 3, "error": "SheetError", "reason": EVIL}
    done = terminal("check", "create-users", "a.csv", "--map", "no\x1b[31m\nsuch")
    assert done.exit_code == 2
    assert '"no\\u001b[31m\\u000asuch" is not of the form HEADER=column' in done.stderr
    done = terminal("check", "create-users", "a.csv", "--\x1b[31m")
    assert "\x1b" not in done.stderr


def test_a_job_with_several_faults_has_a_line_for_each(terminal, monkeypatch):
    def refuse(*_, **__):
        raise JobError("one\nforged", "two")

    monkeypatch.setattr("bulkops.runs.offline_check.check_offline", refuse)
    done = terminal("check", "create-users", "a.csv")
    assert (done.exit_code, done.stderr) == (3, "bulkops: one\\u000aforged\ntwo\n")


@pytest.mark.parametrize("file", sources(), ids=lambda file: str(file.relative_to(CLI)))
def test_nothing_else_of_the_command_line_writes_to_the_terminal(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    written = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not written & {"sys.stdout", "sys.stderr", "typer.echo", "typer.secho", "typer.confirm"}
    assert not written & {"typer.prompt", "STDOUT.write", "STDERR.write", "console.print"}
    called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert not called & {"print", "input", "console().print", "console(stderr=True).print"}
    froms = {
        node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module
    }
    assert not [each for each in froms if each.startswith("rich") and file.name not in DRAWING]
