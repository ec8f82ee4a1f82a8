from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bulkops.definition import (
    Again,
    Col,
    Column,
    Each,
    Entries,
    Find,
    Held,
    Job,
    Keys,
    Look,
    Member,
    Saved,
    Step,
    Together,
    Token,
)
from bulkops.planning.calls.batches import Batches
from bulkops.planning.calls.inverse import Done, invert
from bulkops.planning.calls.inverse_steps import inverse_address
from bulkops.planning.calls.placeholders import closed, placeholders_in
from bulkops.planning.calls.row_parts import exploded
from bulkops.planning.calls.subject_ids import subject_id
from bulkops.planning.inventory import Thing
from bulkops.planning.plan import Action, Placeholder, PlannedCall, PlannedRow
from bulkops.planning.undo.recorded_names import RecordedNames
from bulkops.planning.undo.undo_history import RowHistory, Unseen, survey, unseen
from bulkops.planning.undo.undo_plan import undo_plan
from tests.planning.paper import (
    CREATE,
    DELETE,
    MOVE,
    QUEUES,
    QUICK,
    ana,
    centre,
    inventory_of,
    order_of,
    sheet_of,
    target,
    user_row,
)

HERE = {"InstanceId": "i-1"}
USER = {**HERE, "UserId": "u1"}
SALES, BASIC, OTHER = (f"routing-profile/{name}" for name in ("Sales", "Basic", "Other"))
PASSWORD = Placeholder(kind="secret", name="password")
CREATED = {
    **HERE,
    "Username": "ana",
    "Password": PASSWORD,
    "PhoneConfig": {"PhoneType": "SOFT_PHONE"},
    "SecurityProfileIds": ["security-profile/Agent"],
    "RoutingProfileId": BASIC,
}


def moved(params=SALES, undo=BASIC):
    put_back = None if undo is None else {**USER, "RoutingProfileId": undo}
    return Done(step="0", params={**USER, "RoutingProfileId": params}, saved={}, undo=put_back)


def created(**saved):
    return Done(step="0", params=CREATED, saved=saved or {"user_id": "u1", "user_arn": "arn:u1"})


def deleted():
    return Done(step="0.undo", params=USER, saved={}, undo=CREATED)


def histories(job, rows, past):
    """Return a run's rows, which begin at 2; `past` is what was done for them by number."""
    order = order_of(job, sheet_of(*rows))
    names = RecordedNames(job, order.table.headers, mapping_of(order))
    return [
        RowHistory(
            number=row.number,
            key=row.key,
            target="",
            cells=row.cells,
            address=order.address(row.number, job.key[0]),
            names=names.read(row.cells),
            **past.get(row.number, {}),
        )
        for row in order.rows()
    ]


def mapping_of(order):
    headers = order.table.headers
    return {headers[index]: name for name, (index,) in order.headers.columns.items()}


def did(*done, doubtful=False):
    return {"done": done, "doubtful": doubtful}


def plan(job, rows, past, inventory):
    """Return (rows, shared calls) of the undo of a run; rows of the sheet begin at 2."""
    planner = undo_plan(job, histories(job, rows, past), {"": target()}, {"": inventory})
    entries = list(planner.entries())
    assert planner.problems == []
    planned = [each for each in entries if isinstance(each, PlannedRow)]
    return planned, [each for each in entries if isinstance(each, PlannedCall)]


def plan_one(job, row, inventory, *done, doubtful=False):
    (planned,), shared = plan(job, [row], {2: did(*done, doubtful=doubtful)}, inventory)
    return planned, shared


MOVED = {"username": "ana", "routing_profile": "Sales"}


def centre_with(profile):
    return centre(ana(RoutingProfileId=profile))


def test_a_value_that_still_stands_is_put_back_and_can_be_set_again():
    row, shared = plan_one(MOVE, MOVED, centre_with(SALES), moved())
    (call,) = row.calls
    assert (row.action, shared) == (Action.UPDATE, [])
    assert (call.step, call.operation, call.rows) == ("0", "UpdateUserRoutingProfile", (2,))
    assert call.params == {**USER, "RoutingProfileId": BASIC}
    assert call.undo == {**USER, "RoutingProfileId": SALES}
    assert [str(each) for each in row.changes] == ["routing_profile: Sales → Basic"]
    assert row.thing == ("u1", "arn:u1")


def test_a_value_that_is_as_before_needs_nothing():
    row, _ = plan_one(MOVE, MOVED, centre_with(BASIC), moved())
    assert (row.action, row.calls, row.problem) == (Action.NONE, (), None)


def test_a_value_that_somebody_changed_is_a_conflict():
    row, _ = plan_one(MOVE, MOVED, centre_with(OTHER), moved())
    assert (row.action, row.calls, row.problem.code) == (Action.CONFLICT, (), "changed-since")
    assert row.problem.message == (
        "somebody has changed it since: routing_profile was set to Sales"
        " and is routing-profile/Other"
    )
    assert str(row.problem.address) == "Users!A2"


def test_a_value_of_a_thing_that_is_gone_is_a_conflict():
    row, _ = plan_one(MOVE, MOVED, centre(), moved())
    assert (row.action, row.problem.code) == (Action.CONFLICT, "gone")


def test_what_was_there_before_must_be_known():
    row, _ = plan_one(MOVE, MOVED, centre_with(SALES), moved(undo=None))
    assert (row.action, row.problem.code) == (Action.CONFLICT, "not-known")


def test_a_row_of_which_it_is_not_known_what_it_did_is_left_alone():
    row, _ = plan_one(MOVE, MOVED, centre_with(SALES), moved(), doubtful=True)
    assert (row.action, row.problem.code) == (Action.CONFLICT, "not-settled")


def test_a_row_for_which_nothing_was_done_is_there_all_the_same():
    (row,), _ = plan(MOVE, [MOVED], {}, inventory_of())
    assert (row.number, row.action, row.calls) == (2, Action.NONE, ())


def test_a_group_that_was_given_is_taken_away_and_one_added_since_is_a_conflict():
    given = Done(
        step="0.4",
        params={**USER, "HierarchyGroupId": "hierarchy-group/Dublin"},
        saved={},
        undo=USER,
    )
    row, _ = plan_one(
        CREATE, user_row(), centre(ana(HierarchyGroupId="hierarchy-group/Dublin")), given
    )
    assert row.calls[0].params == USER
    assert [str(each) for each in row.changes] == ["hierarchy_group: Dublin → ∅"]
    other, _ = plan_one(
        CREATE, user_row(), centre(ana(HierarchyGroupId="hierarchy-group/Cork")), given
    )
    assert other.problem.code == "changed-since"


def identity(**info):
    whole = {"FirstName": "Ana", "LastName": "Byrne", **info}
    return {name: value for name, value in whole.items() if value}


def test_what_was_added_to_a_structure_since_is_not_lost():
    named = Done(
        step="0.0",
        params={**USER, "IdentityInfo": identity()},
        saved={},
        undo={**USER, "IdentityInfo": identity(FirstName="Anna")},
    )
    still, _ = plan_one(CREATE, user_row(), centre(ana(IdentityInfo=identity())), named)
    assert [str(each) for each in still.changes] == ["first_name: Ana → Anna"]
    there = centre(ana(IdentityInfo=identity(Mobile="+353871234567")))
    row, _ = plan_one(CREATE, user_row(), there, named)
    assert row.problem.message == (
        "somebody has changed it since: mobile was set to ∅ and is +353871234567"
    )


def test_what_no_column_gives_is_told_by_its_place_in_the_state():
    named = Done(
        step="0.0",
        params={**USER, "IdentityInfo": identity()},
        saved={},
        undo={**USER, "IdentityInfo": identity(FirstName="Anna")},
    )
    (step,) = [each for at, each in CREATE.addresses() if at == "0.0"]
    first = {"FirstName": step.args["IdentityInfo"]["FirstName"]}
    alone = replace(step, args={**step.args, "IdentityInfo": first})
    others = (alone, *CREATE.steps[0].otherwise[1:])
    job = replace(CREATE, steps=(replace(CREATE.steps[0], otherwise=others),))
    there = centre(ana(IdentityInfo=identity(LastName="Burke")))
    row, _ = plan_one(job, user_row(), there, named)
    assert row.problem.message == (
        "somebody has changed it since: IdentityInfo.LastName was set to Byrne and is Burke"
    )


def test_a_secret_that_was_sent_is_not_compared():
    sent = Done(
        step="0.0",
        params={**USER, "IdentityInfo": {**identity(), "Email": PASSWORD}},
        saved={},
        undo={**USER, "IdentityInfo": identity(FirstName="Anna")},
    )
    row, _ = plan_one(CREATE, user_row(), centre(ana(IdentityInfo=identity())), sent)
    assert (row.action, len(row.changes)) == (Action.UPDATE, 1)


def test_the_last_step_is_taken_back_first():
    profile = Done(
        step="0.3",
        params={**USER, "RoutingProfileId": SALES},
        saved={},
        undo={**USER, "RoutingProfileId": BASIC},
    )
    security = Done(
        step="0.2",
        params={**USER, "SecurityProfileIds": ["security-profile/Admin"]},
        saved={},
        undo={**USER, "SecurityProfileIds": ["security-profile/Agent"]},
    )
    there = centre(ana(RoutingProfileId=SALES, SecurityProfileIds=["security-profile/Admin"]))
    row, _ = plan_one(CREATE, user_row(), there, security, profile)
    assert [call.step for call in row.calls] == ["0.3", "0.2"]
    assert [str(each) for each in row.changes] == [
        "routing_profile: Sales → Basic",
        "security_profiles: Admin → Agent",
    ]


def test_what_the_run_made_is_deleted_and_can_be_made_again():
    row, _ = plan_one(CREATE, user_row(), centre(ana()), created())
    (call,) = row.calls
    assert (row.action, call.step, call.operation) == (Action.DELETE, "0.undo", "DeleteUser")
    assert call.params == USER
    assert call.undo == CREATED


@pytest.mark.parametrize("there", [(), (Thing(id="u2", name="ana"),)])
def test_what_is_gone_need_not_be_deleted_and_another_of_the_name_is_not_ours(there):
    row, _ = plan_one(CREATE, user_row(), centre(*there), created())
    assert (row.action, row.problem) == (Action.NONE, None)


def test_what_the_run_can_not_prove_to_have_made_is_left():
    row, _ = plan_one(CREATE, user_row(), centre(ana()), created(user_arn="arn:u1"))
    assert (row.action, row.problem.code) == (Action.CONFLICT, "not-provable")
    assert row.problem.message == "DeleteUser: UserId must be given"


def test_what_an_undo_deleted_is_made_again_with_the_secret_of_the_sheet():
    row, _ = plan_one(CREATE, user_row(), centre(), deleted())
    (call,) = row.calls
    assert (row.action, call.step, call.operation) == (Action.CREATE, "0", "CreateUser")
    assert (call.params, call.undo) == (CREATED, None)


def test_what_is_there_again_needs_nothing_and_another_of_the_name_is_a_conflict():
    phone = {"PhoneType": "SOFT_PHONE", "AutoAccept": False, "AfterContactWorkTimeLimit": 0}
    same, _ = plan_one(CREATE, user_row(), centre(ana(PhoneConfig=phone)), deleted())
    assert same.action is Action.NONE
    row, _ = plan_one(CREATE, user_row(), centre(ana(RoutingProfileId=SALES)), deleted())
    assert (row.action, row.problem.message) == (Action.CONFLICT, "it is there again")


def test_a_deletion_is_said_to_be_final():
    gone = Done(step="0", params=USER, saved={})
    row, _ = plan_one(DELETE, {"username": "ana"}, centre(), gone)
    assert (row.action, row.problem.code) == (Action.CONFLICT, "irreversible")
    assert row.problem.hint.startswith("What was deleted is in before.csv")
    step = replace(DELETE.steps[0], operation="UpdateUserHierarchy", settle=Again())
    job = replace(DELETE, steps=(step,))
    row, _ = plan_one(job, {"username": "ana"}, centre(ana()), gone)
    assert (row.problem.code, row.problem.hint) == ("irreversible", "")


PLACE = {**HERE, "RoutingProfileId": SALES}


def reference(queue, channel="VOICE"):
    return {"QueueId": f"queue/{queue}", "Channel": channel}


def config(queue, priority=1, delay=0):
    return {"QueueReference": reference(queue), "Priority": priority, "Delay": delay}


def queue_row(queue):
    return {"routing_profile": "Sales", "queue": queue, "channel": "VOICE"}


def entry(queue, priority=1, delay=0):
    return {**reference(queue), "Priority": priority, "Delay": delay}


def profile_of(*entries):
    inventory = inventory_of(routing_profile=("Sales",))
    inventory.add_list("routing-profile-queue", SALES, entries)
    return inventory


def given(queue, **values):
    return Done(step="0", params={**PLACE, "QueueConfigs": [config(queue, **values)]}, saved={})


def taken(queue, **values):
    return Done(
        step="0.undo",
        params={**PLACE, "QueueReferences": [reference(queue)]},
        saved={},
        undo={**PLACE, "QueueConfigs": [config(queue, **values)]},
    )


def changed(queue, priority, before):
    return Done(
        step="0.0",
        params={**PLACE, "QueueConfigs": [config(queue, priority)]},
        saved={},
        undo={**PLACE, "QueueConfigs": [config(queue, before)]},
    )


def test_places_in_a_list_are_given_back_in_one_call():
    rows, (call,) = plan(
        QUEUES,
        [queue_row("A"), queue_row("B"), queue_row("C")],
        {number: did(given(name)) for number, name in ((2, "A"), (3, "B"), (4, "C"))},
        profile_of(entry("A"), entry("C", priority=7)),
    )
    assert [row.action for row in rows] == [Action.DISASSOCIATE, Action.NONE, Action.CONFLICT]
    assert rows[2].problem.message == (
        "somebody has changed it since: priority was set to 1 and is 7"
    )
    assert (call.step, call.rows) == ("0.undo", (2,))
    assert call.params == {**PLACE, "QueueReferences": [reference("A")]}
    assert call.undo == {**PLACE, "QueueConfigs": [config("A")]}


def test_a_batch_keeps_what_gives_all_its_rows_back():
    _, (call,) = plan(
        QUEUES,
        [queue_row("A"), queue_row("B")],
        {2: did(given("A")), 3: did(given("B", delay=5))},
        profile_of(entry("A"), entry("B", delay=5)),
    )
    assert call.rows == (2, 3)
    assert call.params["QueueReferences"] == [reference("A"), reference("B")]
    assert call.undo["QueueConfigs"] == [config("A"), config("B", delay=5)]
    parts = exploded(QUEUES, call.step, call.params, call.undo, 2)
    assert parts[1] == (taken("B").params, taken("B", delay=5).undo)


def test_places_that_an_undo_gave_back_are_taken_again():
    rows, (call,) = plan(
        QUEUES,
        [queue_row("A"), queue_row("B"), queue_row("C")],
        {number: did(taken(name)) for number, name in ((2, "A"), (3, "B"), (4, "C"))},
        profile_of(entry("B"), entry("C", priority=7)),
    )
    assert [row.action for row in rows] == [Action.ASSOCIATE, Action.NONE, Action.CONFLICT]
    assert call.params == {**PLACE, "QueueConfigs": [config("A")]}
    assert call.undo is None


def test_values_of_a_place_are_put_back_where_they_still_stand():
    rows, (call,) = plan(
        QUEUES,
        [queue_row(name) for name in "ABCD"],
        {
            number: did(changed(name, 5, 1))
            for number, name in ((2, "A"), (3, "B"), (4, "C"), (5, "D"))
        },
        profile_of(entry("A", 5), entry("B", 1), entry("C", 7)),
    )
    assert [row.action for row in rows] == [
        Action.UPDATE,
        Action.NONE,
        Action.CONFLICT,
        Action.CONFLICT,
    ]
    assert [str(each) for each in rows[0].changes] == ["priority: 5 → 1"]
    assert rows[3].problem.code == "gone"
    assert (call.params["QueueConfigs"], call.undo["QueueConfigs"]) == (
        [config("A", 1)],
        [config("A", 5)],
    )


def test_the_list_of_a_thing_that_is_gone_is_gone_with_it():
    rows, shared = plan(
        QUEUES,
        [queue_row("A"), queue_row("B"), queue_row("C")],
        {
            2: did(given("A")),
            3: did(taken("B")),
            4: did(changed("C", 5, 1)),
        },
        inventory_of(),
    )
    assert [row.action for row in rows] == [Action.NONE, Action.CONFLICT, Action.CONFLICT]
    assert shared == []


def test_a_list_of_ids_is_given_back():
    there = inventory_of(queue=("Support",))
    there.add_list("queue-quick-connect", "queue/Support", [{"Id": "q1"}])
    params = {**HERE, "QueueId": "queue/Support", "QuickConnectIds": ["q1"]}
    row, (call,) = plan_one(
        QUICK,
        {"queue": "Support", "quick_connect": "Desk"},
        there,
        Done(step="0", params=params, saved={}),
    )
    assert (row.action, call.operation) == (Action.DISASSOCIATE, "DisassociateQueueQuickConnects")
    assert (call.params, call.undo) == (params, params)


NAME = Col("name")
QUEUE = Find("queue", NAME)
TAGGED = Step(
    operation="TagResource",
    subject=QUEUE,
    args={"resourceArn": Saved("queue_arn"), "tags": {"team": Col("team")}},
    settle=Again(),
    undo=Step(
        operation="UntagResource",
        subject=QUEUE,
        args={"resourceArn": Saved("queue_arn"), "tagKeys": Col("keys")},
        settle=Again(),
    ),
)
CHAIN = Job(
    name="make-queues",
    summary="Make queues with quick connects.",
    key=("name",),
    columns=tuple(
        Column(name=name, help="x.") for name in ("name", "hours", "quick_connect", "team", "keys")
    ),
    steps=(
        Step(
            operation="CreateQueue",
            subject=QUEUE,
            args={"Name": NAME, "HoursOfOperationId": Find("hours-of-operation", Col("hours"))},
            save={"queue_arn": "QueueArn", "queue_id": "QueueId"},
            settle=Look(),
            undo=Step(
                operation="DeleteQueue", subject=QUEUE, args={"QueueId": QUEUE}, settle=Look()
            ),
        ),
        Step(
            operation="AssociateQueueQuickConnects",
            subject=Member("queue-quick-connect", of=QUEUE),
            args={
                "QueueId": Saved("queue_id"),
                "QuickConnectIds": Each(Find("quick-connect", Col("quick_connect"))),
            },
            settle=Look(),
            undo=Step(
                operation="DisassociateQueueQuickConnects",
                subject=Member("queue-quick-connect", of=QUEUE),
                args={
                    "QueueId": Saved("queue_id"),
                    "QuickConnectIds": Each(Find("quick-connect", Col("quick_connect"))),
                },
                settle=Look(),
            ),
        ),
    ),
)
SAVED = {"queue_id": "q1", "queue_arn": "arn:q1"}
OPEN_ID = Placeholder(kind="saved", name="queue_id")
MADE = Done(step="0", params={**HERE, "Name": "New", "HoursOfOperationId": "h1"}, saved=SAVED)
JOINED = Done(step="1", params={**HERE, "QueueId": OPEN_ID, "QuickConnectIds": ["c1"]}, saved=SAVED)
NEW = {"name": "New", "hours": "Always", "quick_connect": "Desk"}


def with_queue(*connects):
    there = inventory_of(queue=(Thing(id="q1", name="New", arn_form="arn:q1"),))
    there.add_list("queue-quick-connect", "q1", [{"Id": each} for each in connects])
    return there


def test_a_chain_is_taken_back_from_its_end_and_done_again_from_its_beginning():
    row, _ = plan_one(CHAIN, NEW, with_queue("c1"), MADE, JOINED)
    last, first = row.calls
    assert (last.step, first.step) == ("1.undo", "0.undo")
    assert last.params == {**HERE, "QueueId": "q1", "QuickConnectIds": ["c1"]}
    assert first.params == {**HERE, "QueueId": "q1"}
    assert last.undo == JOINED.params
    back = [
        Done(step=call.step, params=call.params, saved={}, undo=call.undo) for call in (last, first)
    ]
    again, _ = plan_one(CHAIN, NEW, inventory_of(), *back)
    assert [call.step for call in again.calls] == ["0", "1"]
    assert [call.params for call in again.calls] == [MADE.params, JOINED.params]


def test_what_hangs_on_something_that_is_not_made_again_can_not_be_done_again():
    alone = Done(
        step="1.undo",
        params={**HERE, "QueueId": "q1", "QuickConnectIds": ["c1"]},
        saved={},
        undo=JOINED.params,
    )
    row, _ = plan_one(CHAIN, NEW, with_queue(), alone)
    assert (row.action, row.problem.message) == (
        Action.CONFLICT,
        "AssociateQueueQuickConnects: queue_id is not known",
    )


def test_a_part_of_a_chain_keeps_the_id_that_it_was_sent_with():
    inverse = invert(CHAIN, JOINED, {"instance": "i-1"}, made=frozenset())
    assert inverse.undo["QueueId"] == "q1"
    assert (
        invert(CHAIN, JOINED, {"instance": "i-1"}, made=frozenset({"queue_id"})).undo["QueueId"]
        == OPEN_ID
    )


def tagging(subject=QUEUE):
    step = replace(TAGGED, subject=subject, undo=replace(TAGGED.undo, subject=subject))
    return replace(CHAIN, steps=(replace(CHAIN.steps[0], undo=None, irreversible="x"), step))


TAG = Done(
    step="1",
    params={"resourceArn": Placeholder(kind="saved", name="queue_arn"), "tags": {"team": "a"}},
    saved=SAVED,
)


def test_other_things_of_a_subject_are_taken_back_while_it_is_there():
    job, saved = tagging(), {**SAVED}
    job = replace(job, steps=(job.steps[0], replace(job.steps[1], undo=_untag(job))))
    row, _ = plan_one(job, NEW, with_queue(), replace(TAG, saved=saved))
    assert row.calls[0].params == {"resourceArn": "arn:q1", "tagKeys": ["team"]}
    assert row.thing == ("q1", "arn:q1")
    gone, _ = plan_one(job, NEW, inventory_of(), TAG)
    assert gone.action is Action.NONE


def _untag(job):
    args = {"resourceArn": Saved("queue_arn"), "tagKeys": Each("team")}
    return replace(job.steps[1].undo, args=args)


def test_a_step_without_a_subject_is_taken_back_unseen():
    job = tagging(subject=None)
    job = replace(job, steps=(job.steps[0], replace(job.steps[1], undo=_untag(job))))
    row, _ = plan_one(job, NEW, inventory_of(), TAG)
    assert row.calls[0].operation == "UntagResource"
    rows = histories(job, [NEW], {2: did(TAG)})
    assert survey(job, rows).wants[""].kinds == {}
    assert list(unseen(job, rows, {"": inventory_of()})) == []
    assert rows[0].name_of(None) == ""


def test_constants_tokens_and_structures_are_built_anew():
    undo = Step(
        operation="CreateQueue",
        subject=QUEUE,
        args={
            "Name": NAME,
            "Description": "put back",
            "OutboundCallerConfig": {"OutboundCallerIdName": Col("team")},
            "ClientToken": Token(),
            "MaxContacts": Col("keys"),
        },
        settle=Look(),
    )
    job = replace(CHAIN, steps=(replace(CHAIN.steps[0], undo=undo),))
    assert invert(job, MADE, {"instance": "i-1"}, frozenset()).params == {
        **HERE,
        "Name": "New",
        "Description": "put back",
        "OutboundCallerConfig": {},
        "ClientToken": Placeholder(kind="token"),
    }


def test_an_undo_step_leaves_out_what_one_rows_call_does_not_tell():
    """Of maps and lists that rows share, what stands there now is for the plan to keep."""
    teams = Entries("Tags", Col("team"))
    undo = Step(
        operation="CreateQueue",
        subject=QUEUE,
        args={
            "Name": NAME,
            "Tags": teams,
            "QuickConnectIds": Keys(teams),
            "OutboundEmailConfig": {"OutboundEmailAddressId": Held("Version")},
            "EmailAddresses": Together({"EmailAddressId": Col("keys")}),
        },
        settle=Look(),
    )
    job = replace(CHAIN, steps=(replace(CHAIN.steps[0], undo=undo),))
    params = invert(job, MADE, {"instance": "i-1"}, frozenset()).params
    assert params == {**HERE, "Name": "New", "OutboundEmailConfig": {}}


def test_the_addresses_of_inverses_lead_there_and_back():
    assert [inverse_address(CREATE, each) for each in ("0", "0.undo", "0.1")] == [
        "0.undo",
        "0",
        "0.1",
    ]
    assert inverse_address(DELETE, "0") is None


def test_the_subject_of_a_call_is_known_by_what_it_sent_or_saved():
    assert subject_id(CREATE.steps[0], CREATED, {"user_id": "u9"}) == "u9"
    assert subject_id(MOVE.steps[0], USER, {}) == "u1"
    assert subject_id(CHAIN.steps[1], JOINED.params, SAVED) == "q1"
    assert subject_id(CHAIN.steps[1], JOINED.params, {}) == ""
    turned = replace(MOVE.steps[0], args=dict(reversed(MOVE.steps[0].args.items())))
    assert subject_id(turned, USER, {}) == "u1"
    assert subject_id(replace(MOVE.steps[0], args={}), USER, {}) == ""
    assert subject_id(replace(CREATE.steps[0], save={}), CREATED, {"user_id": "u9"}) == ""


def test_placeholders_are_closed_as_far_as_they_are_known_and_found_wherever_they_are():
    params = {"a": [OPEN_ID, PASSWORD], "b": {"c": Placeholder(kind="saved", name="x")}, "d": 1}
    assert closed(params, SAVED) == {**params, "a": ["q1", PASSWORD]}
    assert [each.name for each in placeholders_in(params)] == ["queue_id", "password", "x"]
    assert list(placeholders_in(None)) == []


def test_only_what_is_made_again_wants_the_sheets_secrets():
    past = {2: did(created()), 3: did(deleted()), 4: did(moved())}
    rows = [user_row(), user_row(username="ben"), user_row(username="cat")]
    assert survey(CREATE, histories(CREATE, rows, past)).secretive == {3}


def test_the_rows_of_which_something_was_done_are_told_in_the_order_of_the_sheet():
    rows = [user_row(), user_row(username="ben"), user_row(username="cat")]
    past = {2: did(created()), 4: did(moved())}
    assert list(survey(CREATE, histories(CREATE, rows, past)).acted) == [2, 4]


def test_what_is_wanted_is_what_the_run_touched():
    rows = [user_row(), user_row(username="ben"), user_row(username="cat")]
    identity_set = Done(step="0.0", params=USER, saved={}, undo=USER)
    past = {2: did(identity_set), 3: did(moved_in_create())}
    users = survey(CREATE, histories(CREATE, rows, past)).wants[""].kinds
    assert users["user"].names == {"ana", "ben"}
    assert users["user"].described == {"ana"}
    assert users["user"].state
    assert "IdentityInfo" in users["user"].members
    assert "PhoneConfig" not in users["user"].members
    assert (users["hierarchy-group"].every, users["hierarchy-group"].state) == (True, True)
    made = survey(CREATE, histories(CREATE, rows, {2: did(created())})).wants
    assert not made[""].kinds["user"].state
    again = survey(CREATE, histories(CREATE, rows, {2: did(deleted())})).wants
    assert again[""].kinds["user"].state
    lists = survey(QUEUES, histories(QUEUES, [queue_row("A")], {2: did(given("A"))})).wants
    assert lists[""].relations == {"routing-profile-queue": {"Sales"}}


def test_of_what_nothing_takes_back_its_own_members_are_looked_at():
    final = replace(MOVE, steps=(replace(MOVE.steps[0], irreversible="it is final"),))
    wants = survey(final, histories(final, [user_row()], {2: did(moved())})).wants
    assert wants[""].kinds["user"].members == {"UserId", "RoutingProfileId"}


def moved_in_create():
    return Done(step="0.4", params={**USER, "HierarchyGroupId": "g"}, saved={}, undo=USER)


def test_what_lost_its_name_is_looked_up_by_its_id():
    rows = histories(MOVE, [MOVED], {2: did(moved())})
    assert list(unseen(MOVE, rows, {"": centre(ana())})) == []
    assert list(unseen(MOVE, rows, {"": centre()})) == [
        ("", Unseen(kind="user", name="ana", id="u1"))
    ]
    again = histories(CREATE, [user_row()], {2: did(deleted())})
    assert list(unseen(CREATE, again, {"": centre()})) == []
    queues = histories(QUEUES, [queue_row("A")], {2: did(given("A"))})
    (found,) = unseen(QUEUES, queues, {"": inventory_of()})
    assert found[1] == Unseen(
        kind="routing-profile", name="Sales", id=SALES, relation="routing-profile-queue"
    )


@pytest.mark.parametrize(
    ("column", "cell", "name"),
    [
        ({}, " New ", "New"),
        ({}, "", ""),
        ({"kind": "integer"}, "007.0", "7"),
        ({"spellings": {"Sales": ("selling",)}}, "Selling", "Sales"),
        ({"default": "Basic"}, "", "Basic"),
        ({"default": "Basic"}, "New", "New"),
    ],
)
def test_names_are_read_from_the_recorded_cells_as_the_sheet_was(column, cell, name):
    columns = [replace(each, **column) if each.name == "name" else each for each in CHAIN.columns]
    job = replace(CHAIN, columns=tuple(columns))
    order = order_of(job, sheet_of({"Queue": cell, "hours": "x"}), mapping={"Queue": "name"})
    names = RecordedNames(job, ("Queue", "hours"), mapping_of(order))
    (row,) = order.rows()
    assert str(row.values.get("name", "")) == name
    assert names.read((cell, "x")).get("name", "") == name


def test_batches_of_other_pasts_are_not_mixed():
    step = QUEUES.step("0.undo")
    batches = Batches(QUEUES)
    call = PlannedCall(
        step="0.undo",
        target="",
        service="connect",
        operation=step.operation,
        params=taken("A").params,
        rows=(2,),
        undo=taken("A").undo,
    )
    other = replace(call, rows=(3,), undo={**call.undo, "RoutingProfileId": BASIC})
    assert [*batches.add(step, call), *batches.add(step, other)] == []
    assert [each.rows for each in batches.rest()] == [(2,), (3,)]
    assert json.dumps(call.undo)
