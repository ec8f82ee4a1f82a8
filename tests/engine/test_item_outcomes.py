from __future__ import annotations

from dataclasses import replace

import pytest

from bulkops.definition.item_answers import ITEM_ANSWERS, item_answers, numbered_at
from bulkops.definition.model.operations import operation, operations
from bulkops.engine.calls.item_outcomes import NO_WORD, ItemEnd, outcomes_of

CAMPAIGN = item_answers("connectcampaignsv2", "PutOutboundRequestBatch")
OPTIONS = item_answers("connectcases", "BatchPutFieldOptions")
ITEMS = [{"clientToken": each} for each in "abc"]


def told(done="", failed=()):
    return {
        "successfulRequests": [{"clientToken": each} for each in done],
        "failedRequests": [{"clientToken": each, "failureCode": code} for each, code in failed],
    }


def ends(data, answers=CAMPAIGN, items=ITEMS):
    return [each.end for each in outcomes_of(answers, items, data)]


DONE, REFUSED, DOUBT = ItemEnd.DONE, ItemEnd.REFUSED, ItemEnd.DOUBTFUL


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (told("abc"), [DONE, DONE, DONE]),
        (told("cba"), [DONE, DONE, DONE]),
        (told("ac", [("b", "InvalidInput")]), [DONE, REFUSED, DONE]),
        (told("c", [("a", "RequestThrottled"), ("b", "UnknownError")]),
         [ItemEnd.SLOWED, DOUBT, DONE]),
        (told("ab"), [DONE, DONE, DOUBT]),
        (told("aabc"), [DOUBT, DONE, DONE]),
        (told("abc", [("a", "InvalidInput")]), [DOUBT, DONE, DONE]),
        (told("abcx"), [DOUBT, DOUBT, DOUBT]),
        (told("abc", [("x", "InvalidInput")]), [DOUBT, DOUBT, DOUBT]),
        ({}, [DOUBT, DOUBT, DOUBT]),
        ({"successfulRequests": None, "failedRequests": None}, [DOUBT, DOUBT, DOUBT]),
    ],
)  # fmt: skip
def test_each_item_has_the_outcome_that_is_said_of_it_and_else_a_doubt(data, expected):
    assert ends(data) == expected


def test_where_only_failures_are_told_the_others_are_done():
    items = [{"value": each} for each in "abc"]
    errors = [{"value": "b", "errorCode": "LimitExceeded", "message": "Too many."}]
    found = outcomes_of(OPTIONS, items, {"errors": errors})
    assert [each.end for each in found] == [DONE, REFUSED, DONE]
    assert (found[1].code, found[1].message) == ("LimitExceeded", "Too many.")
    assert ends({"errors": errors * 2}, OPTIONS, items) == [DONE, DOUBT, DONE]
    assert ends({"errors": [{"value": "z"}]}, OPTIONS, items) == [DOUBT] * 3
    assert ends({}, OPTIONS, items) == [DONE] * 3


def test_items_that_can_t_be_told_apart_are_doubts():
    assert ends({}, OPTIONS, [{"value": "a"}, {"value": "a"}]) == [DOUBT, DOUBT]
    assert ends(told("a"), CAMPAIGN, [{"clientToken": "a"}] * 2) == [DOUBT, DOUBT]


def test_a_failure_that_passes_is_told_from_a_refusal():
    answers = item_answers("sqs", "SendMessageBatch")
    data = {"Failed": [{"Id": "a", "Code": "InternalError", "SenderFault": False}, {"Id": "b"}]}
    found = outcomes_of(answers, [{"Id": "a"}, {"Id": "b"}], data)
    assert [each.end for each in found] == [ItemEnd.PASSING, REFUSED]
    assert found[1].code == "Failed"


def test_a_doubt_says_that_the_answer_leaves_it_open():
    assert {each.code for each in outcomes_of(CAMPAIGN, ITEMS, {})} == {NO_WORD}


@pytest.mark.parametrize(("service", "name"), ITEM_ANSWERS)
def test_the_facts_are_those_of_the_model_where_it_knows_the_operation(service, name):
    if name not in operations(service):
        pytest.skip("the installed model does not know it yet")
    facts, answers = operation(service, name), item_answers(service, name)
    item = f"{answers.items}[]"
    inside = filter(None, (*answers.sent_by.split(","), *answers.tells_apart))
    for path in (answers.items, *(f"{item}.{each}" for each in inside)):
        assert path in facts.members, path
    for member in filter(None, (answers.succeeded, answers.failed)):
        for each in answers.answered_by.split(","):
            assert f"{member}[].{each}" in facts.output
    for said in filter(None, (answers.code, answers.message)):
        assert f"{answers.failed}[].{said}" in facts.output
    assert facts.member(answers.items).limits.maximum
    if answers.numbered:
        assert numbered_at(service, name) == f"{item}.{answers.sent_by}"


def test_an_answer_of_another_shape_is_read_by_its_own_facts():
    """As of a model that is not installed: the item's number stands deeper, by other names."""
    made_up = replace(
        CAMPAIGN, sent_by="Key.Id", answered_by="Of.Id", succeeded="Fine", failed="Bad",
        code="Why.Code", message="Why.Text",
    )  # fmt: skip
    items = [{"Key": {"Id": n}} for n in (1, 2)]
    data = {"Fine": [{"Of": {"Id": 2}}], "Bad": [{"Of": {"Id": 1}, "Why": {"Text": "No."}}]}
    found = outcomes_of(made_up, items, data)
    assert [(each.end, each.message) for each in found] == [(REFUSED, "No."), (DONE, "")]


def test_a_cell_of_a_data_table_is_known_by_its_row_and_its_column():
    answers = item_answers("connect", "BatchUpdateDataTableValue")
    row = [{"AttributeName": "Site", "Value": "Dublin"}]
    items = [{"PrimaryValues": row, "AttributeName": each, "Value": "1"} for each in ("A", "B")]
    data = {
        "Successful": [{"PrimaryValues": row, "AttributeName": "B", "RecordId": "r"}],
        "Failed": [{"PrimaryValues": row, "AttributeName": "A", "Message": "Stale lock."}],
    }
    found = outcomes_of(answers, items, data)
    assert [(each.end, each.message) for each in found] == [(REFUSED, "Stale lock."), (DONE, "")]


def test_an_item_may_be_a_text_alone():
    answers = item_answers("connect", "AssociateWorkspace")
    data = {
        "SuccessfulList": [{"ResourceArn": "arn:a"}],
        "FailedList": [{"ResourceArn": "arn:b", "ErrorCode": "404", "ErrorMessage": "Gone."}],
    }
    assert ends(data, answers, ["arn:a", "arn:b"]) == [DONE, REFUSED]


def test_an_operation_that_answers_as_a_whole_has_no_such_facts():
    assert item_answers("connect", "CreateUser") is None
    assert numbered_at("connect", "CreateUser") == ""
    assert numbered_at("connectcases", "BatchPutFieldOptions") == ""
