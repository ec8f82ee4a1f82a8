"""Taking back what was done to customer profiles, their keys and their objects."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bulkops.definition.catalogue import load
from bulkops.definition.relations import RELATIONS
from bulkops.planning.calls.inverse import Done
from bulkops.planning.inventory import Thing
from bulkops.planning.plan import Action, PlannedRow
from bulkops.planning.undo.undo_history import survey
from bulkops.planning.undo.undo_plan import undo_plan
from tests.planning.paper import inventory_of, target
from tests.planning.test_undo_plan import did, histories

HOME = {"profiles-domain": "d-1"}
DOMAIN, ID = {"DomainName": "d-1"}, "a" * 32
PROFILE = {**DOMAIN, "ProfileId": ID}
KEY_ROW = {"profile": "A-1", "key": "login", "value": "ann"}
KEY = {**PROFILE, "KeyName": "login", "Values": ["ann"]}
OBJECT_ROW = {"profile": "A-1", "object_type": "Order", "object_id": "O-1", "object": "{}"}
PUT = {**DOMAIN, "ObjectTypeName": "Order", "Object": "{}"}
GONE = {**PROFILE, "ObjectTypeName": "Order", "ProfileObjectUniqueKey": "k-1"}


def profile(name="_account=A-1", **state):
    return Thing(id=ID, name=name, state={"ProfileId": ID, **state}, described=True)


def profile_object(text="{}"):
    state = {"ObjectTypeName": "Order", "ProfileObjectUniqueKey": "k-1", "Object": text}
    name = "_account=A-1 / Order / O-1"
    return Thing(id="k-1", name=name, state=state, described=True, within=ID)


def undone(job, row, done, inventory):
    """Return the row of an undo of a run of one row."""
    past, where = histories(job, [row], {2: did(done)}), replace(target(), homes=HOME)
    planner = undo_plan(job, past, {"": where}, {"": inventory})
    (found,) = [each for each in planner.entries() if isinstance(each, PlannedRow)]
    return found


@pytest.mark.parametrize(
    ("now", "action"),
    [
        ({"tier": "new", "vip": "yes", "x": "1"}, Action.UPDATE),
        ({"tier": "old", "x": "1"}, Action.NONE),
        ({"tier": "new", "vip": "no"}, Action.CONFLICT),
    ],
)
def test_the_entries_that_an_update_set_are_put_back_and_no_others(now, action):
    job, row = load("update-profiles").job, {"profile": "A-1", "attributes": "tier=new;vip=yes"}
    set_to = {**PROFILE, "Attributes": {"tier": "new", "vip": "yes"}}
    old = {**PROFILE, "Attributes": {"tier": "old", "vip": ""}}
    done = Done(step="0", params=set_to, saved={}, undo=old)
    found = undone(job, row, done, inventory_of(customer_profile=[profile(Attributes=now)]))
    assert found.action is action
    assert [call.params for call in found.calls] == ([old] if action is Action.UPDATE else [])


def test_members_of_an_address_that_an_update_did_not_set_are_none_of_its_concern():
    job, row = load("update-profiles").job, {"profile": "A-1", "city": "Cork"}
    done = Done(
        step="0",
        params={**PROFILE, "Address": {"City": "Cork"}},
        saved={},
        undo={**PROFILE, "Address": {"City": "Naas"}},
    )
    there = profile(Address={"City": "Cork", "Country": "changed by somebody else"})
    assert undone(job, row, done, inventory_of(customer_profile=[there])).action is Action.UPDATE


def test_a_key_is_asked_for_by_its_own_name_before_it_is_taken_back():
    job = load("add-profile-keys").job
    done = Done(step="0", params=KEY, saved={})
    wants = survey(job, histories(job, [KEY_ROW], {2: did(done)})).wants[""]
    assert wants.kinds["customer-profile"].names == {"A-1", "login=ann"}
    assert wants.relations == {"profile-key": {"A-1"}}


def key_of(*names):
    inventory = inventory_of(customer_profile=[profile()])
    relation = RELATIONS["profile-key"]
    inventory.add_list(relation.name, ID, [*map(relation.entry_named, names)])
    return inventory


@pytest.mark.parametrize(("names", "action"), [(["login=ann"], True), ([], False)])
def test_a_key_that_was_added_is_taken_away_where_it_is_still_there(names, action):
    done = Done(step="0", params=KEY, saved={})
    row = undone(load("add-profile-keys").job, KEY_ROW, done, key_of("_account=A-1", *names))
    assert row.action is (Action.DISASSOCIATE if action else Action.NONE)


@pytest.mark.parametrize(("names", "action"), [(["login=ann"], False), ([], True)])
def test_a_key_that_was_taken_away_is_added_where_it_is_not_there(names, action):
    done = Done(step="0", params=KEY, saved={})
    row = undone(load("delete-profile-keys").job, KEY_ROW, done, key_of("_account=A-1", *names))
    assert row.action is (Action.ASSOCIATE if action else Action.NONE)


def test_an_object_that_was_new_is_deleted_from_the_profile_that_has_it():
    done = Done(step="0", params=PUT, saved={"object_key": "k-1"})
    inventory = inventory_of(customer_profile=[profile()], profile_object=[profile_object()])
    row = undone(load("put-profile-objects").job, OBJECT_ROW, done, inventory)
    (call,) = row.calls
    assert (row.action, call.params) == (Action.DELETE, GONE)


def test_an_object_that_somebody_has_changed_since_is_left_alone():
    done = Done(step="0", params=PUT, saved={"object_key": "k-1"})
    there = [profile_object('{"total":1}')]
    inventory = inventory_of(customer_profile=[profile()], profile_object=there)
    row = undone(load("put-profile-objects").job, OBJECT_ROW, done, inventory)
    assert (row.action, row.calls) == (Action.CONFLICT, ())


def test_an_object_that_is_gone_already_needs_nothing():
    done = Done(step="0", params=PUT, saved={"object_key": "k-1"})
    row = undone(
        load("put-profile-objects").job,
        OBJECT_ROW,
        done,
        inventory_of(customer_profile=[profile()]),
    )
    assert (row.action, row.calls) == (Action.NONE, ())


def test_an_object_whose_profile_is_gone_too_is_said_to_be_beyond_proof():
    done = Done(step="0", params=PUT, saved={"object_key": "k-1"})
    row = undone(load("put-profile-objects").job, OBJECT_ROW, done, inventory_of())
    assert (row.action, row.calls) == (Action.CONFLICT, ())


def test_what_an_object_was_is_put_back_whether_it_was_replaced_or_deleted():
    old = {**PUT, "Object": '{"total":1}'}
    inventory = inventory_of(customer_profile=[profile()], profile_object=[profile_object()])
    done = Done(step="0", params=PUT, saved={"object_key": "k-1"}, undo=old)
    row = undone(load("put-profile-objects").job, OBJECT_ROW, done, inventory)
    assert [call.params for call in row.calls] == [old]
    done = Done(step="0", params=GONE, saved={}, undo=old)
    row = undone(
        load("delete-profile-objects").job,
        {name: OBJECT_ROW[name] for name in ("profile", "object_type", "object_id")},
        done,
        inventory_of(customer_profile=[profile()]),
    )
    assert [call.params for call in row.calls] == [old]


def test_an_entry_is_a_name_and_a_name_an_entry():
    relation = RELATIONS["profile-key"]
    entry = {"KeyName": "_email", "Values": "a=b@c.d"}
    assert relation.entry_named("_email=a=b@c.d") == entry
    assert relation.name_of(entry) == "_email=a=b@c.d"
    (element,) = relation.elements_in(KEY, "Values")
    assert relation.name_of(element) == "login=ann"
    assert RELATIONS["queue-quick-connect"].elements_in({"Ids": ["1", "2"]}, "Ids") == ["1", "2"]
    assert RELATIONS["queue-quick-connect"].entry_named("x") == {}
