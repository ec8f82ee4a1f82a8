"""Operations of twelve services, carried out, repeated and undone on moto's server."""

from __future__ import annotations

import csv
import re

import pytest
from botocore.session import Session

from tests.everywhere.conftest import ACCOUNT
from tests.everywhere.data_cases import DYNAMODB, S3, SECRETS, SSM
from tests.everywhere.identity_cases import COGNITO, IAM
from tests.everywhere.machines_cases import EC2, LAMBDA
from tests.everywhere.messages_cases import EVENTS, LOGS, SNS, SQS

CASES = (
    *IAM, *COGNITO, *SSM, *DYNAMODB, *SQS, *SNS, *S3, *EC2, *LAMBDA, *SECRETS, *LOGS, *EVENTS,
)  # fmt: skip


def results(everywhere):
    """Return the rows of the newest run's results."""
    every = (everywhere.folder / "bulkops-runs").glob("*/results.csv")
    newest = max(every, key=lambda path: path.stat().st_mtime_ns)
    with newest.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def writes(everywhere, case):
    """Return how many requests of a case's operation the server was sent; REST's by their way."""
    model = Session().get_service_model(case.service).operation_model(case.operation)
    http = model.http
    way = re.sub(r"\\\{\w+(?:\\\+)?\\\}", ".+", re.escape(http["requestUri"].partition("?")[0]))
    return sum(
        name == case.operation
        or (not name and method == http["method"] and re.fullmatch(f"{way}/?", path) is not None)
        for method, path, name in everywhere.requests
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.job)
def test_it_is_carried_out_and_repeated_and_undone(case, everywhere):
    for each in case.given:
        everywhere.ask(each)
    assert everywhere.ask(case.seen) == case.before
    sheet = everywhere.sheet(case.rows)
    assert "nothing wrong" in everywhere.bulkops("check", case.job, sheet)
    there = ("--endpoint-url", everywhere.url, "--tps", "100")
    everywhere.requests.clear()
    everywhere.bulkops("plan", case.job, sheet, *there)
    assert writes(everywhere, case) == 0
    agreed = (*there, "--yes", "--confirm-instance", ACCOUNT)
    everywhere.bulkops("run", case.job, sheet, *agreed)
    (first,) = (path.parent.name for path in everywhere.folder.glob("bulkops-runs/*/run.json"))
    assert writes(everywhere, case) == len(case.rows)
    assert everywhere.ask(case.seen) == case.after
    refused = case.repeated not in ("unchanged", "set again")
    everywhere.bulkops("run", case.job, sheet, *agreed, exit_code=4 if refused else 0)
    assert everywhere.ask(case.seen) == case.after
    assert {ended(row) for row in results(everywhere)} == {case.repeated}
    undone = everywhere.bulkops("undo", first, *agreed, exit_code=4 if case.undone else 0)
    assert everywhere.ask(case.seen) == (case.after if case.undone else case.before)
    assert case.undone in undone


def ended(row):
    """Return how a row of a second run ended, as a case says it."""
    match row["bulkops_status"]:
        case "unchanged":
            return "unchanged"
        case "succeeded":
            return "set again"
        case _:
            return row["bulkops_error_code"]


def test_at_least_forty_operations_of_twelve_services_are_tried():
    assert len({case.job for case in CASES}) == len(CASES) >= 40
    assert len({case.service for case in CASES}) == 12
