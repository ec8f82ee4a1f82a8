from __future__ import annotations

import pytest

from bulkops.definition.catalogue import load
from bulkops.definition.column_facts import facts_of, feeds_of
from bulkops.definition.model.member_paths import EACH, at_key, dotted, key_at

CHANNELS = load("update-routing-profiles").job


@pytest.mark.parametrize(
    ("place", "key"),
    [
        (at_key("Channel", "VOICE"), ("Channel", "VOICE")),
        (at_key("Name", "a=b"), ("Name", "a=b")),
        (EACH, None),
        ("Channel", None),
        ("Channel=VOICE", None),
    ],
)
def test_a_place_in_a_list_says_by_what_its_element_is_known(place, key):
    assert key_at(place) == key


def test_a_path_is_said_as_the_facts_of_an_operation_say_it():
    voice = at_key("Channel", "VOICE")
    assert dotted(("Media", voice, "Most")) == "Media[].Most"
    assert dotted(("Queues", EACH, "Queue", "Id")) == "Queues[].Queue.Id"
    assert dotted(("Name",)) == "Name"


def test_a_column_knows_which_element_of_a_list_it_feeds():
    (feed,) = feeds_of(CHANNELS, "chats")
    assert feed.path == "MediaConcurrencies[].Concurrency"
    assert feed.place == "MediaConcurrencies[Channel=CHAT].Concurrency"


def test_a_column_may_be_bounded_more_tightly_than_its_member():
    assert facts_of(CHANNELS, "voice").value.range() == "1"
    assert facts_of(CHANNELS, "chats").value.range() == "1 to 10"
