from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bulkops.aws.argument_faults import argument_sentences

WHOLE = {"InstanceId": "i", "UserId": "u", "PhoneConfig": {"PhoneType": "SOFT_PHONE"}}


@pytest.mark.parametrize(
    ("operation", "params", "says"),
    [
        (
            "UpdateUserPhoneConfig",
            {"InstanceId": "i", "UserId": "u"},
            "UpdateUserPhoneConfig needs",
        ),
        (
            "UpdateUserPhoneConfig",
            {**WHOLE, "Nick": "12345678"},
            "UpdateUserPhoneConfig has no Nick",
        ),
        ("UpdateUserPhoneConfig", {**WHOLE, "UserId": 12345678}, "UserId is int, and must be str."),
        (
            "UpdateUserPhoneConfig",
            {**WHOLE, "PhoneConfig": {"AfterContactWorkTimeLimit": -12345678}},
            "PhoneConfig.AfterContactWorkTimeLimit must be 0 or more.",
        ),
        (
            "UpdateUserPhoneConfig",
            {**WHOLE, "InstanceId": ""},
            "InstanceId must have a length of 1",
        ),
        ("GetMetricData", {"StartTime": "12345678x"}, "StartTime is str, and must be datetime"),
        ("CreateUser", {"Password": 12345678}, "Password is int, and must be str."),
        ("UpdateUserPhoneConfig", WHOLE, "The arguments are not what UpdateUserPhoneConfig takes."),
        (
            "StartAttachedFileUpload",
            {"CreatedBy": {"ConnectUserArn": "12345678", "AWSIdentityArn": "12345678"}},
            "CreatedBy is not of its form (more than one input).",
        ),
    ],
)
def test_what_is_wrong_with_arguments_is_said_without_their_values(operation, params, says):
    said = argument_sentences("connect", operation, params)
    assert says in said
    assert "12345678" not in said


def test_an_operation_that_takes_nothing_has_nothing_to_say():
    said = argument_sentences("ssm", "GetDeployablePatchSnapshotForInstance", {"SnapshotId": 5})
    assert "SnapshotId is int" in said
    assert argument_sentences("sts", "GetCallerIdentity", {"At": datetime.now(UTC)}).endswith(".")
