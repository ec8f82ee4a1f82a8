from __future__ import annotations

import pytest

from bulkops.aws.direct_calls import DirectCalls
from bulkops.aws.instance import region_of, resolve_target
from bulkops.aws.target_errors import (
    AmbiguousInstanceError,
    DeniedError,
    ExpiredCredentialsError,
    ForeignEndpointError,
    InvalidCredentialsError,
    NoRegionError,
    UnknownInstanceError,
    UnreachableError,
    UnusableInstanceError,
)
from bulkops.errors import TargetError
from bulkops.pacing.replies import Fault, FaultClass, Reply
from bulkops.planning.target import Target

ID = "11111111-2222-3333-4444-555555555555"
OTHER = "99999999-2222-3333-4444-555555555555"
ARN = f"arn:aws:connect:eu-west-2:123456789012:instance/{ID}"
CALLER = "arn:aws:sts::123456789012:assumed-role/admin/ada"
INSTANCE = {
    "Id": ID,
    "Arn": ARN,
    "InstanceAlias": "helpdesk",
    "IdentityManagementType": "SAML",
    "InstanceStatus": "ACTIVE",
}


def fault(code, fault_class="FATAL", status=403):
    return Fault(fault_class=FaultClass[fault_class], code=code, message="No.", http_status=status)


class Door:
    """Answers each operation with what a test says; pages where it is a list of pages."""

    region = "eu-west-2"

    def __init__(self, *, is_custom=False, **answers):
        self.is_custom = is_custom
        self.asked = []
        self.answers = {
            "DescribeInstance": {"Instance": INSTANCE},
            "ListInstances": {"InstanceSummaryList": [summary(ID, "helpdesk")]},
            "GetCallerIdentity": {"Arn": CALLER},
            **answers,
        }

    def endpoint(self, service):
        return f"https://{service}.example"

    async def call(self, service, operation, params):
        self.asked.append((service, operation, dict(params)))
        said = self.answers[operation]
        if isinstance(said, list):
            said = said.pop(0)
        return said if isinstance(said, Fault) else Reply(data=said)


def summary(instance_id, alias):
    return {"Id": instance_id, "InstanceAlias": alias}


TARGET = Target(
    account="123456789012",
    region="eu-west-2",
    instance_id=ID,
    instance_arn=ARN,
    alias="helpdesk",
    identity="SAML",
    caller_arn=CALLER,
)


async def resolved(door, instance, **named):
    return await resolve_target(DirectCalls(door, chance=lambda: 0.0), instance, **named)


@pytest.mark.parametrize("instance", [ID, ARN, "helpdesk", "HelpDesk", None])
async def test_an_instance_is_found_by_id_arn_alias_or_as_the_only_one(instance):
    found = await resolved(Door(), instance)
    assert found.target == TARGET
    assert found.notes == ()


async def test_an_id_or_arn_needs_no_list():
    door = Door()
    await resolved(door, ARN)
    assert [operation for _, operation, _ in door.asked] == [
        "DescribeInstance",
        "GetCallerIdentity",
    ]


async def test_name_and_protection_are_those_of_the_configuration():
    found = await resolved(Door(), ID, name="prod", protected=True)
    assert (found.target.name, found.target.protected) == ("prod", True)


async def test_every_page_of_instances_is_read():
    pages = [
        {"InstanceSummaryList": [summary(OTHER, "sales")], "NextToken": "more"},
        {"InstanceSummaryList": [summary(ID, "helpdesk")]},
    ]
    door = Door(ListInstances=pages)
    assert (await resolved(door, "helpdesk")).target.instance_id == ID
    assert [params for _, operation, params in door.asked if operation == "ListInstances"] == [
        {"MaxResults": 10},
        {"MaxResults": 10, "NextToken": "more"},
    ]


def listing(*summaries):
    return {"InstanceSummaryList": list(summaries)}


async def test_an_unknown_alias_is_answered_with_the_nearest_and_all():
    door = Door(ListInstances=listing(summary(ID, "helpdesk"), summary(OTHER, "sales")))
    with pytest.raises(UnknownInstanceError) as raised:
        await resolved(door, "helpdsk")
    assert str(raised.value) == (
        'No instance in eu-west-2 has the alias "helpdsk". Did you mean "helpdesk"? '
        f"There are: helpdesk ({ID}), sales ({OTHER})."
    )


async def test_an_alias_that_comes_near_none_has_no_hint():
    with pytest.raises(UnknownInstanceError, match=r'"zzz"\. There are: helpdesk'):
        await resolved(Door(), "zzz")


async def test_the_exact_case_goes_before_another():
    door = Door(ListInstances=listing(summary(OTHER, "Helpdesk"), summary(ID, "helpdesk")))
    assert (await resolved(door, "helpdesk")).target.instance_id == ID


async def test_an_alias_that_two_bear_is_ambiguous():
    door = Door(ListInstances=listing(summary(ID, "HELPDESK"), summary(OTHER, "Helpdesk")))
    with pytest.raises(AmbiguousInstanceError, match="give --instance the id of one"):
        await resolved(door, "helpdesk")


async def test_several_instances_and_none_named_is_an_error_that_names_them():
    many = [summary(f"id-{number:02}", f"alias-{number:02}") for number in range(12)]
    with pytest.raises(UnknownInstanceError) as raised:
        await resolved(Door(ListInstances=listing(*many)), None)
    assert "There are 12 instances in eu-west-2: name one with --instance." in str(raised.value)
    assert "alias-09 (id-09) and 2 more." in str(raised.value)


@pytest.mark.parametrize("instance", [None, "helpdesk"])
async def test_no_instance_at_all_asks_whether_the_region_is_right(instance):
    with pytest.raises(UnknownInstanceError, match="no Amazon Connect instance in eu-west-2"):
        await resolved(Door(ListInstances=listing()), instance)


async def test_an_arn_of_another_region_says_which_to_give():
    arn = ARN.replace("eu-west-2", "us-east-1")
    with pytest.raises(NoRegionError, match="Give --region us-east-1"):
        await resolved(Door(), arn)


async def test_an_id_that_is_not_there_asks_whether_the_region_is_right():
    door = Door(DescribeInstance=fault("ResourceNotFoundException", "REJECTED", 404))
    with pytest.raises(UnknownInstanceError, match=f'"{ID}". Is the Region the right one'):
        await resolved(door, ID)


async def test_an_instance_that_is_not_active_can_not_be_used():
    broken = {
        **INSTANCE,
        "InstanceStatus": "CREATION_FAILED",
        "StatusReason": {"Message": "No directory."},
    }
    with pytest.raises(UnusableInstanceError, match=r"CREATION_FAILED\. No directory\."):
        await resolved(Door(DescribeInstance={"Instance": broken}), ID)


async def test_an_answer_without_an_arn_is_not_amazons():
    with pytest.raises(ForeignEndpointError, match=r"https://connect\.example"):
        await resolved(Door(DescribeInstance={}), ID)


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        (fault("AccessDeniedException"), DeniedError, "connect:DescribeInstance"),
        (fault("ExpiredTokenException"), ExpiredCredentialsError, "aws sso login"),
        (fault("UnrecognizedClientException"), InvalidCredentialsError, "clock"),
        (fault("NoCredentialsError", status=0), TargetError, "--profile"),
        (fault("404", status=404), ForeignEndpointError, "not AWS's connect"),
        (fault("ForeignAnswer", "TRANSIENT", 200), ForeignEndpointError, "log-in page"),
        (
            fault("EndpointConnectionError", "TRANSIENT", 0),
            UnreachableError,
            "https://connect.example",
        ),
        (fault("InternalServiceException", "TRANSIENT", 500), TargetError, "failed at"),
    ],
)
async def test_what_keeps_the_target_from_being_reached_is_told(monkeypatch, said, error, words):
    monkeypatch.setattr("anyio.sleep", _no_sleep)
    with pytest.raises(error, match=words):
        await resolved(Door(DescribeInstance=said), ID)


async def _no_sleep(seconds):
    assert 0 <= seconds <= 20


async def test_a_list_that_is_refused_says_which_action():
    with pytest.raises(DeniedError, match="connect:ListInstances"):
        await resolved(Door(ListInstances=fault("AccessDeniedException")), None)


async def test_throttles_and_passing_failures_are_tried_again(monkeypatch):
    monkeypatch.setattr("anyio.sleep", _no_sleep)
    said = [fault("ThrottlingException", "THROTTLED", 429), {"Instance": INSTANCE}]
    assert (await resolved(Door(DescribeInstance=said), ID)).target == TARGET


async def test_they_are_not_tried_for_ever(monkeypatch):
    monkeypatch.setattr("anyio.sleep", _no_sleep)
    door = Door(DescribeInstance=fault("ThrottlingException", "THROTTLED", 429))
    with pytest.raises(TargetError, match="ThrottlingException"):
        await resolved(door, ID)
    assert len(door.asked) == 5


@pytest.mark.parametrize("code", ["404", "InternalFailure", "InvalidClientTokenId"])
async def test_an_endpoint_of_ones_own_need_not_have_sts(code):
    found = await resolved(Door(is_custom=True, GetCallerIdentity=fault(code)), ID)
    assert found.target.caller_arn == ""
    assert found.notes == (f"Who is calling is not known: STS answered {code}.",)


async def test_an_sts_that_names_no_caller_is_a_note():
    found = await resolved(Door(GetCallerIdentity={}), ID)
    assert "named no caller" in found.notes[0]


async def test_no_way_to_sts_is_a_note_on_aws_too():
    said = fault("EndpointConnectionError", "IN_DOUBT", 0)
    assert (await resolved(Door(GetCallerIdentity=said), ID)).notes != ()


async def test_credentials_that_sts_refuses_are_an_error_on_aws():
    with pytest.raises(InvalidCredentialsError, match="SignatureDoesNotMatch"):
        await resolved(Door(GetCallerIdentity=fault("SignatureDoesNotMatch")), ID)


@pytest.mark.parametrize(
    ("instance", "region"), [(ARN, "eu-west-2"), (ID, None), ("helpdesk", None), (None, None)]
)
def test_only_an_arn_names_its_region(instance, region):
    assert region_of(instance) == region
