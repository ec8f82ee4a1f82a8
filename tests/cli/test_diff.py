"""What `bulkops diff` prints, how it ends, and which instances it takes."""

from __future__ import annotations

import json

import openpyxl
import pytest

from bulkops.cli.diff_output import cut
from bulkops.sim.core.simulation_config import InstanceConfig, SimConfig
from bulkops.sim.core.simulator import Simulator
from tests.served import served

FAST = ("--tps", "1000", "--tps", "DescribeContactFlow=1000", "--tps", "SearchQueues=1000")
INSTANCES = (
    InstanceConfig(alias="dev", contents="full"),
    InstanceConfig(alias="twin", contents="full"),
    InstanceConfig(alias="prod", contents="new"),
)


@pytest.fixture(scope="module")
def account():
    """An account of three instances: dev and twin hold nearly the same, prod is new."""
    simulator = Simulator(SimConfig(instances=INSTANCES, speed=1000))
    twin = [*simulator.world.instances.values()][1]
    menu = twin.tables["contact-flow"].named("Main menu")
    menu["Content"] = menu["Content"].replace("How can we help?", f"{'Hello. ' * 20}How?")
    with served(simulator.config, simulator) as url:
        simulator.url = url
        yield simulator


@pytest.fixture
def diff(terminal, account, credentials, monkeypatch):  # noqa: ARG001  # as on an account
    def run(*words, against="prod", width=200, exit_code=20):
        monkeypatch.setenv("COLUMNS", str(width))
        common = ("--instance", "dev", "--endpoint-url", account.url, *FAST)
        done = terminal("diff", "--against", against, *common, *words)
        assert done.exit_code == exit_code, done.output
        return done.output if exit_code not in {0, 20} else done.stdout

    return run


def test_the_same_ends_with_0_and_says_what_was_not_compared(diff):
    said = diff("--only", "queues,users", "--no-full", against="twin", exit_code=0)
    assert "Target   twin · account 123456789012" in said
    assert "The same 11 things on 2 sheets\n" in said
    assert "Not read Users: email, secondary_email, mobile, password\n" in said
    assert "Differs" not in said


def test_what_differs_ends_with_20_and_is_told_by_sheet(diff, terminal):
    said = diff("--only", "queues,agent statuses,proficiencies", "-o", "diff.xlsx")
    assert "Shown    dev → prod\n" in said
    assert "Differs  Queues: 1 differs, 6 only in dev, 0 the same\n" in said
    assert "  only in dev: Billing, Escalations, Sales Americas" in said
    assert "  BasicQueue\n    description: Contacts for BasicQueue → ∅\n" in said
    assert "Written  diff.xlsx\n" in said
    assert openpyxl.load_workbook(terminal.folder / "diff.xlsx").sheetnames == [
        "Differences", "Left out"
    ]  # fmt: skip
    assert "add --force" in diff("--only", "queues", "-o", "diff.xlsx", exit_code=2)
    assert "name the file .xlsx" in diff("-o", "diff.csv", exit_code=3)


@pytest.mark.parametrize("width", [40, 80, 200])
def test_long_values_are_cut_where_they_begin_to_differ(diff, width):
    said = diff("--only", "flows", against="twin", width=width)
    lines = said.splitlines()
    at = next(n for n, line in enumerate(lines) if line.endswith(": Text"))
    assert lines[at + 1].startswith("      dev:  How can we help?")
    assert lines[at + 2].startswith("      twin: Hello.")
    assert all(len(line) <= width for line in lines[at + 1 : at + 3])


def test_a_script_gets_one_flat_row_a_field(diff):
    found = json.loads(diff("--only", "flows", "--output", "json", against="twin"))
    (row,) = found["differences"]
    assert (row["sheet"], row["thing"], row["side"]) == ("Flows", "Main menu", "both")
    assert row["field"].endswith(": Text")
    assert row["here"] == "How can we help?"
    assert row["there"].endswith("Hello. How?")
    assert found["sheets"]["Flows"] == {
        "here": 0, "there": 0, "both": 1, "same": 23, "not_known": 0
    }  # fmt: skip
    assert (found["here"]["alias"], found["there"]["name"]) == ("dev", "twin")
    assert found["differs"] is True
    left = {"sheet": "Flows", "thing": "(all)", "what": "draft", "where": "both"}
    assert any(left.items() <= each.items() for each in found["left_out"])
    found = json.loads(diff("--only", "agent statuses", "--output", "json"))
    assert {"sheet": "Agent statuses", "thing": "Break", "side": "here", "field": None,
            "here": None, "there": None} in found["differences"]  # fmt: skip


def test_where_much_differs_the_rest_is_in_the_file(diff, monkeypatch):
    monkeypatch.setattr("bulkops.cli.diff_output.SHOWN", 1)
    monkeypatch.setattr("bulkops.cli.diff_output.NAMED", 2)
    only = ("--only", "queues,hours")
    said = diff(*only)
    assert "  only in dev: Billing, Escalations and 4 more\n" in said
    assert "more: all are with -o diff.xlsx or --output json\n" in said
    assert "more: all are in d.xlsx\n" in diff(*only, "-o", "d.xlsx")


def test_names_that_nothing_has_come_with_the_nearest_one(diff, terminal):
    assert "There are: dev (" in diff(against="nobody", exit_code=6)
    toml = '[targets.staging]\ninstance = "twin"\n[targets.gone]\ninstance = "gone"\n'
    (terminal.folder / "bulkops.toml").write_text(toml)
    assert 'Did you mean "staging"' in diff(against="stagin", exit_code=6)
    assert "has no target" not in diff(against="gone", exit_code=6)
    said = diff("--only", "users", against="staging", exit_code=0)
    assert "Target   twin" in said
    assert "held against itself" in diff(against="dev", exit_code=6)
    assert 'Did you mean "Queues"' in diff("--only", "queus", exit_code=2)


def test_texts_are_cut_to_the_room_that_there_is():
    assert cut("a b", "a\nc", 10) == ("a b", "a c")
    one, other = cut("x" * 30 + "old" + "y" * 30, "x" * 30 + "new" + "y" * 30, 20)
    assert (len(one), len(other)) == (20, 20)
    assert one.startswith("…xxxxxxxxxxxxoldyyy")
    assert one.endswith("…")
    assert cut("x" * 30 + "end", "x" * 30, 20) == ("…xxxxxxxxxxxxend", "…xxxxxxxxxxxx")
    assert cut("", "x" * 30, 5) == ("", "xxxx…")
