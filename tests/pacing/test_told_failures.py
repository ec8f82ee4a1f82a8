from __future__ import annotations

import pytest

from bulkops.pacing.replies import FaultClass, Reply
from bulkops.pacing.told_failures import PARTLY_FAILED, told_failure

ENTRY = {"TargetId": "q", "ErrorCode": "ResourceNotFound", "ErrorMessage": "No such queue."}


@pytest.mark.parametrize(
    ("service", "operation", "data", "code", "said"),
    [
        (
            "events",
            "PutTargets",
            {"FailedEntryCount": 1, "FailedEntries": [ENTRY]},
            "ResourceNotFound",
            "FailedEntries: No such queue.",
        ),
        (
            "events",
            "PutEvents",
            {"FailedEntryCount": 1, "Entries": [ENTRY]},
            PARTLY_FAILED,
            "FailedEntryCount: 1",
        ),
        (
            "dynamodb",
            "BatchWriteItem",
            {"UnprocessedItems": {"calls": [{"PutRequest": {}}]}},
            PARTLY_FAILED,
            "UnprocessedItems: {'calls'",
        ),
        (
            "s3",
            "DeleteObjects",
            {"Errors": [{"Key": "a", "Code": "AccessDenied", "Message": "Access Denied"}]},
            "AccessDenied",
            "Errors: Access Denied",
        ),
        (
            "ec2",
            "DeleteFlowLogs",
            {"Unsuccessful": [{"ResourceId": "fl", "Error": {"Code": "No", "Message": "Gone."}}]},
            "No",
            "Unsuccessful: Gone.",
        ),
        ("lambda", "Invoke", {"FunctionError": "Unhandled"}, PARTLY_FAILED, "Unhandled"),
        ("ssm", "DeleteParameters", {"InvalidParameters": ["/a"]}, PARTLY_FAILED, "['/a']"),
    ],
)
def test_a_success_that_tells_of_a_failure_is_none(service, operation, data, code, said):
    fault = told_failure(service, operation, Reply(data=data, request_id="r-1"))
    assert fault is not None
    assert (fault.fault_class, fault.code) == (FaultClass.REJECTED, code)
    assert said in fault.message
    assert (fault.http_status, fault.request_id) == (200, "r-1")


@pytest.mark.parametrize(
    ("service", "operation", "data"),
    [
        ("events", "PutTargets", {"FailedEntryCount": 0, "FailedEntries": []}),
        ("dynamodb", "BatchWriteItem", {"UnprocessedItems": {}}),
        ("ssm", "UpdatePatchBaseline", {"RejectedPatches": ["KB1"]}),
        ("iam", "AddUserToGroup", {}),
        ("sqs", "SendMessageBatch", {"Failed": [{"Id": "1", "Code": "No"}]}),
        ("iam", "CreateUser", {"User": {"UserName": "ann"}}),
    ],
)
def test_what_tells_of_none_or_of_rows_one_by_one_is_left(service, operation, data):
    assert told_failure(service, operation, Reply(data=data)) is None
