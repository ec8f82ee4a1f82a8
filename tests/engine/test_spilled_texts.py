"""Long texts of things, kept on the disk until they are asked for."""

from __future__ import annotations

from bulkops.definition.thing_kinds import KINDS
from bulkops.engine.spilled_texts import SpilledTexts
from bulkops.planning.diff.state import state_value
from bulkops.planning.inventory import Thing

FLOW = KINDS["contact-flow"]


def test_what_flows_do_is_read_back_as_it_was_and_the_rest_of_their_states_stays():
    texts = SpilledTexts()
    contents = ["é" * 1000, "", '{"a": "\ud800"}']
    things = [
        texts.without(Thing(id=str(place), name="x", state={"Content": text, "Name": "x"}), FLOW)
        for place, text in enumerate(contents)
    ]
    assert all(not isinstance(each.state["Content"], str) for each in things)
    read = [state_value(each.state, ("Content",), FLOW, described=True).value for each in things]
    assert read == contents
    assert things[0].state["Name"] == "x"
    assert things[0].state["Content"] == things[0].state["Content"]


def test_what_has_no_long_text_stays_as_it_is():
    for thing in (Thing(id="1", name="x"), Thing(id="1", name="x", state={"Name": "x"})):
        assert SpilledTexts().without(thing, FLOW) is thing
        assert SpilledTexts().without(thing, KINDS["queue"]) is thing
