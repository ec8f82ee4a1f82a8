from __future__ import annotations

import pytest

from bulkops.sim.core.seed import BEGUN
from bulkops.sim.services.campaigns.campaigns import KIND, ONBOARDING
from bulkops.sim.services.campaigns_service import Campaigns
from bulkops.sim.state.refusals import ServiceError
from bulkops.sim.state.world import Caller

LATER, BEFORE = BEGUN + 3600, BEGUN - 1
TEMPLATE = "arn:aws:wisdom:us-east-1:123456789012:message-template/k/t"
DAY = {"startTime": "2035-03-01T09:00:00Z", "endTime": "2035-03-02T09:00:00Z"}


class Desk:
    """Asks for campaigns of the demonstration instance, by name where an id is wanted."""

    def __init__(self, centre):
        self.centre = centre
        self.service = Campaigns(centre.world)

    def ask(self, operation, of="", **params):
        given = {"id": self.id(of), **params} if of else params
        now = BEGUN + self.centre.now
        return self.service.respond(operation, given, now, self.centre.caller).data

    def code(self, operation, of="", **params):
        with pytest.raises(ServiceError) as caught:
            self.ask(operation, of, **params)
        return caught.value.code

    def id(self, name):
        return self.centre.id(KIND, name)

    def state(self, name):
        return self.ask("GetCampaignState", name)["state"]

    def channels(self, **telephony):
        default = {"connectContactFlowId": self.centre.id("contact-flow", "After hours")}
        whole = {"outboundMode": {"agentless": {}}, "defaultOutboundConfig": default, **telephony}
        return {"telephony": {key: each for key, each in whole.items() if each is not None}}

    def campaign(self, name="New", **more):
        asked = {"channelSubtypeConfig": self.channels(), **more}
        return {"name": name, "connectInstanceId": self.centre.instance.id, **asked}


@pytest.fixture
def desk(centre):
    return Desk(centre)


def test_a_campaign_is_made_once_and_told_whole_but_for_its_state(desk):
    flow = desk.centre.arn("contact-flow", "Campaign journey")
    asked = desk.campaign(schedule=DAY, tags={"a": "b"}, connectCampaignFlowArn=flow)
    made = desk.ask("CreateCampaign", **asked)
    assert desk.ask("CreateCampaign", **asked) == made
    assert desk.code("CreateCampaign", **asked | {"tags": {}}) == "ConflictException"
    assert made["arn"].startswith("arn:aws:connect-campaigns:us-east-1:123456789012:campaign/")
    told = desk.ask("DescribeCampaign", "New")["campaign"]
    assert told["schedule"]["startTime"].isoformat() == "2035-03-01T09:00:00+00:00"
    assert (told["name"], told["tags"], "state" in told) == ("New", {"a": "b"}, False)
    (listed,) = desk.ask("ListCampaigns", maxResults=50)["campaignSummaryList"][-1:]
    assert listed["channelSubtypes"] == ["TELEPHONY"]
    assert "channelSubtypeConfig" not in listed
    assert desk.state("New") == "Initialized"


def test_campaigns_are_listed_by_pages_of_an_instance(desk):
    where = {"instanceIdFilter": {"value": desk.centre.instance.id, "operator": "Eq"}}
    first = desk.ask("ListCampaigns", maxResults=3, filters=where)
    rest = desk.ask("ListCampaigns", maxResults=3, filters=where, nextToken=first["nextToken"])
    names = [each["name"] for page in (first, rest) for each in page["campaignSummaryList"]]
    assert names == [
        "Winter offers", "Autumn offers", "Spring survey", "Payment reminders", "Old promotion",
        "Never begun",
    ]  # fmt: skip
    other = {"instanceIdFilter": {"value": "nowhere", "operator": "Eq"}}
    assert desk.code("ListCampaigns", filters=other) == "ResourceNotFoundException"
    assert desk.code("ListCampaigns", maxResults=51) == "ValidationException"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"channelSubtypeConfig": {}}, "ValidationException"),
        ({"schedule": {**DAY, "endTime": "2035-03-01T08:00:00Z"}}, "ValidationException"),
        ({"schedule": {**DAY, "endTime": "soon"}}, "ValidationException"),
        (
            {"schedule": {"startTime": "2020-01-01T00:00:00Z", "endTime": "2020-01-02T00:00:00Z"}},
            "ValidationException",
        ),
        ({"source": {}}, "ValidationException"),
        ({"communicationTimeConfig": {"localTimeZoneConfig": {}}}, "ValidationException"),
        ({"connectInstanceId": "nowhere"}, "ResourceNotFoundException"),
        ({"name": ""}, "ValidationException"),
    ],
)
def test_what_is_wrong_with_a_campaign_is_refused(desk, wrong, code):
    assert desk.code("CreateCampaign", **desk.campaign() | wrong) == code


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"outboundMode": {}}, "ValidationException"),
        ({"outboundMode": {"predictive": {"bandwidthAllocation": 0.5}}}, "ValidationException"),
        ({"connectQueueId": "none"}, "ResourceNotFoundException"),
        ({"defaultOutboundConfig": {"connectContactFlowId": "x"}}, "ResourceNotFoundException"),
    ],
)
def test_a_channel_names_what_is_there(desk, wrong, code):
    asked = desk.campaign(channelSubtypeConfig=desk.channels(**wrong))
    assert desk.code("CreateCampaign", **asked) == code


def test_a_campaign_follows_a_campaign_flow_and_no_other(desk):
    for name, code in (("After hours", "ValidationException"),):
        arn = desk.centre.arn("contact-flow", name)
        asked = desk.campaign(connectCampaignFlowArn=arn)
        assert desk.code("CreateCampaign", **asked) == code
    nowhere = desk.campaign(connectCampaignFlowArn=f"{arn}0")
    assert desk.code("CreateCampaign", **nowhere) == "ResourceNotFoundException"


def test_numbers_and_templates_of_a_channel_are_checked(desk):
    number = desk.centre.arn("phone-number", "+35315550100")
    sms = {"connectSourcePhoneNumberArn": number, "wisdomTemplateArn": TEMPLATE}

    def asked(**more):
        config = {"outboundMode": {"agentless": {}}, "defaultOutboundConfig": {**sms, **more}}
        return desk.campaign(channelSubtypeConfig={"sms": config})

    desk.ask("CreateCampaign", **asked())
    wrong = asked(connectSourcePhoneNumberArn=f"{number}0") | {"name": "Other"}
    assert desk.code("CreateCampaign", **wrong) == "ResourceNotFoundException"
    wrong = asked(wisdomTemplateArn=number) | {"name": "Other"}
    assert desk.code("CreateCampaign", **wrong) == "ValidationException"


def test_an_account_has_twenty_five_campaigns_and_an_instance_must_be_prepared(desk):
    for number in range(17):
        desk.ask("CreateCampaign", **desk.campaign(f"C{number}"))
    refused = desk.code("CreateCampaign", **desk.campaign("More"))
    assert refused == "ServiceQuotaExceededException"
    where = {"connectInstanceId": desk.centre.instance.id}
    config = desk.ask("GetConnectInstanceConfig", **where)["connectInstanceConfig"]
    assert config["connectInstanceId"] == desk.centre.instance.id
    desk.centre.instance.tables[ONBOARDING].drop(ONBOARDING)
    assert desk.code("GetConnectInstanceConfig", **where) == "ResourceNotFoundException"
    assert desk.code("CreateCampaign", **desk.campaign("N")) == "ResourceNotFoundException"


def test_a_state_is_reached_a_moment_later_and_only_from_some(desk):
    assert desk.ask("StartCampaign", "Payment reminders") == {}
    assert desk.state("Payment reminders") == "Initialized"
    desk.centre.now += 2
    assert desk.state("Payment reminders") == "Running"
    for operation, state in (
        ("PauseCampaign", "Paused"), ("ResumeCampaign", "Running"), ("StopCampaign", "Stopped")
    ):  # fmt: skip
        desk.ask(operation, "Payment reminders")
        desk.centre.now += 2
        assert desk.state("Payment reminders") == state
    for operation in ("StartCampaign", "PauseCampaign", "ResumeCampaign", "StopCampaign"):
        with pytest.raises(ServiceError) as caught:
            desk.ask(operation, "Payment reminders")
        refused = caught.value
        assert (refused.code, refused.status) == ("InvalidCampaignStateException", 409)
        assert refused.more["state"] == "Stopped"
    both = [desk.id("Winter offers"), "none"]
    told = desk.ask("GetCampaignStateBatch", campaignIds=both)
    assert told["successfulRequests"] == [{"campaignId": both[0], "state": "Running"}]
    assert told["failedRequests"] == [{"campaignId": "none", "failureCode": "ResourceNotFound"}]


def test_a_campaign_whose_time_is_over_is_completed(desk):
    soon = {"startTime": BEGUN, "endTime": BEGUN + 60}
    desk.ask("CreateCampaign", **desk.campaign(schedule=soon))
    desk.ask("StartCampaign", "New")
    desk.centre.now = 61
    assert desk.state("New") == "Completed"


def test_some_settings_change_always_and_some_until_it_was_started(desk):
    fresh, begun = "Payment reminders", "Winter offers"
    times = {
        "localTimeZoneConfig": {"defaultTimeZone": "Europe/Dublin"},
        "telephony": {
            "openHours": {"dailyHours": {"MONDAY": [{"startTime": "T09:00", "endTime": "T17:00"}]}}
        },
    }
    limits = {"communicationLimitsList": [
        {"maxCountPerRecipient": 1, "frequency": 1, "unit": "DAY"}
    ]}  # fmt: skip
    flow = desk.centre.arn("contact-flow", "Campaign journey")
    domain = "arn:aws:profile:us-east-1:123456789012:domains/d/segment-definitions/s"
    for operation, given in (
        ("UpdateCampaignSchedule", {"schedule": DAY}),
        ("UpdateCampaignSource", {"source": {"customerProfilesSegmentArn": domain}}),
        ("UpdateCampaignFlowAssociation", {"connectCampaignFlowArn": flow}),
        ("UpdateCampaignCommunicationTime", {"communicationTimeConfig": times}),
        (
            "UpdateCampaignCommunicationLimits",
            {"communicationLimitsOverride": {"allChannelSubtypes": limits}},
        ),
        ("DeleteCampaignCommunicationTime", {"config": "TELEPHONY"}),
        ("DeleteCampaignCommunicationLimits", {"config": "ALL_CHANNEL_SUBTYPES"}),
    ):
        desk.ask(operation, fresh, **given)
        assert desk.code(operation, begun, **given) == "InvalidCampaignStateException"
    told = desk.ask("DescribeCampaign", fresh)["campaign"]
    assert told["communicationTimeConfig"] == {"localTimeZoneConfig": times["localTimeZoneConfig"]}
    assert told["source"] == {"customerProfilesSegmentArn": domain}
    for operation, given in (
        ("DeleteCampaignCommunicationTime", {"config": "TELEPHONY"}),
        ("DeleteCampaignCommunicationLimits", {"config": "ALL_CHANNEL_SUBTYPES"}),
    ):
        assert desk.code(operation, fresh, **given) == "ResourceNotFoundException"
    desk.ask("UpdateCampaignName", begun, name="Spring offers")
    assert desk.code("UpdateCampaignName", fresh, name="spring OFFERS") == "ConflictException"


def test_times_of_day_and_dates_go_forward(desk):
    zone = {"localTimeZoneConfig": {"localTimeZoneDetection": ["AREA_CODE"]}}
    hours = {"dailyHours": {"MONDAY": [{"startTime": "T17:00", "endTime": "T09:00"}]}}
    period = {"startDate": "2035-01-02", "endDate": "2035-01-01"}
    periods = {"restrictedPeriodList": [period]}
    for window in (
        {"openHours": hours}, {"openHours": {"dailyHours": {}}, "restrictedPeriods": periods}
    ):  # fmt: skip
        given = {"communicationTimeConfig": {**zone, "sms": window}}
        refused = desk.code("UpdateCampaignCommunicationTime", "Payment reminders", **given)
        assert refused == "ValidationException"


def test_channels_are_set_and_taken_out_one_by_one(desk):
    name = "Winter offers"
    number = desk.centre.arn("phone-number", "+35315550100")
    default = {"connectSourcePhoneNumberArn": number, "wisdomTemplateArn": TEMPLATE}
    sms = {"outboundMode": {"agentless": {}}, "defaultOutboundConfig": default}
    desk.ask("UpdateCampaignChannelSubtypeConfig", name, channelSubtypeConfig={"sms": sms})
    drop = "DeleteCampaignChannelSubtypeConfig"
    desk.ask(drop, name, channelSubtype="SMS")
    assert desk.code(drop, name, channelSubtype="SMS") == "ResourceNotFoundException"
    assert desk.code(drop, name, channelSubtype="TELEPHONY") == "ValidationException"
    queue = desk.centre.id("queue", "Sales EMEA")
    mode = {"predictive": {"bandwidthAllocation": 1.0}}
    other = desk.channels(connectQueueId=queue, outboundMode=mode)
    desk.ask("UpdateCampaignChannelSubtypeConfig", name, channelSubtypeConfig=other)
    told = desk.ask("DescribeCampaign", name)["campaign"]["channelSubtypeConfig"]
    assert told == other
    fixed = desk.channels()
    refused = desk.code("UpdateCampaignChannelSubtypeConfig", name, channelSubtypeConfig=fixed)
    assert refused == "ConflictException"


def test_tags_are_put_on_and_taken_off(desk):
    arn = desk.centre.arn(KIND, "Winter offers")
    desk.ask("TagResource", arn=arn, tags={"a": "1", "b": "2"})
    desk.ask("UntagResource", arn=arn, tagKeys=["a", "c"])
    assert desk.ask("ListTagsForResource", arn=arn)["tags"] == {"b": "2"}
    many = {"x" * (n + 1): "1" for n in range(50)}
    assert desk.code("TagResource", arn=arn, tags=many) == "ValidationException"
    wrong = arn.replace(":campaign/", ":else/")
    assert desk.code("TagResource", arn=wrong, tags={"a": "1"}) == "ResourceNotFoundException"


def test_what_is_deleted_is_gone(desk):
    campaign = desk.id("Old promotion")
    desk.ask("DeleteCampaign", "Old promotion")
    for operation in ("DeleteCampaign", "DescribeCampaign", "GetCampaignState"):
        assert desk.code(operation, id=campaign) == "ResourceNotFoundException"
    assert desk.code("StartInstanceOnboardingJob", connectInstanceId="i") == "ValidationException"
    known = desk.code("ListConnectInstanceIntegrations", connectInstanceId="i")
    assert known == "UnsupportedOperationException"


def test_a_read_that_lags_does_not_see_a_new_campaign_yet(desk):
    desk.centre.world.lag = 5.0
    campaign = desk.ask("CreateCampaign", **desk.campaign())["id"]
    assert desk.code("DescribeCampaign", id=campaign) == "ResourceNotFoundException"
    desk.ask("StartCampaign", id=campaign)
    desk.centre.now += 10
    assert desk.ask("GetCampaignState", id=campaign)["state"] == "Running"


def request(token, number="+353871234567", expires=LATER, **channels):
    given = channels or {"telephony": {"destinationPhoneNumber": number, "attributes": {}}}
    return {"clientToken": token, "expirationTime": expires, "channelSubtypeParameters": given}


def put(desk, *requests, campaign="Winter offers"):
    return desk.ask("PutOutboundRequestBatch", campaign, outboundRequests=list(requests))


def test_what_is_wrong_with_an_item_fails_that_item_alone(desk):
    sms = {"destinationPhoneNumber": "1", "templateArn": TEMPLATE, "templateParameters": {}}
    reply = put(
        desk,
        request("a"),
        request("b", "03587"),
        request("c", expires=BEFORE),
        request(
            "d", telephony={"destinationPhoneNumber": "+353871234567", "attributes": {}}, sms=sms
        ),
        request("e", sms=sms),
    )
    assert [each["clientToken"] for each in reply["successfulRequests"]] == ["a"]
    failed = {each["clientToken"]: each["failureCode"] for each in reply["failedRequests"]}
    assert failed == dict.fromkeys("bcde", "InvalidInput")
    reply = put(desk, request("f", sms={**sms, "destinationPhoneNumber": "+353871234567"}),
                campaign="Autumn offers")  # fmt: skip
    assert [each["failureCode"] for each in reply["failedRequests"]] == ["InvalidInput"]


def test_an_item_that_comes_again_has_no_second_effect(desk):
    first, again = (put(desk, request("a"))["successfulRequests"] for _ in range(2))
    assert first == again
    assert len(desk.centre.instance.tables["outbound-request"]) == 1


def test_what_is_wrong_with_the_call_refuses_it_whole(desk):
    where = ("PutOutboundRequestBatch",)
    none = desk.code(*where, id="none", outboundRequests=[request("a")])
    assert none == "ResourceNotFoundException"
    twice = [request("a"), request("a")]
    assert desk.code(*where, "Winter offers", outboundRequests=twice) == "ValidationException"
    many = [request(str(n)) for n in range(26)]
    assert desk.code(*where, "Winter offers", outboundRequests=many) == "ValidationException"
    late = desk.code(*where, "Payment reminders", outboundRequests=[request("a")])
    assert late == "InvalidCampaignStateException"


def test_profiles_are_reached_by_their_ids(desk):
    items = [
        {"clientToken": "a", "profileId": "1" * 32},
        {"clientToken": "b", "profileId": "0" * 32},
        {"clientToken": "c", "profileId": "1" * 32, "expirationTime": "2020-01-01T00:00:00Z"},
    ]
    asked = {"profileOutboundRequests": items}
    reply = desk.ask("PutProfileOutboundRequestBatch", "Winter offers", **asked)
    codes = [each["failureCode"] for each in reply["failedRequests"]]
    assert codes == ["ResourceNotFound", "InvalidInput"]


def test_another_account_sees_no_campaign(desk):
    stranger = Caller(account="999999999999", region="us-east-1")
    with pytest.raises(ServiceError, match="no such campaign"):
        desk.service.respond("DescribeCampaign", {"id": desk.id("Winter offers")}, BEGUN, stranger)
