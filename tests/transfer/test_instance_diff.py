"""Two simulated instances read side by side and held against one another."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import replace

import pytest

from bulkops.errors import RefusedError, UsageError
from bulkops.pacing.replies import Fault
from bulkops.planning.left_out import ALL
from bulkops.planning.promotion.compared_instances import BOTH
from bulkops.planning.promotion.flow_differences import THERE
from bulkops.planning.promotion.instance_differences import Side
from bulkops.sim.core.seed_contents import flow_content
from bulkops.sim.core.simulation_config import OTHER_ACCOUNT, InstanceConfig
from bulkops.sim.core.simulator import Simulator
from bulkops.targets.connect import simulation
from bulkops.targets.request import PaceChoice, TargetChoice
from bulkops.transfer.diff_book import DIFFERENCES, write_diff
from bulkops.transfer.instance_diff import diff_instances
from tests.runs.beginning import begin
from tests.transfer.test_centre_export import sheets_of

DEV = InstanceConfig(alias="dev", contents="full")
PROD = InstanceConfig(alias="prod", contents="full")
TWIN = InstanceConfig(alias="twin", contents="full", account=OTHER_ACCOUNT, region="eu-west-1")
ROLE = f"arn:aws:iam::{OTHER_ACCOUNT}:role/bulkops"
SAVED = ":$SAVED"


@pytest.fixture
def office(office):
    """Two instances of one account and Region, alike but for their ids; a third one elsewhere."""
    begin(office.runs_dir / "simulated", DEV, PROD, TWIN)
    return office


@pytest.fixture
def asked(monkeypatch):
    """Count what the simulation was asked, and how often it was too much."""
    found = Counter()
    act = Simulator.act

    def counting(self, ticket, now):
        answer = act(self, ticket, now)
        found[ticket.request.operation] += 1
        found["throttled"] += answer.error is not None and "Throttling" in answer.error.code
        return answer

    monkeypatch.setattr(Simulator, "act", counting)
    return found


async def diff(office, *only, against="prod", target=None, **more):
    choice = target or TargetChoice(
        simulate=office.runs_dir / "simulated", instance="dev", against=against
    )
    return await diff_instances(
        target=choice, pace=PaceChoice(), world=office.world, only=only, **more
    )


class Instance:
    """One of the simulated instances, changed behind everyone's back."""

    def __init__(self, office, client, alias):
        self.office, self.client, self.alias = office, client, alias
        worlds = client.simulator.world.instances.values()
        self.world = next(each for each in worlds if each.alias == alias)

    def named(self, kind, name):
        return self.world.tables[kind].named(name)

    async def call(self, operation, **params):
        params = {"InstanceId": self.world.id, **params}
        outcome = await self.client.call("connect", operation, params)
        assert not isinstance(outcome, Fault), outcome

    async def says(self, flow, old, new, draft=""):
        there = self.named("contact-flow", flow)
        content = there["Content"].replace(old, new)
        assert content != there["Content"]
        await self.call(
            "UpdateContactFlowContent", ContactFlowId=f"{there['Id']}{draft}", Content=content
        )


@contextmanager
def instance(office, alias="prod"):
    with simulation(office.runs_dir / "simulated", office.world) as client:
        yield Instance(office, client, alias)


def fields(found):
    return {
        (sheet.sheet, each.key): {one.field: (one.here, one.there) for one in each.fields}
        for sheet in found.sheets
        for each in sheet.found
    }


async def test_two_that_hold_the_same_differ_in_nothing_and_no_call_is_too_much(office, asked):
    found = await diff(office)
    assert fields(found) == {}
    assert found.is_empty
    assert sum(each.same for each in found.sheets) > 100
    assert asked["throttled"] == 0
    flows = sum(each.same for each in found.sheets if each.sheet == "Flows")
    assert asked["DescribeContactFlow"] == 2 * (flows + 1)  # the one that is saved, asked twice
    assert found.calls["SearchUsers"] == asked["SearchUsers"] == 2


async def test_what_differs_is_told_by_sheet_thing_and_field(office, tmp_path):
    with instance(office) as prod:
        queue = prod.named("queue", "Billing")["Id"]
        await prod.call("UpdateQueueName", QueueId=queue, Name="Invoices")
        user, profile = prod.named("user", "j.murphy"), prod.named("routing-profile", "Billing")
        await prod.call(
            "UpdateUserRoutingProfile", UserId=user["Id"], RoutingProfileId=profile["Id"]
        )
    found = await diff(office, "queues,users,routing profile queues")
    assert fields(found) == {
        ("Queues", "Billing"): {},
        ("Queues", "Invoices"): {},
        ("Routing profile queues", "Billing / Billing / VOICE"): {},
        ("Routing profile queues", "Billing / Invoices / VOICE"): {},
        ("Users", "j.murphy"): {"routing_profile": ("Basic Routing Profile", "Billing")},
    }
    queues = found.sheets[0]
    assert queues.counts() == {Side.HERE: 1, Side.THERE: 1}
    assert found.labels == ("dev", "prod")
    write_diff(tmp_path / "diff.xlsx", found)
    rows = sheets_of(tmp_path / "diff.xlsx")
    assert rows[DIFFERENCES][:2] == [
        ("sheet", "thing", "difference", "field", "dev", "prod"),
        ("Queues", "Billing", "only in dev", "", "", ""),
    ]
    assert rows[DIFFERENCES][-1][2:] == (
        "differs", "routing_profile", "Basic Routing Profile", "Billing"
    )  # fmt: skip
    assert ("Users", ALL, "password", "a secret can't be read", BOTH) in rows["Left out"]


async def test_flows_differ_by_block_and_parameter_and_by_the_names_of_what_they_lead_to(
    office, asked
):
    with instance(office) as prod:
        queues = [prod.named("queue", name)["Id"] for name in ("Support VIP", "Billing")]
        await prod.says("Main menu", *queues)
        await prod.says("Main menu", "How can we help?", "Yes?")
        await prod.says("Error handling", "at last", "at once")
        content = flow_content(("MessageParticipant", {"Text": "Closed."}))
        retired = prod.named("contact-flow", "Retired")["Id"]
        await prod.call("UpdateContactFlowContent", ContactFlowId=retired, Content=content)
    asked.clear()
    found = fields(await diff(office, "flows"))
    assert "SearchUsers" not in asked
    assert asked["ListQueues"] == 2
    assert {thing for _, thing in found} == {"Main menu", "Error handling", "Retired"}
    said = {name.partition(": ")[2]: both for name, both in found["Flows", "Main menu"].items()}
    assert said == {
        "QueueId": ("queue:Support VIP", "queue:Billing"),
        "Text": ("How can we help?", "Yes?"),
    }
    ((name, (here, there)),) = found["Flows", "Error handling"].items()
    assert name.endswith(": Attributes.fallback")
    assert here == "go to queue:Escalations at last"
    assert there == "go to queue:Escalations at once"


async def test_another_account_and_region_are_no_difference(office):
    configuration = office.folder / "bulkops.toml"
    configuration.write_text(
        f'[targets.dev]\ninstance = "dev"\n[targets.twin]\ninstance = "twin"\n'
        f'region = "eu-west-1"\nrole_arn = "{ROLE}"\n'
    )
    choice = TargetChoice(
        simulate=office.runs_dir / "simulated",
        names=("dev",),
        against="twin",
        configuration=configuration,
    )
    found = await diff(office, target=choice)
    assert fields(found) == {}
    assert (found.there.account, found.there.region) == (OTHER_ACCOUNT, "eu-west-1")
    assert found.labels == ("dev", "twin")


async def test_drafts_are_compared_apart_where_that_is_asked_for(office):
    def read(found):
        return {(each.sheet, each.what) for each in found.left_out if each.thing == ALL}

    with instance(office) as prod:
        reworked = prod.named("contact-flow", "Reworked")
        await prod.says("Once more", "3", "4", draft=SAVED)
        await prod.call(
            "UpdateContactFlowContent",
            ContactFlowId=f"{reworked['Id']}{SAVED}",
            Content=reworked["Draft"].replace("Soon", "Now"),
        )
    found = await diff(office, "flows")
    assert fields(found) == {}
    assert read(found) == {("Flows", "draft")}
    found = await diff(office, "flows", drafts=True)
    assert read(found) == set()
    told = fields(found)
    assert told["Flows", "Once more"] == {"draft": ("", THERE)}
    ((name, both),) = told["Flows", "Reworked"].items()
    assert name.startswith("draft, block ")
    assert both == ("Soon all will be new.", "Now all will be new.")
    assert len(told) == 2


async def test_what_only_descriptions_tell_is_not_compared_where_it_is_not_read(office):
    with instance(office) as prod:
        user = prod.named("user", "j.murphy")["Id"]
        new = {"FirstName": "Jim", "LastName": "Murphy", "Email": "jim@example.com"}
        await prod.call("UpdateUserIdentityInfo", UserId=user, IdentityInfo=new)
    found = await diff(office, "users", full=False)
    assert set(fields(found)["Users", "j.murphy"]) == {"first_name"}
    assert ("Users", ALL, "email") in {each[:3] for each in found.left_out}
    found = await diff(office, "users")
    assert set(fields(found)["Users", "j.murphy"]) == {"first_name", "email"}
    assert ("Users", ALL, "email") not in {each[:3] for each in found.left_out}


@pytest.mark.parametrize("name", ["dev", "DEV"])
async def test_an_instance_is_not_held_against_itself(office, name):
    with pytest.raises(RefusedError, match="held against itself"):
        await diff(office, "users", against=name)


async def test_it_takes_two_and_no_more(office):
    both = TargetChoice(simulate=office.runs_dir / "simulated", names=("a", "b"), against="c")
    with pytest.raises(UsageError, match="two instances"):
        await diff(office, "users", target=both)
    with pytest.raises(UsageError, match="another one with --against"):
        await diff(office, "users", target=replace(both, names=(), instance="dev", against=None))
