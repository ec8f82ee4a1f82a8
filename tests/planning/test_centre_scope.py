"""What is read for the sheets of a workbook, and what they leave out."""

from __future__ import annotations

from bulkops.definition.catalogue import load
from bulkops.planning.centre_scope import (
    hidden_columns,
    is_described,
    kinds_within,
    owners_listed,
    parts_of,
    wants_of_all,
)
from bulkops.planning.export_rows import Exporter
from bulkops.planning.export_scope import export_headers
from bulkops.planning.inventory import Inventory, Thing, Want
from bulkops.planning.left_out import LeftOut, LeftOuts
from bulkops.planning.uncovered_members import UncoveredMembers, untold_columns
from tests.planning.paper import ana, centre, inventory_of

(USERS,) = parts_of([load("create-users").job])
(QUEUES,) = parts_of([load("create-queues").job])
(PROFILES,) = parts_of([load("create-routing-profiles").job])
(LISTS,) = parts_of([load("associate-routing-profile-queues").job])
(HOLIDAYS,) = parts_of([load("create-hours-of-operation-overrides").job])


def test_each_kind_is_wanted_once_as_much_as_the_part_that_wants_most_of_it():
    wants = wants_of_all([LISTS, QUEUES, HOLIDAYS])
    every = {"every": True}
    assert wants.kinds["queue"] == Want(**every, state=True)
    assert wants.kinds["routing-profile"] == Want(**every)
    assert wants.kinds["hours-of-operation"] == Want(**every)
    assert kinds_within(wants) == ["hours-of-operation-override"]
    assert wants_of_all([QUEUES, LISTS]).kinds["queue"].state


def test_things_are_described_where_a_search_has_not_told_what_columns_hold():
    there = centre(ana(IdentityInfo={"FirstName": "Ana"}))
    assert is_described(USERS, there, full=True)
    assert not is_described(USERS, there, full=False)
    assert not is_described(LISTS, there, full=True)
    named = Inventory()
    named.add("user", [Thing(id="u1", name="ana", state={"Username": "ana"})])
    assert is_described(USERS, named, full=False)  # a listing alone tells no more than names
    (deleted,) = parts_of([load("delete-users").job])
    assert not is_described(deleted, named, full=True)
    (permitted,) = parts_of([load("update-security-profile-permissions").job])
    assert is_described(permitted, Inventory(), full=False)  # its rows are elements of a list
    assert [*hidden_columns(USERS.job)] == ["email", "secondary_email", "mobile"]


def profiles(*counts):
    return [
        Thing(id=f"r{number}", name=f"r{number}", state={"NumberOfAssociatedQueues": count})
        for number, count in enumerate(counts)
    ]


def test_lists_are_read_of_those_that_may_have_something_on_them():
    there = inventory_of(queue=("Support",))
    there.add("routing-profile", [*profiles(0, 2), Thing(id="r9", name="r9")])
    assert [thing.name for thing in owners_listed(LISTS, there)] == ["r1", "r9"]
    empty = Inventory()
    empty.add("routing-profile", profiles(2))
    assert [*owners_listed(LISTS, empty)] == []  # it has no queues at all
    assert [*owners_listed(QUEUES, there)] == []


def test_what_a_sheet_has_no_column_for_is_said_by_its_path():
    members = UncoveredMembers([QUEUES.job])
    state = {
        "QueueId": "q1",
        "Name": "Support",
        "MaxContacts": 5,
        "Tags": {"team": "a", "bulkops:call": "1"},
        "OutboundCallerConfig": {"OutboundCallerIdName": "Desk"},
        "OutboundEmailConfig": {"OutboundEmailAddressId": "e1"},
        "LastModifiedRegion": "eu-west-1",
        "QuickConnectIds": [],
    }
    assert members.of(state) == ["OutboundEmailConfig.OutboundEmailAddressId"]
    keyed = [
        {"Channel": "VOICE", "Concurrency": 1, "CrossChannelBehavior": {"BehaviorType": "X"}},
        {"Channel": "CHAT", "Concurrency": 2},
    ]
    assert UncoveredMembers([PROFILES.job]).of({"MediaConcurrencies": keyed}) == []
    config = {"QueueConfigs": [{"Priority": 1}, {"Priority": 2}], "Description": "x"}
    assert UncoveredMembers([PROFILES.job]).of(config) == ["QueueConfigs.Priority"]


def test_members_that_say_which_thing_is_meant_are_no_loss():
    members = UncoveredMembers([HOLIDAYS.job])
    assert members.of({"HoursOfOperationId": "h1", "HoursOfOperationOverrideId": "o1"}) == []
    (numbers,) = parts_of([load("associate-phone-number-flows").job])
    assert UncoveredMembers([numbers.job]).of({"PhoneNumberId": "p1"}) == []


def test_columns_that_no_read_tells_are_known():
    assert untold_columns(load("create-prompts").job) == ["audio"]
    assert untold_columns(USERS.job) == ["password"]
    assert untold_columns(LISTS.job) == []


def test_what_rows_leave_out_is_said_thing_by_thing_and_in_sentences():
    left = LeftOuts({"resource_type": "queue"})
    assert [*left.each()] == [*left.notes()] == []
    left.unclear.append("Cork")
    left.without += [("a", "tags"), ("b", "tags")]
    left.empty.append("c")
    left.unread.append("d")
    left.unsaid.append(("e", "audio"))
    assert [*left.each()] == [
        LeftOut(
            "Cork",
            "row",
            "a cell can't say which it is: its name does not mean it alone",
            is_unknown=True,
        ),
        LeftOut("a", "row", "it has no tags"),
        LeftOut("b", "row", "it has no tags"),
        LeftOut("c", "row", "it has nothing of what the job sets"),
        LeftOut(
            "d",
            "row",
            "it was made or deleted a moment ago: its row is its name alone",
            is_unknown=True,
        ),
        LeftOut("e", "audio", "a cell can't say what stands there", is_unknown=True),
    ]
    assert [*left.notes()] == [
        "1 row is left out, since a cell can't say which they are: Cork",
        "2 rows of queue are left out: they have no tags",
        "1 row is left out: it has nothing of what the job sets",
        "1 rows are names alone, since what bears them was made or deleted a moment ago: d",
        "1 cells of audio are blank: a cell can't say what stands there",
    ]


def test_cells_without_words_are_kept_with_the_thing_that_they_are_of():
    (desks,) = parts_of([load("create-quick-connects").job])
    inventory = inventory_of(queue=("Support",))
    state = {"Name": "Odd", "QuickConnectConfig": {"QuickConnectType": "FLOW"}}
    inventory.add("quick-connect", [Thing(id="q1", name="Odd", state=state, described=True)])
    exporter = Exporter(desks.job, inventory, None, described=True, fixed={})
    assert [row[0] for row in exporter.rows()] == ["Odd"]
    assert exporter.left_out.unsaid == [("Odd", "type")]


def test_groups_come_after_those_in_which_they_lie():
    def group(name, *above):
        levels = dict(zip(("LevelOne", "LevelTwo"), (*above, name), strict=False))
        chain = {level: {"Id": each, "Name": each} for level, each in levels.items()}
        path = "/".join((*above, name))
        return Thing(id=name, name=path, state={"Name": name, "HierarchyPath": chain})

    inventory = Inventory()
    inventory.add("hierarchy-group", [group("Amiens", "Zürich"), group("Zürich")])
    exporter = Exporter(load("create-hierarchy-groups").job, inventory, None, fixed={})
    assert [row[0] for row in exporter.rows()] == ["Zürich", "Zürich/Amiens"]


def test_several_targets_are_named_in_a_column_of_their_own():
    columns = ["routing_profile", "queue", "channel", "priority", "delay"]
    assert export_headers(LISTS.job, several=False) == columns
    assert export_headers(LISTS.job, several=True) == ["target", *columns]
