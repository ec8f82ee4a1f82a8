from __future__ import annotations

import json
import re
from functools import cache
from urllib.parse import urlsplit

import pytest
from botocore.awsrequest import AWSRequest, prepare_request_dict
from botocore.parsers import create_parser
from botocore.serialize import create_serializer
from botocore.session import get_session
from hypothesis import given
from hypothesis import strategies as st

from bulkops.aws.newer_operations import add_newer_operations
from bulkops.sim.http.json_protocols import HttpRequest, Json, RestJson, decoded
from bulkops.sim.http.query_protocol import Query
from bulkops.sim.services.account_services import ServiceQuotas
from bulkops.sim.services.connect_service import OPERATIONS
from bulkops.sim.state.refusals import ServiceError
from bulkops.sim.state.throttle import Buckets
from bulkops.sim.state.world import Caller
from tests.sim.examples import examples

CALLER = Caller(account="123456789012", region="us-east-1")
PROTOCOLS = {
    "connect": RestJson("connect"),
    "service-quotas": Json("service-quotas"),
    "sts": Query("sts"),
}


@cache
def service_model(service):
    """Return the model as clients have it: what the simulator does is held against the SDK."""
    session = get_session()
    add_newer_operations(session.get_component("data_loader"))
    return session.get_service_model(service)


def sent(service, operation, params):
    """Return a request as botocore puts it onto the wire."""
    model = service_model(service)
    serializer = create_serializer(model.metadata["protocol"], include_validation=False)
    request = serializer.serialize_to_request(params, model.operation_model(operation))
    prepare_request_dict(request, endpoint_url="http://localhost")
    parts = urlsplit(request["url"])
    body = request["body"]
    if isinstance(body, dict):
        body = AWSRequest(method="POST", url=request["url"], data=body).prepare().body
    return HttpRequest(
        method=request["method"],
        path=parts.path,
        query=parts.query,
        headers={name.lower(): value for name, value in request["headers"].items()},
        body=body.encode() if isinstance(body, str) else body,
    )


def received(service, operation, reply):
    """Return a reply as botocore reads it off the wire."""
    model = service_model(service)
    parser = create_parser(model.metadata["protocol"])
    read = {"status_code": reply.status, "headers": reply.headers, "body": reply.body}
    return parser.parse(read, model.operation_model(operation).output_shape)


def members(shape, data):
    """Yield the paths of data that a shape does not know."""
    if shape.type_name == "structure":
        for name, value in data.items():
            if name not in shape.members:
                yield name
            else:
                yield from (f"{name}.{path}" for path in members(shape.members[name], value))
    elif shape.type_name == "list":
        for item in data:
            yield from members(shape.member, item)


def test_every_operation_goes_over_the_wire_and_back_unchanged(centre):
    seen = set()
    for operation, params in examples(centre):
        named = dict(params)
        if "InstanceId" in service_model("connect").operation_model(operation).input_shape.members:
            named["InstanceId"] = centre.instance.id
        assert PROTOCOLS["connect"].parse(sent("connect", operation, named)) == (operation, named)
        data = centre.ask(operation, **params)
        shape = service_model("connect").operation_model(operation).output_shape
        assert shape is not None or data == {}
        assert shape is None or list(members(shape, data)) == []
        back = received("connect", operation, PROTOCOLS["connect"].render(operation, data, "id"))
        assert back.pop("ResponseMetadata")["RequestId"] == "id"
        assert back == data
        seen.add(operation)
    assert seen == OPERATIONS


@given(
    name=st.text(min_size=1, max_size=20).filter(lambda text: text.strip("/") == text),
    token=st.text(max_size=20),
)
def test_texts_of_any_kind_survive_in_paths_and_queries(name, token):
    params = {"InstanceId": "i", "Name": name}
    request = sent("connect", "DescribePredefinedAttribute", params)
    assert PROTOCOLS["connect"].parse(request) == ("DescribePredefinedAttribute", params)
    params = {"InstanceId": name, "NextToken": token, "MaxResults": 7}
    assert PROTOCOLS["connect"].parse(sent("connect", "ListUsers", params)) == ("ListUsers", params)


def test_service_quotas_and_sts_go_over_the_wire_and_back():
    params = {"ServiceCode": "connect", "MaxResults": 2}
    operation = "ListServiceQuotas"
    parsed = PROTOCOLS["service-quotas"].parse(sent("service-quotas", operation, params))
    assert parsed == (operation, params)
    data = ServiceQuotas(Buckets(), {}).respond(operation, params, 0.0, CALLER).data
    reply = PROTOCOLS["service-quotas"].render(operation, data, "id")
    assert received("service-quotas", operation, reply)["Quotas"] == data["Quotas"]
    assert PROTOCOLS["sts"].parse(sent("sts", "GetCallerIdentity", {})) == ("GetCallerIdentity", {})
    data = {"UserId": "u", "Account": CALLER.account, "Arn": CALLER.arn}
    back = received(
        "sts", "GetCallerIdentity", PROTOCOLS["sts"].render("GetCallerIdentity", data, "id")
    )
    back.pop("ResponseMetadata")
    assert back == data


@pytest.mark.parametrize(
    ("service", "operation", "code", "read"),
    [
        ("connect", "ListUsers", "LimitExceededException", "LimitExceededException"),
        ("connect", "ListUsers", "ExpiredTokenException", "ExpiredTokenException"),
        (
            "service-quotas",
            "ListServiceQuotas",
            "NoSuchResourceException",
            "NoSuchResourceException",
        ),
        ("sts", "GetCallerIdentity", "InvalidSignatureException", "SignatureDoesNotMatch"),
        ("sts", "GetCallerIdentity", "ExpiredTokenException", "ExpiredToken"),
    ],
)
def test_an_error_is_read_with_its_code_and_message(service, operation, code, read):
    reply = PROTOCOLS[service].render_error(ServiceError(code, "What is wrong."), "id")
    back = received(service, operation, reply)
    assert (back["Error"]["Code"], back["Error"]["Message"]) == (read, "What is wrong.")
    assert back["ResponseMetadata"]["RequestId"] == "id"


def test_connect_writes_message_with_a_capital_and_the_front_door_without():
    render = PROTOCOLS["connect"].render_error
    assert json.loads(render(ServiceError("DuplicateResourceException", "m"), "id").body) == {
        "Message": "m"
    }
    assert json.loads(render(ServiceError("ExpiredTokenException", "m"), "id").body) == {
        "message": "m"
    }


@pytest.mark.parametrize(
    ("operation", "is_there"), [("CreateContactFlow", True), ("CreateContactFlowModule", False)]
)
def test_problems_of_a_flow_come_with_a_message_of_null_or_with_none(centre, operation, is_there):
    type_ = {"Type": "CONTACT_FLOW"} if is_there else {}
    with pytest.raises(ServiceError) as caught:
        centre.ask(operation, Name="New", Content="{}", **type_)
    reply = PROTOCOLS["connect"].render_error(caught.value, "id")
    sent_back = json.loads(reply.body)
    assert reply.status == 400
    assert ("Message" in sent_back) is is_there
    back = received("connect", operation, reply)
    listed = sent_back["problems" if is_there else "Problems"]
    assert listed[0]["message"] == "Invalid value. Path: Version"
    assert not back["Error"]["Message"]


def test_every_operation_of_the_model_has_a_route_of_its_own():
    model = service_model("connect")
    for operation in model.operation_names:
        http = model.operation_model(operation).http
        path = re.sub(r"{\w*Version}", "1", http["requestUri"])
        path = re.sub(r"{[^}]+}", "some%20id", path)
        found, _ = PROTOCOLS["connect"].parse(request(method=http["method"], path=path))
        assert found == operation


def test_bytes_are_read_as_the_model_says():
    kind = {"type_name": "blob"}
    shape = type("Shape", (), kind)()
    assert decoded(shape, "aGVyZQ==", "Content") == b"here"
    for wrong in ("%%%", 7):
        with pytest.raises(ServiceError, match="Content"):
            decoded(shape, wrong, "Content")


def request(method="PUT", path="/users/i", query="", body=b"{}", **headers):
    return HttpRequest(method=method, path=path, query=query, headers=headers, body=body)


def refusal(service, given):
    with pytest.raises(ServiceError) as caught:
        PROTOCOLS[service].parse(given)
    return caught.value.code


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (request(path="/castles/i"), "UnknownOperationException"),
        (request(method="PATCH"), "UnknownOperationException"),
        (request(body=b"{"), "SerializationException"),
        (request(body=b"[]"), "SerializationException"),
        (request(body=b"\xff"), "SerializationException"),
        (request(body=b'{"IdentityInfo": "x"}'), "SerializationException"),
        (request(body=b'{"SecurityProfileIds": "x"}'), "SerializationException"),
        (request(body=b'{"Tags": []}'), "SerializationException"),
        (
            request(method="GET", path="/users-summary/i", query="maxResults=many", body=b""),
            "SerializationException",
        ),
    ],
)
def test_what_is_no_request_of_the_model_is_refused(given, code):
    assert refusal("connect", given) == code


def test_members_that_the_model_does_not_know_are_passed_over():
    body = json.dumps({"Username": "a", "Nick": "b", "IdentityInfo": {"Middle": 1}, "Tags": None})
    assert PROTOCOLS["connect"].parse(request(body=body.encode())) == (
        "CreateUser",
        {"InstanceId": "i", "Username": "a", "IdentityInfo": {}},
    )


def test_the_other_protocols_refuse_operations_that_are_not_there():
    assert (
        refusal("service-quotas", request(**{"x-amz-target": "X.Y"})) == "UnknownOperationException"
    )
    assert refusal("sts", request(body=b"Action=Fly")) == "InvalidAction"


def test_cases_writes_message_and_which_resource_was_not_found():
    error = ServiceError("ResourceNotFoundException", "None.", 404, more={"resourceId": "x"})
    reply = RestJson("connectcases").render_error(error, "r")
    assert json.loads(reply.body) == {"message": "None.", "resourceId": "x"}
