"""What a command loads before it has done anything: no module that it can do without."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bulkops.cli.app import COMMANDS

SAMPLES = Path(__file__).parents[2] / "samples"
SDK = ("aioboto3", "aiobotocore", "aiohttp", "boto3", "botocore", "urllib3")
TABLES = ("numpy", "openpyxl", "pandas", "python_calamine")
LOOP = ("aiolimiter", "anyio", "asyncio")
CONVERSION = ("pydantic",)
ENGINE = ("bulkops.aws.client", "bulkops.engine.calls", "bulkops.targets.connect")
SIMULATOR = ("bulkops.sim",)
ROOMS = (
    *("bulkops.account.doctor", "bulkops.account.iam_policy", "bulkops.account.quota_table"),
    *("bulkops.definition", "bulkops.engine.reads", "bulkops.ledger"),
    *("bulkops.planning.rows", "bulkops.reports", "bulkops.runs", "bulkops.sheets"),
)
PROGRAM = """
import sys
from bulkops.__main__ import main
for words in {calls!r}:
    sys.argv = ["bulkops", *words]
    try:
        main()
    except SystemExit as ended:
        assert not ended.code, (words, ended.code)
{more}
sys.stderr.write("\\n" + " ".join(sys.modules))
"""


def loaded(folder, *calls, more=""):
    """Return the modules that a process has loaded after commands in it."""
    program = PROGRAM.format(calls=calls, more=more)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stderr.splitlines()[-1].split()


def among(modules, unwanted):
    return sorted(
        {each for each in unwanted if any(f"{m}.".startswith(f"{each}.") for m in modules)}
    )


@pytest.mark.process
def test_the_help_of_no_command_loads_what_the_command_needs(tmp_path):
    modules = loaded(tmp_path, *((command, "--help") for command in COMMANDS))
    unwanted = (*SDK, *TABLES, *LOOP, *ENGINE, *SIMULATOR, *ROOMS, *CONVERSION, "rich", "sqlite3")
    assert among(modules, unwanted) == []


OFFLINE = (*SDK, *TABLES, *LOOP, *ENGINE, *SIMULATOR, *CONVERSION, "bulkops.ledger", "sqlite3")


@pytest.mark.process
@pytest.mark.parametrize(
    ("words", "more"),
    [
        (("jobs",), ()),
        (("jobs", "create-users"), ()),
        (("policy", "create-users"), ("rich",)),
        (("quotas",), ()),
        (("check", "create-users", str(SAMPLES / "create-users.csv")), ("rich",)),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_what_needs_no_network_loads_none_and_no_event_loop(tmp_path, words, more):
    assert among(loaded(tmp_path, words), (*OFFLINE, *more)) == []


@pytest.mark.process
def test_a_check_of_plain_texts_spells_out_no_property_beyond_ascii(tmp_path):
    sheet = tmp_path / "users.csv"
    sheet.write_text(
        "username,password,first_name,last_name,security_profiles,routing_profile,tags\n"
        "ana,Tulip-Garden-27,Ana,Byrne,Agent,Billing,team=support\n",
        encoding="utf-8",
    )
    more = (
        "from bulkops.definition.model import patterns\n"
        "assert patterns._runs.cache_info().misses == 1, patterns._runs.cache_info()\n"
        "assert patterns._members.cache_info().misses <= 3, patterns._members.cache_info()"
    )
    loaded(tmp_path, ("check", "create-users", "users.csv"), more=more)


@pytest.mark.process
def test_the_simulator_is_planned_on_without_the_sdk(tmp_path):
    sheet = str(SAMPLES / "create-users.csv")
    modules = loaded(tmp_path, ("plan", "create-users", sheet, "--simulate"))
    assert among(modules, (*SDK, *TABLES, *CONVERSION, *ENGINE[:2])) == []


@pytest.mark.process
def test_runs_are_listed_without_what_carries_them_out(tmp_path):
    assert (
        among(loaded(tmp_path, ("runs",)), (*SDK, *TABLES, *CONVERSION, *ENGINE, *SIMULATOR)) == []
    )
