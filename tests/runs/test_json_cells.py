"""Cells of JSON on their whole way: checked, planned, sent, undone nowhere, told in the report."""

from __future__ import annotations

import json

from bulkops.ledger.states import RowStatus
from bulkops.runs.offline_check import check_offline
from tests.runs.standing_by import hands, results

HOURS = "connect:CreateHoursOfOperation"
QUEUES = "connect:AssociateRoutingProfileQueues"
WEEK = [
    {
        "Day": day,
        "StartTime": {"Hours": 9, "Minutes": 0},
        "EndTime": {"Hours": 17, "Minutes": 30},
    }
    for day in ("MONDAY", "TUESDAY")
]


def cell(value):
    return '"' + json.dumps(value).replace('"', '""') + '"'


def made(office, kind, name):
    with hands(office) as somebody:
        return somebody.instance.tables[kind].named(name)


async def test_a_week_of_hours_is_made_from_one_cell(office):
    sheet = office.sheet(f"name,time_zone,config\nDesk,Europe/Dublin,{cell(WEEK)}\n")
    done = await office.run(HOURS, sheet)
    assert done.counts == {RowStatus.SUCCEEDED: 1}, results(done)
    assert made(office, "hours-of-operation", "Desk")["Config"] == WEEK
    assert json.loads(results(done)[0]["config"]) == WEEK


async def test_it_is_made_from_a_file_as_well(office):
    (office.folder / "week.json").write_text(json.dumps(WEEK, indent=2))
    sheet = office.sheet("name,time_zone,config\nDesk,Europe/Dublin,@week.json\n")
    done = await office.run(HOURS, sheet)
    assert done.counts == {RowStatus.SUCCEEDED: 1}, results(done)
    assert made(office, "hours-of-operation", "Desk")["Config"] == WEEK


async def test_queues_of_a_routing_profile_are_given_as_the_service_takes_them(office):
    with hands(office) as somebody:
        profile = somebody.id("routing-profile", "Billing")
        queue = somebody.id("queue", "Support")
    config = [{"QueueReference": {"QueueId": queue, "Channel": "TASK"}, "Priority": 9, "Delay": 0}]
    sheet = office.sheet(f"routing_profile_id,queue_configs\n{profile},{cell(config)}\n")
    done = await office.run(QUEUES, sheet)
    assert done.counts == {RowStatus.SUCCEEDED: 1}, results(done)


def test_what_is_wrong_is_said_by_its_place_and_nothing_is_sent(office):
    slot = {**WEEK[0], "EndTime": {"Hours": "17", "Minutes": 75}}
    sheet = office.sheet(f"name,time_zone,config\nDesk,Europe/Dublin,{cell([WEEK[0], slot])}\n")
    found = [str(each) for each in check_offline(office.request(HOURS, sheet)).problems]
    place = 'line 2, column "config": Config[1].EndTime'
    assert found == [
        f'{place}.Hours: "17" is text; allowed: a whole number 0 to 23',
        f'{place}.Minutes: "75" is too large; allowed: 0 to 59',
    ]
