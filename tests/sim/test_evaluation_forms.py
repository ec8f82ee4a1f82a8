from __future__ import annotations

import pytest

KIND = "evaluation-form"


def question(ref="q", kind="TEXT", **properties):
    more = {"QuestionTypeProperties": properties} if properties else {}
    return {"Question": {"Title": "Remarks", "RefId": ref, "QuestionType": kind, **more}}


def form(*items, ref="s"):
    return [{"Section": {"Title": "All", "RefId": ref, "Items": list(items or [question()])}}]


def described(centre, form_id, **asked):
    return centre.ask("DescribeEvaluationForm", EvaluationFormId=form_id, **asked)["EvaluationForm"]


def made(centre, title="Mails", **more):
    asked = {"Title": title, "Items": form(), **more}
    return centre.ask("CreateEvaluationForm", **asked)["EvaluationFormId"]


def listed(centre, title):
    found = centre.ask("ListEvaluationForms")["EvaluationFormSummaryList"]
    (mine,) = [each for each in found if each["Title"] == title]
    return mine


def test_a_new_form_is_a_draft_that_its_token_makes_once(centre):
    first = made(centre, ClientToken="t", Description="All of them")
    assert made(centre, ClientToken="t", Description="All of them") == first
    told = described(centre, first)
    assert (told["Status"], told["EvaluationFormVersion"]) == ("DRAFT", 1)
    assert (told["Items"], told["Description"]) == (form(), "All of them")
    assert listed(centre, "Mails")["LatestVersion"] == 1
    assert "ActiveVersion" not in listed(centre, "Mails")


def test_a_new_version_stands_beside_the_active_one_until_it_is_activated(centre):
    calls = centre.id(KIND, "Call quality")
    asked = {"EvaluationFormId": calls, "EvaluationFormVersion": 1, "Title": "Call quality"}
    new = form(question("other"))
    assert centre.code("UpdateEvaluationForm", **asked, Items=new) == "ResourceConflictException"
    reply = centre.ask("UpdateEvaluationForm", **asked, Items=new, CreateNewVersion=True)
    assert reply["EvaluationFormVersion"] == 2
    assert listed(centre, "Call quality")["ActiveVersion"] == 1
    assert described(centre, calls)["Status"] == "DRAFT"
    assert described(centre, calls, EvaluationFormVersion=1)["Status"] == "ACTIVE"
    second = {"EvaluationFormId": calls, "EvaluationFormVersion": 2}
    centre.ask("ActivateEvaluationForm", **second)
    assert listed(centre, "Call quality")["ActiveVersion"] == 2
    assert centre.code("ActivateEvaluationForm", **second) == "ResourceConflictException"
    assert centre.code("DeleteEvaluationForm", **second) == "ResourceConflictException"
    centre.ask("DeactivateEvaluationForm", **second)
    assert centre.code("DeactivateEvaluationForm", **second) == "ResourceConflictException"
    versions = centre.ask("ListEvaluationFormVersions", EvaluationFormId=calls)
    shown = versions["EvaluationFormVersionSummaryList"]
    assert [each["EvaluationFormVersion"] for each in shown] == [2, 1]


def test_versions_are_deleted_one_by_one_and_the_last_takes_the_form_with_it(centre):
    mails = made(centre)
    asked = {
        "EvaluationFormId": mails,
        "EvaluationFormVersion": 1,
        "Title": "Mail",
        "Items": form(),
    }
    centre.ask("UpdateEvaluationForm", **asked, CreateNewVersion=True)
    assert listed(centre, "Mail")["LatestVersion"] == 2
    centre.ask("DeleteEvaluationForm", EvaluationFormId=mails, EvaluationFormVersion=2)
    assert listed(centre, "Mails")["LatestVersion"] == 1
    centre.ask("UpdateEvaluationForm", **{**asked, "Title": "Post"})
    assert described(centre, mails)["Title"] == "Post"
    gone = {"EvaluationFormId": mails, "EvaluationFormVersion": 1}
    centre.ask("DeleteEvaluationForm", **gone)
    assert centre.code("DeleteEvaluationForm", **gone) == "ResourceNotFoundException"


def test_a_version_that_is_not_there_is_refused(centre):
    asked = {"EvaluationFormId": made(centre), "EvaluationFormVersion": 9}
    for operation in ("ActivateEvaluationForm", "DescribeEvaluationForm", "DeleteEvaluationForm"):
        assert centre.code(operation, **asked) == "ResourceNotFoundException"


OPTIONS = [{"RefId": "yes", "Text": "Yes"}]


@pytest.mark.parametrize(
    "items",
    [
        [question()],
        [*form(), *form(question("other"))],
        form(question("s")),
        form(question(kind="SINGLESELECT")),
        form(question(SingleSelect={"Options": OPTIONS})),
        form(question(kind="NUMERIC", Numeric={"MinValue": 5, "MaxValue": 1})),
        [form(question(f"q{n}-{m}"), ref=f"s{n}-{m}")[0] for n in range(2) for m in range(51)],
    ],
)
def test_items_that_are_no_form_are_refused(centre, items):
    asked = {"Title": "Wrong", "Items": items}
    assert centre.code("CreateEvaluationForm", **asked) == "InvalidParameterException"


def test_a_form_with_questions_of_every_kind_is_taken(centre):
    numbers = question("n", "NUMERIC", Numeric={"MinValue": 0, "MaxValue": 10})
    choice = question("c", "SINGLESELECT", SingleSelect={"Options": OPTIONS})
    inner = {"Section": {"Title": "More", "RefId": "inner", "Items": [choice]}}
    assert made(centre, "Whole", Items=form(numbers, question(), inner))
