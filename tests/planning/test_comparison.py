from __future__ import annotations

from dataclasses import replace

import pytest

from bulkops.definition.expressions import Saved
from bulkops.definition.job import Step
from bulkops.definition.kinds.found_things import Col, Find
from bulkops.definition.kinds.listing import Listing
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.definition.model.member_paths import EACH
from bulkops.definition.relations import RELATIONS
from bulkops.definition.thing_kinds import KINDS
from bulkops.planning.calls.argument import Argument
from bulkops.planning.diff.comparison import Difference, as_sent, differences
from bulkops.planning.diff.entry_comparison import entry_as_sent, entry_differences, entry_of
from bulkops.planning.diff.spoken_changes import changes, changes_to_new
from bulkops.planning.diff.state import StateValue
from bulkops.planning.inventory import Inventory, Thing
from bulkops.planning.plan import Placeholder
from tests.planning.paper import CREATE, MOVE, ana

USER = KINDS["user"]
QUEUE_PLACE = RELATIONS["routing-profile-queue"]
QUICK_PLACE = RELATIONS["queue-quick-connect"]
CREATE_STEP = CREATE.steps[0]


def sent_user(**changed):
    usual = {
        "InstanceId": "i-1",
        "Username": "ana",
        "Password": Placeholder(kind="secret", name="password"),
        "IdentityInfo": {"FirstName": "Ana", "LastName": "Byrne", "Email": "ana@example.com"},
        "SecurityProfileIds": ["security-profile/Agent"],
        "RoutingProfileId": "routing-profile/Basic",
    }
    return usual | changed


def test_a_created_user_is_known_again_as_far_as_a_search_tells():
    assert as_sent(CREATE_STEP, sent_user(), ana(), USER)


@pytest.mark.parametrize(
    "changed",
    [
        {"RoutingProfileId": "routing-profile/Sales"},
        {"IdentityInfo": {"FirstName": "Eve"}},
        {"SecurityProfileIds": ["security-profile/Agent", "security-profile/Admin"]},
        {"Tags": {"team": "support"}},
    ],
)
def test_a_user_that_differs_is_not_what_was_sent(changed):
    assert not as_sent(CREATE_STEP, sent_user(**changed), ana(), USER)


def test_a_user_found_by_a_name_in_another_case_is_known_again():
    assert as_sent(CREATE_STEP, sent_user(Username="ANA"), ana(), USER)


def test_what_a_list_does_not_tell_of_an_entry_was_not_seen_to_be_so():
    narrow = replace(QUEUE_PLACE, values={"Priority": "Priority"})
    here = {"QueueId": "q1", "Channel": "VOICE", "Priority": 1}
    config = ("QueueConfigs", EACH)
    given = [
        Argument(path=("RoutingProfileId",), value="r1", addresses=True),
        Argument(path=(*config, "QueueReference", "QueueId"), value="q1"),
        Argument(path=(*config, "Priority"), value=1),
        Argument(path=(*config, "Delay"), value=0, field="delay"),
    ]
    (found,) = entry_differences(narrow, given, here)
    assert (found.argument.field, found.old.known) == ("delay", False)
    assert entry_differences(QUEUE_PLACE, given, {**here, "Delay": 0}) == []


def test_a_thing_without_a_state_is_not_what_was_sent():
    assert not as_sent(CREATE_STEP, sent_user(), Thing(id="u1", name="ana"), USER)


def test_an_update_is_compared_with_a_description():
    step = CREATE_STEP.otherwise[0]
    params = {"UserId": "u1", "IdentityInfo": {"Email": "ana@example.com"}}
    assert not as_sent(step, params, ana(), USER)
    assert as_sent(step, params, ana(IdentityInfo={"Email": "ana@example.com"}), USER)


def test_what_says_which_thing_is_meant_is_not_compared():
    params = {"UserId": "another", "RoutingProfileId": "routing-profile/Basic"}
    assert as_sent(MOVE.steps[0], params, ana(), USER)
    step = Step(operation="DeleteUser", args={"UserId": Saved("id")}, subject=MOVE.steps[0].subject)
    assert as_sent(step, {"UserId": "another"}, ana(), USER)


def test_added_tags_are_looked_for_among_the_others():
    user = Find("user", Col("username"))
    step = Step(
        operation="TagResource", args={"resourceArn": user, "tags": Col("tags")}, subject=user
    )
    params = {"resourceArn": "arn:u1", "tags": {"a": "1"}}
    assert as_sent(step, params, ana(Tags={"a": "1", "b": "2"}), USER)
    assert not as_sent(step, params, ana(Tags={"a": "2"}), USER)
    assert not as_sent(step, params, ana(), USER)


def element(**changed):
    usual = {"QueueReference": {"QueueId": "q", "Channel": "VOICE"}, "Priority": 1, "Delay": 0}
    return usual | changed


def item(**changed):
    return {"QueueId": "q", "Channel": "VOICE", "Priority": 1, "Delay": 0} | changed


@pytest.mark.parametrize(
    ("sent", "there", "found"),
    [
        (element(), [item()], True),
        (element(), [item(Channel="CHAT"), item()], True),
        (element(), [], False),
        (element(Priority=2), [item()], False),
        ({"QueueReference": {"QueueId": "q", "Channel": "VOICE"}}, [item()], True),
        ({"QueueId": "q", "Channel": "VOICE"}, [item()], True),
        ({"QueueId": "q", "Channel": "CHAT"}, [item()], False),
    ],
)
def test_an_entry_is_known_again_in_a_list(sent, there, found):
    assert entry_as_sent(QUEUE_PLACE, sent, there) is found


def test_a_bare_id_is_an_entry_too():
    assert entry_as_sent(QUICK_PLACE, "c1", [{"Id": "c1"}])
    assert not entry_as_sent(QUICK_PLACE, "c1", [{"Id": "c2"}])
    assert entry_of(QUICK_PLACE, "c2", [{"Id": "c1"}, {"Id": "c2", "Name": "C"}])["Name"] == "C"


BARE = ThingKind(
    name="x", noun="x", listing=Listing(operation="ListUsers", items="UserSummaryList")
)


@pytest.mark.parametrize(
    ("kind", "path", "state", "differs"),
    [
        (USER, ("RoutingProfileId",), {}, True),
        (USER, ("RoutingProfileId",), {"RoutingProfileId": "r"}, False),
        (USER, ("IdentityInfo", "FirstName"), {"IdentityInfo": "odd"}, False),
        (BARE, ("RoutingProfileId",), {}, False),
        (BARE, ("RoutingProfileId",), {"RoutingProfileId": "s"}, True),
    ],
)
def test_what_a_state_does_not_tell_is_no_difference_of_what_is_to_be_made(
    kind, path, state, differs
):
    arguments = [Argument(path=path, value="r")]
    assert bool(differences(CREATE_STEP, arguments, state, kind, described=False)) is differs


@pytest.mark.parametrize(
    ("new", "old", "same"),
    [
        (False, None, True),
        (True, None, False),
        (0, None, False),
        (0, 0, True),
        ([], None, True),
        ({}, {}, True),
        (None, "g", False),
        (None, "", True),
        (["a", "b"], ["b", "a"], True),
        (["a"], ["a", "b"], False),
        ({"a": "1"}, {"a": "1", "b": "2"}, False),
    ],
)
def test_nothing_is_nothing_and_lists_have_no_order(new, old, same):
    path = ("RoutingProfileId",)
    state = {} if old is None else {"RoutingProfileId": old}
    found = differences(CREATE_STEP, [Argument(path=path, value=new)], state, USER, described=False)
    assert (found == []) is same


def test_a_kind_without_a_search_is_told_by_its_description():
    kind = ThingKind(name="x", noun="x", listing=BARE.listing, describe=USER.describe)
    arguments = [Argument(path=("IdentityInfo", "Email"), value="e")]
    assert differences(CREATE_STEP, arguments, {}, kind, described=False)


def test_a_change_of_numbers_is_told_in_the_texts_that_saved_plans_have():
    level = Argument(path=("UserProficiencies", "[]", "Level"), value=5, field="level")
    (told,) = changes([Difference(level, StateValue(3.0))], Inventory())
    assert str(told) == "level: 3.0 → 5"


def test_of_a_long_text_the_place_where_it_differs_is_told():
    same = "x" * 600
    new = Argument(path=("Content",), value=f"{same}new{same}", field="content")
    (told,) = changes([Difference(new, StateValue(f"{same}old{same}"))], Inventory())
    for text, word in ((told.old, "old"), (told.new, "new")):
        assert text.startswith(f"…{'x' * 20}{word}xxx")
        assert "… (1,203 characters, sha256 " in text
    (made,) = changes_to_new([new], Inventory())
    assert (made.old, made.new[:3]) == ("", "xxx")
    assert len(made.new) < 200
