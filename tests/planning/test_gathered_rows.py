"""Rows that make one list together: one call, all or nothing, told row by row."""

from __future__ import annotations

from itertools import pairwise

import pytest

from bulkops.definition import Again, Col, Column, Find, Job, Step, Together
from bulkops.definition.catalogue import load
from bulkops.planning.calls.argument import Argument
from bulkops.planning.calls.elements import Elements
from bulkops.planning.calls.inverse import Done
from bulkops.planning.decisions.group_rows import row_at_fault
from bulkops.planning.diff.amended_lists import amended_list
from bulkops.planning.diff.list_amendments import Amendment
from bulkops.planning.diff.state import StateValue
from bulkops.planning.export_rows import Exporter
from bulkops.planning.inventory import Inventory, Thing
from bulkops.planning.plan import Action, PlannedCall, PlannedRow
from bulkops.planning.rows.cells import Flaw
from bulkops.planning.rows.row_groups import RowGroups
from bulkops.planning.sheet_check import check
from bulkops.planning.undo.undo_history import RowHistory
from bulkops.planning.undo.undo_plan import undo_plan
from bulkops.problems import Address
from tests.planning.paper import checked, inventory_of, order_of, planned, said, sheet_of, target

CREATE = load("create-hours-of-operation").job
UPDATE = load("update-hours-of-operation").job
USER = Find("user", Col("username"))
PROFILES = Job(
    name="profiles",
    summary="Give users security profiles, a row each.",
    key=("username", "profile"),
    columns=(
        Column(name="username", help="Who.", required=True),
        Column(name="profile", help="What."),
        Column(
            name="change",
            help="How.",
            spellings={"add": (), "remove": (), "replace": ()},
            default="add",
        ),
    ),
    steps=(
        Step(
            operation="UpdateUserSecurityProfiles",
            subject=USER,
            args={
                "UserId": USER,
                "SecurityProfileIds": Together(
                    Find("security-profile", Col("profile")), how=Col("change")
                ),
            },
            settle=Again(),
        ),
    ),
)


def at(hours, minutes=0):
    return {"Hours": hours, "Minutes": minutes}


def slot(day, start, end):
    return {"Day": day, "StartTime": start, "EndTime": end}


def row(day="Mon", opens="09:00", closes="17:00", **more):
    return {"hours_of_operation": "Desk", "day": day, "opens": opens, "closes": closes} | more


def new_row(**changed):
    return row(time_zone="Europe/Dublin") | changed


def desk(*week, **more):
    state = {"Name": "Desk", "TimeZone": "Europe/Dublin", "Config": [*week]} | more
    return inventory_of(hours_of_operation=[Thing(id="h1", name="Desk", state=state)])


def users(*profiles):
    state = {"Username": "ana", "SecurityProfileIds": [f"security-profile/{p}" for p in profiles]}
    names = ("Agent", "Admin", "Quality")
    return inventory_of(user=[Thing(id="u1", name="ana", state=state)], security_profile=names)


def plan_of(job, inventory, *rows, **more):
    return planned(order_of(job, sheet_of(*rows), **more), inventory)


def shown(rows):
    return [(each.action.value, "; ".join(map(str, each.changes))) for each in rows]


def test_rows_of_one_name_make_one_call_wherever_they_stand():
    rows, calls, planner = plan_of(
        CREATE,
        inventory_of(hours_of_operation=[]),
        new_row(day="Mon-Tue", closes="12:30"),
        new_row(hours_of_operation="Other"),
        row(opens="1:15 pm", closes="00:00"),
    )
    assert [call.rows for call in calls] == [(2, 4), (3,)]
    assert calls[0].params == {
        "InstanceId": "i-1",
        "Name": "Desk",
        "TimeZone": "Europe/Dublin",
        "Config": [
            slot("MONDAY", at(9), at(12, 30)),
            slot("TUESDAY", at(9), at(12, 30)),
            slot("MONDAY", at(13, 15), at(0)),
        ],
    }
    assert planner.problems == []
    assert [each.calls for each in rows] == [()] * 3
    assert shown(rows) == [
        (
            "create",
            "time_zone: ∅ → Europe/Dublin; day: ∅ → MONDAY 09:00-12:30; TUESDAY 09:00-12:30",
        ),
        ("create", "time_zone: ∅ → Europe/Dublin; day: ∅ → MONDAY 09:00-17:00"),
        ("create", "day: ∅ → MONDAY 13:15-00:00"),
    ]


def test_hours_without_any_time_are_made_with_an_empty_week():
    for first in (row(day="closed", opens="", closes=""), row(day="", opens="", closes="")):
        _, calls, _ = plan_of(
            CREATE, inventory_of(hours_of_operation=[]), {**first, "time_zone": "Europe/Dublin"}
        )
        assert calls[0].params["Config"] == []


def test_a_closed_row_that_has_times_is_a_problem_and_nothing_is_dropped():
    assert checked(CREATE, new_row(day="closed")) == [("unused-value", "Users!C2")]
    assert checked(CREATE, new_row(day="closed", opens="", closes="")) == []


def test_what_is_so_already_needs_nothing_in_whatever_order_it_stands():
    week = (slot("TUESDAY", at(9), at(17)), slot("MONDAY", at(9), at(17)))
    rows, calls, _ = plan_of(UPDATE, desk(*week), row("Mon"), row("Tue"))
    assert (shown(rows), calls) == ([("none", "")] * 2, [])


def test_a_list_is_replaced_as_a_whole_and_can_be_put_back():
    week = [slot("MONDAY", at(9), at(17)), slot("SUNDAY", at(9), at(10))]
    rows, (call,), _ = plan_of(UPDATE, desk(*week), row("Mon"), row("Fri", description="New"))
    assert call.rows == (2, 3)
    assert call.params["Config"] == [
        slot("MONDAY", at(9), at(17)),
        slot("FRIDAY", at(9), at(17)),
    ]
    assert call.undo["Config"] == week
    assert shown(rows) == [
        ("update", "description: ∅ → New; day: SUNDAY 09:00-10:00 → ∅"),
        ("update", "day: ∅ → FRIDAY 09:00-17:00"),
    ]


def test_rows_that_say_nothing_of_the_list_leave_it_as_it_is():
    week = slot("MONDAY", at(9), at(17))
    blank = {"hours_of_operation": "Desk", "day": "", "opens": "", "closes": ""}
    _, (call,), _ = plan_of(UPDATE, desk(week), {**blank, "time_zone": "Europe/Lisbon"})
    assert "Config" not in call.params
    _, (call,), _ = plan_of(UPDATE, desk(week), {**blank, "day": "closed"})
    assert call.params["Config"] == []


def test_a_group_that_asks_for_nothing_says_so():
    blank = {"hours_of_operation": "Desk", "description": "", "day": "", "opens": "", "closes": ""}
    assert checked(UPDATE, blank) == [("asks-nothing", "Users!2")]
    _, calls, planner = plan_of(UPDATE, desk(), blank, blank)
    assert [each.code for each in planner.problems] == ["asks-nothing"]
    assert calls == []


def test_what_is_there_and_differs_is_left_alone_unless_it_is_to_be_updated():
    rows, calls, _ = plan_of(CREATE, desk(), new_row(), new_row(day="Tue"))
    assert [each.action for each in rows] == [Action.CONFLICT] * 2
    assert {each.problem.code for each in rows} == {"already-exists"}
    assert calls == []
    rows, (call,), _ = plan_of(CREATE, desk(), new_row(), new_row(day="Tue"), on_exists="update")
    assert (call.operation, call.rows) == ("UpdateHoursOfOperation", (2, 3))
    assert [change for _, change in shown(rows)] == [
        "day: ∅ → MONDAY 09:00-17:00",
        "day: ∅ → TUESDAY 09:00-17:00",
    ]


def test_rows_amend_the_list_that_is_there():
    ana = {"username": "ana"}
    rows, (call,), _ = plan_of(
        PROFILES,
        users("Agent", "Admin"),
        {**ana, "profile": "Quality", "change": "add"},
        {**ana, "profile": "Admin", "change": "remove"},
        {**ana, "profile": "Agent", "change": ""},
    )
    assert call.params["SecurityProfileIds"] == [
        "security-profile/Agent",
        "security-profile/Quality",
    ]
    assert call.undo["SecurityProfileIds"] == ["security-profile/Agent", "security-profile/Admin"]
    assert shown(rows) == [
        ("update", "profile: ∅ → Quality"),
        ("update", "profile: Admin → ∅"),
        ("update", ""),
    ]


def test_rows_replace_the_list_where_they_say_so():
    row_of = {"username": "ana", "profile": "Quality", "change": "replace"}
    rows, (call,), _ = plan_of(PROFILES, users("Agent"), row_of)
    assert call.params["SecurityProfileIds"] == ["security-profile/Quality"]
    assert shown(rows) == [("update", "profile: Agent → Quality")]


def test_a_list_that_is_not_to_be_seen_can_not_be_amended():
    lists = (Argument(path=("A",), value=["a"], field="a", amends=Amendment(add=("a",))),)
    (told,) = (amended_list(each, StateValue(known=False)) for each in lists)
    assert told.code == "not-visible"


def test_an_unknown_name_is_said_at_its_cell_and_holds_the_others_back():
    ana = {"username": "ana", "change": ""}
    rows, calls, planner = plan_of(
        PROFILES, users(), {**ana, "profile": "Agent"}, {**ana, "profile": "Nobody"}
    )
    assert said(planner.problems) == [("unknown-name", "Users!C3")]
    assert calls == []
    assert rows[0].problem.message.startswith("row 3 is sent together with this one")
    _, _, planner = plan_of(PROFILES, users(), {**ana, "username": "bo", "profile": "Agent"})
    assert said(planner.problems) == [("unknown-name", "Users!A2")]


def test_a_broken_cell_holds_the_others_of_its_list_back():
    rows, calls, planner = plan_of(CREATE, desk(), new_row(day="Mun"), new_row())
    assert [each.code for each in planner.problems] == ["not-a-choice"]
    assert [each.problem.code for each in rows] == ["not-a-choice"] * 2
    assert calls == []


def test_other_columns_agree_or_are_blank():
    found = checked(
        CREATE, new_row(), row("Tue", time_zone=""), row("Wed", time_zone="Europe/Lisbon")
    )
    assert found == [("contradicting-row", "Users!E4")]


def test_times_that_overlap_are_said_by_cell():
    found = checked(CREATE, new_row(day="Mon-Fri"), new_row(day="Fri", opens="16:59"))
    assert found == [("overlapping-rows", "Users!B3")]
    assert checked(CREATE, new_row(closes="00:00"), new_row(opens="23:00", closes="23:30")) == [
        ("overlapping-rows", "Users!B3")
    ]
    assert checked(CREATE, new_row(), new_row(opens="17:00", closes="18:00")) == []


def test_a_list_must_not_be_longer_than_the_service_takes():
    times = [(f"{minute // 60:02}:{minute % 60:02}") for minute in range(0, 102 * 5, 5)]
    rows = [new_row(opens=a, closes=b) for a, b in pairwise(times)]
    assert checked(CREATE, *rows) == [("wrong-count", "Users!B2")]


def test_an_element_lacks_nothing():
    codes = {code for code, _ in checked(CREATE, new_row(closes=""))}
    assert codes == {"refused-by-model"}


def test_a_list_is_replaced_or_amended():
    ana = {"username": "ana"}
    found = checked(
        PROFILES,
        {**ana, "profile": "Agent", "change": "replace"},
        {**ana, "profile": "Admin", "change": "add"},
    )
    assert found == [("mixed-changes", "Users!C3")]


def cut(job, *rows, **selected):
    return said(check(order_of(job, sheet_of(*rows), **selected)).problems)


def test_a_part_of_a_list_is_not_selected():
    rows = [new_row(), new_row(day="Tue"), new_row(hours_of_operation="Other")]
    assert cut(CREATE, *rows, rows="2,4") == [("cut-group", "Users!2")]
    assert cut(CREATE, *rows, rows="2-3") == []
    ana = {"username": "ana", "change": "add"}
    both = [{**ana, "profile": "Agent"}, {**ana, "profile": "Admin"}]
    assert cut(PROFILES, *both, limit=1) == []


def test_rows_without_a_name_stand_alone():
    rows = list(order_of(CREATE, sheet_of(row(), row(hours_of_operation=""))).rows())
    groups = RowGroups(CREATE, rows)
    assert [[each.number for each in group.rows] for group in groups] == [[2], [3]]


def done(inventory):
    _, (call,), _ = plan_of(UPDATE, inventory, row("Mon"), row("Fri"))
    return call


def history(call, number):
    return RowHistory(
        number=number,
        key=f"Desk {number}",
        target="",
        cells=(),
        address=Address(file="run", row=number),
        names={"hours_of_operation": "Desk"},
        done=(Done(step="0", params=call.params, saved={}, undo=call.undo),),
    )


def test_what_rows_did_together_is_taken_back_once():
    before = slot("SUNDAY", at(9), at(10))
    call = done(desk(before))
    now = desk(*call.params["Config"])
    planner = undo_plan(UPDATE, [history(call, 2), history(call, 3)], {"": target()}, {"": now})
    entries = list(planner.entries())
    (back,) = [each for each in entries if isinstance(each, PlannedCall)]
    rows = [each for each in entries if isinstance(each, PlannedRow)]
    assert (back.rows, back.params["Config"]) == ((2, 3), [before])
    assert shown(rows) == [
        (
            "update",
            "day: MONDAY 09:00-17:00; FRIDAY 09:00-17:00 → SUNDAY 09:00-10:00",
        ),
        ("update", ""),
    ]


def test_an_export_has_a_row_for_each_element():
    week = [slot("MONDAY", at(9), at(17)), slot("FRIDAY", at(9), at(0))]
    exporter = Exporter(CREATE, desk(*week, Description="Front"), "SAML")
    assert list(exporter.rows()) == [
        ("Desk", "Front", "Europe/Dublin", "MONDAY", "09:00", "17:00", ""),
        ("Desk", "", "", "FRIDAY", "09:00", "00:00", ""),
    ]
    exporter = Exporter(CREATE, desk(), "SAML")
    assert list(exporter.rows()) == [("Desk", "", "Europe/Dublin", "closed", "", "", "")]


def test_a_thing_is_left_out_where_a_cell_can_not_say_one_of_its_elements():
    strange = slot("DOOMSDAY", at(9), at(17))
    exporter = Exporter(CREATE, desk(slot("MONDAY", at(9), at(17)), strange), "SAML")
    assert list(exporter.rows()) == []
    assert exporter.notes == ("1 row is left out, since a cell can't say which they are: Desk",)


def test_names_stand_in_elements_in_place_of_ids():
    exporter = Exporter(PROFILES, users("Agent", "Admin"), "SAML")
    assert list(exporter.rows()) == [("ana", "Agent", ""), ("ana", "Admin", "")]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Fri-Mon", "FRIDAY SATURDAY SUNDAY MONDAY"),
        ("Mon-Mon", "MONDAY"),
        ("weekend, Mon", "SATURDAY SUNDAY MONDAY"),
        ("sun-tue", "SUNDAY MONDAY TUESDAY"),
        ("EVERY DAY", "MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY"),
    ],
)
def test_words_for_several_days(text, days):
    (typed,) = order_of(CREATE, sheet_of(new_row(day=text))).rows()
    assert typed.values["day"] == tuple(days.split())


@pytest.mark.parametrize("text", ["Mon-Funday", "Mon-Tue-Wed", "-"])
def test_words_that_mean_no_days(text):
    assert {code for code, _ in checked(CREATE, new_row(day=text))} == {"not-a-choice"}


def test_a_hidden_state_keeps_a_list_from_being_amended():
    hidden = inventory_of(user=[Thing(id="u1", name="ana")], security_profile=["Agent"])
    _, calls, planner = plan_of(
        PROFILES, hidden, {"username": "ana", "profile": "Agent", "change": "add"}
    )
    assert ([each.code for each in planner.problems], calls) == (["not-visible"], [])


def test_an_inventory_without_the_thing_is_said():
    _, _, planner = plan_of(UPDATE, Inventory(), row())
    assert [each.code for each in planner.problems] == ["unknown-name"]


def test_an_element_may_hold_structures_and_lists_and_say_less_than_it_holds():
    form = Together(
        {"Queue": {"Id": Find("queue", Col("queue"))}, "Order": Col("order"), "Kind": "STANDARD"}
    )
    elements = Elements(form)
    cells = [(("Queue", "Id"), ["q1", "q2"]), (("Order",), 1), (("Kind",), "STANDARD")]
    first, second = elements.made(cells)
    assert first == {"Queue": {"Id": "q1"}, "Order": 1, "Kind": "STANDARD"}
    assert elements.field == "queue"
    assert elements.said(second, lambda kind, each: f"{kind} {each}") == "queue q2 1"
    assert elements.said({"Order": 2}, lambda kind, each: f"{kind} {each}") == "2"
    whole = Elements(form, frozenset({("Queue", "Id")}))
    assert whole.made(cells[:1]) == [{"Queue": {"Id": ["q1", "q2"]}}]


def test_a_flaw_of_no_rows_own_cell_is_the_first_rows_that_fills_the_column():
    rows = tuple(order_of(PROFILES, sheet_of(*({"username": "ana", "profile": "A"},) * 2)).rows())
    (group,) = RowGroups(PROFILES, rows)
    flaw = Flaw(code="x", message="", found="Z")
    assert row_at_fault(group, "profile", flaw).number == 2
    assert row_at_fault(group, "", flaw).number == 2


def permission_problems(*rows):
    job = load("update-security-profile-permissions").job
    return check(order_of(job, sheet_of(*rows))).problems


def test_a_value_that_is_not_known_by_name_is_warned_of_with_the_nearest():
    agent = {"security_profile": "Agent", "change": ""}
    assert permission_problems({**agent, "permission": "users - view"}) == ()
    (told,) = permission_problems({**agent, "permission": "Users.Veiw"})
    assert (told.code, str(told.address), told.severity.value) == (
        "not-known",
        "Users!C2",
        "warning",
    )
    assert told.hint == 'Did you mean "Users.View"?'


def test_each_of_several_values_is_looked_at():
    job = load("create-security-profiles").job
    row_of = {"security_profile": "New", "permissions": "Users.View; Nothing.Known"}
    (told,) = check(order_of(job, sheet_of(row_of))).problems
    assert (told.code, told.found) == ("not-known", "Nothing.Known")


def test_a_switch_that_was_not_told_is_put_back_as_off():
    job = load("update-predefined-attributes").job
    there = inventory_of(
        predefined_attribute=[Thing(id="Skill", name="Skill", state={"Name": "Skill"})]
    )
    skill = {"attribute": "Skill", "value": "A", "change": "", "check_values": "yes"}
    _, (call,), _ = plan_of(job, there, skill)
    assert call.params["Values"] == {"StringList": ["A"]}
    checked_before = {"EnableValueValidationOnAssociation": False}
    assert call.undo == {
        "InstanceId": "i-1",
        "Name": "Skill",
        "Values": {"StringList": []},
        "AttributeConfiguration": checked_before,
    }
