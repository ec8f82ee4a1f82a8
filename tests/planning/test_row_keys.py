from __future__ import annotations

import pytest

from bulkops.definition.catalogue import load
from bulkops.definition.job import Column, Job, Step
from bulkops.definition.kinds.found_things import Col, Find
from bulkops.planning.rows.row_keys import KeyFolding, named_kinds
from bulkops.planning.sheet_check import check
from tests.planning.paper import CREATE, DELETE, MOVE, QUEUES, checked, order_of, sheet_of, user_row


def named(job):
    return {column: kind.name for column, kind in named_kinds(job).items()}


def test_columns_name_kinds_by_what_steps_find_and_make():
    assert named(MOVE) == {"username": "user", "routing_profile": "routing-profile"}
    assert named(QUEUES) == {"routing_profile": "routing-profile", "queue": "queue"}
    assert named(load("connect:CreateUser").job) == {"username": "user"}
    assert named(load("connect:CreateQueue").job) == {"name": "queue"}
    assert named(load("sqs:SendMessage").job) == {}


def test_logins_are_one_key_in_every_case_and_other_names_are_not():
    assert KeyFolding(CREATE).fold("BOB.Jones") == KeyFolding(DELETE).fold("bob.JONES")
    folding = KeyFolding(QUEUES)
    assert folding.fold("Basic / Support / VOICE") == "Basic / Support / VOICE"
    assert folding.parts(("Basic", "Support", "VOICE")) == ("Basic", "Support", "VOICE")


def test_of_a_key_of_several_columns_the_login_alone_is_folded():
    step = Step(
        operation="UpdateUserHierarchy",
        args={"UserId": Find("user", Col("username")), "HierarchyGroupId": Col("group")},
        subject=Find("user", Col("username")),
    )
    columns = tuple(Column(name=name, help="") for name in ("username", "group"))
    job = Job(name="j", summary="", key=("username", "group"), columns=columns, steps=(step,))
    folding = KeyFolding(job)
    assert folding.fold("ANA / Sales") == "ana / Sales"
    assert folding.fold("ANA / Sales / EMEA") == "ANA / Sales / EMEA", "whose slash is whose?"
    assert folding.parts(("ANA", "Sales")) == ("ana", "Sales")


@pytest.mark.parametrize(
    ("second", "code", "ends"),
    [
        ({}, "duplicate-row", "with the same values"),
        ({"routing_profile": "Sales"}, "contradicting-row", "with other values"),
    ],
)
def test_one_login_in_two_cases_is_one_row_too_many(second, code, ends):
    rows = [user_row(username="bob.jones"), user_row(username="BOB.jones", **second)]
    (found,) = check(order_of(CREATE, sheet_of(*rows))).problems
    assert (found.code, str(found.address)) == (code, "Users!A3")
    assert found.message == f"BOB.jones stands, in another case, in row 2 already, {ends}"


def test_names_that_are_told_apart_by_case_are_two_rows():
    place = {"queue": "q", "channel": "VOICE"}
    assert (
        checked(QUEUES, {"routing_profile": "a", **place}, {"routing_profile": "A", **place}) == []
    )
