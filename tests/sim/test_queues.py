from __future__ import annotations

import pytest


@pytest.fixture
def queue(centre):
    return centre.id("queue", "Support")


def connects(centre, queue):
    reply = centre.ask("ListQueueQuickConnects", QueueId=queue)
    return [one["Name"] for one in reply["QuickConnectSummaryList"]]


def test_quick_connects_are_added_to_a_queue_and_taken_away(centre, queue):
    ids = [centre.id("quick-connect", name) for name in ("Billing desk", "Supervisor desk")]
    centre.ask("AssociateQueueQuickConnects", QueueId=queue, QuickConnectIds=ids)
    assert connects(centre, queue) == ["Billing desk", "Supervisor desk"]
    centre.ask("DisassociateQueueQuickConnects", QueueId=queue, QuickConnectIds=ids[:1])
    assert connects(centre, queue) == ["Supervisor desk"]


def test_quick_connects_that_may_not_be_associated_are_refused(centre, queue):
    desk = centre.id("quick-connect", "Billing desk")

    def code(*ids, operation="AssociateQueueQuickConnects"):
        return centre.code(operation, QueueId=queue, QuickConnectIds=list(ids))

    assert code("none") == "ResourceNotFoundException"
    assert code(desk, desk) == "InvalidParameterException"
    assert code(*["x"] * 51) == "InvalidParameterException"
    assert code() == "InvalidParameterException"
    assert code(desk, operation="DisassociateQueueQuickConnects") == "ResourceNotFoundException"
    centre.ask("AssociateQueueQuickConnects", QueueId=queue, QuickConnectIds=[desk])
    assert code(desk) == "InvalidRequestException"
    centre.world.limits = {"queue-quick-connect": 1}
    assert code(centre.id("quick-connect", "Supervisor desk")) == "LimitExceededException"


def test_a_queue_is_made_described_renamed_disabled_and_deleted(centre):
    desk = centre.id("quick-connect", "Billing desk")
    made = centre.ask(
        "CreateQueue",
        Name="Nights",
        HoursOfOperationId=centre.id("hours-of-operation", "Around the clock"),
        QuickConnectIds=[desk],
        MaxContacts=5,
        Tags={"shift": "night"},
    )
    queue = made["QueueId"]
    centre.ask("UpdateQueueName", QueueId=queue, Name="Late", Description="Late shift")
    centre.ask("UpdateQueueStatus", QueueId=queue, Status="DISABLED")
    described = centre.ask("DescribeQueue", QueueId=queue)["Queue"]
    del described["LastModifiedTime"]
    assert described == {
        "QueueId": queue,
        "QueueArn": made["QueueArn"],
        "Name": "Late",
        "Description": "Late shift",
        "Status": "DISABLED",
        "MaxContacts": 5,
        "HoursOfOperationId": centre.id("hours-of-operation", "Around the clock"),
        "Tags": {"shift": "night"},
        "LastModifiedRegion": "us-east-1",
    }
    assert connects(centre, queue) == ["Billing desk"]
    centre.ask("DeleteQueue", QueueId=queue)
    assert centre.code("DescribeQueue", QueueId=queue) == "ResourceNotFoundException"


def test_a_queue_that_may_not_be_is_refused(centre):
    hours = centre.id("hours-of-operation", "Basic Hours")

    def code(**more):
        return centre.code("CreateQueue", **{"Name": "New", "HoursOfOperationId": hours, **more})

    assert code(Name="SUPPORT") == "DuplicateResourceException"
    assert code(HoursOfOperationId="none") == "ResourceNotFoundException"
    assert code(Name="") == "InvalidParameterException"
    centre.world.limits = {"queue": 7}
    assert code() == "LimitExceededException"


def test_a_name_taken_by_another_queue_is_refused_and_its_own_is_not(centre, queue):
    assert (
        centre.code("UpdateQueueName", QueueId=queue, Name="billing")
        == "DuplicateResourceException"
    )
    assert centre.code("UpdateQueueName", QueueId=queue) == "InvalidRequestException"
    centre.ask("UpdateQueueName", QueueId=queue, Name="SUPPORT")
    assert centre.ask("DescribeQueue", QueueId=queue)["Queue"]["Name"] == "SUPPORT"


@pytest.mark.parametrize("name", ["BasicQueue", "Billing"])
def test_a_queue_that_something_refers_to_is_not_deleted(centre, name):
    queue = centre.id("queue", name)
    if name == "Billing":
        centre.ask("DeleteRoutingProfile", RoutingProfileId=centre.id("routing-profile", "Billing"))
    assert centre.code("DeleteQueue", QueueId=queue) == "ResourceInUseException"


def test_agents_own_queues_are_listed_without_a_name_unless_types_are_given(centre):
    def types(**more):
        found = centre.ask("ListQueues", **more)["QueueSummaryList"]
        return [one["QueueType"] for one in found], [one for one in found if "Name" not in one]

    every, nameless = types()
    assert every == ["STANDARD"] * 7 + ["AGENT"] * 4
    assert [set(one) for one in nameless] == [{"Id", "Arn", "QueueType"}] * 4
    assert types(QueueTypes=["STANDARD"]) == (["STANDARD"] * 7, [])
    assert types(QueueTypes=["AGENT"])[0] == ["AGENT"] * 4


def test_queues_come_in_pages_that_go_on_into_the_agents_own(centre):
    first = centre.ask("ListQueues", MaxResults=9)
    second = centre.ask("ListQueues", MaxResults=9, NextToken=first["NextToken"])
    ids = [one["Id"] for page in (first, second) for one in page["QueueSummaryList"]]
    assert len(ids) == len(set(ids)) == 11


def test_a_quick_connect_is_made_by_its_type_and_leaves_its_queues_when_deleted(centre, queue):
    config = {"QuickConnectType": "PHONE_NUMBER", "PhoneConfig": {"PhoneNumber": "+35315550199"}}
    made = centre.ask("CreateQuickConnect", Name="Night desk", QuickConnectConfig=config)
    connect = made["QuickConnectId"]
    centre.ask("AssociateQueueQuickConnects", QueueId=queue, QuickConnectIds=[connect])
    described = centre.ask("DescribeQuickConnect", QuickConnectId=connect)["QuickConnect"]
    assert described["QuickConnectConfig"] == config
    assert made["QuickConnectARN"].endswith(f"/transfer-destination/{connect}")
    centre.ask("DeleteQuickConnect", QuickConnectId=connect)
    assert connects(centre, queue) == []


def test_a_quick_connect_whose_configuration_is_not_its_types_is_refused(centre):
    number = {"PhoneConfig": {"PhoneNumber": "+35315550199"}}

    def code(name="New", **config):
        return centre.code("CreateQuickConnect", Name=name, QuickConnectConfig=config)

    flow = centre.id("contact-flow", "Default agent transfer")
    nobody = {"UserConfig": {"UserId": "none", "ContactFlowId": flow}}
    assert code(QuickConnectType="USER") == "InvalidRequestException"
    assert code(QuickConnectType="USER", **nobody) == "ResourceNotFoundException"
    assert code(QuickConnectType="USER", **nobody, **number) == "InvalidParameterException"
    assert code("billing DESK", QuickConnectType="PHONE_NUMBER", **number) == (
        "DuplicateResourceException"
    )
    centre.world.limits = {"quick-connect": 3}
    assert code(QuickConnectType="PHONE_NUMBER", **number) == "LimitExceededException"


def test_quick_connects_are_listed_by_type(centre):
    reply = centre.ask("ListQuickConnects", QuickConnectTypes=["QUEUE", "USER"])
    assert [one["Name"] for one in reply["QuickConnectSummaryList"]] == [
        "Supervisor desk",
        "Billing desk",
    ]


def test_hours_limit_and_caller_of_a_queue_are_set_each_by_itself(centre, queue):
    number = centre.id("phone-number", "+35315550100")
    flow = centre.id("contact-flow", "Default outbound")
    hours = centre.id("hours-of-operation", "Around the clock")

    def described():
        return centre.ask("DescribeQueue", QueueId=queue)["Queue"]

    def caller(**config):
        centre.ask("UpdateQueueOutboundCallerConfig", QueueId=queue, OutboundCallerConfig=config)
        return described().get("OutboundCallerConfig")

    centre.ask("UpdateQueueHoursOfOperation", QueueId=queue, HoursOfOperationId=hours)
    centre.ask("UpdateQueueMaxContacts", QueueId=queue, MaxContacts=0)
    assert (described()["HoursOfOperationId"], described()["MaxContacts"]) == (hours, 0)
    centre.ask("UpdateQueueMaxContacts", QueueId=queue)
    assert "MaxContacts" not in described()
    assert caller(OutboundCallerIdName="Us", OutboundCallerIdNumberId=number) == {
        "OutboundCallerIdName": "Us",
        "OutboundCallerIdNumberId": number,
    }
    assert caller(OutboundFlowId=flow) == {"OutboundFlowId": flow}
    assert caller() is None


@pytest.mark.parametrize(
    ("config", "code"),
    [
        ({"OutboundCallerIdNumberId": ""}, "InvalidParameterException"),
        ({"OutboundFlowId": ""}, "InvalidParameterException"),
        ({"OutboundCallerIdNumberId": "none"}, "ResourceNotFoundException"),
        ({"OutboundFlowId": "none"}, "ResourceNotFoundException"),
        ({"OutboundCallerIdName": ""}, "InvalidParameterException"),
    ],
)
def test_a_caller_that_is_none_is_refused_for_old_queues_and_new(centre, queue, config, code):
    hours = centre.id("hours-of-operation", "Basic Hours")
    new = {"Name": "New", "HoursOfOperationId": hours, "OutboundCallerConfig": config}
    change = {"QueueId": queue, "OutboundCallerConfig": config}
    assert centre.code("UpdateQueueOutboundCallerConfig", **change) == code
    assert centre.code("CreateQueue", **new) == code


def test_only_a_whisper_is_played_to_those_called(centre, queue):
    flow = {"OutboundFlowId": centre.id("contact-flow", "Sample inbound flow")}
    change = {"QueueId": queue, "OutboundCallerConfig": flow}
    assert centre.code("UpdateQueueOutboundCallerConfig", **change) == "InvalidParameterException"


def test_hours_that_are_none_are_refused(centre, queue):
    change = {"QueueId": queue, "HoursOfOperationId": "none"}
    assert centre.code("UpdateQueueHoursOfOperation", **change) == "ResourceNotFoundException"


def connect_config(**config):
    return {"QuickConnectConfig": config}


def test_a_quick_connect_is_renamed_and_led_elsewhere(centre):
    own = {"QuickConnectId": centre.id("quick-connect", "Billing desk")}
    centre.ask("UpdateQuickConnectName", **own, Name="Invoices", Description="Questions")
    phone = {"QuickConnectType": "PHONE_NUMBER", "PhoneConfig": {"PhoneNumber": "+35315550122"}}
    centre.ask("UpdateQuickConnectConfig", **own, **connect_config(**phone))
    told = centre.ask("DescribeQuickConnect", **own)["QuickConnect"]
    assert (told["Name"], told["Description"]) == ("Invoices", "Questions")
    assert told["QuickConnectConfig"] == phone
    centre.ask("UpdateQuickConnectName", **own, Description="")
    listed = centre.ask("ListQuickConnects", QuickConnectTypes=["PHONE_NUMBER"])
    assert "Invoices" in [each["Name"] for each in listed["QuickConnectSummaryList"]]


def test_a_quick_connect_that_may_not_be_so_is_refused(centre):
    own = {"QuickConnectId": centre.id("quick-connect", "Billing desk")}

    def code(operation, **given):
        return centre.code(operation, **own, **given)

    assert code("UpdateQuickConnectName") == "InvalidRequestException"
    assert code("UpdateQuickConnectName", Name="SUPERVISOR DESK") == "InvalidParameterException"
    lacking = connect_config(QuickConnectType="QUEUE")
    assert code("UpdateQuickConnectConfig", **lacking) == "InvalidRequestException"
    phone = {"PhoneNumber": "+35315550122"}
    both = {"QueueId": centre.id("queue", "Support"), "ContactFlowId": "x"}
    mixed = connect_config(QuickConnectType="PHONE_NUMBER", PhoneConfig=phone, QueueConfig=both)
    assert code("UpdateQuickConnectConfig", **mixed) == "InvalidParameterException"
    nowhere = connect_config(QuickConnectType="QUEUE", QueueConfig=both)
    assert code("UpdateQuickConnectConfig", **nowhere) == "ResourceNotFoundException"
