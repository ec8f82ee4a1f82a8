"""What the model does not know of a thing: noted before it is erased, or set alike."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bulkops.definition import Col, Find
from bulkops.definition.catalogue import load
from bulkops.definition.model.newer_members import PartlyKnown
from bulkops.definition.thing_kinds import KINDS
from bulkops.planning.diff.unknown_members import appeared, not_kept
from bulkops.planning.inventory import Thing
from tests.planning.paper import inventory_of
from tests.planning.test_named_things import only

CONFIG = {"AutoAcceptConfigs": [{"Channel": "CHAT", "AutoAccept": False}]}
PHONE = {"PhoneConfig": {"PhoneType": "SOFT_PHONE", "AfterContactWorkTimeLimit": 5}}
LEVELLED = 'the user "ana" has AfterContactWorkConfigs'


def about(job, cells, state):
    """Return the codes and texts of what is said of a row about the user ana."""
    thing = Thing(id="u1", name="ana", state=state, described=True)
    row, planner = only(load(job).job, inventory_of(user=[thing]), {"username": "ana", **cells})
    return row, [(each.code, each.message, each.severity.value) for each in planner.problems]


def test_what_sets_all_of_a_thing_loses_whatever_is_not_known_of_it():
    state = PartlyKnown(CONFIG, ["NewConfigs"])
    _, ((code, said, severity),) = about("update-user-config", {"chat_auto_accept": "yes"}, state)
    assert (code, severity) == ("would-lose", "error")
    assert said.startswith('the user "ana" has NewConfigs, which the service model')


def test_what_is_known_is_sent_whole():
    row, said = about("update-user-config", {"voice_auto_accept": "yes"}, CONFIG)
    assert said == []
    (call,) = row.calls
    channels = {each["Channel"]: each["AutoAccept"] for each in call.params["AutoAcceptConfigs"]}
    assert channels == {"VOICE": True, "CHAT": False}
    assert call.undo["AutoAcceptConfigs"] == CONFIG["AutoAcceptConfigs"]


@pytest.mark.parametrize(
    "state",
    [{**PHONE, "AfterContactWorkConfigs": [1]}, PartlyKnown(PHONE, ["AfterContactWorkConfigs"])],
)
def test_what_would_be_set_alike_is_warned_of(state):
    row, ((code, said, severity),) = about("update-user-phone-config", {"acw_seconds": "9"}, state)
    assert (code, severity) == ("set-alike", "warning")
    assert said.startswith(LEVELLED)
    assert row.calls


def test_where_nothing_is_set_apart_nothing_is_said():
    for state in (PHONE, {**PHONE, "AfterContactWorkConfigs": []}):
        _, said = about("update-user-phone-config", {"acw_seconds": "9"}, state)
        assert said == []


def test_what_stands_inside_of_what_is_set_is_named_by_its_path():
    inside = {**CONFIG, "AutoAcceptConfigs": [PartlyKnown({"Channel": "CHAT"}, ["Newer"])]}
    _, said = about("update-user-config", {"voice_auto_accept": "yes"}, inside)
    assert [text for code, text, _ in said if "AutoAcceptConfigs[].Newer" in text]


def test_what_came_since_is_a_difference_and_what_is_deleted_is_not_kept_whole():
    state = {"QuickConnectConfig": PartlyKnown({"QuickConnectType": "USER"}, ["FlowConfig"])}
    thing = Thing(id="q1", name="Desk", state=state, described=True)
    (since,) = appeared(["QuickConnectConfig"], thing, KINDS["quick-connect"])
    assert since.argument.field == "QuickConnectConfig.FlowConfig"
    (flaw,) = not_kept(Find("quick-connect", Col("quick_connect")), thing)
    assert flaw.code == "not-kept-whole"
    whole = replace(thing, state={"QuickConnectConfig": {"QuickConnectType": "USER"}})
    assert list(not_kept(Find("quick-connect", Col("quick_connect")), whole)) == []
