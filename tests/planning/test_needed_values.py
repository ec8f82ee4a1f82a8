from __future__ import annotations

import pytest

from bulkops.definition.catalogue import load
from bulkops.planning.needed_values import is_judged_whole, needed_values
from bulkops.planning.rows.clear_values import uncleared
from tests.planning.paper import CREATE, ana, centre, checked, order_of, planned, said, sheet_of

UPDATE = load("update-users").job
PHONE = load("update-user-phone-config").job
SOFT = {"PhoneType": "SOFT_PHONE", "AutoAccept": False, "AfterContactWorkTimeLimit": 0}
DESK = {**SOFT, "PhoneType": "DESK_PHONE", "DeskPhoneNumber": "+35315550142"}


def problems(state, **cells):
    order = order_of(PHONE, sheet_of({"username": "ana", **cells}))
    return planned(order, centre(ana(PhoneConfig=state)))[2].problems


@pytest.mark.parametrize(
    ("state", "cells", "column"),
    [
        (SOFT, {"phone_type": "desk"}, "Users!B2"),
        (DESK, {"desk_phone": "CLEAR!"}, "Users!B2"),
        ({**SOFT, "DeskPhoneNumber": "+35315550142"}, {"phone_type": "desk"}, ""),
        (SOFT, {"phone_type": "desk", "desk_phone": "+35315550143"}, ""),
        (DESK, {"phone_type": "soft", "desk_phone": "CLEAR!"}, ""),
        (DESK, {"acw_seconds": "30"}, ""),
    ],
)
def test_what_an_update_needs_may_be_there_already(state, cells, column):
    found = said(problems(state, **cells))
    assert found == ([("missing-value", column)] if column else [])


def test_only_updates_of_what_is_there_are_judged_whole():
    desk = CREATE.column("desk_phone")
    assert is_judged_whole(PHONE, desk)
    assert not is_judged_whole(CREATE, desk)
    assert not is_judged_whole(PHONE, PHONE.column("username"))
    assert [need.place for need in needed_values(UPDATE)["1"]] == ["PhoneConfig.DeskPhoneNumber"]
    assert needed_values(CREATE) == {}


def test_users_keep_their_names_where_the_service_wants_them():
    assert uncleared(UPDATE, "first_name", "SAML") == "users of this instance need it"
    assert uncleared(UPDATE, "first_name", "EXISTING_DIRECTORY") == ""
    assert uncleared(UPDATE, "mobile", "SAML") == ""
    row = {"username": "ana", "first_name": "CLEAR!"}
    assert checked(UPDATE, row, identity="CONNECT_MANAGED") == [("not-clearable", "Users!B2")]
    assert checked(UPDATE, row) == []
