from __future__ import annotations

import json

import pytest
from botocore.awsrequest import HeadersDict
from botocore.parsers import create_parser

from bulkops.aws.answer_checks import ForeignAnswerError, believed
from bulkops.aws.parsed_answers import outcome_of
from bulkops.aws.sdk_models import sdk_model
from bulkops.aws.wire_answers import WireAnswer
from bulkops.pacing.replies import FaultClass, Reply

ID = {"x-amzn-requestid": "request-1"}
OLD_ID = {"x-amz-request-id": "request-1"}
MADE = {"UserId": "u1", "UserArn": "arn"}
USER = {
    "Id": "u1",
    "Username": "ada",
    "PhoneConfig": {"PhoneType": "SOFT_PHONE", "AutoAccept": True, "AfterContactWorkTimeLimit": 5},
    "LastModifiedTime": 1767225600.5,
    "Tags": {"team": "a"},
    "SecurityProfileIds": ["s1"],
}
IDENTITY = (
    "<GetCallerIdentityResponse xmlns='https://sts.amazonaws.com/doc/2011-06-15/'>"
    "<GetCallerIdentityResult><Arn>arn</Arn></GetCallerIdentityResult>"
    "<ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata>"
    "</GetCallerIdentityResponse>"
)


def came(body, *, status=200, headers=ID):
    content = body if isinstance(body, str) else json.dumps(body)
    return WireAnswer(status=status, headers=headers, body=content.encode())


def why(answer, service, operation):
    with pytest.raises(ForeignAnswerError) as caught:
        believed(answer, service, operation)
    return str(caught.value)


def as_botocore_reads(answer, service, operation):
    """Return what botocore makes of a whole answer by itself."""
    model = sdk_model(service, operation)
    raw = {
        "status_code": answer.status,
        "headers": HeadersDict(answer.headers),
        "body": answer.body,
        "context": {"operation_name": operation},
    }
    parser = create_parser(model.service_model.resolved_protocol)
    parsed = parser.parse(raw, model.output_shape)
    del parsed["ResponseMetadata"]
    return parsed


@pytest.mark.parametrize(
    ("service", "operation", "body"),
    [
        ("connect", "CreateUser", MADE),
        ("connect", "CreateUser", {}),  # hollow: whoever needs the members asks for them
        ("connect", "CreateUser", {**MADE, "Newer": [1]}),
        ("connect", "CreateUser", {**MADE, "UserArn": None}),
        ("connect", "DescribeUser", {"User": USER}),
        ("connect", "DescribeUser", {"User": {**USER, "LastModifiedTime": "2026-01-01T00:00:00Z"}}),
        ("connect", "DeleteUser", ""),
        ("connect", "DeleteUser", {}),
        ("connect", "UpdateUserRoutingProfile", {"Newer": 1}),
        ("service-quotas", "ListServiceQuotas", {"Quotas": [{"Value": 2.0}, {"Value": 2}]}),
        ("dynamodb", "GetItem", {"Item": {"key": {"B": "aGk="}}}),
        ("ssm", "GetDocument", {"Content": "x", "Requires": []}),
        ("lambda", "Invoke", "any text that the function returns"),
        ("s3", "ListBuckets", "<ListAllMyBucketsResult/>"),
        ("s3", "DeleteObject", ""),
        ("sts", "GetCallerIdentity", IDENTITY),
        ("sqs", "SendMessage", {"MessageId": "m"}),
        ("ec2", "DescribeVpcs", "<DescribeVpcsResponse><vpcSet/></DescribeVpcsResponse>"),
    ],
)
def test_aws_is_believed_in_each_of_its_protocols(service, operation, body):
    answer = came(body)
    found = outcome_of(answer, service, operation)
    assert isinstance(found, Reply)
    said = as_botocore_reads(answer, service, operation)
    if hasattr(said.get("Payload"), "read"):
        return  # a stream, which is handed on
    assert found.data == said
    assert json.dumps(found.data, default=str) == json.dumps(said, default=str)


@pytest.mark.parametrize(
    ("service", "operation", "headers", "body"),
    [
        ("connect", "DescribeUser", OLD_ID, json.dumps({"User": USER})),
        ("sts", "GetCallerIdentity", {}, IDENTITY),
        (
            "ec2",
            "DescribeVpcs",
            {},
            "<DescribeVpcsResponse><requestId>r</requestId></DescribeVpcsResponse>",
        ),
        ("connect", "DescribeUser", {**ID, "content-type": "text/html"}, '{"User": {}}'),
    ],
)
def test_a_request_id_counts_wherever_it_stands_and_the_content_type_does_not(
    service, operation, headers, body
):
    believed(came(body, headers=headers), service, operation)


@pytest.mark.parametrize(
    ("service", "operation", "body"),
    [
        ("connect", "CreateUser", MADE),
        ("connect", "DeleteUser", ""),
        ("connect", "DeleteUser", {}),
        ("service-quotas", "ListServiceQuotas", {}),
        ("s3", "DeleteObject", ""),
        ("sts", "GetCallerIdentity", IDENTITY.replace("request-1", " ")),
        ("arc-region-switch", "GetPlan", {}),
    ],
)
def test_without_a_request_id_nothing_is_believed(service, operation, body):
    assert "it has no request id" in why(came(body, headers={}), service, operation)
    assert "it has no request id" in why(
        came(body, headers={"x-amzn-requestid": " "}), service, operation
    )


@pytest.mark.parametrize(
    ("operation", "body", "says"),
    [
        ("CreateUser", "", "its body is empty"),
        ("CreateUser", "<html>", "its body is not JSON"),
        ("CreateUser", '{"UserId": "u1"', "its body is not JSON"),
        ("CreateUser", '{"UserId": "u1"} OK', "its body is not JSON"),
        ("CreateUser", "\ufeff{}", "its body is not JSON"),
        ("CreateUser", "[1, 2]", "its body is no JSON object"),
        ("CreateUser", "null", "its body is no JSON object"),
        ("CreateUser", '"text"', "its body is no JSON object"),
        ("CreateUser", "[" * 100_000, "recursion"),
        ("CreateUser", {"UserId": 5}, "UserId is no string"),
        ("CreateUser", {"UserId": {"a": 1}}, "UserId is no string"),
        ("DeleteUser", "OK", "its body is not JSON"),
        ("DeleteUser", "[]", "its body is no JSON object"),
        ("DescribeUser", {"User": []}, "User is no structure"),
        ("DescribeUser", {"User": {"Id": 5}}, "User.Id is no string"),
        ("DescribeUser", {"User": {"Tags": ["a"]}}, "User.Tags is no map"),
        ("DescribeUser", {"User": {"Tags": {"a": 1}}}, "User.Tags.a is no string"),
        ("DescribeUser", {"User": {"SecurityProfileIds": "s1"}}, "SecurityProfileIds is no list"),
        ("DescribeUser", {"User": {"SecurityProfileIds": [1]}}, "SecurityProfileIds[0] is no stri"),
        ("DescribeUser", {"User": {"PhoneConfig": {"AutoAccept": []}}}, "AutoAccept is no boolean"),
        ("ListUsers", {"UserSummaryList": {}}, "UserSummaryList is no list"),
        ("ListUsers", {"UserSummaryList": [None]}, "UserSummaryList[0] is no structure"),
    ],
)
def test_a_body_that_is_not_whole_or_not_of_the_modelled_form_is_foreign(operation, body, says):
    text = why(came(body), "connect", operation)
    assert text.startswith("What came is not AWS's answer: ")
    assert says in text
    assert "HTTP 200, no content type" in text


@pytest.mark.parametrize(
    ("service", "operation", "body", "says"),
    [
        ("sts", "GetCallerIdentity", "", "its body is empty"),
        ("sts", "GetCallerIdentity", IDENTITY[:60], "its body is not XML"),
        ("sts", "GetCallerIdentity", "<html/>", "its body is no GetCallerIdentityResponse"),
        ("sts", "GetCallerIdentity", IDENTITY.replace("Result>", "R>"), "GetCallerIdentityResult"),
        ("ec2", "DescribeVpcs", "<html/>", "its body is no DescribeVpcsResponse"),
        ("s3", "ListBuckets", "<HTML/>", "its body is a web page"),
        ("s3", "ListBuckets", "", "its body is empty"),
        ("s3", "DeleteObject", "OK", "its body is not XML"),
    ],
)
def test_xml_is_known_by_its_root(service, operation, body, says):
    assert says in why(came(body), service, operation)


@pytest.mark.parametrize(
    ("service", "operation", "fits"),
    [
        ("connect", "DeleteUser", True),
        ("connect", "CreateUser", False),
        ("connect", "DescribeUser", False),
        ("lambda", "DeleteFunction", True),
    ],
)
def test_no_content_fits_where_no_content_is_modelled(service, operation, fits):
    answer = came("", status=204)
    if fits:
        assert believed(answer, service, operation).rest == b""
    else:
        assert "its body is empty" in why(answer, service, operation)
    assert "it has no request id" in why(came("", status=204, headers={}), service, operation)


@pytest.mark.parametrize(
    ("member", "wrong"),
    [
        ("AutoAccept", "true"),
        ("AutoAccept", 1),
        ("AfterContactWorkTimeLimit", "5"),
        ("AfterContactWorkTimeLimit", True),
    ],
)
def test_one_wrong_scalar_in_a_read_is_left_out_and_the_rest_is_there(member, wrong):
    phone = {**USER["PhoneConfig"], member: wrong}
    outcome = outcome_of(came({"User": {**USER, "PhoneConfig": phone}}), "connect", "DescribeUser")
    assert isinstance(outcome, Reply)
    user = outcome.data["User"]
    assert (user["Id"], user["Tags"]) == ("u1", {"team": "a"})
    assert user["PhoneConfig"].keys() == USER["PhoneConfig"].keys() - {member}


@pytest.mark.parametrize("wrong", ["yesterday", 1e300, True, float("nan")])
def test_a_time_that_is_none_is_left_out(wrong):
    body = {"User": {**USER, "LastModifiedTime": wrong}}
    outcome = outcome_of(came(body), "connect", "DescribeUser")
    assert outcome.data["User"].keys() == USER.keys() - {"LastModifiedTime"}


def test_one_wrong_scalar_in_a_writes_answer_is_not_left_out():
    body = {"EvaluationFormId": "e", "EvaluationFormArn": "a", "EvaluationFormVersion": "1"}
    assert "EvaluationFormVersion is no integer" in why(
        came(body), "connect", "ActivateEvaluationForm"
    )


@pytest.mark.parametrize(
    ("operation", "fault_class"),
    [("CreateUser", FaultClass.IN_DOUBT), ("DescribeUser", FaultClass.TRANSIENT)],
)
def test_a_foreign_answer_leaves_a_write_in_doubt_and_a_read_to_be_tried_again(
    operation, fault_class
):
    page = "<html>\n  Log in to  the network</html>"
    fault = outcome_of(came(page, headers={"content-type": "text/html"}), "connect", operation)
    assert (fault.code, fault.fault_class, fault.http_status) == (
        "ForeignAnswer",
        fault_class,
        200,
    )
    assert " ".join(fault.message.split()) == (
        "What came is not AWS's answer: it has no request id. "
        "HTTP 200, text/html: <html> Log in to the network</html>"
    )


def test_what_botocore_can_not_read_is_foreign_too():
    answer = came("", headers={**ID, "content-length": "many"})
    fault = outcome_of(answer, "s3", "HeadObject")
    assert (fault.code, fault.fault_class) == ("ForeignAnswer", FaultClass.TRANSIENT)
    assert "it can't be read (ValueError" in fault.message
