"""Rows of one workbook that name what rows of its other sheets make."""

from __future__ import annotations

import json
from dataclasses import replace

from bulkops.definition import Col, Column, Find, Step, Together
from bulkops.definition.catalogue import load
from bulkops.definition.user_columns import USER
from bulkops.definition.workbook_job import workbook_job
from bulkops.planning.calls.elements import Elements
from bulkops.planning.inventory import Inventory, Thing
from bulkops.planning.needs import needs_of_part
from bulkops.planning.plan import Action, Change, Need, Placeholder, PlannedCall, PlannedRow
from bulkops.planning.promotion.flow_mapping import FlowMapping, MappingRow
from bulkops.planning.rows.sheet_numbers import numbered
from bulkops.planning.rows.table import Record
from bulkops.planning.usage import Usage
from bulkops.planning.workbook_plan import plan_of as plan_of_orders
from bulkops.planning.workbook_plan import workbook_plan
from bulkops.problems import Address
from tests.planning.paper import Sheet, inventory_of, order_of, said, target, user_row


class Page(Sheet):
    """One sheet of a workbook, at its place there."""

    def __init__(self, title, place, headers, *rows):
        super().__init__(headers, *rows)
        self.title = title
        self.place = place

    def records(self):
        for each in super().records():
            yield Record(numbered(self.place, each.number), each.cells)

    def address(self, row, column=0):
        header = self.headers[column - 1] if column else ""
        number = row - numbered(self.place, 0) if row else 0
        return Address(file=self.file, sheet=self.title, row=number, column=column, header=header)


def orders_of(*sheets, on_exists="update"):
    """Return the orders of (title, job, rows), in that order."""
    jobs = [load(job).job if isinstance(job, str) else job for _, job, _ in sheets]
    whole = workbook_job(jobs)
    found = []
    for place, (title, _, rows) in enumerate(sheets):
        headers = list(dict.fromkeys(name for row in rows for name in row))
        cells = [[row.get(name, "") for name in headers] for row in rows]
        page = Page(title, place, headers, *cells)
        found.append(order_of(whole.part(f"{jobs[place].name}:"), page, on_exists=on_exists))
    return found


def plan_of(inventory, *sheets, **said_of):
    """Return (row by sheet and number in it, shared calls, planner) of a workbook's plan."""
    planner = workbook_plan(orders_of(*sheets, **said_of), {"": target()}, {"": inventory})
    entries = list(planner.entries())
    rows = {each.number: each for each in entries if isinstance(each, PlannedRow)}
    return rows, [each for each in entries if isinstance(each, PlannedCall)], planner


def made(name, place, row, step):
    return Placeholder(kind="made", name=name, of=Need(numbered(place, row), step))


HOURS = ("Hours", "create-hours-of-operation")
QUEUES = ("Queues", "create-queues")
PROFILES = ("Routing profiles", "create-routing-profiles")
PROFILE_QUEUES = ("Routing profile queues", "associate-routing-profile-queues")
USERS = ("Users", "create-users")
QUICK = ("Quick connects", "create-quick-connects")
QUEUE_QUICK = ("Queue quick connects", "associate-queue-quick-connects")
ATTRIBUTES = ("Predefined attributes", "create-predefined-attributes")
PROFICIENCIES = ("Proficiencies", "associate-user-proficiencies")
HOLIDAYS = ("Holidays", "create-hours-of-operation-overrides")

QUEUE = {"queue": "Desk", "hours_of_operation": "Basic Hours"}
PROFILE = {"routing_profile": "Night", "description": "x", "default_outbound_queue": "Desk"}
PLACE = {"routing_profile": "Night", "queue": "Desk", "channel": "VOICE"}
QUEUE_MADE = Need(numbered(0, 2), "create-queues:0")


def office(**kinds):
    return inventory_of(
        **{
            "hours_of_operation": ("Basic Hours",),
            "security_profile": ("Agent", "Admin"),
            "routing_profile": ("Basic",),
            **kinds,
        }
    )


def profile_of(**changed):
    return {**PROFILE, "voice": "1", **changed}


def test_a_row_names_what_a_row_of_another_sheet_makes_wherever_that_stands():
    rows, _, planner = plan_of(
        office(),
        (*USERS, [user_row(routing_profile="Night")]),
        (*PROFILES, [profile_of()]),
        (*QUEUES, [QUEUE]),
    )
    assert planner.problems == []
    user, profile, queue = (rows[numbered(place, 2)].calls[0] for place in range(3))
    assert user.params["RoutingProfileId"] == made("profile_id", 1, 2, "create-routing-profiles:0")
    assert user.needs == (Need(numbered(1, 2), "create-routing-profiles:0"),)
    assert profile.params["DefaultOutboundQueueId"] == made("queue_id", 2, 2, "create-queues:0")
    assert queue.needs == ()
    assert planner.totals().chain == 3


def test_what_is_there_already_is_no_need():
    state = {"Name": "Desk", "HoursOfOperationId": "hours-of-operation/Basic Hours"}
    desk = Thing(id="queue/Desk", name="Desk", state=state)
    rows, _, planner = plan_of(
        office(queue=(desk,)), (*QUEUES, [QUEUE]), (*PROFILES, [profile_of()])
    )
    assert planner.problems == []
    call = rows[numbered(1, 2)].calls[0]
    assert call.params["DefaultOutboundQueueId"] == "queue/Desk"
    assert call.needs == ()


def test_a_name_that_is_not_there_and_that_no_row_makes_is_a_problem_of_its_cell():
    _, _, planner = plan_of(
        office(), (*QUEUES, [QUEUE]), (*PROFILES, [profile_of(default_outbound_queue="Dsk")])
    )
    assert said(planner.problems) == [("unknown-name", "Routing profiles!C2")]
    assert planner.problems[0].message.endswith(
        "is not a queue of this instance, and no row makes it"
    )


def test_a_row_that_says_none_makes_nothing():
    _, _, planner = plan_of(
        office(), (*QUEUES, [{**QUEUE, "action": "none"}]), (*PROFILES, [profile_of()])
    )
    assert said(planner.problems) == [("unknown-name", "Routing profiles!C2")]


def test_a_thing_that_is_there_is_changed_to_what_another_row_makes():
    inventory = office()
    inventory.add(
        "user",
        [
            Thing(
                id="u1",
                name="ana",
                state={
                    "Username": "ana",
                    "IdentityInfo": {"FirstName": "Ana", "LastName": "Byrne"},
                    "PhoneConfig": {},
                    "SecurityProfileIds": ["security-profile/Agent"],
                    "RoutingProfileId": "routing-profile/Basic",
                },
            )
        ],
    )
    rows, _, planner = plan_of(
        inventory,
        (*PROFILES, [profile_of(default_outbound_queue="Old")]),
        (*QUEUES, [{**QUEUE, "queue": "Old"}]),
        ("Security profiles", "create-security-profiles", [{"security_profile": "Lead"}]),
        (*USERS, [user_row(routing_profile="Night", security_profiles="Agent;Lead", password="")]),
    )
    assert planner.problems == []
    row = rows[numbered(3, 2)]
    assert row.action is Action.UPDATE
    assert row.changes == (
        Change(field="security_profiles", old="Agent", new="Agent; Lead"),
        Change(field="routing_profile", old="Basic", new="Night"),
    )
    assert [call.needs for call in row.calls] == [
        (Need(numbered(2, 2), "create-security-profiles:0"),),
        (Need(numbered(0, 2), "create-routing-profiles:0"),),
    ]
    assert row.calls[1].undo["RoutingProfileId"] == "routing-profile/Basic"


def test_the_owner_of_a_list_may_be_made_by_another_row_and_its_rows_share_calls():
    queues = [{**QUEUE, "queue": f"Q{number}"} for number in range(12)]
    places = [{**PLACE, "queue": f"Q{number}", "priority": "2"} for number in range(12)]
    _, calls, planner = plan_of(
        office(),
        (*QUEUES, queues),
        (*PROFILES, [profile_of(default_outbound_queue="Q0")]),
        (*PROFILE_QUEUES, places),
    )
    assert planner.problems == []
    assert [len(call.rows) for call in calls] == [10, 2]
    profile = Need(numbered(1, 2), "create-routing-profiles:0")
    needed = [Need(numbered(0, row), "create-queues:0") for row in range(2, 14)]
    assert set(calls[0].needs) == {profile, *needed[:10]}
    assert set(calls[1].needs) == {profile, *needed[10:]}
    assert calls[0].params["RoutingProfileId"] == made(
        "profile_id", 1, 2, "create-routing-profiles:0"
    )


def test_places_in_a_list_that_is_there_may_be_of_what_rows_make():
    inventory = office(routing_profile=("Night",), queue=("There",))
    entry = {"QueueId": "queue/There", "Channel": "VOICE", "Priority": 1, "Delay": 0}
    inventory.add_list("routing-profile-queue", "routing-profile/Night", [entry])
    rows, calls, planner = plan_of(
        inventory,
        (*QUEUES, [QUEUE]),
        (*PROFILE_QUEUES, [PLACE, {**PLACE, "queue": "There"}]),
    )
    assert planner.problems == []
    assert [rows[numbered(1, row)].action for row in (2, 3)] == [Action.ASSOCIATE, Action.NONE]
    assert [(call.rows, call.needs) for call in calls] == [((numbered(1, 2),), (QUEUE_MADE,))]


def test_lists_of_bare_ids_take_what_rows_make_too():
    quick = {"quick_connect": "Help", "type": "PHONE_NUMBER", "goes_to": "+35315550142"}
    _, calls, planner = plan_of(
        office(),
        (*QUEUES, [QUEUE]),
        (*QUICK, [quick]),
        (*QUEUE_QUICK, [{"queue": "Desk", "quick_connect": "Help"}]),
    )
    assert planner.problems == []
    (call,) = calls
    assert call.params["QuickConnectIds"] == [
        made("quick_connect_id", 1, 2, "create-quick-connects:2")
    ]


def test_a_list_may_not_become_longer_than_it_may_be_though_its_owner_is_still_to_be_made():
    values = [{"attribute": "Skill", "value": f"V{number}"} for number in range(11)]
    levels = [{"username": "ana", **each, "level": "3"} for each in values]
    _, _, planner = plan_of(
        office(), (*ATTRIBUTES, values), (*USERS, [user_row()]), (*PROFICIENCIES, levels)
    )
    assert said(planner.problems) == [("too-many", "Proficiencies!12")]
    assert 'with this row "ana" would have 11, 0 of them now' in planner.problems[0].message


def test_what_is_called_by_its_name_alone_is_needed_though_its_id_is_known():
    _, calls, planner = plan_of(
        office(user=("ana",)),
        (*ATTRIBUTES, [{"attribute": "Skill", "value": "Gold"}]),
        (
            *PROFICIENCIES,
            [{"username": "ana", "attribute": "Skill", "value": "Gold", "level": "3"}],
        ),
    )
    assert planner.problems == []
    (call,) = [each for each in calls if "Proficiencies" in each.operation]
    assert call.params["UserProficiencies"][0]["AttributeName"] == "Skill"
    assert call.needs == (Need(numbered(0, 2), "create-predefined-attributes:0"),)


def test_what_lies_in_another_thing_may_lie_in_one_that_a_row_makes():
    open_hours = {"hours_of_operation": "Late", "time_zone": "UTC", "day": "MONDAY"}
    times = {"opens": "09:00", "closes": "17:00"}
    holiday = {"hours_of_operation": "Late", "holiday": "Xmas", "from_date": "2030-12-25"}
    day = {"to_date": "2030-12-26", "day": "WEDNESDAY", **times}
    rows, calls, planner = plan_of(
        office(), (*HOURS, [{**open_hours, **times}]), (*HOLIDAYS, [{**holiday, **day}])
    )
    assert planner.problems == []
    assert rows[numbered(1, 2)].action is Action.CREATE
    (call,) = [each for each in calls if each.operation.endswith("Override")]
    hours = Need(numbered(0, 2), "create-hours-of-operation:0")
    assert call.params["HoursOfOperationId"] == Placeholder(kind="made", name="hours_id", of=hours)
    assert call.needs == (hours,)


def test_values_are_set_of_a_thing_that_another_row_makes():
    rows, _, planner = plan_of(
        office(),
        (*USERS, [user_row()]),
        (
            "Settings",
            "update-user-routing-profiles",
            [{"username": "ana", "routing_profile": "Basic"}],
        ),
    )
    assert planner.problems == []
    (call,) = rows[numbered(1, 2)].calls
    assert call.params["UserId"] == made("user_id", 0, 2, "create-users:0")
    assert call.needs == (Need(numbered(0, 2), "create-users:0"),)
    assert call.undo is None


def test_a_plan_of_sheets_that_need_nothing_of_one_another_has_no_chain():
    _, _, planner = plan_of(office(), (*QUEUES, [QUEUE]), (*USERS, [user_row()]))
    assert planner.totals().chain == 0


def test_an_empty_sheet_is_none():
    planner = workbook_plan(orders_of((*QUEUES, [])), {"": target()}, {"": Inventory()})
    assert list(planner.entries()) == []


def queues_with_quick_connects():
    """Return a job that makes queues with their quick connects."""
    job = load("create-queues").job
    step = job.steps[0]
    quick = Find("quick-connect", Col("quick_connect"))
    column = Column(name="quick_connect", split=";", help="The quick connects of the queue.")
    args = {**step.args, "QuickConnectIds": quick}
    more = replace(step, args=args, otherwise=())
    return replace(job, columns=(*job.columns, column), steps=(more,))


def test_rows_of_several_sheets_that_wait_for_one_another_are_named_by_their_sheets():
    queues = [{**QUEUE, "quick_connect": "Help"}, {**QUEUE, "queue": "Other"}]
    quick = [{"quick_connect": "Help", "type": "QUEUE", "goes_to": "Desk", "flow": "Transfer"}]
    groups = [{"hierarchy_group": "A"}, {"hierarchy_group": "A/B"}]
    rows, _, planner = plan_of(
        office(contact_flow=("Transfer",), hierarchy_level=("One", "Two")),
        ("Groups", "create-hierarchy-groups", groups),
        ("Queues", queues_with_quick_connects(), queues),
        (*QUICK, quick),
    )
    message = "Queues row 2 and Quick connects row 2 wait for one another: none could ever be sent"
    assert [(str(each.address), each.message) for each in planner.problems] == [
        ("Queues!A2", message),
        ("Quick connects!A2", message),
    ]
    assert [number for number, row in rows.items() if not row.calls] == [
        numbered(1, 2),
        numbered(2, 2),
    ]


DELETE_QUEUES = ("Queues", "delete-queues")
DELETE_PROFILES = ("Routing profiles", "delete-routing-profiles")


def used_queue():
    """Return an office with a routing profile and the queue that it uses."""
    inventory = office(
        routing_profile=(Thing(id="p", name="Night", state={}),),
        queue=(Thing(id="q", name="Desk", state={}),),
    )
    usage = Usage("routing profile", "Night", id="p")
    inventory.add_usage("queue", "q", usage)
    return inventory


def test_what_a_row_deletes_is_named_by_no_other():
    _, _, planner = plan_of(
        used_queue(), (*DELETE_QUEUES, [{"queue": "Desk"}]), (*PROFILE_QUEUES, [PLACE])
    )
    places = [(code, place) for code, place in said(planner.problems) if code == "is-deleted"]
    assert places == [("is-deleted", "Routing profile queues!B2")]
    assert planner.problems[-1].message == 'the queue "Desk" is deleted by Queues row 2'


def test_what_a_row_deletes_is_changed_by_no_other():
    _, _, planner = plan_of(
        office(queue=(Thing(id="q", name="Desk", state={}),)),
        (*DELETE_QUEUES, [{"queue": "Desk"}]),
        (*QUEUES, [QUEUE]),
    )
    assert said(planner.problems) == [("is-deleted", "Queues!A2")]


def test_a_thing_is_deleted_after_what_uses_it_is():
    rows, _, planner = plan_of(
        used_queue(),
        (*DELETE_QUEUES, [{"queue": "Desk"}]),
        (*DELETE_PROFILES, [{"routing_profile": "Night"}]),
    )
    assert planner.problems == []
    assert rows[numbered(0, 2)].calls[0].needs == (
        Need(numbered(1, 2), "delete-routing-profiles:0"),
    )
    assert rows[numbered(1, 2)].calls[0].needs == ()
    assert planner.totals().chain == 2


def test_a_place_in_the_list_of_what_goes_may_be_given_up():
    _, _, planner = plan_of(
        used_queue(),
        (*DELETE_QUEUES, [{"queue": "Desk"}]),
        (*DELETE_PROFILES, [{"routing_profile": "Night"}]),
        ("Routing profile queues", "disassociate-routing-profile-queues", [PLACE]),
    )
    assert planner.problems == []


def test_nothing_is_set_of_a_thing_to_be_made_where_the_row_says_nothing():
    rows, _, planner = plan_of(
        office(),
        (*USERS, [user_row()]),
        ("Settings", "update-users", [{"username": "ana", "first_name": "Anna"}]),
        ("Numbers", disassociating(), [{"username": "ana"}]),
    )
    assert planner.problems == []
    assert [call.operation for call in rows[numbered(1, 2)].calls] == ["UpdateUserIdentityInfo"]
    assert rows[numbered(2, 2)].calls == ()


def disassociating():
    """Return a job that takes something off users."""
    job = load("update-user-routing-profiles").job
    step = Step(
        operation="DisassociateTrafficDistributionGroupUser",
        subject=USER,
        args={"UserId": USER, "TrafficDistributionGroupId": "g"},
        irreversible="It is a test.",
    )
    return replace(job, name="take-off", columns=job.columns[:1], steps=(step,))


def test_elements_that_rows_make_together_are_shown_by_their_names():
    item = {"fieldId": Find("case-field", Col("required_fields"))}
    elements = Elements(Together(item, shown="{required_fields}"))
    colour = Placeholder(kind="made", name="field_id", of=QUEUE_MADE, said="Colour")
    assert elements.said({"fieldId": colour}, lambda _, each: f"no name of {each}") == "Colour"


def test_a_circle_may_go_through_what_things_lie_in():
    job = load("create-hours-of-operation-overrides").job
    (step,) = job.steps
    above = Find("hours-of-operation-override", Col("above"), within=step.subject.within)
    odd = replace(step, args={**step.args, "HoursOfOperationId": above}, otherwise=(), undo=None)
    columns = (*job.columns, Column(name="above", help="Another."))
    tangled = replace(job, columns=columns, steps=(odd,))
    day = {"hours_of_operation": "Basic Hours", "from_date": "2030-12-25", "to_date": "2030-12-26"}
    times = {"day": "WEDNESDAY", "opens": "09:00", "closes": "17:00"}
    _, _, planner = plan_of(
        office(),
        (
            "Holidays",
            tangled,
            [
                {"holiday": "A", "above": "B", **day, **times},
                {"holiday": "B", "above": "A", **day, **times},
            ],
        ),
    )
    assert [each.message for each in planner.problems] == [
        "Holidays row 2 and Holidays row 3 wait for one another: none could ever be sent"
    ] * 2


def test_a_part_of_a_call_needs_not_what_only_the_rest_of_it_names():
    mine, other, named = (Need(row, "0") for row in (2, 3, 4))
    part = {"Ids": [Placeholder(kind="made", name="id", of=mine)]}
    whole = {"Ids": [*part["Ids"], Placeholder(kind="made", name="id", of=other)]}
    assert needs_of_part((mine, other, named), whole, part) == (mine, named)


DESK = "22222222-2222-4222-8222-222222222222"
THERE = "33333333-3333-4333-8333-333333333333"
SECOND = "44444444-4444-4444-8444-444444444444"
MAPPING = FlowMapping.of(
    [
        MappingRow("queue", DESK, "Desk"),
        MappingRow("queue", THERE, "There"),
        MappingRow("contact-flow", SECOND, "Second"),
    ]
)


def flow_row(name, **parameters):
    """Return a row of a flow with an action that names a queue, or another flow."""
    kind = "TransferToFlow" if "ContactFlowId" in parameters else "UpdateContactTargetQueue"
    action = {"Identifier": "One", "Type": kind, "Parameters": parameters}
    content = {"Version": "2019-10-30", "StartAction": "One", "Actions": [action]}
    return {"flow": name, "type": "CONTACT_FLOW", "content": json.dumps(content)}


def flows_of(*rows):
    sheets = ("Flows", "create-contact-flows", list(rows)), (*QUEUES, [QUEUE])
    orders = [replace(each, mapping=MAPPING) for each in orders_of(*sheets)]
    planner = plan_of_orders(orders, {"": target()}, {"": office(queue=("There",))})
    rows = [each for each in planner.entries() if isinstance(each, PlannedRow)]
    return rows, planner


def test_a_flow_needs_what_stands_in_its_text():
    rows, planner = flows_of(
        flow_row("First", ContactFlowId=SECOND),
        flow_row("Second", QueueId=DESK),
        flow_row("Third", QueueId=THERE),
    )
    assert planner.problems == []
    assert [row.calls[0].needs for row in rows] == [
        (Need(3, "create-contact-flows:0"),),
        (Need(numbered(1, 2), "create-queues:0"),),
        (),
        (),
    ]
    assert planner.totals().chain == 3


def test_a_single_jobs_sheet_is_planned_by_itself():
    order = order_of(load("create-queues").job, Sheet(list(QUEUE), list(QUEUE.values())))
    planner = plan_of_orders([order], {"": target()}, {"": office()})
    (row,) = planner.entries()
    assert row.calls[0].step == "0"


def skilled(*values):
    skill = Thing(id="Skill", name="Skill", state={"Values": {"StringList": [*values]}})
    return office(predefined_attribute=(skill,), user=(Thing(id="u1", name="ana", state={}),))


HAS = {"username": "ana", "attribute": "Skill", "value": "Tax", "level": "3"}


def test_a_value_that_another_row_adds_to_a_thing_that_is_there_is_one_of_its_values():
    values = [{"attribute": "Skill", "value": each} for each in ("Billing", "Tax; Law")]
    sheets = (*ATTRIBUTES, values), (*PROFICIENCIES, [HAS])
    rows, shared, planner = plan_of(skilled("Billing"), *sheets)
    assert planner.problems == []
    calls = (*shared, *(call for row in rows.values() for call in row.calls))
    assert {each.operation: [need.step for need in each.needs] for each in calls} == {
        "UpdatePredefinedAttribute": [],
        "AssociateUserProficiencies": ["create-predefined-attributes:0.0"],
    }


def test_a_value_that_no_row_adds_and_one_of_what_is_left_as_it_is_are_none():
    values = [{"attribute": "Skill", "value": "Billing"}, {"attribute": "Skill", "value": "Tax"}]
    for added, how in ((values[:1], "update"), (values, "fail")):
        sheets = (*ATTRIBUTES, added), (*PROFICIENCIES, [HAS])
        _, _, planner = plan_of(skilled("Billing"), *sheets, on_exists=how)
        assert "not-a-value" in [each.code for each in planner.problems]


def test_a_value_that_is_there_already_waits_for_nothing():
    values = [{"attribute": "Skill", "value": "Tax"}]
    rows, shared, planner = plan_of(skilled("Tax"), (*ATTRIBUTES, values), (*PROFICIENCIES, [HAS]))
    assert planner.problems == []
    calls = (*shared, *(call for row in rows.values() for call in row.calls))
    assert [each.needs for each in calls] == [()]


def test_a_value_of_a_table_waits_for_all_attributes_that_tell_its_record():
    table = {"data_table": "Tariffs", "time_zone": "Europe/Dublin"}
    rows, shared, planner = plan_of(
        inventory_of(data_table=(), data_table_attribute=()),
        ("Data tables", "create-data-tables", [table]),
        (
            "Data table attributes",
            "create-data-table-attributes",
            [
                {"data_table": "Tariffs", "attribute": name, "value_type": "TEXT", "primary": first}
                for name, first in (("Country", "yes"), ("Price", "no"), ("Note", "no"))
            ],
        ),
        (
            "Data table values",
            "create-data-table-values",
            [
                {
                    "data_table": "Tariffs",
                    "primary_values": "Country=IE; Nothing=x",
                    "attribute": "Price",
                    "value": "12",
                },
            ],
        ),
    )
    assert planner.problems == []
    calls = (*shared, *(call for row in rows.values() for call in row.calls))
    (put,) = (each for each in calls if each.operation == "BatchCreateDataTableValue")
    assert sorted(need.row for need in put.needs) == [
        numbered(0, 2), numbered(1, 2), numbered(1, 3),
    ]  # fmt: skip
