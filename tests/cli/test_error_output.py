from __future__ import annotations

import json

import openpyxl
import pytest

TEN_MISTAKES = {
    "B3": "short",  # a password that breaks the rule
    "A4": "ana\u200bmaria",  # a character that nobody sees
    "E5": "not-an-address",
    "H6": "Agent;Agnet",  # a security profile that is not there
    "I7": "Basic Routing Profil",
    "J8": "Contact Centre/Dublin/Suport",
    "K9": "headset",
    "N10": "3000000",
    "I11": None,  # a required cell is empty
    "A12": "s.obrien",  # stands in row 2 already
}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.xlsx", None, "there is no file none.xlsx"),
        ("empty.csv", b"", "empty.csv is empty"),
        ("blank.csv", b"\n\n\n", "blank.csv is empty"),
        ("page.xls", b"<html><table></table></html>", "page.xls is a web page"),
        ("cut.xlsx", b"PK\x03\x04 and no more", "cut.xlsx"),
    ],
)
def test_what_is_no_sheet_is_a_clean_error(terminal, name, content, said):
    if content is not None:
        (terminal.folder / name).write_bytes(content)
    done = terminal("check", "create-users", name)
    assert (done.exit_code, done.stdout) == (3, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_column_is_named_with_the_nearest_one(terminal):
    (terminal.folder / "a.csv").write_text("usernam,routing_profile\nana,Billing\n")
    done = terminal("check", "update-user-routing-profiles", "a.csv")
    assert done.exit_code == 3
    assert '"usernam" is not a column of update-user-routing-profiles' in done.stdout
    assert 'Did you mean "username"?' in done.stdout


def test_a_wrong_sheet_name_lists_the_sheets(terminal, samples):
    done = terminal("check", "create-users", samples / "create-users.xlsx", "--sheet", "Userz")
    assert done.exit_code == 3
    assert 'has no sheet "Userz"; its sheets are "Users"' in done.stderr


def test_an_unknown_job_is_named_with_the_nearest_one(terminal, samples):
    done = terminal("check", "create-user", samples / "create-users.csv")
    assert done.exit_code == 3
    assert 'Did you mean "create-users"?' in done.stderr


def test_no_credentials_is_refused_before_the_start(terminal, samples):
    done = terminal("plan", "create-users", samples / "create-users.csv", "--region", "eu-west-1")
    assert done.exit_code == 6
    assert "No AWS credentials were found" in done.stderr


@pytest.mark.usefixtures("credentials")
def test_an_unreachable_endpoint_is_named(terminal, samples):
    url = "http://127.0.0.1:9"
    words = ("plan", "create-users", samples / "create-users.csv", "--endpoint-url", url)
    done = terminal(*words, "--instance", "x")
    assert done.exit_code == 6
    assert f"connect can't be reached at {url}" in done.stderr


@pytest.mark.usefixtures("credentials")
@pytest.mark.process
def test_an_unknown_instance_is_named_with_those_that_there_are(terminal, samples, sim):
    words = ("plan", "create-users", samples / "create-users.csv", "--endpoint-url", sim.url)
    done = terminal(*words, "--instance", "bulkops-dem")
    assert done.exit_code == 6
    assert 'No instance in us-east-1 has the alias "bulkops-dem"' in done.stderr
    assert 'Did you mean "bulkops-demo"?' in done.stderr


@pytest.mark.usefixtures("credentials")
@pytest.mark.process
def test_ten_mistakes_are_ten_problems_by_cell_and_not_one_call(terminal, samples, sim):
    book = openpyxl.load_workbook(samples / "create-users.xlsx")
    for cell, value in TEN_MISTAKES.items():
        book.active[cell] = value
    book.save("ten.xlsx")
    words = ("run", "create-users", "ten.xlsx", "--endpoint-url", sim.url, "--yes")
    done = terminal(*words, "--output", "json")
    assert done.exit_code == 3
    found = [each["address"] for each in json.loads(done.stdout)["problems"]]
    assert sorted(found) == sorted(f"Users!{cell}" for cell in TEN_MISTAKES)
    assert sim.request_log.effects("CreateUser") == {}
    assert not list(terminal.folder.glob("bulkops-runs/create-users-*"))


def test_without_a_terminal_and_without_yes_nothing_is_run(terminal, samples):
    done = terminal("run", "create-users", samples / "create-users.csv", "--simulate")
    assert done.exit_code == 2
    assert "add --yes" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--rows", "5-x"), '"5-x" is not a row'),
        (("--max-duration", "soon"), '"soon" is not a time'),
        (("--max-fail", "many"), '"many" is not of the form'),
        (("--share", "0"), '"0" is not a part of a quota'),
        (("--tps", "fast"), '"fast" is not a rate'),
        (("--map", "Login"), '"Login" is not of the form HEADER=column'),
        (("--limit", "9" * 30), "Input should be less than or equal to 1000000000"),
        (("--endpoint-url", "notaurl"), '--endpoint-url is "notaurl". It must be the http'),
        (("--endpoint-url", ""), '--endpoint-url is "". It must be the http'),
        (("--endpoint-url", "http://[::1"), '"http://[::1", which is no URL'),
        (("--endpoint-url", "https://x:99999"), '"https://x:99999", which is no URL'),
        (("--endpoint-url", "ftp://x"), '"ftp://x". It must be the http'),
        (("--region", "eu west"), '--region is "eu west", which is not a Region such as'),
    ],
)
def test_flags_that_make_no_sense_say_what_would(terminal, samples, words, said):
    run = ("run", "create-users", samples / "create-users.csv", "--simulate", "--yes")
    done = terminal(*run, *words)
    assert done.exit_code == 2
    assert said in done.stderr.replace("\n", " ")


@pytest.mark.parametrize("given", ["abc", "0", "-3", "1e3", "²"])
def test_a_number_of_attempts_that_is_none_is_named(terminal, samples, monkeypatch, given):
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", given)
    done = terminal("run", "create-users", samples / "create-users.csv", "--simulate", "--yes")
    assert done.exit_code == 2
    said = f'AWS_MAX_ATTEMPTS is "{given}"; it is a whole number from 1 up.'
    assert said in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--port", "99999"), "--port"),
        (("--lag", "inf"), "--lag"),
        (("--users", "9" * 12), "--users"),
        (("--host", "256.256.256.256"), "256.256.256.256:8377 can't be listened on: "),
    ],
)
def test_a_simulator_that_cant_be_is_a_usage_error(terminal, words, said):
    done = terminal("simulator", *words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Unknown error" not in done.stderr


def test_deleting_without_the_alias_is_refused(terminal, samples):
    done = terminal("run", "delete-users", samples / "delete-users.csv", "--simulate", "--yes")
    assert done.exit_code == 6
    assert "--confirm-instance bulkops-demo" in done.stderr


def test_an_alias_that_is_not_this_instances_is_refused_whatever_the_job_does(terminal, samples):
    words = ("run", "update-queues", samples / "update-queues.csv", "--simulate", "--yes")
    done = terminal(*words, "--confirm-instance", "acme-emea")
    assert done.exit_code == 6
    assert '"acme-emea", and this run works on bulkops-demo: nothing was sent' in done.stderr
    assert terminal("runs").stdout.strip() == "No runs in bulkops-runs yet."
    assert terminal(*words, "--confirm-instance", "bulkops-demo").exit_code == 0


def test_a_run_that_is_not_there_is_a_usage_error(terminal):
    for command in ("resume", "report"):
        assert terminal(command).exit_code == 2
    assert terminal("runs").stdout.strip() == "No runs in bulkops-runs yet."
