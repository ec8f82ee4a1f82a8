"""A workbook's run taken back: what used what, and what still does."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition.workbook_job import workbook_job
from bulkops.planning.calls.inverse import Done
from bulkops.planning.inventory import Inventory, Thing
from bulkops.planning.plan import Action, Need, Placeholder
from bulkops.planning.rows.sheet_numbers import numbered
from bulkops.planning.undo.recorded_names import RecordedNames
from bulkops.planning.undo.undo_history import RowHistory, survey, unseen
from bulkops.planning.undo.undo_plan import undo_plan
from bulkops.planning.undo.undo_usages import deleted_by_undo, given_up_by_undo
from bulkops.planning.usage import Usage
from tests.planning.paper import target
from tests.planning.test_undo_plan import mapping_of
from tests.planning.test_workbook_plan import (
    PLACE,
    PROFILE_QUEUES,
    PROFILES,
    QUEUE,
    QUEUES,
    orders_of,
    profile_of,
)

MOVES = ("Moves", "update-user-routing-profiles")
SHEETS = (
    (*QUEUES, [QUEUE]),
    (*PROFILES, [profile_of()]),
    (*PROFILE_QUEUES, [PLACE]),
    (*MOVES, [{"username": "ana", "routing_profile": "Night"}]),
)
QUEUE_CALL = Need(numbered(0, 2), "create-queues:0")
PROFILE_CALL = Need(numbered(1, 2), "create-routing-profiles:0")
SAVED_QUEUE = {"queue_id": "q", "queue_arn": "arn:queue/q"}
SAVED_PROFILE = {"profile_id": "p", "profile_arn": "arn:routing-profile/p"}
HERE = {"InstanceId": "i-1"}


def made(name, call):
    return Placeholder(kind="made", name=name, of=call)


def profile_made(queue, needs):
    params = {**HERE, "Name": "Night", "DefaultOutboundQueueId": queue}
    return Done(step=PROFILE_CALL.step, params=params, saved=SAVED_PROFILE, needs=needs)


def past(*, anew=False, undo="b"):
    """Return what a run did, by row. `anew`: it was planned once more when things were there."""
    of_queue = {} if anew else {QUEUE_CALL: SAVED_QUEUE}
    of_profile = {} if anew else {PROFILE_CALL: SAVED_PROFILE}
    queue = "q" if anew else made("queue_id", QUEUE_CALL)
    profile = "p" if anew else made("profile_id", PROFILE_CALL)
    named = {**HERE, "Name": "Desk", "HoursOfOperationId": "h"}
    place = {"QueueReference": {"QueueId": queue, "Channel": "VOICE"}, "Priority": 1, "Delay": 0}
    listed = {**HERE, "RoutingProfileId": profile, "QueueConfigs": [place]}
    moved = {**HERE, "UserId": "u", "RoutingProfileId": profile}
    back = None if undo is None else {**HERE, "UserId": "u", "RoutingProfileId": undo}
    together = {**of_queue, **of_profile}
    return {
        0: Done(step=QUEUE_CALL.step, params=named, saved=SAVED_QUEUE),
        1: profile_made(queue, of_queue),
        2: Done(step="associate-routing-profile-queues:0", params=listed, saved={}, needs=together),
        3: Done(
            step="update-user-routing-profiles:0",
            params=moved,
            saved={},
            undo=back,
            needs=of_profile,
        ),
    }


def histories(done, sheets=SHEETS):
    found = []
    for place, order in enumerate(orders_of(*sheets)):
        names = RecordedNames(order.job, order.table.headers, mapping_of(order))
        for row in order.rows():
            calls = (done[place],) if place in done else ()
            address = order.address(row.number)
            read = names.read(row.cells)
            found.append(
                RowHistory(
                    number=row.number, key=row.key, target="", cells=row.cells, address=address,
                    names=read, done=calls,
                )
            )  # fmt: skip
    return found


def there(*, profile="p"):
    """Return the instance as the run has left it, unless somebody moved the user since."""
    inventory = Inventory()
    inventory.add("queue", [Thing(id="q", name="Desk", state={})])
    profiles = [Thing(id="p", name="Night", state={}), Thing(id="b", name="Basic", state={})]
    inventory.add("routing-profile", profiles)
    state = {"Username": "ana", "RoutingProfileId": profile}
    inventory.add("user", [Thing(id="u", name="ana", state=state)])
    entry = {"QueueId": "q", "Channel": "VOICE", "Priority": 1, "Delay": 0}
    inventory.add_list("routing-profile-queue", "p", [entry])
    inventory.add_usage("queue", "q", Usage("routing profile", "Night", id="p"))
    if profile == "p":
        inventory.add_usage("routing-profile", "p", Usage("user", "ana", id="u"))
    return inventory


def job_of(sheets=SHEETS):
    return workbook_job(order.job for order in orders_of(*sheets))


def undone(done, inventory, sheets=SHEETS):
    """Return the rows of an undo, by the place of their sheet."""
    job, rows = job_of(sheets), histories(done, sheets)
    inventories = {"": inventory}
    deleted = deleted_by_undo(job, rows, inventories)
    for name, given_up in given_up_by_undo(job, rows, deleted).items():
        inventories[name].given_up |= given_up
    inventory.going.update(*deleted.get("", {}).values())
    planner = undo_plan(job, rows, {"": target()}, inventories, needing=True)
    entries = list(planner.entries())
    rows = {each.number // 10_000_000: each for each in entries if hasattr(each, "action")}
    calls = [call for each in entries for call in (getattr(each, "calls", None) or ())]
    calls += [each for each in entries if not hasattr(each, "action")]
    return rows, {call.step: call for call in calls}


def said(rows):
    return {
        place: row.problem and (row.problem.code, row.problem.message)
        for place, row in rows.items()
    }


def back(need):
    return Need(need.row, f"{need.step}.undo")


def test_what_used_a_thing_is_taken_back_before_it_be_it_known_by_needs_or_by_ids():
    for anew in (False, True):
        rows, calls = undone(past(anew=anew), there())
        assert {row.problem for row in rows.values()} == {None}
        listed = Need(numbered(2, 2), "associate-routing-profile-queues:0.undo")
        moved = Need(numbered(3, 2), "update-user-routing-profiles:0")
        assert set(calls["create-queues:0.undo"].needs) == {back(PROFILE_CALL), listed}
        assert set(calls["create-routing-profiles:0.undo"].needs) == {listed, moved}
        taken = calls["associate-routing-profile-queues:0.undo"]
        assert taken.params["RoutingProfileId"] == "p"
        assert taken.params["QueueReferences"] == [{"QueueId": "q", "Channel": "VOICE"}]
        assert taken.needs == ()


def test_uses_that_the_undo_ends_itself_do_not_count():
    job, rows, inventories = job_of(), histories(past()), {"": there()}
    deleted = deleted_by_undo(job, rows, inventories)
    assert deleted == {"": {"queue": {"q"}, "routing-profile": {"p"}}}
    assert given_up_by_undo(job, rows, deleted) == {"": {("q", "p"), ("p", "u"), ("p", "p")}}
    assert given_up_by_undo(job, rows, {}) == {}


def test_what_is_still_used_by_what_is_not_taken_back_stays_and_so_does_all_that_it_uses():
    rows, calls = undone(past(undo=None), there())
    still = "did uses it, and is not taken back"
    assert said(rows) == {
        0: ("still-used", f"what Routing profiles row 2 {still}"),
        1: ("still-used", f"what Moves row 2 {still}"),
        2: None,
        3: ("not-known", "what was there before is not known"),
    }
    assert set(calls) == {"associate-routing-profile-queues:0.undo"}


def test_what_somebody_has_changed_since_uses_it_no_more():
    rows, calls = undone(past(), there(profile="b2"))
    assert {place for place, flaw in said(rows).items() if flaw} == {3}
    assert calls["create-routing-profiles:0.undo"].needs == (
        Need(numbered(2, 2), "associate-routing-profile-queues:0.undo"),
    )


def test_what_uses_a_thing_of_which_uses_are_not_looked_at_counts():
    sheets = (
        ("Attributes", "create-predefined-attributes", [{"attribute": "Skill", "value": "Gold"}]),
        (*MOVES, [{"username": "ana", "routing_profile": "Night"}]),
    )
    need = Need(numbered(0, 2), "create-predefined-attributes:0")
    params = {**HERE, "UserId": "u", "RoutingProfileId": "p"}
    done = {
        0: Done(step=need.step, params={**HERE, "Name": "Skill"}, saved={}),
        1: Done(step="update-user-routing-profiles:0", params=params, saved={}, needs={need: {}}),
    }
    inventory = there()
    inventory.add("predefined-attribute", [Thing(id="Skill", name="Skill", state={})])
    rows, _ = undone(done, inventory, sheets)
    assert rows[0].action is rows[1].action is Action.CONFLICT


def test_values_set_of_what_another_row_made_go_with_it():
    sheets = (("Users", "create-users", [{"username": "ana"}]), SHEETS[3])
    need = Need(numbered(0, 2), "create-users:0")
    moved = {**HERE, "UserId": made("user_id", need), "RoutingProfileId": "b"}
    saved = {"user_id": "u", "user_arn": "arn:agent/u"}
    done = {
        0: Done(step=need.step, params={**HERE, "Username": "ana"}, saved=saved),
        1: Done(step="update-user-routing-profiles:0", params=moved, saved={}, needs={need: saved}),
    }
    rows, calls = undone(done, there(), sheets)
    assert [row.action for row in rows.values()] == [Action.DELETE, Action.NONE]
    assert calls["create-users:0.undo"].needs == ()


def test_places_in_the_list_of_what_is_made_again_come_back_after_it():
    queue = {"QueueId": made("queue_id", QUEUE_CALL), "Channel": "VOICE"}
    config = {"QueueReference": queue, "Priority": 1, "Delay": 0}
    again = {**HERE, "RoutingProfileId": made("profile_id", PROFILE_CALL), "QueueConfigs": [config]}
    made_again = {
        0: {**HERE, "Name": "Desk", "HoursOfOperationId": "h"},
        1: {
            **HERE, "Name": "Night", "Description": "x",
            "DefaultOutboundQueueId": made("queue_id", QUEUE_CALL), "MediaConcurrencies": [],
        },
    }  # fmt: skip
    taken = {**HERE, "RoutingProfileId": "p", "QueueReferences": [{"QueueId": "q"}]}
    done = {
        place: Done(step=back(call).step, params={**HERE, "QueueId": "q"}, saved={}, undo=params)
        for (place, params), call in zip(
            made_again.items(), (QUEUE_CALL, PROFILE_CALL), strict=True
        )
    }
    step = "associate-routing-profile-queues:0.undo"
    done[2] = Done(step=step, params=taken, saved={}, undo=again)
    rows, calls = undone(done, Inventory(), SHEETS[:3])
    assert {row.problem for row in rows.values()} == {None}
    assert set(calls["associate-routing-profile-queues:0"].needs) == {QUEUE_CALL, PROFILE_CALL}


def test_what_bears_its_name_no_more_is_looked_for_by_the_id_that_was_sent():
    found = list(unseen(job_of(), histories(past()), {"": Inventory()}))
    assert {(each.kind, each.id) for _, each in found} == {
        ("queue", "q"),
        ("routing-profile", "p"),
        ("user", "u"),
    }
    assert survey(job_of(), histories(past())).needing


HOURS_CALL = Need(numbered(0, 2), "create-hours-of-operation:0")
HOLIDAY = "create-hours-of-operation-overrides:0"


def hours_past(**more):
    """Return what a run did for three rows of one call, and for a holiday in what that made."""
    saved = {"hours_id": "h", "hours_arn": "arn:operating-hours/h"}
    hours = Done(step=HOURS_CALL.step, params={**HERE, "Name": "Late"}, saved=saved)
    inside = {**HERE, "HoursOfOperationId": made("hours_id", HOURS_CALL), "Name": "Fair"}
    holiday = Done(
        step=HOLIDAY,
        params=inside,
        saved={"override_id": "o"},
        needs={HOURS_CALL: saved},
        **more,
    )
    return {0: hours, 1: holiday}


def hours_sheets(**more):
    times = {"time_zone": "UTC", "opens": "09:00", "closes": "17:00"}
    hours = [{"hours_of_operation": "Late", "day": day, **times} for day in ("MON", "TUE", "WED")]
    holiday = {"hours_of_operation": "Late", "holiday": "Fair", **more}
    sheets = ("Hours", "create-hours-of-operation", hours)
    return sheets, ("Holidays", "create-hours-of-operation-overrides", [holiday])


def hours_there(*, fair="o"):
    inventory = Inventory()
    inventory.add("hours-of-operation", [Thing(id="h", name="Late", state={})])
    inside = Thing(id=fair, name="Late / Fair", state={}, described=True, within="h")
    inventory.add("hours-of-operation-override", [inside])
    return inventory


def test_what_lies_in_a_thing_goes_before_the_call_that_takes_back_what_several_rows_made():
    job, rows = job_of(hours_sheets()), histories(hours_past(), hours_sheets())
    planner = undo_plan(job, rows, {"": target()}, {"": hours_there()}, needing=True)
    calls = [each for each in planner.entries() if not hasattr(each, "action")]
    by_step = {call.step: call for call in calls}
    assert len(calls) == 2
    assert by_step["create-hours-of-operation:0.undo"].rows == (2, 3, 4)
    holiday = Need(numbered(1, 2), f"{HOLIDAY}.undo")
    assert by_step["create-hours-of-operation:0.undo"].needs == (holiday,)


def test_what_several_rows_made_stays_for_all_of_them_where_it_is_still_used():
    done = hours_past()
    histories_ = histories(done, hours_sheets())
    *hours, holiday = histories_
    rows = [*hours, replace(holiday, doubtful=True)]
    planner = undo_plan(
        job_of(hours_sheets()), rows, {"": target()}, {"": hours_there()}, needing=True
    )
    found = [each for each in planner.entries() if hasattr(each, "action")]
    assert [each.problem.code for each in found] == ["still-used"] * 3 + ["not-settled"]
