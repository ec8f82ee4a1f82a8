from __future__ import annotations

from dataclasses import replace

import pytest

from bulkops.definition.catalogue import load
from bulkops.definition.expressions import Saved
from bulkops.definition.job import Column, Job, Step
from bulkops.definition.kinds.found_things import Col, Find
from bulkops.definition.settling_ways import Again, Look, Never
from bulkops.planning.inventory import Thing
from bulkops.planning.plan import Action, Change, Placeholder
from bulkops.problems import Severity
from bulkops.suggestions import Choices
from tests.planning.paper import (
    CREATE,
    DELETE,
    MOVE,
    ana,
    centre,
    inventory_of,
    order_of,
    planned,
    said,
    sheet_of,
    user_row,
)

USER = Find("user", Col("username"))
QUEUES_MADE = load("create-queues").job
QUEUE_ROW = {"queue": "Night", "hours_of_operation": "Always"}


def plan_of(job, inventory, *rows, identity="CONNECT_MANAGED", **more):
    return planned(order_of(job, sheet_of(*rows), **more), inventory, identity)


def only(job, inventory, row, **more):
    (planned_row,), shared, planner = plan_of(job, inventory, row, **more)
    assert shared == []
    return planned_row, planner


def job_of(*steps, columns=("username", "value"), key=("username",), kinds=None):
    kinds = kinds or {}
    return Job(
        name="job",
        summary="",
        key=key,
        columns=tuple(Column(name=name, help="", kind=kinds.get(name, "text")) for name in columns),
        steps=steps,
    )


def test_an_absent_user_is_created_with_ids_and_placeholders():
    row, planner = only(CREATE, centre(), user_row(acw_seconds="30", tags="team=support"))
    assert planner.problems == []
    assert row.action is Action.CREATE
    assert {change.field: (change.old, change.new) for change in row.changes} == {
        "first_name": ("", "Ana"),
        "last_name": ("", "Byrne"),
        "acw_seconds": ("", "30"),
        "security_profiles": ("", "Agent"),
        "routing_profile": ("", "Basic"),
        "tags": ("", "team=support"),
    }
    (call,) = row.calls
    assert (call.step, call.operation, call.rows, call.undo) == ("0", "CreateUser", (2,), None)
    assert call.params == {
        "InstanceId": "i-1",
        "Username": "ana",
        "Password": Placeholder(kind="secret", name="password"),
        "IdentityInfo": {"FirstName": "Ana", "LastName": "Byrne"},
        "PhoneConfig": {
            "PhoneType": "SOFT_PHONE",
            "AutoAccept": False,
            "AfterContactWorkTimeLimit": 30,
        },
        "SecurityProfileIds": ["security-profile/Agent"],
        "RoutingProfileId": "routing-profile/Basic",
        "Tags": {"team": "support"},
    }


def test_a_user_that_is_already_so_needs_nothing_and_defaults_change_nothing():
    row, _ = only(CREATE, centre(ana()), user_row())
    assert (row.action, row.calls, row.changes) == (Action.NONE, (), ())
    assert row.thing == ("u1", "arn:u1")


def test_a_user_that_is_different_is_a_conflict_that_says_how_and_what_to_do():
    row, planner = only(CREATE, centre(ana()), user_row(routing_profile="Sales"))
    assert (row.action, row.calls) == (Action.CONFLICT, ())
    assert row.changes == (Change(field="routing_profile", old="Basic", new="Sales"),)
    assert row.problem.code == "already-exists"
    assert str(row.problem) == (
        'Users!A2: the user "ana" is there and differs: routing_profile: Basic → Sales.'
        " --on-exists update brings it to this row, --on-exists skip leaves it as it is."
    )
    assert planner.problems == []


def test_a_user_that_is_different_can_be_left_alone():
    row, _ = only(CREATE, centre(ana()), user_row(routing_profile="Sales"), on_exists="skip")
    assert (row.action, row.calls, row.problem) == (Action.SKIP, (), None)


def test_only_the_steps_that_differ_are_sent_and_can_be_taken_back():
    row, _ = only(
        CREATE,
        centre(ana(HierarchyGroupId="hierarchy-group/Cork")),
        user_row(
            routing_profile="Sales", security_profiles="Admin;Agent", hierarchy_group="clear!"
        ),
        on_exists="update",
    )
    assert row.action is Action.UPDATE
    assert [(call.step, call.operation) for call in row.calls] == [
        ("0.2", "UpdateUserSecurityProfiles"),
        ("0.3", "UpdateUserRoutingProfile"),
        ("0.4", "UpdateUserHierarchy"),
    ]
    profiles, routing, hierarchy = row.calls
    user = {"InstanceId": "i-1", "UserId": "u1"}
    assert profiles.params["SecurityProfileIds"] == [
        "security-profile/Admin",
        "security-profile/Agent",
    ]
    assert profiles.undo == {**user, "SecurityProfileIds": ["security-profile/Agent"]}
    assert routing.params == {**user, "RoutingProfileId": "routing-profile/Sales"}
    assert routing.undo == {**user, "RoutingProfileId": "routing-profile/Basic"}
    assert hierarchy.params == user
    assert hierarchy.undo == {**user, "HierarchyGroupId": "hierarchy-group/Cork"}
    assert [str(change) for change in row.changes] == [
        "security_profiles: Agent → Admin; Agent",
        "routing_profile: Basic → Sales",
        "hierarchy_group: Cork → ∅",
    ]


def test_what_a_row_does_not_speak_of_is_sent_as_it_was_and_not_lost():
    there = ana()
    there.state["IdentityInfo"]["Mobile"] = "+353855550142"
    there.state["PhoneConfig"]["PersistentConnection"] = True
    there.state["PhoneConfig"]["Unheard"] = "of"
    row, _ = only(
        CREATE, centre(there), user_row(last_name="Ryan", auto_accept="yes"), on_exists="update"
    )
    identity, phone = row.calls
    assert identity.params["IdentityInfo"] == {
        "FirstName": "Ana",
        "LastName": "Ryan",
        "Mobile": "+353855550142",
    }
    assert identity.undo["IdentityInfo"] == {
        "FirstName": "Ana",
        "LastName": "Byrne",
        "Mobile": "+353855550142",
    }
    assert phone.params["PhoneConfig"] == {
        "PhoneType": "DESK_PHONE",
        "AutoAccept": True,
        "AfterContactWorkTimeLimit": 30,
        "DeskPhoneNumber": "+35315550142",
        "PersistentConnection": True,
    }
    assert phone.undo["PhoneConfig"] == {**phone.params["PhoneConfig"], "AutoAccept": False}


def test_a_default_serves_where_the_thing_has_nothing():
    row, _ = only(
        CREATE, centre(ana(PhoneConfig={})), user_row(acw_seconds="5"), on_exists="update"
    )
    (call,) = row.calls
    assert call.params["PhoneConfig"] == {
        "PhoneType": "SOFT_PHONE",
        "AutoAccept": False,
        "AfterContactWorkTimeLimit": 5,
    }


@pytest.mark.parametrize(
    ("on_exists", "action"),
    [("fail", Action.CONFLICT), ("skip", Action.SKIP), ("update", Action.UPDATE)],
)
def test_a_user_whose_address_is_another_is_not_unchanged(on_exists, action):
    row = user_row(email="ana@example.com")
    planned, _ = only(CREATE, centre(ana()), row, on_exists=on_exists)
    assert planned.action is action
    assert [str(change) for change in planned.changes] == ["email: ∅ → ana@example.com"]
    info = {"FirstName": "Ana", "LastName": "Byrne", "Email": "ana@example.com"}
    whole = replace(ana(IdentityInfo=info), described=True)
    planned, _ = only(CREATE, centre(whole), row, on_exists=on_exists)
    assert planned.action is Action.NONE


def test_of_what_is_described_already_an_empty_member_is_empty_and_not_unknown():
    whole = replace(ana(), described=True)
    planned, _ = only(CREATE, centre(whole), user_row(), on_exists="update")
    assert planned.action is Action.NONE


@pytest.mark.parametrize("on_exists", ["fail", "skip", "update"])
def test_nothing_is_said_of_what_is_listed_and_not_described_yet(on_exists):
    unseen = replace(ana(), state=None)
    for job, row in ((CREATE, user_row()), (MOVE, {"username": "ana", "routing_profile": "Basic"})):
        planned, planner = only(job, centre(unseen), row, on_exists=on_exists)
        assert planned.calls == ()
        assert [each.code for each in planner.problems] == ["not-visible"]
        assert "plan again in a minute" in str(planner.problems[0])


def test_what_is_not_described_yet_can_be_deleted():
    planned, planner = only(DELETE, centre(replace(ana(), state=None)), {"username": "ana"})
    assert (planned.action, planner.problems) == (Action.DELETE, [])


def test_what_no_alternative_changes_is_a_conflict():
    (first,) = CREATE.steps
    others = tuple(each for each in first.otherwise if each.operation != "TagResource")
    row, _ = only(
        replace(CREATE, steps=(replace(first, otherwise=others),)),
        centre(ana(Tags={"team": "sales"})),
        user_row(tags="team=support", routing_profile="Sales"),
        on_exists="update",
    )
    assert (row.action, row.calls) == (Action.CONFLICT, ())
    assert row.problem.code == "not-updatable"
    assert row.problem.message == (
        "it is there and differs in tags, which create-users does not change"
    )


def test_tags_of_what_is_there_are_added_to_those_that_it_has():
    row, _ = only(
        CREATE,
        centre(ana(Tags={"team": "sales", "site": "Dublin", "aws:stack": "x"})),
        user_row(tags="team=support", routing_profile="Sales"),
        on_exists="update",
    )
    tagged = next(each for each in row.calls if each.operation == "TagResource")
    assert tagged.params["tags"] == {"team": "support"}
    assert tagged.undo["tags"] == {"team": "sales"}


def test_tags_that_are_there_among_others_ask_for_nothing():
    row, _ = only(
        CREATE,
        centre(ana(Tags={"team": "support", "site": "Dublin"})),
        user_row(tags="team=support"),
        on_exists="update",
    )
    assert "tags" not in [each.field for each in row.changes]


@pytest.mark.parametrize(
    ("status", "operations"),
    [
        ("", ["CreateQueue"]),
        ("enabled", ["CreateQueue"]),
        ("disabled", ["CreateQueue", "UpdateQueueStatus"]),
    ],
)
def test_what_is_so_from_the_beginning_is_not_sent(status, operations):
    there = inventory_of(hours_of_operation=("Always",), queue=())
    row, planner = only(QUEUES_MADE, there, QUEUE_ROW | {"status": status})
    assert [each.operation for each in row.calls] == operations
    assert [each.undo["Status"] for each in row.calls[1:]] == ["ENABLED"] * (len(operations) - 1)
    assert planner.problems == []


def test_the_status_of_a_queue_that_is_there_is_brought_to_its_row():
    held = {"HoursOfOperationId": "hours-of-operation/Always", "Status": "DISABLED"}
    queue = Thing(id="q-1", name="Night", state=held)
    there = inventory_of(hours_of_operation=("Always",), queue=(queue,))
    row, _ = only(QUEUES_MADE, there, QUEUE_ROW | {"status": "enabled"}, on_exists="update")
    assert [(each.operation, each.params["Status"]) for each in row.calls] == [
        ("UpdateQueueStatus", "ENABLED")
    ]


def test_a_missing_name_is_a_problem_of_its_cell_with_the_nearest():
    row, planner = only(CREATE, centre(), user_row(routing_profile="Bassic"))
    assert row.calls == ()
    assert row.problem == planner.problems[0]
    assert [str(each) for each in planner.problems] == [
        'Users!F2: "Bassic" is not a routing profile of this instance. Did you mean "Basic"?'
    ]


def test_each_missing_name_of_a_list_is_said_and_of_several_steps_once():
    row = user_row(security_profiles="Agent;X1;Y2", routing_profile="Z3")
    _, planner = only(CREATE, centre(ana()), row, on_exists="update")
    assert [each.found for each in planner.problems] == ["X1", "Y2", "Z3"]


def test_a_name_with_a_foreign_letter_is_told_by_it():
    _, planner = only(CREATE, centre(), user_row(routing_profile="\u0416"))
    assert planner.problems[0].hint == (
        "It holds U+0416 CYRILLIC CAPITAL LETTER ZHE at character 1."
    )


def test_nouns_get_the_right_article():
    job = job_of(
        Step(
            operation="UpdateQueueHoursOfOperation",
            args={
                "QueueId": Find("queue", Col("username")),
                "HoursOfOperationId": Find("hours-of-operation", Col("value")),
            },
        ),
        Step(
            operation="UpdateAgentStatus",
            args={"AgentStatusId": Find("agent-status", Col("value"))},
        ),
    )
    _, planner = only(job, inventory_of(queue=["q"]), {"username": "q", "value": "x"})
    assert [each.message for each in planner.problems] == [
        '"x" is not hours of operation of this instance',
        '"x" is not an agent status of this instance',
    ]


def test_a_name_that_several_groups_bear_is_a_problem_that_lists_their_paths():
    inventory = centre()
    sales = [
        Thing(id="g1", name="Sales"),
        Thing(id="g2", name="Sales"),
        Thing(id="g3", name="Sales"),
    ]
    inventory.add("hierarchy-group", sales)
    inventory.add(
        "hierarchy-group",
        [Thing(id="g1", name="Dublin/Sales"), Thing(id="g2", name="Cork/Sales")],
    )
    _, planner = only(CREATE, inventory, user_row(hierarchy_group="Sales"))
    assert [str(each) for each in planner.problems] == [
        (
            'Users!G2: more than one hierarchy group is named "Sales": /Sales, Cork/Sales,'
            " Dublin/Sales. Write the whole path."
        )
    ]
    for name, group in [("Cork/Sales", "g2"), ("/Sales", "g3")]:
        row, _ = only(CREATE, inventory, user_row(hierarchy_group=name))
        assert row.calls[0].params["HierarchyGroupId"] == group


def test_things_that_share_a_name_without_paths_are_told_apart_by_their_ids():
    inventory = centre()
    inventory.add("routing-profile", [Thing(id="r9", name="Basic")])
    _, planner = only(CREATE, inventory, user_row())
    assert str(planner.problems[0]).endswith('named "Basic": r9, routing-profile/Basic')


def test_a_slash_means_nothing_where_names_have_no_paths():
    _, planner = only(CREATE, centre(), user_row(routing_profile="/Basic"))
    assert [each.code for each in planner.problems] == ["unknown-name"]


def test_a_move_is_sent_where_it_changes_something():
    there = centre(ana())
    row, _ = only(MOVE, there, {"username": "ana", "routing_profile": "Sales"})
    assert (row.action, row.thing) == (Action.UPDATE, ("u1", "arn:u1"))
    assert row.changes == (Change(field="routing_profile", old="Basic", new="Sales"),)
    row, _ = only(MOVE, there, {"username": "ana", "routing_profile": "Basic"})
    assert (row.action, row.calls) == (Action.NONE, ())


def test_a_user_to_be_moved_must_be_there():
    row, planner = only(MOVE, centre(ana()), {"username": "anna", "routing_profile": "Basic"})
    assert row.action is Action.UPDATE
    assert [str(each) for each in planner.problems] == [
        'Users!A2: "anna" is not a user of this instance. Did you mean "ana"?'
    ]


def test_a_name_to_delete_that_is_not_there_is_warned_of_with_the_nearest():
    row, planner = only(DELETE, centre(ana(), "j.murphy"), {"username": "j.murpy"})
    assert (row.action, row.calls) == (Action.NONE, ())
    (warning,) = planner.problems
    assert warning.severity is Severity.WARNING
    assert row.problem == warning
    assert str(warning) == (
        'Users!A2: "j.murpy" is not a user of this instance: nothing to do.'
        ' Did you mean "j.murphy"?'
    )


def test_new_names_are_compared_with_none(monkeypatch):
    monkeypatch.setattr(Choices, "nearest", None)
    row, _ = only(CREATE, centre(ana()), user_row(username="anna"))
    assert row.action is Action.CREATE


def test_a_new_name_that_differs_from_another_by_case_alone_is_warned_of():
    step = Step(
        operation="CreateQueue",
        args={"Name": Col("queue"), "HoursOfOperationId": "h1"},
        subject=Find("queue", Col("queue")),
        save={"queue_id": "QueueId"},
    )
    job = job_of(step, columns=("queue",), key=("queue",))
    there = inventory_of(queue=["Support", "Billing"])
    row, planner = only(job, there, {"queue": "SUPPORT"})
    assert row.action is Action.CREATE
    assert [(each.severity, str(each)) for each in planner.problems] == [
        (
            Severity.WARNING,
            (
                'Users!A2: "SUPPORT" differs from the queue "Support" by case alone.'
                " Amazon Connect may take both for one name, and people will."
            ),
        )
    ]
    assert only(job, there, {"queue": "Sales"})[1].problems == []


def test_a_login_is_one_name_whatever_its_case():
    there = centre(ana())
    row, planner = only(CREATE, there, user_row(username="ANA"))
    assert (row.action, planner.problems) == (Action.NONE, [])
    row, _ = only(CREATE, there, user_row(username="Ana", routing_profile="Sales"))
    assert row.action is Action.CONFLICT
    assert [change.field for change in row.changes] == ["routing_profile"]
    row, _ = only(
        CREATE, there, user_row(username="Ana", routing_profile="Sales"), on_exists="update"
    )
    assert [call.params["UserId"] for call in row.calls] == ["u1"]
    row, _ = only(DELETE, there, {"username": "ANA"})
    assert row.action is Action.DELETE


def test_a_user_that_is_gone_needs_no_deleting():
    assert only(DELETE, centre(), {"username": "ana"})[0].action is Action.NONE
    row, _ = only(DELETE, centre(ana()), {"username": "ana"})
    assert row.action is Action.DELETE
    assert row.calls[0].params == {"InstanceId": "i-1", "UserId": "u1"}


def test_a_name_that_two_users_share_is_not_deleted():
    two = [ana(), Thing(id="u2", name="ana")]
    _, planner = only(DELETE, centre(*two), {"username": "ana"})
    assert [each.code for each in planner.problems] == ["ambiguous-name"]


def test_rows_with_problems_of_their_own_are_not_planned():
    row, planner = only(DELETE, centre(), {"username": ""})
    assert (row.action, row.calls) == (Action.DELETE, ())
    assert said(planner.problems) == [("missing-value", "Users!A2")]


def test_later_steps_use_what_an_earlier_one_makes():
    job = job_of(
        Step(
            operation="CreateUser",
            args={
                "Username": Col("username"),
                "SecurityProfileIds": Find("security-profile", Col("profile")),
                "RoutingProfileId": Find("routing-profile", Col("routing")),
                "PhoneConfig": {"PhoneType": "SOFT_PHONE"},
            },
            subject=USER,
            save={"arn": "UserArn", "id": "UserId"},
            settle=Look(),
            undo=Step(operation="DeleteUser", args={"UserId": Saved("id")}),
        ),
        Step(
            operation="TagResource",
            when="tags",
            args={"resourceArn": USER, "tags": Col("tags")},
            subject=USER,
            irreversible="x",
        ),
        Step(
            operation="UpdateUserHierarchy",
            args={"UserId": Saved("id"), "HierarchyGroupId": Find("hierarchy-group", Col("group"))},
            subject=USER,
            settle=Again(),
        ),
        columns=("username", "profile", "routing", "tags", "group"),
        kinds={"tags": "tags"},
    )
    job = Job(
        name=job.name,
        summary="",
        key=job.key,
        steps=job.steps,
        columns=tuple(
            Column(name=c.name, help="", kind=c.kind, split=";" if c.name == "profile" else "")
            for c in job.columns
        ),
    )
    cells = {"username": "ana", "profile": "Agent", "routing": "Basic", "tags": "a=1"}
    row, planner = only(job, centre(), cells | {"group": "Cork"})
    assert planner.problems == []
    assert row.action is Action.CREATE
    _, tag, group = row.calls
    assert tag.params == {"resourceArn": Placeholder(kind="saved", name="arn"), "tags": {"a": "1"}}
    assert group.params["UserId"] == Placeholder(kind="saved", name="id")
    row, _ = only(job, centre(), cells | {"group": "", "tags": ""})
    assert [call.operation for call in row.calls] == ["CreateUser"]
    soft = {"PhoneType": "SOFT_PHONE"}
    there = ana(Tags={"b": "2"}, PhoneConfig=soft)
    row, _ = only(job, centre(there), cells | {"group": "Cork"})
    tag, group = row.calls
    assert tag.params == {"resourceArn": "arn:u1", "tags": {"a": "1"}}
    assert tag.undo is None
    assert group.params["UserId"] == "u1"
    assert group.undo == {"InstanceId": "i-1", "UserId": "u1"}
    assert [str(change) for change in row.changes] == ["tags: ∅ → a=1", "group: ∅ → Cork"]
    there = ana(Tags={"b": "2", "a": "1"}, PhoneConfig=soft)
    row, _ = only(job, centre(there), cells | {"group": ""})
    assert row.action is Action.NONE


def test_a_step_that_needs_what_is_not_saved_is_a_fault_of_the_job():
    job = job_of(
        Step(
            operation="CreateUser",
            args={"Username": Col("username")},
            subject=USER,
            save={"arn": "UserArn"},
        ),
        Step(operation="DeleteUser", args={"UserId": USER}),
    )
    with pytest.raises(KeyError, match="CreateUser saves no id"):
        only(job, centre(), {"username": "ana", "value": ""})


def test_what_a_state_cannot_tell_is_sent_and_said_to_be_unknown():
    job = job_of(
        Step(
            operation="PutUserStatus",
            args={"UserId": USER, "AgentStatusId": Col("value")},
            subject=USER,
        )
    )
    row, _ = only(job, centre(ana()), {"username": "ana", "value": "s1"})
    assert row.changes == (Change(field="value", old="(not known)", new="s1"),)
    assert row.calls[0].undo is None


def test_a_secret_is_always_sent_and_never_said():
    job = Job(
        name="j",
        summary="",
        key=("username",),
        columns=(Column(name="username", help=""), Column(name="email", help="", secret=True)),
        steps=(
            Step(
                operation="UpdateUserIdentityInfo",
                args={"UserId": USER, "IdentityInfo": {"FirstName": Col("email")}},
                subject=USER,
            ),
        ),
    )
    row, _ = only(job, centre(ana()), {"username": "ana", "email": "s3cret"})
    assert row.changes == (Change(field="email", old="(not known)", new="***"),)
    assert row.cells == ("ana", "***")
    assert "s3cret" not in repr(row)


def test_an_old_value_that_cannot_be_put_back_leaves_no_undo():
    queue = Find("queue", Col("username"))
    job = job_of(
        Step(
            operation="UpdateQueueHoursOfOperation",
            args={"QueueId": queue, "HoursOfOperationId": Find("hours-of-operation", Col("value"))},
            subject=queue,
        )
    )
    there = inventory_of(
        queue=[Thing(id="q1", name="Q", state={"QueueId": "q1"})], hours_of_operation=["Always"]
    )
    row, _ = only(job, there, {"username": "Q", "value": "Always"})
    assert (row.calls[0].operation, row.calls[0].undo) == ("UpdateQueueHoursOfOperation", None)


def test_a_step_with_its_own_undo_keeps_no_old_values():
    queue = Find("queue", Col("username"))
    disable = Step(
        operation="UpdateQueueStatus",
        args={"QueueId": queue, "Status": "DISABLED"},
        subject=queue,
        undo=Step(operation="UpdateQueueStatus", args={"QueueId": queue, "Status": "ENABLED"}),
    )
    there = inventory_of(queue=[Thing(id="q1", name="Q", state={"Status": "ENABLED"})])
    row, _ = only(job_of(disable, columns=("username",)), there, {"username": "Q"})
    assert row.calls[0].undo is None
    assert row.changes == (Change(field="Status", old="ENABLED", new="DISABLED"),)


def test_a_step_without_a_subject_is_sent_unless_its_cells_are_blank():
    job = job_of(
        Step(
            operation="UpdateUserHierarchy",
            args={"UserId": Col("username"), "HierarchyGroupId": Col("value")},
            settle=Never(),
        )
    )
    row, planner = only(job, centre(), {"username": "u1", "value": ""})
    assert (row.action, row.calls) == (Action.UPDATE, ())
    assert [str(each) for each in planner.problems] == [
        "Users!2: the row asks for nothing: blank is value. Fill one of them, or take the row out."
    ]
    row, _ = only(job, centre(), {"username": "u1", "value": "g1"})
    assert row.calls[0].params == {
        "InstanceId": "i-1",
        "UserId": "u1",
        "HierarchyGroupId": "g1",
    }
    assert row.calls[0].undo is None


def test_a_step_that_sets_nothing_by_its_cells_is_sent_with_its_key_alone():
    job = job_of(
        Step(operation="UpdateUserHierarchy", args={"UserId": Col("username")}),
        columns=("username",),
    )
    row, _ = only(job, centre(), {"username": "u1"})
    assert row.calls[0].params == {"InstanceId": "i-1", "UserId": "u1"}


def test_an_update_with_blank_cells_leaves_its_thing_alone():
    job = job_of(
        Step(
            operation="UpdateUserHierarchy",
            args={"UserId": USER, "HierarchyGroupId": Find("hierarchy-group", Col("value"))},
            subject=USER,
        )
    )
    row, planner = only(job, centre(ana()), {"username": "ana", "value": ""})
    assert row.calls == ()
    assert [each.code for each in planner.problems] == ["asks-nothing"]


def test_of_several_updates_those_with_blank_cells_are_left_out():
    columns = ("username", "value", "other")
    updates = [
        Step(
            operation="UpdateUserRoutingProfile",
            args={"UserId": USER, "RoutingProfileId": Find("routing-profile", Col(column))},
            subject=USER,
        )
        for column in columns[1:]
    ]
    row, planner = only(
        job_of(*updates, columns=columns),
        centre(ana()),
        {"username": "ana", "value": "Sales", "other": ""},
    )
    assert (row.action, len(row.calls), planner.problems) == (Action.UPDATE, 1, [])


@pytest.mark.parametrize(
    "reference",
    [
        "connect:StopContact",
        "connect:ResumeContact",
        "sqs:SendMessage",
        "connect:StartContactStreaming",
    ],
)
def test_a_deed_is_sent_though_all_that_may_be_left_out_is_left_out(reference):
    job = load(reference).job
    given = {column.name: "x1" for column in job.columns if column.required}
    given |= {"action": "lambda:InvokeFunction"} if "action" in given else {}
    blank = {column.name: "" for column in job.columns if not column.required}
    row, planner = only(job, inventory_of(), given | blank)
    assert planner.problems == []
    assert (row.action, len(row.calls)) == (Action.UPDATE, 1)


def test_a_deed_about_a_thing_is_sent_for_no_state_tells_that_it_was_done():
    args = {"UserId": USER, "ContactId": "c1"}
    job = job_of(
        Step(operation="DismissUserContact", args=args, subject=USER), columns=("username",)
    )
    row, _ = only(job, centre(ana(ContactId="c1")), {"username": "ana"})
    assert [call.params["UserId"] for call in row.calls] == ["u1"]


def test_what_has_nothing_to_compare_was_not_seen_to_be_so():
    step = Step(operation="UpdateUserHierarchy", args={"UserId": USER}, subject=USER)
    job = job_of(step, columns=("username",))
    row, _ = only(job, centre(ana()), {"username": "ana"})
    assert (row.action, len(row.calls)) == (Action.UPDATE, 1)


def test_a_client_token_is_a_placeholder_and_services_without_instances_get_no_instance():
    from bulkops.definition.expressions import Token  # noqa: PLC0415  # used here alone

    job = Job(
        name="j",
        summary="",
        service="customer-profiles",
        key=("domain",),
        columns=(Column(name="domain", help="", required=True),),
        steps=(Step(operation="DeleteDomain", args={"DomainName": Col("domain")}),),
    )
    row, _ = only(job, centre(), {"domain": "d"})
    assert row.calls[0].params == {"DomainName": "d"}
    job = job_of(
        Step(
            operation="ReleasePhoneNumber",
            args={"PhoneNumberId": Col("username"), "ClientToken": Token()},
        ),
        columns=("username",),
    )
    row, _ = only(job, centre(), {"username": "p1"})
    assert row.calls[0].params == {"PhoneNumberId": "p1", "ClientToken": Placeholder(kind="token")}


def test_what_the_model_refuses_of_a_whole_update_is_a_problem_of_the_row():
    job = job_of(
        Step(
            operation="UpdateUserPhoneConfig",
            args={"UserId": USER, "PhoneConfig": {"DeskPhoneNumber": Col("value")}},
            subject=USER,
        )
    )
    there = centre(ana(PhoneConfig={}))
    _, planner = only(job, there, {"username": "ana", "value": "+35315550142"})
    assert [str(each) for each in planner.problems] == [
        "Users!2: UpdateUserPhoneConfig: PhoneConfig.PhoneType must be given"
    ]


def test_a_disassociation_of_a_thing_is_sent_where_the_thing_is_there():
    job = job_of(
        Step(
            operation="UntagResource",
            args={"resourceArn": USER, "tagKeys": Col("value")},
            subject=USER,
        )
    )
    job = Job(
        name="j",
        summary="",
        key=("username",),
        columns=(job.columns[0], Column(name="value", help="", split=";")),
        steps=job.steps,
    )
    row, _ = only(job, centre(ana()), {"username": "ana", "value": "a;b"})
    assert row.action is Action.DISASSOCIATE
    assert row.calls[0].params == {"resourceArn": "arn:u1", "tagKeys": ["a", "b"]}


def test_a_job_may_have_no_step_that_is_due():
    job = job_of(
        Step(
            operation="UpdateUserHierarchy",
            when="value",
            args={"UserId": USER, "HierarchyGroupId": Col("value")},
            subject=USER,
        ),
        key=(),
    )
    row, planner = only(job, centre(ana()), {"username": "ana", "value": ""})
    assert row.calls == ()
    assert [each.code for each in planner.problems] == ["asks-nothing"]


def test_totals_count_rows_actions_and_calls():
    rows = [user_row(), user_row(username="bob"), user_row(username="cat")]
    _, _, planner = plan_of(CREATE, centre(ana()), *rows)
    totals = planner.totals()
    assert totals.rows == 3
    assert totals.actions == {Action.NONE: 1, Action.CREATE: 2}
    assert totals.calls == {("", "connect", "CreateUser"): 2}


def test_a_part_of_a_structure_is_emptied_by_leaving_it_out():
    there = ana()
    there.state["IdentityInfo"]["SecondaryEmail"] = "ana@example.org"
    row, _ = only(CREATE, centre(there), user_row(secondary_email="CLEAR!"), on_exists="update")
    (call,) = row.calls
    assert call.params["IdentityInfo"] == {"FirstName": "Ana", "LastName": "Byrne"}
    assert call.undo["IdentityInfo"]["SecondaryEmail"] == "ana@example.org"
    row, _ = only(CREATE, centre(), user_row(secondary_email="CLEAR!"))
    assert "SecondaryEmail" not in row.calls[0].params["IdentityInfo"]


def test_what_can_not_be_taken_away_again_is_said_beforehand():
    held = {"HoursOfOperationId": "hours-of-operation/Always", "Status": "ENABLED"}
    there = inventory_of(
        hours_of_operation=("Always",), queue=(Thing(id="q-1", name="Night", state=held),)
    )
    changed = QUEUE_ROW | {"description": "Late", "max_contacts": "5"}
    row, planner = only(QUEUES_MADE, there, changed, on_exists="update")
    assert [(each.operation, each.undo) for each in row.calls] == [
        ("UpdateQueueName", None),
        ("UpdateQueueMaxContacts", {"InstanceId": "i-1", "QueueId": "q-1"}),
    ]
    assert [(each.severity, each.message) for each in planner.problems] == [
        (
            Severity.WARNING,
            (
                "there is none now, and UpdateQueueName has no way to take it away again:"
                " undo will leave the row as it is then"
            ),
        )
    ]


def test_a_row_about_a_number_that_is_not_there_is_passed_over_and_said_once():
    job, there = load("set-up-phone-numbers").job, inventory_of(phone_number=("+35315550100",))
    row, planner = only(job, there, {"phone_number": "+35315550199", "tags": "a=b", "flow": "Main"})
    assert (row.action, row.calls) == (Action.NONE, ())
    assert [(each.severity, each.message) for each in planner.problems] == [
        (
            Severity.WARNING,
            '"+35315550199" is not a phone number of this instance: nothing to do',
        )
    ]


def test_a_number_that_can_be_none_is_a_problem_where_rows_are_passed_over():
    job, there = load("set-up-phone-numbers").job, inventory_of(phone_number=("+35315550100",))
    _, planner = only(job, there, {"phone_number": "+35315550100", "flow": "Main"})
    assert [each.severity for each in planner.problems] == [Severity.ERROR]
