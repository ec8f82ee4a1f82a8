from __future__ import annotations

import pytest

from bulkops.definition.model.operations import input_shape, operation, operation_model, operations
from bulkops.definition.model.overrides import NOT_SECRET, OVERRIDES, SERVICES_WITHOUT_SECRETS
from bulkops.definition.model.value_limits import text_breach


def _shapes(service):
    """Every shape and Structure.Member that a service's operations hold."""
    seen = set()

    def walk(shape, owner):
        yield owner, shape
        yield shape.name, shape
        if shape.name in seen:
            return
        seen.add(shape.name)
        if shape.type_name == "structure":
            for name, member in shape.members.items():
                yield from walk(member, f"{shape.name}.{name}")
        elif shape.type_name == "list":
            yield from walk(shape.member, "")
        elif shape.type_name == "map":
            yield from walk(shape.key, "")
            yield from walk(shape.value, "")

    for name in operations(service):
        for shape in (input_shape(service, name), operation_model(service, name).output_shape):
            if shape is not None:
                yield from walk(shape, "")


def test_every_override_is_of_something_that_the_model_has():
    services = {service for service, _ in OVERRIDES}
    known = {(service, name) for service in services for name, _ in _shapes(service)}
    assert set(OVERRIDES) <= known


def test_every_override_names_its_source():
    assert all(override.source for group in OVERRIDES.values() for override in group)


def test_what_is_called_no_secret_is_marked_sensitive_by_the_model():
    for service, names in NOT_SECRET.items():
        marked = {name for name, shape in _shapes(service) if shape.metadata.get("sensitive")}
        assert names <= marked


def test_the_secrets_of_connect_are_these():
    secrets = {
        name
        for name, shape in _shapes("connect")
        if name == shape.name and shape.metadata.get("sensitive")
    } - NOT_SECRET["connect"]
    assert secrets == {
        "AuthCode",
        "AuthorizationCode",
        "Credentials",
        "JoinToken",
        "Password",
        "SensitivePhoneNumber",
        "SecurityToken",
    }


@pytest.mark.parametrize("service", sorted(SERVICES_WITHOUT_SECRETS))
def test_a_service_without_secrets_has_no_shape_that_sounds_like_one(service):
    words = ("password", "secret", "credential", "accesstoken", "privatekey")
    for name, shape in _shapes(service):
        if shape.metadata.get("sensitive"):
            assert not any(word in name.lower() for word in words)


def _limits(path, identity=None, name="CreateUser"):
    return operation("connect", name, identity).member(path).limits


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("PhoneConfig.DeskPhoneNumber", "+353209100123"),
        ("PhoneConfig.DeskPhoneNumber", "+12"),
        ("PhoneConfig.DeskPhoneNumber", "+123456789012345"),
        ("Password", "Passw0rd"),
        ("Password", "ünïcode-A1-pass"),
        ("IdentityInfo.Email", "o'brien@example.com"),
        ("IdentityInfo.SecondaryEmail", "ana.silva+work@mail.example.org"),
        ("Tags{key}", "cost centre: Lisboa é"),
        ("Tags{key}", "a_b.c:d/e=f+g-h@i"),
    ],
)
def test_what_the_service_takes_is_taken(path, value):
    assert text_breach(_limits(path), value) is None


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("PhoneConfig.DeskPhoneNumber", "0035315550123"),
        ("PhoneConfig.DeskPhoneNumber", "+0123"),
        ("PhoneConfig.DeskPhoneNumber", "+1234567890123456"),
        ("PhoneConfig.DeskPhoneNumber", "+353 1 555"),
        ("PhoneConfig.DeskPhoneNumber", "+٣٥٣٢٠٩١٠"),
        ("PhoneConfig.DeskPhoneNumber", "+353209100123\n"),
        ("Password", "Short1a"),
        ("Password", "nocapital1"),
        ("Password", "NOSMALL11"),
        ("Password", "NoDigitHere"),
        ("Password", "With Space1"),
        ("Password", "A1" + "a" * 63),
        ("IdentityInfo.Email", "ana@localhost"),
        ("IdentityInfo.Email", "ana silva@example.com"),
        ("IdentityInfo.Email", "ana@ex@ample.com"),
        ("IdentityInfo.SecondaryEmail", "o'brien@example.com"),
        ("IdentityInfo.SecondaryEmail", "a" * 254 + "@example.com"),
        ("Tags{key}", "aws:owner"),
        ("Tags{key}", "what?"),
    ],
)
def test_what_the_service_refuses_is_refused(path, value):
    assert text_breach(_limits(path), value) is not None


@pytest.mark.parametrize("value", ["testuser", "test.user@example.com", "DOMAIN\\ana_b-c"])
def test_a_saml_username_is_plain_or_a_whole_address(value):
    assert text_breach(_limits("Username", "SAML"), value) is None


@pytest.mark.parametrize("value", ["testuser@example", "ana silva", "josé", "a" * 65])
def test_other_saml_usernames_are_refused(value):
    assert text_breach(_limits("Username", "SAML"), value) is not None


def test_a_disassociation_takes_ten_queues_though_the_model_does_not_say_so():
    assert _limits("QueueReferences", None, "DisassociateRoutingProfileQueues").maximum == 10


def test_prefixes_and_prompt_addresses_are_said_as_they_are_meant():
    prefix = _limits("PhoneNumberPrefix", None, "ListPhoneNumbersV2")
    assert text_breach(prefix, "+353") is None
    assert text_breach(prefix, "d") is not None
    prompt = _limits("S3Uri", None, "CreatePrompt")
    assert text_breach(prompt, "s3://bucket/prompt.wav") is None
    assert text_breach(prompt, "https://bucket.s3.eu-west-1.amazonaws.com/a.wav") is None
    assert text_breach(prompt, "file:///prompt.wav") is not None


def test_a_signed_address_is_no_address_of_a_prompt():
    prompt = _limits("S3Uri", None, "CreatePrompt")
    address = "https://bucket.s3.eu-west-1.amazonaws.com/a.wav?versionId=1"
    assert text_breach(prompt, address) is None
    assert text_breach(prompt, f"{address}&X-Amz-Signature=abc") is not None
