from __future__ import annotations

from dataclasses import replace

import pytest

from bulkops.definition import Among, Col, Find
from bulkops.definition.catalogue import load
from bulkops.definition.job_checks.job_faults import faults_of
from bulkops.planning.inventory import Thing
from bulkops.planning.plan import Action
from tests.planning.paper import inventory_of, order_of, planned, said, sheet_of

GIVE = load("associate-user-proficiencies").job
SET = load("update-user-proficiencies").job
TAKE = load("disassociate-user-proficiencies").job


def skill(*values, **state):
    held = {"Values": {"StringList": [*values]}} if values else {}
    return Thing(id="Skill", name="Skill", state={"Name": "Skill", **held, **state})


def plan(job, *rows, there=(), attribute=None):
    inventory = inventory_of(
        user=("ana",), predefined_attribute=(attribute or skill("A", "B", "C"),)
    )
    held = [{"AttributeName": "Skill", "AttributeValue": v, "Level": n} for v, n in there]
    inventory.add_list("user-proficiency", "user/ana", held)
    sheet = sheet_of(*({"username": "ana", "attribute": "Skill", **row} for row in rows))
    return planned(order_of(job, sheet), inventory)


def test_rows_of_one_user_share_a_call():
    _, calls, planner = plan(GIVE, {"value": "A", "level": "3"}, {"value": "B", "level": "5"})
    assert planner.problems == []
    assert [(call.operation, call.rows) for call in calls] == [
        ("AssociateUserProficiencies", (2, 3))
    ]
    assert calls[0].params["UserProficiencies"] == [
        {"AttributeName": "Skill", "AttributeValue": "A", "Level": 3},
        {"AttributeName": "Skill", "AttributeValue": "B", "Level": 5},
    ]


def test_a_level_that_is_there_is_set_and_one_that_is_so_is_left():
    rows, calls, _ = plan(
        GIVE,
        {"value": "A", "level": "3"},
        {"value": "B", "level": "5"},
        there=(("A", 3.0), ("B", 1.0)),
    )
    assert [row.action for row in rows] == [Action.NONE, Action.UPDATE]
    assert [call.operation for call in calls] == ["UpdateUserProficiencies"]
    assert [str(change) for change in rows[1].changes] == ["level: 1.0 → 5"]


def test_a_value_must_be_one_of_its_attribute():
    _, _, planner = plan(GIVE, {"value": "Aa", "level": "3"})
    (problem,) = planner.problems
    assert (problem.code, str(problem.address)) == ("not-a-value", "Users!C2")
    assert problem.message == (
        '"Aa" is not a value of the predefined attribute "Skill"; allowed: A, B, C'
    )
    assert 'Did you mean "A"?' in problem.hint


@pytest.mark.parametrize(
    ("attribute", "allowed"),
    [
        (skill(Values={}), "it has none"),
        (skill(*map(str, range(20))), "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, … (20 in all)"),
    ],
)
def test_what_is_allowed_is_said_in_few_words(attribute, allowed):
    _, _, planner = plan(GIVE, {"value": "Z", "level": "3"}, attribute=attribute)
    assert planner.problems[0].allowed == allowed


def test_what_is_not_to_be_seen_refuses_no_value():
    hidden = Thing(id="Skill", name="Skill")
    assert plan(GIVE, {"value": "Z", "level": "3"}, attribute=hidden)[2].problems == []
    _, _, planner = plan(GIVE, {"attribute": "Skil", "value": "Z", "level": "3"})
    assert said(planner.problems) == [("unknown-name", "Users!B2")]


def test_no_user_gets_more_than_the_quota():
    many = skill(*(f"v{n}" for n in range(12)))
    there = [(f"v{n}", 1.0) for n in range(8)]
    rows = [{"value": f"v{n}", "level": "2"} for n in range(7, 12)]
    _, _, planner = plan(GIVE, *rows, there=there, attribute=many)
    assert said(planner.problems) == [("too-many", "Users!5"), ("too-many", "Users!6")]
    assert planner.problems[0].message == (
        'with this row "ana" would have 11, 8 of them now; allowed: at most 10 for each user'
    )


def test_only_what_is_there_is_set_or_taken():
    _, _, planner = plan(SET, {"value": "A", "level": "3"})
    assert said(planner.problems) == [("not-there", "Users!2")]
    rows, calls, _ = plan(TAKE, {"value": "A"}, {"value": "B"}, there=(("A", 4.0),))
    assert [row.action for row in rows] == [Action.DISASSOCIATE, Action.NONE]
    assert calls[0].undo["UserProficiencies"] == [
        {"AttributeName": "Skill", "AttributeValue": "A", "Level": 4.0}
    ]


def test_a_list_of_values_must_be_one_that_its_kind_has():
    wrong = {"value": Among(Find("predefined-attribute", Col("attribute")), "Values.Strings")}
    step = replace(GIVE.steps[0], among=wrong)
    assert "predefined attribute has no Values.Strings" in "\n".join(
        faults_of(replace(GIVE, steps=(step,)))
    )
    unknown = {"values": Among(Find("predefined-attribute", Col("attribute")), "Values.StringList")}
    step = replace(GIVE.steps[0], among=unknown)
    assert "there is no column values" in "\n".join(faults_of(replace(GIVE, steps=(step,))))
