from __future__ import annotations

import json

from bulkops.sim.core.request_log import Entry, RequestLog, key_of, state
from tests.sim.centre import Centre


def entry(number, **more):
    given = {
        "at": float(number),
        "service": "connect",
        "operation": "DeleteUser",
        "key": "u",
        "request_id": "r",
        "effect": True,
        "throttled": False,
    }
    return Entry(number=number, **{**given, **more})


def test_counts_go_on_when_entries_are_let_go():
    record = RequestLog(keep=2)
    for number in range(5):
        record.add(entry(number))
    assert [one.number for one in record.entries] == [3, 4]
    assert record.effects("DeleteUser") == {"u": 5}
    assert record.effects("CreateUser") == {}


def test_a_request_is_about_the_login_it_makes_or_the_id_it_changes():
    params = {"InstanceId": "i", "RoutingProfileId": "p", "Username": "ann"}
    assert key_of("CreateUser", params) == "ann"
    assert key_of("UpdateUserRoutingProfile", {"UserId": "u", **params}) == "u"
    assert key_of("AssociateRoutingProfileQueues", params) == "p"
    assert key_of("TagResource", {"resourceArn": "arn"}) == "arn"
    assert key_of("ListUsers", {"InstanceId": "i"}) == ""


def made_in_order(*names):
    centre = Centre()
    for second, name in enumerate(names):
        centre.now = float(second)
        centre.ask("CreateUser", **centre.user(name))
        centre.ask("TagResource", resourceArn=centre.arn("user", name), tags={"a": name})
    return centre.world


def test_worlds_made_in_another_order_compare_equal_without_ids_and_times():
    first, second = made_in_order("ann", "bob"), made_in_order("bob", "ann")
    assert state(first) != state(second)
    assert state(first, ids=False) != state(second, ids=False)
    assert state(first, ids=False, times=False) == state(second, ids=False, times=False)


def test_without_ids_things_are_called_by_kind_and_name(centre):
    top = centre.id("hierarchy-group", "Contact Centre")
    lisbon = centre.id("hierarchy-group", "Lisbon", top)
    sales = centre.id("hierarchy-group", "Sales", lisbon)
    centre.ask("UpdateUserHierarchy", UserId=centre.id("user", "m.silva"), HierarchyGroupId=sales)
    dump = json.loads(state(centre.world, ids=False, times=False))["bulkops-demo"]
    assert dump["user"]["user/m.silva"] == {
        "HierarchyGroupId": "hierarchy-group/Contact Centre/Lisbon/Sales",
        "Id": "user/m.silva",
        "IdentityInfo": {"FirstName": "Miguel", "LastName": "Silva"},
        "LastModifiedRegion": "us-east-1",
        "Name": "m.silva",
        "PersistentConnectionConfigs": [{"Channel": "VOICE", "PersistentConnection": False}],
        "PhoneConfig": {
            "AfterContactWorkTimeLimit": 0,
            "AutoAccept": False,
            "PhoneType": "SOFT_PHONE",
        },
        "RoutingProfileId": "routing-profile/Basic Routing Profile",
        "SecurityProfileIds": ["security-profile/Agent"],
    }
    assert centre.instance.id not in state(centre.world, ids=False)
