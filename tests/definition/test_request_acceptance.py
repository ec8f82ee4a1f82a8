"""What is accepted at a glance is what the whole check finds nothing wrong with."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bulkops.definition.model.operations import input_shape, limits_of
from bulkops.definition.model.request_acceptance import acceptor
from bulkops.definition.model.request_check import violations

LATER = object()
OPERATIONS = (
    ("connect", "CreateUser"),
    ("connect", "UpdateUserIdentityInfo"),
    ("connect", "AssociateRoutingProfileQueues"),
    ("connect", "DisassociateRoutingProfileQueues"),
    ("connect", "CreateQueue"),
    ("connect", "CreateEvaluationForm"),
    ("connect", "CreateRule"),
    ("connect", "SearchUsers"),
    ("connect", "UpdateViewContent"),
    ("connect", "UpdateContactSchedule"),  # has a moment
    ("lambda", "Invoke"),  # has octets
    ("customer-profiles", "CreateDomain"),
    ("qconnect", "CreateContent"),
    ("bedrock-runtime", "Converse"),  # has documents and recursive shapes
)
IDENTITIES = (None, "CONNECT_MANAGED", "SAML", "EXISTING_DIRECTORY")
ODD = st.sampled_from(
    (None, True, 7, -1, 2.5, "", "x" * 300, b"b", [], {}, ["a"], {"a": "b"}, LATER)
)


def is_later(value):
    return value is LATER


def values(shape, owner, service, depth):
    """Draw a value of a shape: most are of its type, many of them within its limits."""
    limits = limits_of(service, shape, owner, None)
    low, high = int(limits.minimum or 0), limits.maximum
    size = {"min_size": max(low - 1, 0), "max_size": min(int(high or 3), low + 3) + 1}
    match shape.type_name:
        case "string":
            usual = st.sampled_from(limits.one_of) if limits.one_of else st.text(max_size=9)
            likely = st.sampled_from(("ana", "a.b@example.com", "+353209100142", "Harbour-27"))
            right = usual | likely
        case "integer" | "long" | "float" | "double":
            right = st.integers(low - 1, int(high or 9) + 1)
        case "boolean":
            right = st.booleans()
        case "timestamp":
            right = st.datetimes() | st.sampled_from(("2026-12-24T09:00Z", "2026-12-24T09:00"))
        case "blob":
            right = st.binary(max_size=3) | st.text(max_size=3)
        case "list" if depth:
            element = values(shape.member, f"{shape.name}[]", service, depth - 1)
            right = st.lists(element, **size) | st.lists(element, **size).map(tuple)
        case "map" if depth:
            key = values(shape.key, f"{shape.name}{{key}}", service, 0).filter(
                lambda drawn: isinstance(drawn, str)
            )
            value = values(shape.value, f"{shape.name}{{value}}", service, depth - 1)
            right = st.dictionaries(key, value, max_size=3)
        case "structure" if depth:
            right = structures(shape, service, depth - 1)
        case _:
            right = ODD
    return st.one_of(right, right, right, right, right, ODD)


def structures(shape, service, depth):
    """Draw a structure: what it must have is rarely missing, a stranger rarely there."""
    members = {
        name: values(member, f"{shape.name}.{name}", service, depth)
        for name, member in shape.members.items()
    }
    required = {name: members[name] for name in shape.required_members}
    optional = {name: each for name, each in members.items() if name not in required}
    whole = st.fixed_dictionaries(required, optional=optional)
    few = st.fixed_dictionaries({}, optional={**members, "Stranger": ODD})
    return st.one_of(whole, whole, whole, few) if members else st.just({})


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), place=st.sampled_from(OPERATIONS), identity=st.sampled_from(IDENTITIES))
def test_it_accepts_what_has_no_violation_and_nothing_else(data, place, identity):
    service, name = place
    params = data.draw(structures(input_shape(service, name), service, 4))
    found = violations(service, name, params, identity=identity, skip=is_later)
    assert acceptor(service, name, identity, is_later)(params) is (found == ()), found


@pytest.mark.parametrize("identity", IDENTITIES)
@pytest.mark.parametrize(
    ("changed", "accepted"),
    [
        ({}, True),
        ({"Password": LATER}, True),
        ({"Username": "x" * 65}, False),
        ({"Username": 7}, False),
        ({"PhoneConfig": {"PhoneType": "FAX"}}, False),
        ({"PhoneConfig": {"AfterContactWorkTimeLimit": -1, "PhoneType": "SOFT_PHONE"}}, False),
        ({"PhoneConfig": {"AutoAccept": True, "PhoneType": "SOFT_PHONE"}}, True),
        ({"PhoneConfig": {"AutoAccept": 1, "PhoneType": "SOFT_PHONE"}}, False),
        ({"SecurityProfileIds": []}, False),
        ({"SecurityProfileIds": ["x"] * 11}, False),
        ({"Tags": {"": "x"}}, False),
        ({"Tags": {"a": "x" * 257}}, False),
        ({"Colour": "blue"}, False),
    ],
)
def test_each_way_of_breaking_the_model_is_not_accepted(identity, changed, accepted):
    params = {
        "InstanceId": "i-1", "Username": "ana", "RoutingProfileId": "r",
        "SecurityProfileIds": ["s"], "PhoneConfig": {"PhoneType": "SOFT_PHONE"}, **changed,
    }  # fmt: skip
    found = violations("connect", "CreateUser", params, identity=identity, skip=is_later)
    assert (found == ()) is accepted
    assert acceptor("connect", "CreateUser", identity, is_later)(params) is accepted


@pytest.mark.parametrize(("params", "accepted"), [({}, True), ({"Name": "x"}, False)])
def test_an_operation_that_takes_nothing_accepts_nothing(params, accepted):
    name = "GetAccountPasswordPolicy"
    assert (violations("iam", name, params) == ()) is accepted
    assert acceptor("iam", name, None, is_later)(params) is accepted


@pytest.mark.parametrize("document", [{"any": ["thing", 1, None]}, 7, None])
def test_a_document_may_be_anything(document):
    params = {"modelId": "m", "additionalModelRequestFields": document}
    assert violations("bedrock-runtime", "Converse", params) == ()
    assert acceptor("bedrock-runtime", "Converse", None, is_later)(params)
