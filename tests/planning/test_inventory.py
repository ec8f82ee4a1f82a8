from __future__ import annotations

from bulkops.planning.inventory import Inventory, Thing


def test_things_are_found_by_name_and_named_by_id():
    directory = Inventory()
    directory.add("queue", [Thing(id="q1", name="Q"), Thing(id="q2", name="Q")])
    directory.add("queue", [Thing(id="q1", name="Q", arn="arn:q1"), Thing(id="q3", name="A")])
    assert [thing.id for thing in directory.find("queue", "Q")] == ["q2", "q1"]
    assert directory.find("queue", "R") == ()
    assert directory.names("queue") == ["A", "Q"]
    assert directory.names("user") == []
    assert directory.name_of("queue", "q3") == "A"
    assert directory.name_of("queue", "q9") == "q9"


def test_lists_belong_to_one_thing():
    directory = Inventory()
    directory.add_list("queue-quick-connect", "q1", [{"Id": "c1"}])
    assert directory.entries("queue-quick-connect", "q1") == [{"Id": "c1"}]
    assert directory.entries("queue-quick-connect", "q2") == ()


def test_a_directory_shows_what_it_holds():
    directory = Inventory()
    assert repr(directory) == "<Directory empty>"
    directory.add("queue", [Thing(id="q1", name="Q")])
    directory.add("user", [Thing(id="u1", name="a"), Thing(id="u2", name="b")])
    assert repr(directory) == "<Directory 1 queue, 2 user>"
