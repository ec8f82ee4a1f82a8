"""What was deleted is made again with all it had, and deleted again by undoing that."""

from __future__ import annotations

import anyio
import pytest

from bulkops.ledger.states import RowStatus
from bulkops.pacing.replies import Fault, FaultClass
from bulkops.sim.core.seed_contents import flow_content
from bulkops.sim.simulated_client import SimulatedClient
from bulkops.targets.request import PaceChoice, TargetChoice
from bulkops.transfer.export import export
from tests.catalogue.world_picture import picture
from tests.runs.standing_by import hands, instance, take_back, try_again

ALIAS = "bulkops-demo"


def world_of(office):
    with instance(office) as client:
        return picture(client.simulator.world)


async def delete(office, job, text):
    return await office.run(job, office.sheet(text), confirm=ALIAS)


async def undone(office, *, rows=1):
    done = await take_back(office, confirm_instance=ALIAS)
    assert done.counts == {RowStatus.SUCCEEDED: rows}
    return done


async def make_queue(person, name, *, connects=0):
    """Make a queue that has everything that one can have, and is switched off."""
    await person.do(
        "CreateQueue",
        Name=name,
        Description="For the summer",
        HoursOfOperationId=person.id("hours-of-operation", "Around the clock"),
        MaxContacts=7,
        OutboundCallerConfig={"OutboundCallerIdName": "Acme"},
        Tags={"team": "summer"},
    )
    queue = person.id("queue", name)
    ids = []
    for number in range(connects):
        phone = {"PhoneNumber": f"+3531555{number:04d}"}
        config = {"QuickConnectType": "PHONE_NUMBER", "PhoneConfig": phone}
        connect = f"{name} desk {number:03d}"
        await anyio.sleep(1)  # no faster than the instance allows
        await person.do("CreateQuickConnect", Name=connect, QuickConnectConfig=config)
        ids.append(person.id("quick-connect", connect))
    for start in range(0, connects, 50):
        await person.do(
            "AssociateQueueQuickConnects", QueueId=queue, QuickConnectIds=ids[start : start + 50]
        )
    await person.do("UpdateQueueStatus", QueueId=queue, Status="DISABLED")


@pytest.mark.parametrize("connects", [0, 3, 50, 73])
async def test_a_queue_comes_back_switched_off_and_with_all_its_quick_connects(office, connects):
    with hands(office) as person:
        person.client.simulator.world.limits = {"quick-connect": 200}
        await make_queue(person, "Summer", connects=connects)
        old = person.id("queue", "Summer")
    before = world_of(office)
    done = await delete(office, "delete-queues", "queue,status\nSummer,off\n")
    assert done.counts == {RowStatus.SUCCEEDED: 1}
    gone = world_of(office)
    assert gone != before
    await undone(office)
    assert world_of(office) == before
    with hands(office) as person:
        assert person.id("queue", "Summer") != old


async def test_undoing_the_undo_deletes_what_was_made_and_undoing_that_makes_it_once_more(office):
    with hands(office) as person:
        await make_queue(person, "Summer", connects=2)
    before = world_of(office)
    first = await delete(office, "delete-queues", "queue\nSummer\n")
    gone = world_of(office)
    second = await undone(office)
    third = await take_back(office, second.folder.name, confirm_instance=ALIAS)
    assert third.counts == {RowStatus.SUCCEEDED: 1}
    assert world_of(office) == gone
    fourth = await take_back(office, third.folder.name, confirm_instance=ALIAS)
    assert fourth.counts == {RowStatus.SUCCEEDED: 1}
    assert world_of(office) == before
    assert len({each.folder for each in (first, second, third, fourth)}) == 4


async def test_what_bears_the_name_by_now_is_left_alone(office):
    await delete(office, "delete-queues", "queue\nSupport VIP\n")
    with hands(office) as person:
        hours = person.id("hours-of-operation", "Around the clock")
        await person.do("CreateQueue", Name="Support VIP", HoursOfOperationId=hours)
    there = world_of(office)
    done = await take_back(office, confirm_instance=ALIAS)
    assert RowStatus.SUCCEEDED not in done.counts
    assert world_of(office) == there


async def test_a_profile_with_more_queues_than_one_call_takes_comes_back_with_all(office):
    with hands(office) as person:
        names = ("BasicQueue", "Support", "Support VIP", "Escalations", "Sales EMEA")
        pairs = [
            {
                "QueueReference": {"QueueId": person.id("queue", name), "Channel": channel},
                "Priority": 1 + place,
                "Delay": 10 * place,
            }
            for place, name in enumerate(names)
            for channel in ("VOICE", "CHAT", "TASK")
        ]
        cross = {"BehaviorType": "ROUTE_ANY_CHANNEL"}
        media = [{"Channel": "CHAT", "Concurrency": 3, "CrossChannelBehavior": cross}]
        await person.do(
            "CreateRoutingProfile",
            Name="Wide",
            Description="All of it",
            DefaultOutboundQueueId=person.id("queue", "Support"),
            MediaConcurrencies=media,
            AgentAvailabilityTimer="TIME_SINCE_LAST_INBOUND",
            QueueConfigs=pairs[:10],
            Tags={"team": "wide"},
        )
        wide = person.id("routing-profile", "Wide")
        await person.do(
            "AssociateRoutingProfileQueues", RoutingProfileId=wide, QueueConfigs=pairs[10:]
        )
    before = world_of(office)
    await delete(
        office,
        "delete-routing-profiles",
        "routing_profile,default_outbound_queue\nWide,Support\n",
    )
    await undone(office)
    assert world_of(office) == before


async def test_an_archived_flow_comes_back_archived_with_its_text(office):
    with hands(office) as person:
        words = flow_content(("MessageParticipant", {"Text": "Fermé: à bientôt"}))
        await person.do(
            "CreateContactFlow", Name="Fin", Type="CONTACT_FLOW", Content=words, Description="End"
        )
        flow = person.id("contact-flow", "Fin")
        await person.do(
            "UpdateContactFlowMetadata", ContactFlowId=flow, ContactFlowState="ARCHIVED"
        )
    before = world_of(office)
    await delete(office, "delete-contact-flows", "flow,state\nFin,archived\n")
    await undone(office)
    assert world_of(office) == before


async def test_hours_come_back_with_their_week_and_each_of_their_holidays(office):
    with hands(office) as person:
        nine = {"StartTime": {"Hours": 9, "Minutes": 0}, "EndTime": {"Hours": 0, "Minutes": 0}}
        await person.do(
            "CreateHoursOfOperation",
            Name="Late",
            TimeZone="Asia/Tokyo",
            Config=[{"Day": "FRIDAY", **nine}],
            Tags={"team": "late"},
        )
        hours = person.id("hours-of-operation", "Late")
        for number, config in enumerate(([], [{"Day": "MONDAY", **nine}]), start=1):
            await person.do(
                "CreateHoursOfOperationOverride",
                HoursOfOperationId=hours,
                Name=f"Holiday {number}",
                Description="A day off",
                Config=config,
                EffectiveFrom=f"2026-05-0{number}",
                EffectiveTill=f"2026-05-0{number}",
            )
    before = world_of(office)
    done = await delete(
        office, "delete-hours-of-operation", "hours of operation,time zone\nLate,Asia/Tokyo\n"
    )
    assert done.counts == {RowStatus.SUCCEEDED: 1}
    first = await undone(office)
    assert world_of(office) == before
    again = await take_back(office, first.folder.name, confirm_instance=ALIAS)
    assert again.counts == {RowStatus.SUCCEEDED: 1}
    await take_back(office, again.folder.name, confirm_instance=ALIAS)
    assert world_of(office) == before


async def test_a_security_profile_comes_back_with_all_that_it_allows(office):
    with hands(office) as person:
        apps = [{"Namespace": "acme.crm", "ApplicationPermissions": ["ACCESS"]}]
        await person.do(
            "CreateSecurityProfile",
            SecurityProfileName="Auditors",
            Description="Look at all, change nothing",
            Permissions=["BasicAgentAccess", "ContactSearch.View"],
            AllowedAccessControlTags={"team": "audit"},
            TagRestrictedResources=["User"],
            Applications=apps,
        )
    before = world_of(office)
    await delete(office, "delete-security-profiles", "security profile\nAuditors\n")
    assert world_of(office) != before
    await undone(office)
    assert world_of(office) == before


async def test_an_attribute_whose_name_is_its_id_comes_back_and_goes_again(office):
    before = world_of(office)
    await delete(office, "delete-predefined-attributes", "attribute\nOld skill\n")
    gone = world_of(office)
    first = await undone(office)
    assert world_of(office) == before
    await take_back(office, first.folder.name, confirm_instance=ALIAS)
    assert world_of(office) == gone


async def test_an_undo_that_stops_half_way_is_gone_on_with_and_makes_nothing_twice(
    office, monkeypatch
):
    with hands(office) as person:
        await make_queue(person, "Summer", connects=2)
    before = world_of(office)
    await delete(office, "delete-queues", "queue\nSummer\n")
    call, refusals = SimulatedClient.call, [1]

    async def refusing(self, service, operation, params):
        if operation == "UpdateQueueStatus" and refusals:
            refusals.pop()
            said = {"code": "InvalidParameterException", "message": "Not now.", "http_status": 400}
            return Fault(fault_class=FaultClass.REJECTED, **said)
        return await call(self, service, operation, params)

    monkeypatch.setattr(SimulatedClient, "call", refusing)
    half = await take_back(office, confirm_instance=ALIAS)
    assert half.counts == {RowStatus.FAILED: 1}
    whole = await try_again(office, half.folder.name, confirm_instance=ALIAS)
    assert whole.counts == {RowStatus.SUCCEEDED: 1}
    assert world_of(office) == before


async def test_disabled_queues_are_found_by_an_export_and_deleted_by_running_it(office):
    with hands(office) as person:
        for name in ("Support", "Support VIP"):
            queue = person.id("queue", name)
            await person.do("UpdateQueueStatus", QueueId=queue, Status="DISABLED")
    path = office.folder / "old.csv"
    done = await export(
        "delete-queues",
        path,
        target=TargetChoice(simulate=office.runs_dir / "simulated"),
        pace=PaceChoice(),
        world=office.world,
        where=("status=DISABLED",),
    )
    assert done.rows == 2
    with hands(office) as person:
        queue = person.id("queue", "Support")
        await person.do("UpdateQueueStatus", QueueId=queue, Status="ENABLED")
    ended = await office.run("delete-queues", path, confirm=ALIAS)
    assert ended.counts == {RowStatus.SUCCEEDED: 1, RowStatus.FAILED: 1}
    with hands(office) as person:
        assert person.instance.tables["queue"].named("Support VIP") is None
        assert person.id("queue", "Support") == queue
