from __future__ import annotations

import json

from bulkops.definition.catalogue import names
from tests.cli.shell import bulkops


def test_a_job_says_what_is_done_about_a_lost_answer():
    said = bulkops("jobs", "create-users")
    assert "after a lost answer: looked up by its name and claimed by its tag bulkops:call" in said
    assert "after a lost answer: set again" in said
    shown = json.loads(bulkops("jobs", "connect:StopContact", "--output", "json"))
    (stop,) = shown["operations"]
    assert stop["after_lost_answer"] == "unknown, for nothing tells: a person decides"


def test_a_run_may_do_without_tags(here):
    sheet = here / "users.csv"
    head = "username,password,first_name,last_name,security_profiles,routing_profile"
    sheet.write_text(f"{head}\nana,Blue-Harbour-1,Ana,Byrne,Agent,Billing\n", encoding="utf-8")
    assert "gets the tag bulkops:call" in bulkops("plan", "create-users", sheet, "--simulate")
    done = bulkops("run", "create-users", sheet, "--simulate", "--yes", "--no-call-tags")
    assert "bulkops:call" not in done


def test_the_catalogue_stands_in_groups_and_fits_a_terminal(terminal, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    done = terminal("jobs")
    lines = done.stdout.splitlines()
    assert max(map(len, lines)) <= 80
    for name in names():
        (line,) = [each for each in lines if each.startswith(f"  {name} ")]
        assert line.split()[1], "a word of its summary"
    heads = [each for each in lines if each and not each.startswith(" ")][:-1]
    assert heads == sorted(heads)
    assert {"Users", "Queues", "Routing profiles"} <= set(heads)
    assert lines.index("Users") < next(
        place for place, each in enumerate(lines) if "create-users" in each
    )


def test_the_catalogue_tells_programs_the_group(terminal):
    found = {each["name"]: each for each in json.loads(terminal("jobs", "--output", "json").stdout)}
    assert set(found) == set(names())
    assert found["create-users"]["group"] == "Users"
    assert found["associate-queue-quick-connects"]["group"] == "Queues"
    assert found["create-users"]["summary"]


def test_a_service_lists_what_it_can_do_with_the_jobs_beside(terminal, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    lines = terminal("jobs", "connect:").stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert any(each.startswith("  CreateQueue ") and "→ create-queues" in each for each in lines)
    (bot,) = [each for each in lines if each.startswith("  AssociateBot ")]
    assert "preview" not in bot
    assert not any(each.startswith("  ListUsers ") for each in lines)
    listed = json.loads(terminal("jobs", "iam:", "--output", "json").stdout)
    (user,) = [each for each in listed if each["operation"] == "iam:CreateUser"]
    assert user == {
        "operation": "iam:CreateUser",
        "jobs": [],
        "summary": "Creates a new IAM user for your Amazon Web Services account.",
    }


def test_jobs_and_operations_of_all_services_are_found_by_words_of_their_names(terminal):
    said = terminal("jobs", "--search", "tag").stdout
    lines = said.splitlines()
    assert any(each.startswith("  tag-resources ") for each in lines)
    connect, other = (
        next(place for place, each in enumerate(lines) if each.startswith(f"  {service}:"))
        for service in ("connect", "acm")
    )
    assert connect < other
    assert "Stage" not in said
    assert "more: add a word" in said
    few = json.loads(
        terminal("jobs", "--search", "cognito admin create", "--output", "json").stdout
    )
    assert few == {
        "jobs": [],
        "operations": [{"operation": "cognito-idp:AdminCreateUser", "jobs": []}],
    }
    none = terminal("jobs", "--search", "zzz").stdout
    assert none == 'Nothing that changes something has "zzz" in its name.\n'


def test_a_part_of_a_services_name_says_which_there_are(terminal):
    done = terminal("jobs", "cognito:CreateUser")
    assert "cognito-identity, cognito-idp, cognito-sync" in done.stderr
    assert 'Did you mean "AdminCreateUser"?' in terminal("jobs", "cognito-idp:CreateUser").stderr


def test_the_sheets_of_a_workbook_are_shown_with_their_jobs():
    said = bulkops("jobs", "workbook")
    assert "Routing profile queues" in said
    found = {
        each["sheet"]: each for each in json.loads(bulkops("jobs", "workbook", "--output", "json"))
    }
    assert found["Users"]["job"] == "create-users"
    assert found["Agent statuses"]["deletes"] == ""
