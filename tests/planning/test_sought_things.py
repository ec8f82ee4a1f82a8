"""Rows about things that nothing lists, each found by a key and its value: customer profiles."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bulkops.definition.catalogue import load
from bulkops.errors import JobError
from bulkops.planning.export_scope import wants_of
from bulkops.planning.inventory import Thing
from bulkops.planning.job_plan import job_plan
from bulkops.planning.plan import Action, PlannedRow
from bulkops.planning.sheet_check import check
from tests.planning.paper import inventory_of, order_of, said, sheet_of, target

CREATE, UPDATE = load("create-profiles").job, load("update-profiles").job
HOME = {"profiles-domain": "d-1"}
ID = "a" * 32


def profile(name, profile_id=ID, **state):
    whole = {"ProfileId": profile_id, **state}
    return Thing(id=profile_id, name=name, state=whole, described=True)


def decided(job, *there, on_exists="fail", **row):
    order = order_of(job, sheet_of(row), on_exists=on_exists)
    where = replace(target(), homes=HOME)
    planner = job_plan(order, {"": where}, {"": inventory_of(customer_profile=there)})
    (found,) = [each for each in planner.entries() if isinstance(each, PlannedRow)]
    return found


@pytest.mark.parametrize(
    ("name", "given", "sent"),
    [
        ("A-1", {}, {"AccountNumber": "A-1"}),
        ("a@b.c", {}, {"EmailAddress": "a@b.c"}),
        ("+3531", {"account_number": "A-1"}, {"AccountNumber": "A-1", "PhoneNumber": "+3531"}),
        ("a@b.c", {"personal_email_address": "a@b.c"}, {"PersonalEmailAddress": "a@b.c"}),
    ],
)
def test_something_new_bears_what_it_is_called_by(name, given, sent):
    row = decided(CREATE, profile=name, first_name="Ann", **given)
    (call,) = row.calls
    assert call.params == {"DomainName": "d-1", "FirstName": "Ann", **sent}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"profile": "login=ann"}, "not-for-new"),
        ({"profile": "A-1", "account_number": "A-2"}, "not-its-name"),
        ({"profile": "a@b.c", "email_address": "d@e.f"}, "not-its-name"),
    ],
)
def test_what_would_not_be_found_again_is_a_problem_of_its_cell(row, code):
    found = decided(CREATE, first_name="Ann", **row)
    assert said([found.problem]) == [(code, "Users!B2")]
    assert not found.calls


def test_what_is_there_by_the_same_key_is_not_made_again():
    there = profile("_email=a@b.c", FirstName="Ann", Attributes={"tier": "gold", "x": "1"})
    row = {"profile": "a@b.c", "first_name": "Ann", "attributes": "tier=gold"}
    assert decided(CREATE, there, **row).action is Action.NONE
    other = decided(CREATE, there, **{**row, "first_name": "Anna"})
    assert (other.action, other.calls) == (Action.CONFLICT, ())
    changed = decided(CREATE, there, on_exists="update", **{**row, "first_name": "Anna"})
    assert [call.params["ProfileId"] for call in changed.calls] == [ID]


def test_a_name_that_several_have_means_none_of_them():
    there = (profile("_email=a@b.c"), profile("_email=a@b.c", "b" * 32))
    row = decided(UPDATE, *there, profile="a@b.c", first_name="Ann")
    assert said([row.problem]) == [("ambiguous-name", "Users!A2")]
    assert ID in row.problem.message
    assert row.problem.hint == "Write the id of the one that is meant."
    assert decided(UPDATE, *there, profile=f"_profileId={ID}", first_name="A").problem is not None


def test_an_update_sends_what_is_given_and_keeps_what_was_there():
    there = profile(
        "_account=A-1",
        FirstName="Ann",
        PhoneNumber="+3531",
        Address={"City": "Dublin", "Country": "IE"},
        Attributes={"tier": "gold", "x": "1"},
        MailingAddress={"City": "Naas"},
    )
    row = decided(
        UPDATE,
        there,
        profile="A-1",
        last_name="Byrne",
        phone_number="(clear)",
        city="(clear)",
        county="Leix",
        attributes="tier=silver;vip=yes",
        mailing_address='{"City": "Cork", "State": "M"}',
    )
    (call,) = row.calls
    named = {"DomainName": "d-1", "ProfileId": ID}
    assert call.params == named | {
        "LastName": "Byrne",
        "PhoneNumber": "",
        "Address": {"City": "", "County": "Leix"},
        "Attributes": {"tier": "silver", "vip": "yes"},
        "MailingAddress": {"City": "Cork", "State": "M"},
    }
    assert call.undo == named | {
        "LastName": "",
        "PhoneNumber": "+3531",
        "Address": {"City": "Dublin", "County": ""},
        "Attributes": {"tier": "gold", "vip": ""},
        "MailingAddress": {"City": "Naas", "State": ""},
    }


def test_a_map_is_not_emptied_where_what_is_left_out_of_it_stays():
    order = order_of(UPDATE, sheet_of({"profile": "A-1", "attributes": "(clear)"}))
    (found,) = check(order, {}).problems
    assert found.message == "attributes can't be cleared: UpdateProfile has no way to empty it"


def test_what_nothing_lists_is_not_exported():
    with pytest.raises(JobError, match="lists no customer profiles"):
        wants_of(UPDATE)


ADD, REMOVE = load("add-profile-keys").job, load("delete-profile-keys").job
LOGIN = {"profile": "A-1", "key": "login", "value": "ann"}


def key_of_profile(job, *names):
    """Return what is decided of a key, where a profile is found by some names."""
    order = order_of(job, sheet_of(LOGIN))
    inventory = inventory_of(customer_profile=[profile(each) for each in names])
    known = [dict(zip(("KeyName", "Values"), each.split("="), strict=True)) for each in names]
    inventory.add_list("profile-key", ID, known)
    planner = job_plan(order, {"": replace(target(), homes=HOME)}, {"": inventory})
    entries = list(planner.entries())
    assert len(entries) in (1, 2)
    return entries


def test_a_key_is_asked_for_as_a_name_beside_the_profiles_own():
    (wants,) = check(order_of(ADD, sheet_of(LOGIN)), {}).wants.values()
    assert wants.kinds["customer-profile"].names == {"A-1", "login=ann"}
    assert wants.relations == {"profile-key": {"A-1"}}


def test_a_key_that_a_profile_has_is_not_added_and_one_that_it_lacks_is():
    sent = {"DomainName": "d-1", "ProfileId": ID, "KeyName": "login", "Values": ["ann"]}
    row, call = key_of_profile(ADD, "_account=A-1")
    assert (row.action, call.params) == (Action.ASSOCIATE, sent)
    (row,) = key_of_profile(ADD, "_account=A-1", "login=ann")
    assert row.action is Action.NONE
    (row,) = key_of_profile(REMOVE, "_account=A-1")
    assert row.action is Action.NONE
    row, call = key_of_profile(REMOVE, "_account=A-1", "login=ann")
    assert (row.action, call.params) == (Action.DISASSOCIATE, sent)


PUT, DROP = load("put-profile-objects").job, load("delete-profile-objects").job
TEXT = '{"account":"A-1","orderId":"O-1","total":5}'


ORDERS = {
    "Keys": {
        "order": [{"StandardIdentifiers": ["UNIQUE"], "FieldNames": ["orderId"]}],
        "_account": [{"StandardIdentifiers": ["PROFILE"], "FieldNames": ["account"]}],
        "login": [{"StandardIdentifiers": ["PROFILE"], "FieldNames": ["login"]}],
    },
}


def decided_of_object(job, *objects, **row):
    """Return what is decided of an object, where a profile has some objects."""
    named = {"profile": "A-1", "object_type": "Order", "object_id": "O-1", **row}
    there = [
        Thing(
            id=f"key-{number}",
            name=f"_account=A-1 / Order / {number}",
            state={"ObjectTypeName": "Order", "Object": text},
            described=True,
            within=ID,
        )
        for number, text in objects
    ]
    inventory = inventory_of(
        customer_profile=[profile("_account=A-1", AccountNumber="A-1")],
        profile_object_type=[Thing(id="Order", name="Order", state=ORDERS)],
        profile_object=there,
    )
    where = replace(target(), homes=HOME)
    planner = job_plan(order_of(job, sheet_of(named)), {"": where}, {"": inventory})
    return next(each for each in planner.entries() if isinstance(each, PlannedRow))


def test_an_object_is_put_where_it_is_not_there_and_takes_the_place_of_another():
    new = decided_of_object(PUT, object='{"orderId": "O-1", "total": 5, "account": "A-1"}')
    (call,) = new.calls
    assert (new.action, call.undo) == (Action.CREATE, None)
    assert call.params == {"DomainName": "d-1", "ObjectTypeName": "Order", "Object": TEXT}
    same = decided_of_object(PUT, ("O-1", TEXT), object=TEXT)
    assert (same.action, same.calls) == (Action.NONE, ())
    changed = decided_of_object(PUT, ("O-1", "{}"), object=TEXT)
    (call,) = changed.calls
    assert changed.action is Action.UPDATE
    assert call.undo == {"DomainName": "d-1", "ObjectTypeName": "Order", "Object": "{}"}


def test_an_object_that_goes_is_kept_so_that_it_can_be_put_again():
    row = decided_of_object(DROP, ("O-1", TEXT))
    (call,) = row.calls
    assert call.params == {
        "DomainName": "d-1",
        "ProfileId": ID,
        "ObjectTypeName": "Order",
        "ProfileObjectUniqueKey": "key-O-1",
    }
    assert call.undo == {"DomainName": "d-1", "ObjectTypeName": "Order", "Object": TEXT}
    assert decided_of_object(DROP).action is Action.NONE


def test_a_type_that_is_not_there_is_a_problem_of_its_cell():
    row = decided_of_object(DROP, object_type="Lead")
    assert said([row.problem]) == [("unknown-name", "Users!B2")]


@pytest.mark.parametrize(
    ("cell", "code"), [("{", "not-json"), ('"text"', "wrong-json"), ("[1]", "wrong-json")]
)
def test_an_object_is_json_and_nothing_else(cell, code):
    row = {"profile": "A-1", "object_type": "Order", "object_id": "O-1", "object": cell}
    found = check(order_of(PUT, sheet_of(row)), {}).problems
    assert [each.code for each in found] == [code]


def test_a_row_that_gave_another_name_is_found_by_it_and_has_nothing_to_do():
    row = {"profile": "a@b.c", "email_address": "d@e.f", "phone_number": "+3531"}
    there = profile("_email=d@e.f", EmailAddress="d@e.f", PhoneNumber="+3531")
    assert decided(UPDATE, there, **row).action is Action.NONE
    changed = decided(UPDATE, there, **{**row, "phone_number": "+3532"})
    (call,) = changed.calls
    assert (call.params["ProfileId"], call.params["PhoneNumber"]) == (ID, "+3532")
    lost = decided(UPDATE, **row)
    assert said([lost.problem]) == [("unknown-name", "Users!A2")]
    assert "some seconds later" in lost.problem.hint


def test_what_a_row_names_something_anew_is_looked_for_under_the_same_key_alone():
    row = {"profile": "a@b.c", "email_address": "d@e.f", "account_number": "A-9"}
    (wants,) = check(order_of(UPDATE, sheet_of(row)), {}).wants.values()
    assert wants.kinds["customer-profile"].names == {"a@b.c", "_email=d@e.f"}
    (wants,) = check(
        order_of(UPDATE, sheet_of({**row, "email_address": "(clear)"})), {}
    ).wants.values()
    assert wants.kinds["customer-profile"].names == {"a@b.c"}


@pytest.mark.parametrize(
    ("text", "address", "says"),
    [
        (
            '{"orderId": "O-2"}',
            "Users!C2",
            "object says that it is O-2, and object_id calls it O-1",
        ),
        ('{"account": "A-1"}', "Users!D2", "object lacks a field of its type's unique key"),
    ],
)
def test_an_object_that_is_another_than_its_row_calls_it_is_not_put(text, address, says):
    row = decided_of_object(PUT, ("O-1", TEXT), object=text)
    assert said([row.problem]) == [("not-its-name", address)]
    assert says in row.problem.message
    assert not row.calls


@pytest.mark.parametrize(
    ("more", "warned"),
    [
        ('"account": "A-1"', False),
        ('"account": "A-2"', True),
        ('"account": "A-2", "login": "ann"', False),
        ('"total": 1', False),
    ],
)
def test_an_object_that_may_be_somebody_else_s_is_warned_of(more, warned):
    row = decided_of_object(PUT, object=f'{{"orderId": "O-1", {more}}}')
    assert row.action is Action.CREATE  # it is for the service to say
    said = "object says _account A-2, which is not what _account=A-1 has"
    assert (row.problem.message if row.problem else "") == (said if warned else "")
