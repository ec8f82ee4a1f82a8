from __future__ import annotations

from bulkops.sim.core.seed_users import CONTACTS

CHAT, TASK, CALLBACK, TRANSFERRED = (each[0] for each in CONTACTS)


def test_a_contact_ends_once(centre):
    centre.ask("StopContact", ContactId=CHAT)
    gone = "ContactNotFoundException"
    assert centre.code("StopContact", ContactId=CHAT) == gone
    assert centre.code("StopContact", ContactId="nobody") == gone


def test_a_call_that_was_transferred_is_not_stopped_and_a_callback_is(centre):
    centre.ask("StopContact", ContactId=CALLBACK)
    assert centre.code("StopContact", ContactId=TRANSFERRED) == "InvalidRequestException"


def test_a_reason_is_for_campaigns(centre):
    reason = {"Code": "EXPIRED"}
    code = centre.code("StopContact", ContactId=TASK, DisconnectReason=reason)
    assert code == "InvalidRequestException"


def test_attributes_are_added_to_those_that_are_there(centre):
    for attributes in ({"a": "1", "b": "2"}, {"b": "3"}):
        centre.ask("UpdateContactAttributes", InitialContactId=TASK, Attributes=attributes)
    held = centre.ask("GetContactAttributes", InitialContactId=TASK)
    assert held["Attributes"] == {"a": "1", "b": "3"}
    centre.ask("StopContact", ContactId=TASK)
    centre.ask("UpdateContactAttributes", InitialContactId=TASK, Attributes={"c": "4"})


def test_attributes_have_plain_keys_and_so_many_bytes(centre):
    def set_to(**attributes):
        where = {"InitialContactId": CHAT}
        return centre.code("UpdateContactAttributes", **where, Attributes=attributes)

    assert set_to(**{"a b": "1"}) == "InvalidParameterException"
    centre.ask("UpdateContactAttributes", InitialContactId=CHAT, Attributes={"a": "ä" * 16_000})
    assert set_to(b="x" * 1000) == "InvalidRequestException"
    unknown = {"InitialContactId": "nobody", "Attributes": {"a": "1"}}
    assert centre.code("UpdateContactAttributes", **unknown) == "ResourceNotFoundException"
