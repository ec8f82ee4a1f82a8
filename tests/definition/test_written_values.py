from __future__ import annotations

import pytest

from bulkops.definition.model.operations import shape_at
from bulkops.definition.model.written_values import as_written


@pytest.mark.parametrize(
    ("service", "operation", "path", "answered", "written"),
    [
        (
            "lambda", "UpdateFunctionConfiguration", "VpcConfig",
            {"SubnetIds": ["s"], "VpcId": "v"}, {"SubnetIds": ["s"]},
        ),
        ("iam", "CreateUser", "Tags", [{"Key": "a", "Value": "b"}], [{"Key": "a", "Value": "b"}]),
        ("sqs", "CreateQueue", "Attributes", {"DelaySeconds": "0"}, {"DelaySeconds": "0"}),
        (
            "iam", "CreateRole", "AssumeRolePolicyDocument",
            {"Version": "2012-10-17", "Statement": []}, '{"Statement":[],"Version":"2012-10-17"}',
        ),
        ("iam", "CreateUser", "Path", "/a/", "/a/"),
    ],
)  # fmt: skip
def test_an_answer_is_given_the_form_of_the_write(service, operation, path, answered, written):
    assert as_written(shape_at(service, operation, path)[0], answered) == written
