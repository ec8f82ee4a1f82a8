"""What uses a thing is found before it is deleted, and nothing that is used is deleted."""

from __future__ import annotations

import json
import re

import pytest

from bulkops.ledger.states import RowStatus
from bulkops.pacing.replies import Fault, FaultClass
from bulkops.problems import ProblemsFoundError
from bulkops.runs.plan import plan
from bulkops.sim.core.seed_contents import flow_content
from bulkops.sim.core.simulation_config import InstanceConfig
from bulkops.sim.simulated_client import SimulatedClient
from bulkops.sim.state.world import WorldSession
from tests.runs.beginning import begin
from tests.runs.standing_by import hands, take_back

ALIAS = "bulkops-demo"


async def planned(office, job, text):
    summary, _ = await plan(office.request(job, office.sheet(text)), world=office.world)
    return summary


async def refused(office, job, text):
    """Return what is said of the cells that keep a plan from being made."""
    with pytest.raises(ProblemsFoundError) as caught:
        await planned(office, job, text)
    return [(each.code, str(each)) for each in caught.value.problems]


def lead(person, resource, type_, flow):
    """Have a resource lead to a flow, behind the service's back."""
    world = person.client.simulator.world
    session = WorldSession(world, person.instance, "seed", 1.0)
    session.put_named("flow-association", resource, {"ResourceType": type_, "FlowId": flow})
    world.commit(session.commit())


async def make_flow(person, name, *actions):
    content = flow_content(*actions)
    await person.do("CreateContactFlow", Name=name, Type="CONTACT_FLOW", Content=content)


@pytest.fixture
def denied(monkeypatch):
    """Operations that the caller may not use; to be filled."""
    closed, call = set(), SimulatedClient.call

    async def guarded(self, service, operation, params):
        if operation in closed:
            said = {"message": "Not for you.", "http_status": 403}
            return Fault(fault_class=FaultClass.REJECTED, code="AccessDeniedException", **said)
        return await call(self, service, operation, params)

    monkeypatch.setattr(SimulatedClient, "call", guarded)
    return closed


async def test_a_queue_that_profiles_and_quick_connects_use_is_not_deleted(office):
    ((code, said),) = await refused(office, "delete-queues", "queue\nBilling\n")
    assert code == "in-use"
    assert (
        'line 2, column "queue": the queue "Billing" is used by 2: quick connect "Billing desk",'
        in said
    )
    assert 'routing profile "Billing" (default outbound queue). Take it out of these' in said


async def test_many_users_are_counted_and_the_first_of_them_named(office):
    begin(office.runs_dir / "simulated", InstanceConfig(routing_profiles=40))
    ((_, said),) = await refused(office, "delete-queues", "queue\nBasicQueue\n")
    number = int(re.search(r"is used by (\d+): ", said)[1])
    assert number > 40
    assert said.count(chr(34)) == 2 * 7  # the column, the queue, and five that use it
    assert f"and {number - 5} more." in said


async def test_the_blocks_of_flows_are_read_and_nothing_else_of_them(office):
    with hands(office) as person:
        queue = person.id("queue", "Support VIP")
        hidden = {"Attributes": {"note": f"send to {person.instance.arn}/queue/{queue} at once"}}
        await make_flow(person, "By attribute", ("UpdateContactAttributes", hidden))
        by_id = ("UpdateContactTargetQueue", {"QueueId": queue})
        await person.do("CreateContactFlowModule", Name="By id", Content=flow_content(by_id))
        noted = json.loads(flow_content(("MessageParticipant", {"Text": "Hello"})))
        noted["Metadata"] = {"ActionMetadata": {"block-0": {"queue": {"id": queue}}}}
        noted["Actions"][0]["Identifier"] = noted["StartAction"] = queue
        await person.do(
            "CreateContactFlow", Name="Noted", Type="CONTACT_FLOW", Content=json.dumps(noted)
        )
        longer = ("MessageParticipant", {"Text": f"x{queue}"})
        await make_flow(person, "Longer word", longer)
    ((_, said),) = await refused(office, "delete-queues", "queue\nSupport VIP\n")
    assert 'used by 2: flow "By attribute", flow module "By id".' in said


async def test_flows_that_go_together_may_lead_to_one_another(office):
    ((_, said),) = await refused(office, "delete-contact-flows", "flow\nOld menu\n")
    assert 'the flow "Old menu" is used by 1: flow "Old hotline".' in said
    both = "flow,state\nOld menu,\nOld hotline,\n"
    assert (await planned(office, "delete-contact-flows", both)).totals.rows == 2
    kept = "flow,state\nOld menu,\nOld hotline,archived\n"
    ((_, said),) = await refused(office, "delete-contact-flows", kept)
    assert 'used by 1: flow "Old hotline".' in said


async def test_what_leads_to_a_flow_from_outside_is_found_too(office):
    with hands(office) as person:
        flow = person.id("contact-flow", "Old greeting")
        arn = f"{person.instance.arn}/contact-flow/{flow}"
        lead(person, "arn:aws:connect:us-east-1:1:phone-number/n-1", "VOICE_PHONE_NUMBER", arn)
        lead(person, "m-1", "INBOUND_EMAIL", flow)
    ((_, said),) = await refused(office, "delete-contact-flows", "flow\nOld greeting\n")
    assert 'used by 2: e-mail address "m-1", phone number "n-1".' in said
    ((_, said),) = await refused(office, "delete-contact-flows", "flow\nDefault agent transfer\n")
    assert 'used by 1: quick connect "Supervisor desk" (transfer flow).' in said


async def test_one_pass_over_each_kind_serves_all_rows(office):
    few = await planned(office, "delete-queues", "queue\nSupport VIP\n")
    more = await planned(office, "delete-queues", "queue\nSupport VIP\nSupport\n")
    assert more.reading.calls == few.reading.calls + 2  # the queue that is kept, and its list


async def test_what_may_not_be_read_is_named_and_keeps_nothing_from_being_planned(office, denied):
    denied.update({"SearchContactFlows", "DescribeContactFlow", "ListQuickConnects"})
    summary = await planned(office, "delete-queues", "queue\nSupport VIP\n")
    said = [note for note in summary.notes if "is not known" in note]
    assert ["flows (DescribeContactFlow is not allowed)" in said[0], len(said)] == [True, 2]
    assert "quick connects (ListQuickConnects is not allowed)" in said[1]


async def test_a_flow_that_can_not_be_read_is_named(office):
    flow = {"Type": "CONTACT_FLOW", "State": "ACTIVE", "Status": "PUBLISHED"}
    with hands(office) as person:  # behind the service's back, which takes no such flows
        session = WorldSession(person.client.simulator.world, person.instance, "seed", 1.0)
        for name, content in (("Torn", "{"), ("Strange", "[]")):
            session.create("contact-flow", {"Name": name, **flow, "Content": content})
        person.client.simulator.world.commit(session.commit())
    summary = await planned(office, "delete-queues", "queue\nSupport VIP\n")
    said = [note for note in summary.notes if "is not known" in note]
    assert ['the flow "Strange"' in said[0], 'the flow "Torn"' in said[1]] == [True, True]


async def test_no_known_use_is_said_to_be_no_more_than_that(office):
    summary = await planned(office, "delete-contact-flows", "flow\nOld hotline\n")
    (said,) = [note for note in summary.notes if note.startswith("No known use")]
    assert "chat widgets" in said


async def test_a_search_that_trails_behind_is_not_believed(office):
    """A profile that got the queue a moment ago is found, one that is gone counts no more."""
    with hands(office) as person:
        world = person.client.simulator.world
        world.search_lag = 30.0
        pair = {"QueueId": person.id("queue", "Support VIP"), "Channel": "VOICE"}
        await person.do(
            "AssociateRoutingProfileQueues",
            RoutingProfileId=person.id("routing-profile", "Sales EMEA"),
            QueueConfigs=[{"QueueReference": pair, "Priority": 1, "Delay": 0}],
        )
    ((_, said),) = await refused(office, "delete-queues", "queue\nSupport VIP\n")
    assert 'used by 1: routing profile "Sales EMEA".' in said


async def test_what_nothing_uses_is_deleted_and_what_changed_meanwhile_is_not(office, samples):
    with hands(office) as person:
        queue = person.id("queue", "Support VIP")
        await person.do("UpdateQueueStatus", QueueId=queue, Status="DISABLED")
    done = await office.run("delete-queues", samples / "delete-queues.csv", confirm=ALIAS)
    assert done.counts == {RowStatus.SUCCEEDED: 1, RowStatus.FAILED: 1}
    with hands(office) as person:
        assert person.id("queue", "Support VIP") == queue
        assert person.instance.tables["queue"].named("Support") is None


async def test_an_undo_deletes_nothing_that_is_used_by_now(office, samples):
    await office.run("create-queues", samples / "create-queues.csv")
    with hands(office) as person:
        name = next(one["Name"] for one in reversed(list(person.instance.tables["queue"].all())))
        queue = person.id("queue", name)
        await make_flow(person, "Leads there", ("UpdateContactTargetQueue", {"QueueId": queue}))
    await take_back(office)
    with hands(office) as person:
        assert person.id("queue", name) == queue
        (flow,) = [
            each["Id"]
            for each in person.instance.tables["contact-flow"].all()
            if each["Name"] == "Leads there"
        ]
        await person.do("DeleteContactFlow", ContactFlowId=flow)
    await take_back(office)
    with hands(office) as person:
        assert person.instance.tables["queue"].named(name) is None


async def test_who_may_not_search_has_each_thing_described_but_not_each_user(office, denied):
    denied.update({"SearchContactFlows", "SearchRoutingProfiles", "SearchUsers"})
    ((_, said),) = await refused(office, "delete-queues", "queue\nBilling\n")
    assert 'routing profile "Billing" (default outbound queue)' in said
    summary = await planned(office, "delete-routing-profiles", "routing_profile\nSales EMEA\n")
    (note,) = [note for note in summary.notes if "is not known" in note]
    assert "used by users (SearchUsers is not allowed)" in note
