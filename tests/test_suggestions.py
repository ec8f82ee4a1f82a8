from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkops.suggestions import nearest, nearest_hint, plain

HEADERS = (
    "username",
    "routing_profile",
    "security_profiles",
    "ACW timeout (seconds)",
    "no",
    "tags",
)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Routing Profile", "routing_profile"),
        ("ROUTING-PROFILE", "routing_profile"),
        ("routing profil", "routing_profile"),
        ("ACW", "ACW timeout (seconds)"),
        ("tag", "tags"),
        ("usrname", "username"),
    ],
)
def test_a_slip_or_another_way_of_writing_finds_the_word_that_was_meant(word, meant):
    assert nearest(word, HEADERS) == meant


@pytest.mark.parametrize("word", ["", " _-", "favourite colour", "note", "a", "se", "xx"])
def test_a_stranger_or_a_fragment_finds_nothing(word):
    assert nearest(word, HEADERS) is None


def test_nothing_is_near_to_no_choices():
    assert nearest("username", ()) is None


def test_the_hint_asks_and_does_not_decide():
    assert nearest_hint("CreateUsr", {"CreateUser", "DeleteUser"}) == 'Did you mean "CreateUser"?'
    assert nearest_hint("qqqq", {"CreateUser"}) == ""


def test_the_answer_does_not_depend_on_the_order_of_the_choices():
    names = ["Support Tier 1", "Support Tier 2"]
    assert nearest("Suport Tier", names) == nearest("Suport Tier", reversed(names))


@given(st.text(min_size=1))
def test_every_word_that_holds_a_letter_is_nearest_to_itself(word):
    expected = word if plain(word) else None
    assert nearest(word, [word, "another"]) == expected or plain(word) == "another"
