"""Things of any service that rows address: decided by what was read, and taken back by it."""

from __future__ import annotations

import pytest

from bulkops.definition.catalogue import load
from bulkops.definition.kinds.found_things import APART
from bulkops.definition.thing_kinds import KINDS
from bulkops.planning.calls.inverse import Done
from bulkops.planning.diff.comparison import as_sent
from bulkops.planning.inventory import Inventory, Thing
from bulkops.planning.name_resolution import Names
from bulkops.planning.plan import Action
from bulkops.planning.sheet_check import check
from bulkops.planning.undo.undo_history import RowHistory, survey, unseen
from bulkops.planning.undo.undo_plan import undo_plan
from bulkops.problems import Address
from tests.planning.paper import order_of, planned, sheet_of, target

DOCUMENT = '{"Version":"2012-10-17"}'


def there(reference, name, **state):
    inventory = Inventory()
    inventory.add(reference, [Thing(id=name, name=name, state=state, described=True)])
    return inventory


def planned_one(reference, row, inventory=None, on_exists="fail"):
    job = load(reference).job
    order = order_of(job, sheet_of(row), on_exists=on_exists)
    (entry,), _, planner = planned(order, inventory or Inventory())
    return entry, planner


def test_what_is_there_and_was_seen_to_be_so_is_left():
    ann = there("iam:CreateUser", "ann", Path="/a/")
    row, _ = planned_one("iam:CreateUser", {"user_name": "ann", "path": "/a/"}, ann)
    assert (row.action, row.calls) == (Action.NONE, ())
    row, _ = planned_one("iam:CreateUser", {"user_name": "ann", "path": "/b/"}, ann)
    assert row.action is Action.CONFLICT
    assert "path: /a/ → /b/" in row.problem.message


def test_what_the_read_does_not_tell_is_never_called_unchanged():
    ann = there("iam:CreateUser", "ann", Path="/a/")
    boundary = {
        "user_name": "ann",
        "permissions_boundary": "arn:aws:iam::aws:policy/ReadOnlyAccess",
    }
    row, _ = planned_one("iam:CreateUser", boundary, ann)
    assert row.action is Action.CONFLICT
    assert "(not known)" in row.problem.message
    row, _ = planned_one("iam:CreateUser", boundary, ann, on_exists="skip")
    assert row.action is Action.SKIP


def test_what_is_there_is_brought_to_the_row_by_the_update_of_its_noun():
    name = f"pool_1{APART}staff"
    staff = Inventory()
    for reference in ("cognito-idp:CreateGroup", "cognito-idp:UpdateGroup"):
        staff.add(reference, [Thing(id=name, name=name, state={"Description": "old"})])
    given = {"group_name": "staff", "user_pool_id": "pool_1", "description": "new"}
    job = load("cognito-idp:CreateGroup").job
    assert job.steps[0].otherwise[0].operation == "UpdateGroup"
    parts = [part.name for part in job.steps[0].subject.parts]
    name = APART.join(given[part] for part in parts)
    for reference in ("cognito-idp:CreateGroup", "cognito-idp:UpdateGroup"):
        staff.add(reference, [Thing(id=name, name=name, state={"Description": "old"})])
    row, _ = planned_one("cognito-idp:CreateGroup", given, staff, on_exists="update")
    assert [call.operation for call in row.calls] == ["UpdateGroup"]
    assert [str(each) for each in row.changes] == ["description: old → new"]


def test_what_is_put_is_made_where_it_is_not_there_and_changed_where_it_is():
    given = {"user_name": "ann", "policy_name": "read", "policy_document": DOCUMENT}
    row, _ = planned_one("iam:PutUserPolicy", given)
    assert (row.action, row.calls[0].undo) == (Action.CREATE, None)
    name = f"ann{APART}read"
    same = there("iam:PutUserPolicy", name, PolicyDocument='{ "Version": "2012-10-17" }')
    row, _ = planned_one("iam:PutUserPolicy", given, same)
    assert row.action is Action.NONE
    other = there("iam:PutUserPolicy", name, PolicyDocument='{"Version":"2008-10-17"}')
    row, _ = planned_one("iam:PutUserPolicy", given, other)
    assert row.action is Action.UPDATE
    assert row.calls[0].undo["PolicyDocument"] == '{"Version":"2008-10-17"}'


def test_what_was_there_is_not_taken_away_with_what_was_put_to_it():
    given = {"name": "limit", "type": "String", "value": "x", "allowed_pattern": "a"}
    known = there("ssm:PutParameter", "limit", Type="String")
    row, _ = planned_one("ssm:PutParameter", given, known)
    assert row.action is Action.UPDATE
    assert row.calls[0].undo is not None  # it is no DeleteParameter
    assert "Value" not in row.calls[0].undo


def test_an_update_of_what_is_not_there_is_a_problem():
    _, planner = planned_one("iam:UpdateRole", {"role_name": "desk", "description": "d"})
    (problem,) = planner.problems
    assert problem.message == '"desk" is no role that GetRole finds'


@pytest.mark.parametrize(
    ("reference", "present"), [("iam:AttachUserPolicy", Action.NONE), ("iam:DetachUserPolicy", "")]
)
def test_a_place_is_taken_once_and_left_once(reference, present):
    arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    given = {"user_name": "ann", "policy_arn": arn}
    row, planner = planned_one(reference, given, there(reference, f"ann{APART}{arn}"))
    absent, other = planned_one(reference, given)
    if present is Action.NONE:
        assert (row.action, absent.action) == (Action.NONE, Action.ASSOCIATE)
    else:
        assert (row.action, absent.action) == (Action.DISASSOCIATE, Action.NONE)
        assert [each.code for each in other.problems] == ["not-there"]
    assert planner.problems == []


def test_a_place_with_another_value_is_given_the_rows():
    reference = "lambda:CreateAlias"
    job = load(reference).job
    assert job.steps[0].otherwise[0].operation == "UpdateAlias"


def test_of_a_map_that_is_amended_only_what_is_given_counts():
    held = {"DelaySeconds": "0", "QueueArn": "arn", "VisibilityTimeout": "30"}
    queue = there("sqs:SetQueueAttributes", "https://q", Attributes=held)
    given = {"queue_url": "https://q", "attributes": "DelaySeconds=7"}
    row, _ = planned_one("sqs:SetQueueAttributes", given, queue)
    assert [str(each) for each in row.changes] == ["attributes: DelaySeconds=0 → DelaySeconds=7"]
    assert row.calls[0].undo["Attributes"] == {"DelaySeconds": "0"}
    same = {**given, "attributes": "DelaySeconds=0"}
    assert planned_one("sqs:SetQueueAttributes", same, queue)[0].action is Action.NONE


def test_what_is_deleted_is_kept_as_far_as_it_is_told():
    rule = there("events:DeleteRule", f"hourly{APART}", ScheduleExpression="rate(1 hour)")
    row, _ = planned_one("events:DeleteRule", {"name": "hourly"}, rule)
    assert row.action is Action.DELETE
    kept = row.calls[0].undo["0.undo"][0]
    assert kept == {"Name": "hourly", "ScheduleExpression": "rate(1 hour)"}


def test_a_row_without_its_address_names_nothing():
    _, planner = planned_one("iam:CreateUser", {"user_name": "", "path": "/a/"})
    assert [each.code for each in planner.problems] == ["missing-value"]


def back(reference, cells, done, inventory):
    history = RowHistory(
        number=2, key="k", target="", cells=(), address=Address(file="f", row=2, column=1),
        names=cells, done=(done,),
    )  # fmt: skip
    job = load(reference).job
    found = survey(job, [history])
    assert list(unseen(job, [history], {"": inventory})) == []
    assert reference in found.wants[""].kinds
    (entry,) = undo_plan(job, [history], {"": target()}, {"": inventory}).entries()
    return entry


def test_what_was_put_anew_is_deleted_unless_somebody_changed_it():
    params = {"UserName": "ann", "PolicyName": "read", "PolicyDocument": DOCUMENT}
    done = Done(step="0", params=params, saved={})
    cells = {"user_name": "ann", "policy_name": "read"}
    name = f"ann{APART}read"
    now = there("iam:PutUserPolicy", name, PolicyDocument=DOCUMENT)
    (call,) = back("iam:PutUserPolicy", cells, done, now).calls
    assert call.operation == "DeleteUserPolicy"
    assert call.params == {"UserName": "ann", "PolicyName": "read"}
    other = there("iam:PutUserPolicy", name, PolicyDocument='{"Version":"2008-10-17"}')
    assert back("iam:PutUserPolicy", cells, done, other).action is Action.CONFLICT
    assert back("iam:PutUserPolicy", cells, done, Inventory()).action is Action.NONE


def test_what_was_deleted_is_put_again_unless_it_is_there():
    kept = {"Name": "hourly", "ScheduleExpression": "rate(1 hour)"}
    undo = {"0": [{"Name": "hourly"}], "0.undo": [kept]}
    done = Done(step="0", params={"Name": "hourly"}, saved={}, undo=undo)
    (call,) = back("events:DeleteRule", {"name": "hourly"}, done, Inventory()).calls
    assert (call.operation, call.params) == ("PutRule", kept)


def test_a_map_is_put_back_by_what_was_given_of_it():
    done = Done(
        step="0",
        params={"QueueUrl": "https://q", "Attributes": {"DelaySeconds": "7"}},
        saved={},
        undo={"QueueUrl": "https://q", "Attributes": {"DelaySeconds": "0"}},
    )
    held = {"DelaySeconds": "7", "QueueArn": "arn"}
    now = there("sqs:SetQueueAttributes", "https://q", Attributes=held)
    (call,) = back("sqs:SetQueueAttributes", {"queue_url": "https://q"}, done, now).calls
    assert call.params["Attributes"] == {"DelaySeconds": "0"}


def test_an_address_is_said_by_its_parts():
    held = there("iam:UpdateRole", "other")
    _, planner = planned_one("iam:UpdateRole", {"role_name": "others", "description": "d"}, held)
    assert 'Did you mean "other"?' in str(planner.problems[0])
    alias = {"function_name": "desk", "name": "live", "description": "d"}
    _, planner = planned_one("lambda:UpdateAlias", alias)
    (problem,) = planner.problems
    assert problem.message == '"desk / live" is no alias that GetAlias finds'
    assert str(problem.hint) == ""
    rule = there("iam:CreateGroup", "staff", Path="/a/")
    row, _ = planned_one("iam:CreateGroup", {"group_name": "staff", "path": "/"}, rule)
    assert row.problem.message.startswith('the group "staff" is there and differs')


def test_what_rows_address_is_wanted_by_its_address():
    given = {"user_name": "ann", "policy_name": "read", "policy_document": DOCUMENT}
    order = order_of(load("iam:PutUserPolicy").job, sheet_of(given))
    wants = check(order, {"": None}).wants[""]
    assert wants.kinds["iam:PutUserPolicy"].names == {f"ann{APART}read"}


def test_a_name_that_no_list_shows_is_said():
    kind = "iam:ListPolicies:Policies.PolicyName:Arn"
    assert Names(Inventory()).one(kind, "x").message == '"x" is no policy that ListPolicies lists'


def test_a_lost_call_is_seen_by_what_it_set_and_not_by_its_address():
    (step,) = load("iam:PutUserPolicy").job.steps
    params = {"UserName": "ann", "PolicyName": "read", "PolicyDocument": DOCUMENT}
    thing = Thing(id="x", name="x", state={"PolicyDocument": DOCUMENT}, described=True)
    assert as_sent(step, params, thing, KINDS["iam:PutUserPolicy"])
    assert not as_sent(step, {**params, "PolicyDocument": "{}"}, thing, KINDS["iam:PutUserPolicy"])


def test_what_can_not_be_made_again_is_said():
    done = Done(step="0", params={"FunctionName": "desk"}, saved={})
    row = back("lambda:DeleteFunction", {"function_name": "desk"}, done, Inventory())
    assert "CreateFunction needs Code" in row.problem.message
