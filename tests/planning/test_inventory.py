from __future__ import annotations

from bulkops.planning.inventory import Inventory, Thing, arn_form_of


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


def test_an_id_has_the_name_that_came_last():
    inventory = Inventory()
    inventory.add("user", [Thing(id="u1", name="ana"), Thing(id="u2", name="bob")])
    inventory.add("user", [Thing(id="u1", name="ana.li")])
    assert inventory.name_of("user", "u1") == "ana.li"
    inventory.add("user", [Thing(id="u1", name="ana")])
    assert inventory.name_of("user", "u1") == "ana"
    assert inventory.name_of("user", "u2") == "bob"
    assert inventory.name_of("user", "u9") == "u9"
    assert inventory.name_of("queue", "q1") == "q1"


def test_an_arn_is_whole_though_only_its_form_is_kept():
    arns = {"u1": "arn:aws:connect:x:1:instance/i/agent/u1", "u2": "arn:of-another-id", "": "arn"}
    for thing_id, arn in arns.items():
        thing = Thing(id=thing_id, name="ana", arn_form=arn_form_of(arn, thing_id))
        assert thing.arn == arn
    forms = {arn_form_of(f"arn:agent/{thing_id}", thing_id) for thing_id in ("u1", "u2")}
    assert len(forms) == 1
