from __future__ import annotations

from bulkops.planning.inventory import Inventory, Thing


def test_things_are_found_by_name_and_named_by_id():
    inventory = Inventory()
    inventory.add("queue", [Thing(id="q1", name="Q"), Thing(id="q2", name="Q")])
    inventory.add("queue", [Thing(id="q1", name="Q", arn_form="arn:q1"), Thing(id="q3", name="A")])
    assert [thing.id for thing in inventory.find("queue", "Q")] == ["q2", "q1"]
    assert inventory.find("queue", "R") == ()
    assert inventory.names("queue") == ["A", "Q"]
    assert inventory.names("user") == []
    assert inventory.name_of("queue", "q3") == "A"
    assert inventory.name_of("queue", "q9") == "q9"


def test_lists_belong_to_one_thing():
    inventory = Inventory()
    inventory.add_list("queue-quick-connect", "q1", [{"Id": "c1"}])
    assert inventory.entries("queue-quick-connect", "q1") == [{"Id": "c1"}]
    assert inventory.entries("queue-quick-connect", "q2") == ()


def test_a_directory_shows_what_it_holds():
    inventory = Inventory()
    assert repr(inventory) == "<Inventory empty>"
    inventory.add("queue", [Thing(id="q1", name="Q")])
    inventory.add("user", [Thing(id="u1", name="a"), Thing(id="u2", name="b")])
    assert repr(inventory) == "<Inventory 1 queue, 2 user>"
