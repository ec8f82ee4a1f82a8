"""Jobs of services that know no Connect instance work on the account: whole runs of IAM's."""

from __future__ import annotations

import pytest

from tests.everywhere.conftest import ACCOUNT

ROWS = ({"user_name": "ann", "path": "/a/"}, {"user_name": "bob", "path": "/b/"})


@pytest.fixture
def where(everywhere):
    return ("--endpoint-url", everywhere.url, "--tps", "100")


def test_no_word_of_a_run_speaks_of_an_instance(everywhere, where):
    sheet = everywhere.sheet(ROWS)
    said = everywhere.bulkops("plan", "iam:CreateUser", sheet, *where)
    said += everywhere.bulkops("run", "iam:CreateUser", sheet, *where, "--yes")
    said += everywhere.bulkops("runs")
    said += everywhere.bulkops("resume", *where)
    said += everywhere.bulkops("retry", *where)
    said += everywhere.bulkops("report")
    assert f"account {ACCOUNT} · eu-central-1" in said
    assert "2 succeeded, 2 total" in said
    assert "instance" not in said.casefold()


def test_a_deletion_wants_the_account_typed(everywhere, where):
    sheet = everywhere.sheet(ROWS)
    everywhere.bulkops("run", "iam:CreateUser", sheet, *where, "--yes")
    refused = everywhere.bulkops(
        "run", "iam:DeleteUser", everywhere.sheet(({"user_name": "ann"},)), *where, "--yes",
        exit_code=6,
    )  # fmt: skip
    assert f"add --confirm-instance {ACCOUNT} to go on" in refused


def test_a_global_service_needs_no_region(everywhere, where, monkeypatch):
    monkeypatch.delenv("AWS_REGION")
    sheet = everywhere.sheet(ROWS)
    assert "us-east-1" in everywhere.bulkops("plan", "iam:CreateUser", sheet, *where)
    parameter = everywhere.sheet(({"name": "/a", "value": "1", "type": "String"},), "more.csv")
    said = everywhere.bulkops("plan", "ssm:PutParameter", parameter, *where, exit_code=6)
    assert "No AWS Region" in said


def test_what_is_asked_about_a_job_is_asked_of_the_account(everywhere):
    url = ("--endpoint-url", everywhere.url)
    assert f"arn:aws:iam::{ACCOUNT}:user/*" in everywhere.bulkops("policy", "iam:CreateUser", *url)
    assert "instance" not in everywhere.bulkops("policy", "iam:CreateUser")
    said = everywhere.bulkops("doctor", "iam:CreateUser", *url)
    assert f"Account: {ACCOUNT}: the job needs no instance" in said
    assert "Nothing was found that would stop a run." in said
    said = everywhere.bulkops("quotas", "iam:CreateUser", *url)
    assert f"Account {ACCOUNT}, eu-central-1" in said
