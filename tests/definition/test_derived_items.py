from __future__ import annotations

import pytest

from bulkops.definition import Again, ByToken, Col, Never, Token
from bulkops.definition.batch_limits import batch_size
from bulkops.definition.client_tokens import client_token, item_token
from bulkops.definition.derived_job import derived
from bulkops.definition.expressions import leaves
from bulkops.definition.job_checks.job_faults import faults_of

REQUESTS = "connectcampaignsv2:PutOutboundRequestBatch"
ALL = (
    (REQUESTS, 25, ByToken()),
    ("connectcampaignsv2:PutProfileOutboundRequestBatch", 20, ByToken()),
    ("connectcases:BatchPutFieldOptions", 50, Again()),
    ("connect:BatchPutContact", 25, ByToken()),
    ("sqs:SendMessageBatch", 10, Never()),
    ("sqs:DeleteMessageBatch", 10, Never()),
    ("connect:BatchCreateDataTableValue", 25, Never()),
    ("connect:BatchUpdateDataTableValue", 25, Again()),
    ("connect:BatchDeleteDataTableValue", 25, Never()),
    ("connect:AssociateWorkspace", 25, Never()),
)


@pytest.mark.parametrize(("reference", "rows", "settle"), ALL)
def test_a_row_is_an_item_and_a_call_carries_as_many_as_it_takes(reference, rows, settle):
    job = derived(reference)
    assert faults_of(job) == ()
    (step,) = job.steps
    assert (batch_size(job.service, step), step.settle) == (rows, settle)


def test_columns_are_the_items_members_and_its_token_is_none():
    job = derived(REQUESTS)
    names = [column.name for column in job.columns]
    assert names[:2] == ["id", "expiration_time"]
    assert not [name for name in names if "token" in name or "outbound_requests" in name]
    number = job.column("channel_subtype_parameters_telephony_destination_phone_number")
    assert number.aliases == ("channelSubtypeParameters.telephony.destinationPhoneNumber",)
    item = job.steps[0].args["outboundRequests"].item
    assert item["clientToken"] == Token()
    assert item["expirationTime"] == Col("expiration_time")
    assert [leaf for leaf in leaves(item) if isinstance(leaf, Token)] == [Token()]


def test_rows_are_told_apart_by_whom_they_reach():
    assert derived(REQUESTS).key == (
        "id",
        "channel_subtype_parameters_telephony_destination_phone_number",
        "channel_subtype_parameters_sms_destination_phone_number",
        "channel_subtype_parameters_email_destination_email_address",
    )
    assert derived("connectcases:BatchPutFieldOptions").key == ("domain_id", "field_id", "value")
    assert derived("connect:BatchPutContact").key == ("customer_endpoint_address",)


def test_an_item_that_is_no_structure_has_one_column():
    job = derived("connect:DisassociateWorkspace")
    assert [column.name for column in job.columns] == ["resource_arn", "workspace_id"]
    assert job.steps[0].args["ResourceArns"].item == Col("resource_arn")
    assert "resource_arn" in job.key


def test_a_token_is_a_uuid_only_where_nothing_else_is_taken():
    assert client_token("connect", "CreateVocabulary", "run-1") == "run-1"
    assert client_token("connect", "CreateUser", "run-1") == "run-1"
    made = client_token("connect", "ClaimPhoneNumber", "run-1")
    assert made == client_token("connect", "ClaimPhoneNumber", "run-1") == item_token("run-1")
    assert made != client_token("connect", "ClaimPhoneNumber", "run-2")
    assert client_token("connect", "ClaimPhoneNumber", made) == made
