from __future__ import annotations

import pytest

from bulkops.sim.core.seed import BEGUN
from bulkops.sim.services.item_services import ItemService
from bulkops.sim.state.refusals import ServiceError
from bulkops.sim.state.world import Caller

SQS_URL = "https://sqs/q"


@pytest.fixture
def ask(centre):
    services = {}

    def respond(service, operation, **params):
        services.setdefault(service, ItemService(service, centre.world))
        return services[service].respond(operation, params, BEGUN, centre.caller).data

    return respond


def code(ask, *asked, **params):
    with pytest.raises(ServiceError) as caught:
        ask(*asked, **params)
    return caught.value.code


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
