from __future__ import annotations

import pytest

from bulkops.definition.thing_kinds import KINDS

PROFILE = KINDS["customer-profile"]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("A-1001", "_account=A-1001"),
        ("ann@example.com", "_email=ann@example.com"),
        ("+35315551001", "_phone=+35315551001"),
        ("0f" * 16, f"_profileId={'0f' * 16}"),
        ("_fullName=Ann Byrne", "_fullName=Ann Byrne"),
        ("login=a=b", "login=a=b"),
        ("two words=1", "_account=two words=1"),
        ("login=", "_account=login="),
        ("_email=ann@example.com", "_email=ann@example.com"),
    ],
)
def test_a_name_says_by_which_key_it_is_looked_for_or_its_form_does(name, key):
    assert PROFILE.key_of(name) == key
    assert PROFILE.key_of(key) == key


def test_other_kinds_know_no_keys():
    assert KINDS["queue"].key_of("login=a") == "login=a"
    assert KINDS["queue"].spells_apart
    assert not PROFILE.spells_apart


def test_what_something_new_is_made_with_gives_it_names():
    made = {"FirstName": "Ann", "PersonalEmailAddress": "a@b.c", "AccountNumber": "1"}
    assert [*PROFILE.sought.names_in(made)] == ["_account=1", "_email=a@b.c"]


def test_several_are_read_at_once_and_told_in_a_list():
    assert PROFILE.describe.begins == "Profiles[]."
    assert KINDS["queue"].describe.begins == "Queue."


def test_a_name_says_its_key_or_is_told_by_its_form():
    sought = KINDS["customer-profile"].sought
    assert sought.parts("key=value") == ("key", "value")
    assert sought.parts("_phone=+351215550001") == ("_phone", "+351215550001")
    assert sought.parts("+351215550001")[0] == "_phone"


def test_a_search_is_asked_for_a_key_with_some_of_its_values():
    sought = KINDS["customer-profile"].sought
    assert sought.any_of is None
    asked = sought.asked("_phone", ["+351215550001"])
    assert asked == {sought.key: "_phone", sought.values: ["+351215550001"]}
