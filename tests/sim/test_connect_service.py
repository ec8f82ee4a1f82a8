from __future__ import annotations

import pytest

from bulkops.definition.model.operations import service_model
from bulkops.sim.core.request_log import state
from bulkops.sim.core.seed import BEGUN, new_world
from bulkops.sim.core.simulation_config import InstanceConfig, SimConfig
from bulkops.sim.services.account_services import CODES, ServiceQuotas
from bulkops.sim.services.connect_service import OPERATIONS
from bulkops.sim.state.refusals import ServiceError
from bulkops.sim.state.throttle import Allowance, Buckets
from bulkops.sim.state.world import Caller
from tests.sim.centre import Centre

CALLER = Caller(account="123456789012", region="us-east-1")


def test_every_simulated_operation_is_one_of_the_model():
    assert set(service_model("connect").operations) >= OPERATIONS


def test_the_demonstration_holds_what_its_users_were_promised(centre):
    def names(kind):
        return [record["Name"] for record in centre.instance.tables[kind].all()]

    assert names("routing-profile") == [
        "Basic Routing Profile",
        "Support Tier 1",
        "Support Tier 2",
        "Billing",
        "Sales EMEA",
        "Sales Americas",
    ]
    assert names("security-profile") == ["Agent", "CallCenterManager", "QualityAnalyst", "Admin"]
    assert names("queue") == [
        "BasicQueue",
        "Support",
        "Support VIP",
        "Billing",
        "Sales EMEA",
        "Sales Americas",
        "Escalations",
    ]
    assert names("hours-of-operation") == ["Basic Hours", "Around the clock"]
    assert names("agent-status") == ["Available", "Offline", "Break", "Lunch", "Training"]
    assert names("quick-connect") == ["Supervisor desk", "Billing desk", "Dublin reception"]
    assert names("user") == ["admin", "j.murphy", "m.silva", "a.kowalska"]
    instance = centre.ask("DescribeInstance")["Instance"]
    assert (instance["InstanceAlias"], instance["IdentityManagementType"]) == (
        "bulkops-demo",
        "CONNECT_MANAGED",
    )


def test_the_same_seed_makes_the_same_world_and_another_one_other_ids():
    first, second, other = (new_world(SimConfig(seed=seed)) for seed in (1, 1, 2))
    assert state(first) == state(second)
    assert not set(first.instances) & set(other.instances)
    assert state(first, ids=False) == state(other, ids=False)


def test_an_operation_that_is_not_simulated_is_named(centre):
    assert centre.refusal("ListSecurityKeys") == (
        "UnsupportedOperationException",
        "The simulator does not know connect:ListSecurityKeys.",
    )
    assert centre.code("FlyAway") == "UnknownOperationException"


def test_a_missing_member_is_named_by_its_path(centre):
    reference = {"QueueReference": {"QueueId": "x"}, "Priority": 1, "Delay": 0}
    assert centre.refusal(
        "AssociateRoutingProfileQueues", RoutingProfileId="x", QueueConfigs=[reference]
    ) == (
        "InvalidRequestException",
        "Required parameter missing: QueueConfigs.1.member.QueueReference.Channel",
    )


def test_what_is_none_counts_as_not_given(centre):
    assert len(centre.ask("ListUsers", NextToken=None)["UserSummaryList"]) == 4


def test_things_of_an_instance_are_listed_described_and_searched_alike(centre):
    for kind, operation, argument in (
        ("security-profile", "SecurityProfile", "SecurityProfileId"),
        ("hours-of-operation", "HoursOfOperation", "HoursOfOperationId"),
        ("agent-status", "AgentStatus", "AgentStatusId"),
        ("contact-flow", "ContactFlow", "ContactFlowId"),
        ("predefined-attribute", "PredefinedAttribute", "Name"),
        ("queue", "Queue", "QueueId"),
        ("routing-profile", "RoutingProfile", "RoutingProfileId"),
    ):
        thing = next(iter(centre.instance.tables[kind].all()))
        reply = centre.ask(f"Describe{operation}", **{argument: thing["Id"]})
        assert thing["Name"] in reply[operation].values()
        plural = "AgentStatuses" if operation == "AgentStatus" else f"{operation}s"
        (listed,) = centre.ask(f"List{plural}").values()
        assert thing["Name"] in [one.get("Name") for one in listed]
        assert (
            centre.code(f"Describe{operation}", **{argument: "none"}) == "ResourceNotFoundException"
        )


def test_statuses_and_flows_are_listed_by_type(centre):
    (statuses,) = centre.ask("ListAgentStatuses", AgentStatusTypes=["OFFLINE"]).values()
    assert [one["Name"] for one in statuses] == ["Offline"]
    (flows,) = centre.ask("ListContactFlows", ContactFlowTypes=["CUSTOMER_QUEUE"]).values()
    assert [one["Name"] for one in flows] == ["Default customer queue"]


def test_a_region_sees_only_its_own_instances():
    regions = ("us-east-1", "eu-west-2")
    centre = Centre(SimConfig(instances=tuple(InstanceConfig(region=one) for one in regions)))
    abroad = Caller(account="123456789012", region="eu-west-2")
    reply = centre.service.respond("ListInstances", {}, BEGUN, abroad).data
    (instance,) = reply["InstanceSummaryList"]
    assert instance["Arn"].startswith("arn:aws:connect:eu-west-2:123456789012:instance/")
    with pytest.raises(ServiceError, match="instance was not found"):
        centre.service.respond("ListUsers", {"InstanceId": instance["Id"]}, BEGUN, CALLER)


def quotas(service, operation="ListServiceQuotas", **params):
    asked = {"ServiceCode": "connect", **params}
    return service.respond(operation, asked, BEGUN, CALLER).data


def test_service_quotas_tells_what_the_buckets_allow():
    buckets = Buckets({"CreateUser": Allowance(rate=7.0)}, speed=2.0)
    service = ServiceQuotas(buckets, {"user": 900})
    first = quotas(service, MaxResults=100)
    assert "NextToken" not in first
    values = {one["QuotaName"]: one["Value"] for one in first["Quotas"]}
    assert values["Rate of CreateUser API requests"] == 14.0
    assert values["Rate of ListUsers API requests"] == 4.0
    assert values["Rate of AssociateInstanceStorageConfig  API requests"] == 4.0
    assert values["Users per instance"] == 900.0
    assert len(values) == len(CODES) + 3
    assert not {"DeleteQueue", "DeleteRoutingProfile", "SearchContactFlows"} & set(CODES)


def test_service_quotas_come_in_pages_and_one_by_one():
    service = ServiceQuotas(Buckets(), {})
    first = quotas(service, "ListAWSDefaultServiceQuotas", MaxResults=60)
    second = quotas(
        service, "ListAWSDefaultServiceQuotas", MaxResults=60, NextToken=first["NextToken"]
    )
    assert len(first["Quotas"]) + len(second["Quotas"]) == len(CODES) + 3
    (one,) = quotas(service, QuotaCode="L-CBDEE3E4")["Quotas"]
    assert one["QuotaName"] == "Rate of CreateUser API requests"


def test_services_that_are_not_there_are_refused():
    with pytest.raises(ServiceError) as caught:
        quotas(ServiceQuotas(Buckets(), {}), ServiceCode="ec2")
    assert caught.value.code == "NoSuchResourceException"
    with pytest.raises(ServiceError, match="service-quotas:ListServices"):
        ServiceQuotas(Buckets(), {}).respond("ListServices", {}, BEGUN, CALLER)
