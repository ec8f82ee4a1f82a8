from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkops import suggestions
from bulkops.suggestions import NOT_SOUGHT, Choices, Hint, nearest, nearest_hint, plain

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


def test_a_hint_compares_nothing_before_it_is_read_and_each_word_once():
    choices = Choices(HEADERS)
    hints = [Hint(choices, "usrname") for _ in range(3)]
    assert choices.compared == 0
    assert [str(hint) for hint in hints] == ['Did you mean "username"?'] * 3
    assert choices.compared == len(HEADERS)


def test_after_so_many_pairs_a_hint_says_that_nothing_was_looked_for(monkeypatch):
    monkeypatch.setattr(suggestions, "MOST_PAIRS", 2 * len(HEADERS))
    choices = Choices(HEADERS)
    said = [choices.hint(word) for word in ("usrname", "tag", "routing profil", "TAGS", "usrname")]
    assert said == [
        'Did you mean "username"?',
        'Did you mean "tags"?',
        NOT_SOUGHT,
        'Did you mean "tags"?',
        'Did you mean "username"?',
    ]
    assert choices.compared == 2 * len(HEADERS)


@pytest.mark.parametrize(("most", "said"), [(0, "else"), (9, "else")])
def test_what_is_said_otherwise_stands_where_no_choice_is_known_to_be_near(monkeypatch, most, said):
    monkeypatch.setattr(suggestions, "MOST_PAIRS", most)
    assert str(Hint(Choices(["a word"]), "favourite", otherwise="else")) == said


def test_without_anything_else_to_say_a_hint_owns_up_that_nothing_was_looked_for(monkeypatch):
    monkeypatch.setattr(suggestions, "MOST_PAIRS", 0)
    assert str(Hint(Choices(["a word"]), "favourite")) == NOT_SOUGHT


def test_a_word_near_another_spelling_is_told_the_right_word():
    choices = Choices(("SOFT_PHONE", "DESK_PHONE"), {"soft": "SOFT_PHONE", "desk": "DESK_PHONE"})
    assert choices.hint("sofft") == 'Did you mean "SOFT_PHONE"?'
    assert choices.hint("Desk ") == 'Did you mean "DESK_PHONE"?'
    assert choices.nearest("desk-phone") == "DESK_PHONE"
    assert choices.hint("bicycle") == ""
