from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import bulkops.cli.commands
from bulkops.cli.app import COMMANDS

HEAVY = ("anyio", "botocore", "openpyxl", "pandas", "rich.table", "sqlite3")


def test_every_command_has_its_file_and_every_file_its_command():
    folder = Path(bulkops.cli.commands.__file__).parent
    files = {file.stem for file in folder.glob("*.py")} - {"__init__"}
    assert files == set(COMMANDS)


def test_the_help_lists_every_command_in_order_with_its_line_as_far_as_it_fits(terminal):
    lines = terminal("--help").stdout.partition("Commands:\n")[2].splitlines()
    said = dict(line.split(maxsplit=1) for line in lines)
    assert list(said) == list(COMMANDS)
    for name, line in said.items():
        assert COMMANDS[name].startswith(line.removesuffix("..."))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_says_its_line_and_its_flags(terminal, command):
    done = terminal(command, "--help")
    assert done.exit_code == 0
    assert done.stdout.startswith(f"Usage: bulkops {command} [OPTIONS]")
    assert " ".join(done.stdout.split("\n\n")[1].split()) == COMMANDS[command]


def test_a_command_that_there_is_not_is_wrong_usage_with_the_nearest(terminal):
    done = terminal("rn")
    assert done.exit_code == 2
    assert "No such command 'rn'. Did you mean 'run'" in done.stderr


@pytest.mark.parametrize("words", [("--help",), ("--version",), ()])
@pytest.mark.process
def test_what_needs_no_command_loads_none_and_nothing_heavy(words):
    asked = ["bulkops.cli.commands", *HEAVY]
    program = (
        "import sys\n"
        "from bulkops.__main__ import main\n"
        f"sys.argv = ['bulkops', *{words!r}]\n"
        "try:\n"
        "    main()\n"
        "except SystemExit:\n"
        f"    sys.stderr.write(','.join(each for each in {asked!r} if each in sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    loaded = done.stderr.rpartition("\n")[2]
    assert loaded == ""
