from __future__ import annotations

import pytest

TOO_LONG = "Member must have length less than or equal to 10"
QUEUES = ("Support", "Support VIP", "Billing", "Sales EMEA", "Sales Americas", "Escalations")


def listed(centre, profile, **more):
    reply = centre.ask("ListRoutingProfileQueues", RoutingProfileId=profile, **more)
    return [
        (one["QueueName"], one["Channel"], one["Priority"], one["Delay"])
        for one in reply["RoutingProfileQueueConfigSummaryList"]
    ]


@pytest.fixture
def profile(centre):
    return centre.id("routing-profile", "Basic Routing Profile")


def references(*configs):
    return [config["QueueReference"] for config in configs]


def test_queues_are_added_changed_and_taken_away(centre, profile):
    added = [centre.pair("Support"), centre.pair("Support", "CHAT", Priority=2, Delay=30)]
    centre.ask("AssociateRoutingProfileQueues", RoutingProfileId=profile, QueueConfigs=added)
    changed = [centre.pair("Support", Priority=9)]
    centre.ask("UpdateRoutingProfileQueues", RoutingProfileId=profile, QueueConfigs=changed)
    assert listed(centre, profile) == [
        ("BasicQueue", "VOICE", 1, 0),
        ("Support", "VOICE", 9, 0),
        ("Support", "CHAT", 2, 30),
    ]
    centre.ask(
        "DisassociateRoutingProfileQueues",
        RoutingProfileId=profile,
        QueueReferences=references(centre.pair("Support")),
    )
    assert listed(centre, profile) == [("BasicQueue", "VOICE", 1, 0), ("Support", "CHAT", 2, 30)]


def test_one_pair_that_is_there_already_refuses_the_whole_request(centre, profile):
    both = [centre.pair("Support"), centre.pair("BasicQueue")]
    assert (
        centre.code("AssociateRoutingProfileQueues", RoutingProfileId=profile, QueueConfigs=both)
        == "InvalidRequestException"
    )
    assert listed(centre, profile) == [("BasicQueue", "VOICE", 1, 0)]


def test_what_an_association_may_not_be(centre, profile):
    def code(*configs, operation="AssociateRoutingProfileQueues"):
        return centre.code(operation, RoutingProfileId=profile, QueueConfigs=list(configs))

    support = centre.pair("Support")
    assert code(support, support) == "InvalidParameterException"
    assert code(*[centre.pair(q, c) for q in QUEUES for c in ("VOICE", "CHAT")][:11]) == (
        "InvalidParameterException"
    )
    assert code(centre.pair("Support", "VOIP")) == "InvalidParameterException"
    assert code(centre.pair("Support", Priority=100)) == "InvalidParameterException"
    assert code(centre.pair("Support", Delay=-1)) == "InvalidParameterException"
    nowhere = {**support, "QueueReference": {"QueueId": "none", "Channel": "VOICE"}}
    assert code(nowhere) == "ResourceNotFoundException"
    assert code(support, operation="UpdateRoutingProfileQueues") == "ResourceNotFoundException"
    assert (
        centre.code("AssociateRoutingProfileQueues", RoutingProfileId=profile)
        == "InvalidRequestException"
    )


def test_a_disassociation_takes_ten_pairs_at_the_most_and_only_those_that_are_there(
    centre, profile
):
    def code(*given):
        return centre.refusal(
            "DisassociateRoutingProfileQueues",
            RoutingProfileId=profile,
            QueueReferences=references(*given),
        )

    eleven = [centre.pair(q, c) for q in QUEUES for c in ("VOICE", "CHAT")][:11]
    refused, message = code(*eleven)
    assert refused == "InvalidParameterException"
    assert message.endswith("'QueueReferences' failed to satisfy constraint: " + TOO_LONG)
    assert code(centre.pair("Support"))[0] == "ResourceNotFoundException"
    assert code()[0] == "InvalidRequestException"


def test_a_profile_holds_no_more_pairs_than_the_quota(centre, profile):
    pairs = [centre.pair(q, c) for q in QUEUES for c in ("VOICE", "CHAT", "TASK", "EMAIL")]
    centre.world.limits = {"queue-channel": 13}
    centre.ask("AssociateRoutingProfileQueues", RoutingProfileId=profile, QueueConfigs=pairs[:10])
    more = {"RoutingProfileId": profile, "QueueConfigs": pairs[10:13]}
    assert centre.code("AssociateRoutingProfileQueues", **more) == "InvalidRequestException"


def test_queues_to_pick_from_by_hand_are_a_list_of_their_own(centre, profile):
    by_hand = references(centre.pair("Support", "TASK"))
    configs = [{"QueueReference": one} for one in by_hand]
    centre.ask(
        "AssociateRoutingProfileQueues",
        RoutingProfileId=profile,
        ManualAssignmentQueueConfigs=configs,
    )
    reply = centre.ask("ListRoutingProfileManualAssignmentQueues", RoutingProfileId=profile)
    assert [
        (one["QueueName"], one["Channel"])
        for one in reply["RoutingProfileManualAssignmentQueueConfigSummaryList"]
    ] == [("Support", "TASK")]
    centre.ask(
        "DisassociateRoutingProfileQueues",
        RoutingProfileId=profile,
        ManualAssignmentQueueReferences=by_hand,
    )
    described = centre.ask("DescribeRoutingProfile", RoutingProfileId=profile)["RoutingProfile"]
    assert described["NumberOfAssociatedManualAssignmentQueues"] == 0
    assert described["NumberOfAssociatedQueues"] == 1
    assert described["NumberOfAssociatedUsers"] == 4


def made(centre, **more):
    return {
        "Name": "Night",
        "Description": "Nights",
        "DefaultOutboundQueueId": centre.id("queue", "Support"),
        "MediaConcurrencies": [{"Channel": "VOICE", "Concurrency": 1}],
        **more,
    }


def test_a_profile_is_made_with_its_first_queues_and_deleted_when_nobody_has_it(centre):
    reply = centre.ask(
        "CreateRoutingProfile", **made(centre, QueueConfigs=[centre.pair("Billing")])
    )
    profile = reply["RoutingProfileId"]
    assert listed(centre, profile) == [("Billing", "VOICE", 1, 0)]
    user = centre.id("user", "j.murphy")
    centre.ask("UpdateUserRoutingProfile", UserId=user, RoutingProfileId=profile)
    assert centre.code("DeleteRoutingProfile", RoutingProfileId=profile) == "ResourceInUseException"
    centre.ask("DeleteUser", UserId=user)
    centre.ask("DeleteRoutingProfile", RoutingProfileId=profile)
    assert (
        centre.code("DescribeRoutingProfile", RoutingProfileId=profile)
        == "ResourceNotFoundException"
    )


def test_a_profile_that_may_not_be_is_refused(centre):
    def code(**more):
        return centre.code("CreateRoutingProfile", **made(centre, **more))

    voice = {"Channel": "VOICE", "Concurrency": 1}
    assert code(Name="basic routing profile") == "DuplicateResourceException"
    assert code(MediaConcurrencies=[]) == "InvalidParameterException"
    assert code(MediaConcurrencies=[voice, voice]) == "InvalidParameterException"
    assert code(DefaultOutboundQueueId="none") == "ResourceNotFoundException"
    assert code(Description="") == "InvalidParameterException"
    centre.world.limits = {"routing-profile": 6}
    assert code() == "LimitExceededException"


def test_profiles_are_searched_by_the_queues_they_have(centre):
    def found(field, value):
        condition = {"FieldName": field, "Value": value, "ComparisonType": "EXACT"}
        reply = centre.ask("SearchRoutingProfiles", SearchCriteria={"StringCondition": condition})
        return [one["Name"] for one in reply["RoutingProfiles"]], reply["ApproximateTotalCount"]

    assert found("associatedQueueIds", centre.id("queue", "Billing")) == (["Billing"], 1)
    assert found("name", "BILLING") == (["Billing"], 1)


def test_a_profiles_queues_come_in_pages(centre, profile):
    more = [centre.pair(queue) for queue in QUEUES]
    centre.ask("AssociateRoutingProfileQueues", RoutingProfileId=profile, QueueConfigs=more)
    first = centre.ask("ListRoutingProfileQueues", RoutingProfileId=profile, MaxResults=5)
    assert len(first["RoutingProfileQueueConfigSummaryList"]) == 5
    rest = listed(centre, profile, MaxResults=5, NextToken=first["NextToken"])
    assert [one[0] for one in rest] == ["Sales Americas", "Escalations"]


def test_name_channels_outbound_queue_and_timer_are_set_each_by_itself(centre, profile):
    any_channel = {"CrossChannelBehavior": {"BehaviorType": "ROUTE_ANY_CHANNEL"}}
    channels = [
        {"Channel": "VOICE", "Concurrency": 1, **any_channel},
        {"Channel": "CHAT", "Concurrency": 10},
    ]
    own = {"RoutingProfileId": profile}
    billing = centre.id("queue", "Billing")
    centre.ask("UpdateRoutingProfileName", **own, Name="First line", Description="Picks up")
    centre.ask("UpdateRoutingProfileConcurrency", **own, MediaConcurrencies=channels)
    centre.ask("UpdateRoutingProfileDefaultOutboundQueue", **own, DefaultOutboundQueueId=billing)
    timer = {"AgentAvailabilityTimer": "TIME_SINCE_LAST_INBOUND"}
    centre.ask("UpdateRoutingProfileAgentAvailabilityTimer", **own, **timer)
    told = centre.ask("DescribeRoutingProfile", **own)["RoutingProfile"]
    usual = {"CrossChannelBehavior": {"BehaviorType": "ROUTE_CURRENT_CHANNEL_ONLY"}}
    assert told["MediaConcurrencies"] == [channels[0], {**usual, **channels[1]}]
    assert (told["Name"], told["Description"]) == ("First line", "Picks up")
    assert told["DefaultOutboundQueueId"] == billing
    assert told["AgentAvailabilityTimer"] == "TIME_SINCE_LAST_INBOUND"


def test_a_search_leaves_out_what_only_a_description_tells(centre, profile):
    found = centre.ask("SearchRoutingProfiles")["RoutingProfiles"]
    (mine,) = (each for each in found if each["RoutingProfileId"] == profile)
    assert mine["MediaConcurrencies"] == [{"Channel": "VOICE", "Concurrency": 1}]
    assert not {"AgentAvailabilityTimer", "LastModifiedTime", "LastModifiedRegion"} & set(mine)


@pytest.mark.parametrize(
    ("channels", "code"),
    [
        ([], "InvalidParameterException"),
        ([{"Channel": "VOICE", "Concurrency": 2}], "InvalidParameterException"),
        ([{"Channel": "CHAT", "Concurrency": 0}], "InvalidParameterException"),
        ([{"Channel": "CHAT", "Concurrency": 11}], "InvalidParameterException"),
        ([{"Channel": "CHAT", "Concurrency": 1}] * 2, "InvalidParameterException"),
        ([{"Channel": "CHAT"}], "InvalidRequestException"),
    ],
)
def test_channels_that_may_not_be_are_refused(centre, profile, channels, code):
    asked = {"RoutingProfileId": profile, "MediaConcurrencies": channels}
    assert centre.code("UpdateRoutingProfileConcurrency", **asked) == code


def test_a_name_or_queue_that_may_not_be_is_refused(centre, profile):
    own = {"RoutingProfileId": profile}
    taken = {**own, "Name": "BILLING"}
    assert centre.code("UpdateRoutingProfileName", **taken) == "DuplicateResourceException"
    assert centre.code("UpdateRoutingProfileName", **own) == "InvalidRequestException"
    none = {**own, "DefaultOutboundQueueId": "none"}
    code = centre.code("UpdateRoutingProfileDefaultOutboundQueue", **none)
    assert code == "ResourceNotFoundException"
