from __future__ import annotations

import pytest

from bulkops.sim.core.seed import BEGUN
from bulkops.sim.services.item_services import ItemService
from bulkops.sim.state.refusals import ServiceError
from bulkops.sim.state.world import Caller

CAMPAIGN = "01234567-89ab-4def-8123-456789abcdef"
LATER, BEFORE = BEGUN + 3600, BEGUN - 1
TEMPLATE = "arn:aws:wisdom:us-east-1:123456789012:message-template/k/t"
SQS_URL = "https://sqs/q"


@pytest.fixture
def ask(centre):
    services = {}

    def respond(service, operation, **params):
        services.setdefault(service, ItemService(service, centre.world))
        return services[service].respond(operation, params, BEGUN, centre.caller).data

    return respond


def request(token, number="+353871234567", expires=LATER, **channels):
    given = channels or {"telephony": {"destinationPhoneNumber": number, "attributes": {}}}
    return {"clientToken": token, "expirationTime": expires, "channelSubtypeParameters": given}


def put(ask, *requests, campaign=CAMPAIGN):
    asked = {"id": campaign, "outboundRequests": list(requests)}
    return ask("connectcampaignsv2", "PutOutboundRequestBatch", **asked)


def code(ask, *asked, **params):
    with pytest.raises(ServiceError) as caught:
        ask(*asked, **params)
    return caught.value.code


def test_what_is_wrong_with_an_item_fails_that_item_alone(ask):
    sms = {"destinationPhoneNumber": "1", "templateArn": TEMPLATE, "templateParameters": {}}
    reply = put(
        ask,
        request("a"),
        request("b", "03587"),
        request("c", expires=BEFORE),
        request(
            "d", telephony={"destinationPhoneNumber": "+353871234567", "attributes": {}}, sms=sms
        ),
    )
    assert [each["clientToken"] for each in reply["successfulRequests"]] == ["a"]
    failed = {each["clientToken"]: each["failureCode"] for each in reply["failedRequests"]}
    assert failed == dict.fromkeys("bcd", "InvalidInput")


def test_an_item_that_comes_again_has_no_second_effect(ask, centre):
    for _ in range(2):
        assert len(put(ask, request("a"))["successfulRequests"]) == 1
    assert len(centre.instance.tables["outbound-request"]) == 1


def test_what_is_wrong_with_the_call_refuses_it_whole(ask):
    where = ("connectcampaignsv2", "PutOutboundRequestBatch")
    assert code(ask, *where, id="none", outboundRequests=[request("a")]) == (
        "ResourceNotFoundException"
    )
    twice = [request("a"), request("a")]
    assert code(ask, *where, id=CAMPAIGN, outboundRequests=twice) == "ValidationException"
    many = [request(str(n)) for n in range(26)]
    assert code(ask, *where, id=CAMPAIGN, outboundRequests=many) == "ValidationException"
    assert code(ask, "connectcampaignsv2", "ListCampaigns") == "UnsupportedOperationException"


def test_profiles_are_reached_by_their_ids(ask):
    items = [
        {"clientToken": "a", "profileId": "1" * 32},
        {"clientToken": "b", "profileId": "0" * 32},
        {"clientToken": "c", "profileId": "1" * 32, "expirationTime": "2020-01-01T00:00:00Z"},
    ]
    asked = {"id": CAMPAIGN, "profileOutboundRequests": items}
    reply = ask("connectcampaignsv2", "PutProfileOutboundRequestBatch", **asked)
    codes = [each["failureCode"] for each in reply["failedRequests"]]
    assert codes == ["ResourceNotFound", "InvalidInput"]


def test_messages_have_ids_of_their_own(ask, centre):
    def entries(*ids, body="hello"):
        return [{"Id": each, "MessageBody": body} for each in ids]

    where = ("sqs", "SendMessageBatch")
    reply = ask(*where, QueueUrl=SQS_URL, Entries=entries("a", "b"))
    assert [each["Id"] for each in reply["Successful"]] == ["a", "b"]
    assert len(centre.instance.tables["message"]) == 2
    assert ask(*where, QueueUrl=SQS_URL, Entries=entries("a", body=""))["Failed"]
    for given, refused in (
        ([], "EmptyBatchRequest"),
        (entries(*map(str, range(11))), "TooManyEntriesInBatchRequest"),
        (entries("a b"), "InvalidBatchEntryId"),
        (entries("a", "a"), "BatchEntryIdsNotDistinct"),
    ):
        assert code(ask, *where, QueueUrl=SQS_URL, Entries=given) == refused
    receipt = [{"Id": "a", "ReceiptHandle": "r"}]
    deleted = ask("sqs", "DeleteMessageBatch", QueueUrl=SQS_URL, Entries=receipt)
    assert deleted["Successful"] == [{"Id": "a"}]


def test_only_who_has_something_here_is_answered(centre):
    service = ItemService("sqs", centre.world)
    stranger = Caller(account="999999999999", region="us-east-1")
    asked = {"QueueUrl": SQS_URL, "Entries": [{"Id": "a", "ReceiptHandle": "r"}]}
    with pytest.raises(ServiceError, match="nothing of this account"):
        service.respond("DeleteMessageBatch", asked, BEGUN, stranger)
