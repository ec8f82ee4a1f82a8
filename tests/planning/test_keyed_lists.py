"""Lists whose elements have columns of their own: the channels of a routing profile."""

from __future__ import annotations

import pytest

from bulkops.definition import Again, Col, Find, Keyed, Saved
from bulkops.definition.catalogue import load
from bulkops.definition.job import Column, Job, Step
from bulkops.definition.thing_kinds import KINDS
from bulkops.planning.calls.argument import Argument
from bulkops.planning.calls.call_params import _said_empty
from bulkops.planning.calls.inverse import Done, invert
from bulkops.planning.diff.comparison import as_sent
from bulkops.planning.export_rows import Exporter
from bulkops.planning.inventory import Thing
from bulkops.planning.plan import Action, PlannedRow
from bulkops.planning.undo.undo_history import RowHistory
from bulkops.planning.undo.undo_plan import undo_plan
from tests.planning.paper import inventory_of, order_of, planned, said, sheet_of, target

CREATE = load("create-routing-profiles").job
UPDATE = load("update-routing-profiles").job
ONLY, ANY = "ROUTE_CURRENT_CHANNEL_ONLY", "ROUTE_ANY_CHANNEL"


def channel(name, most, beside=ONLY):
    behaviour = {"CrossChannelBehavior": {"BehaviorType": beside}} if beside else {}
    return {"Channel": name, "Concurrency": most, **behaviour}


def profile(*channels, described=True):
    state = {
        "Name": "Basic",
        "RoutingProfileId": "p1",
        "Description": "All",
        "DefaultOutboundQueueId": "queue/Sales",
        "AgentAvailabilityTimer": "TIME_SINCE_LAST_ACTIVITY",
        "MediaConcurrencies": list(channels),
    }
    return Thing(id="p1", name="Basic", arn_form="arn:p1", state=state, described=described)


def decided(job, *profiles, on_exists="fail", **row):
    inventory = inventory_of(routing_profile=profiles, queue=("Sales",))
    row = {"routing_profile": "Basic", **row}
    order = order_of(job, sheet_of(row), on_exists=on_exists)
    ((decision,), _, _) = planned(order, inventory)
    return decision


def sent(decision):
    """Return what the one call of a row sends, and what would take it back."""
    (call,) = decision.calls
    return call.params.get("MediaConcurrencies"), (call.undo or {}).get("MediaConcurrencies")


NEW = {"description": "All", "default_outbound_queue": "Sales"}


def test_a_new_list_has_the_elements_of_which_a_cell_is_filled():
    made = decided(CREATE, voice="1", chats="3", while_on_chat="any", **NEW)
    assert sent(made)[0] == [channel("VOICE", 1, ""), channel("CHAT", 3, ANY)]


def test_an_element_that_lacks_a_value_is_said_by_its_own_cell():
    made = decided(CREATE, voice="1", while_on_task="any", **NEW)
    assert said([made.problem]) == [("refused-by-model", "Users!2")]
    assert "MediaConcurrencies[1].Concurrency must be given" in made.problem.message
    made = decided(CREATE, voice="1", tasks="", while_on_task="any", **NEW)
    assert said([made.problem]) == [("refused-by-model", "Users!C2")]


def test_a_list_without_any_element_is_said_by_its_first_cell():
    made = decided(CREATE, voice="", chats="", **NEW)
    assert said([made.problem]) == [("refused-by-model", "Users!B2")]
    assert "MediaConcurrencies must be given" in made.problem.message


def test_an_update_keeps_what_the_row_does_not_speak_of():
    there = profile(channel("VOICE", 1, ANY), channel("CHAT", 2))
    changed = decided(UPDATE, there, chats="4", tasks="5")
    new, old = sent(changed)
    assert sorted(new, key=str) == sorted(
        [channel("CHAT", 4), channel("TASK", 5, ""), channel("VOICE", 1, ANY)], key=str
    )
    assert sorted(old, key=str) == sorted([channel("VOICE", 1, ANY), channel("CHAT", 2)], key=str)
    assert [str(each) for each in changed.changes] == ["chats: 2 → 4", "tasks: ∅ → 5"]


def test_what_is_so_already_asks_for_nothing():
    there = profile(channel("VOICE", 1), channel("CHAT", 2, ANY))
    same = decided(UPDATE, there, voice="1", chats="2", while_on_chat="any")
    assert (same.action, same.calls) == (Action.NONE, ())


def test_an_element_is_taken_away_whole_and_comes_back_whole():
    there = profile(channel("VOICE", 1), channel("CHAT", 2, ANY))
    changed = decided(UPDATE, there, chats="CLEAR!")
    assert sent(changed)[0] == [channel("VOICE", 1)]
    assert sorted(sent(changed)[1], key=str) == sorted(
        [channel("CHAT", 2, ANY), channel("VOICE", 1)], key=str
    )
    gone = decided(UPDATE, profile(channel("VOICE", 1)), chats="CLEAR!")
    assert gone.action is Action.NONE


def test_only_whole_elements_can_be_emptied():
    there = profile(channel("VOICE", 1))
    refused = decided(UPDATE, there, while_on_voice="CLEAR!")
    assert said([refused.problem])[0][1] == "Users!B2"
    assert not refused.calls


def test_calls_are_taken_one_at_a_time():
    refused = decided(UPDATE, profile(channel("VOICE", 1)), voice="2")
    assert "1" in refused.problem.allowed
    assert not refused.calls


def test_what_is_there_is_brought_to_its_row():
    there = profile(channel("VOICE", 1))
    changed = decided(CREATE, there, on_exists="update", voice="1", tasks="7", **NEW)
    new, old = sent(changed)
    assert sorted(new, key=str) == sorted([channel("TASK", 7, ""), channel("VOICE", 1)], key=str)
    assert old == [channel("VOICE", 1)]


def test_an_export_gives_each_element_its_cells():
    inventory = inventory_of(
        routing_profile=(profile(channel("VOICE", 1, ANY), channel("TASK", 5)),), queue=("Sales",)
    )
    (row,) = Exporter(UPDATE, inventory, None, described=True).rows()
    cells = dict(zip([column.name for column in UPDATE.columns], row, strict=True))
    assert {name: cells[name] for name in ("voice", "chats", "tasks", "while_on_voice")} == {
        "voice": "1",
        "chats": "",
        "tasks": "5",
        "while_on_voice": ANY,
    }


def test_an_export_says_what_only_a_description_tells():
    there = profile(channel("VOICE", 1, ""), described=False)
    exporter = Exporter(UPDATE, inventory_of(routing_profile=(there,), queue=("Sales",)), None)
    list(exporter.rows())
    (note,) = exporter.notes
    assert note.startswith("while_on_voice, while_on_chat, while_on_task, while_on_email, longest")


@pytest.mark.parametrize(
    ("there", "same"),
    [
        ([channel("VOICE", 1), channel("CHAT", 3, ANY)], True),
        ([channel("CHAT", 3, ANY), channel("VOICE", 1)], True),
        ([channel("VOICE", 1), channel("CHAT", 3)], False),
        ([channel("VOICE", 1), channel("CHAT", 4, ANY)], False),
        ([channel("VOICE", 1)], False),
        ([channel("VOICE", 1), channel("CHAT", 3, ANY), channel("TASK", 1)], False),
    ],
)
def test_a_list_is_as_it_was_sent_with_what_the_service_adds_of_itself(there, same):
    (address, step) = next(
        (address, step)
        for address, step in UPDATE.addresses()
        if step.operation == "UpdateRoutingProfileConcurrency"
    )
    params = {"MediaConcurrencies": [channel("VOICE", 1, ""), channel("CHAT", 3, ANY)]}
    assert address == "2"
    assert as_sent(step, params, profile(*there), KIND) is same


KIND = KINDS["routing-profile"]


def test_a_step_that_takes_another_back_may_send_its_elements():
    find = Find("routing-profile", Col("name"))
    levels = Keyed("Channel", ({"Channel": "VOICE", "Concurrency": Col("voice")},))
    tasks = Keyed("Channel", (*levels.items, {"Channel": "TASK", "Concurrency": Col("tasks")}))
    job = Job(
        name="channels",
        summary="Set channels.",
        key=("name",),
        columns=tuple(
            Column(name=name, help="x", kind="integer") for name in ("name", "voice", "tasks")
        ),
        steps=(
            Step(
                operation="UpdateRoutingProfileConcurrency",
                subject=find,
                args={"RoutingProfileId": find, "MediaConcurrencies": tasks},
                undo=Step(
                    operation="UpdateRoutingProfileConcurrency",
                    subject=find,
                    args={"RoutingProfileId": Saved("x"), "MediaConcurrencies": levels},
                ),
            ),
        ),
    )
    params = {"RoutingProfileId": "p1", "MediaConcurrencies": [channel("VOICE", 1, "")]}
    back = invert(job, Done(step="0", params=params, saved={"x": "p1"}), "i-1", frozenset())
    assert back.params["MediaConcurrencies"] == [channel("VOICE", 1, "")]
    params = {"RoutingProfileId": "p1", "MediaConcurrencies": [channel("TASK", 1, "")]}
    back = invert(job, Done(step="0", params=params, saved={"x": "p1"}), "i-1", frozenset())
    assert "MediaConcurrencies" not in back.params


def put_back(now, **row):
    """Return the row of an undo of a change of the profile's channels, with what is there now."""
    (call,) = decided(UPDATE, profile(channel("VOICE", 1), channel("CHAT", 2, ANY)), **row).calls
    done = Done(step=call.step, params=call.params, saved={}, undo=call.undo)
    sheet = sheet_of({"routing_profile": "Basic", **row})
    history = RowHistory(
        number=2,
        key="Basic",
        target="",
        cells=(),
        address=sheet.address(2),
        names={"routing_profile": "Basic"},
        done=(done,),
    )
    inventory = inventory_of(routing_profile=(profile(*now),), queue=("Sales",))
    planner = undo_plan(UPDATE, [history], {"": target()}, {"": inventory})
    return next(each for each in planner.entries() if isinstance(each, PlannedRow))


def test_an_undo_puts_channels_back_whatever_the_service_added_of_itself():
    now = [channel("VOICE", 1), channel("CHAT", 4, ANY), channel("TASK", 5)]
    back = put_back(now, chats="4", tasks="5")
    (call,) = back.calls
    assert sorted(call.params["MediaConcurrencies"], key=str) == sorted(
        [channel("CHAT", 2, ANY), channel("VOICE", 1)], key=str
    )
    assert {"chats: 4 → 2", "tasks: 5 → ∅"} <= {str(each) for each in back.changes}


def test_an_undo_leaves_channels_alone_that_somebody_has_changed_since():
    changed = put_back([channel("VOICE", 1), channel("CHAT", 3, ANY)], chats="4")
    assert changed.problem.message == ("somebody has changed it since: chats was set to 4 and is 3")
    added = put_back([channel("VOICE", 1), channel("CHAT", 4, ANY), channel("TASK", 1)], chats="4")
    assert "tasks was set to ∅ and is 1" in added.problem.message


def test_an_undo_of_what_is_as_it_was_does_nothing():
    now = [channel("VOICE", 1), channel("CHAT", 2, ANY)]
    assert put_back(now, chats="4").action is Action.NONE


def test_an_elements_value_is_emptied_by_a_member_of_its_own_where_there_is_something():
    keyed = Keyed(by="id", items=({"id": "f", "value": {"stringValue": Col("f")}},), empty="none")
    cleared = Argument(("fields", "[id=f]", "value"), None, "f")
    update = Step(operation="UpdateCase", args={"fields": keyed}, settle=Again())
    assert _said_empty(update, cleared).path[-1] == "none"
    create = Step(operation="CreateCase", args={"fields": keyed}, settle=Again())
    assert _said_empty(create, cleared) is cleared
