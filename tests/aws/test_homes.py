from __future__ import annotations

import pytest

from bulkops.aws.direct_calls import DirectCalls
from bulkops.aws.homes import resolve_homes
from bulkops.aws.instance import resolve_account
from bulkops.aws.target_errors import DeniedError, UnknownHomeError
from bulkops.definition.homes import CASES_DOMAIN, INSTANCE, PROFILES_DOMAIN, QUICK_RESPONSES
from bulkops.pacing.replies import Fault, FaultClass, Reply
from bulkops.planning.target import Target

TARGET = Target(
    account="123456789012",
    region="eu-west-2",
    instance_id="11111111-2222-3333-4444-555555555555",
    instance_arn="arn:aws:connect:eu-west-2:123456789012:instance/11111111",
    alias="Helpdesk",
)
CALLER = "arn:aws-us-gov:sts::123456789012:assumed-role/admin/ada"
DENIED = Fault(
    fault_class=FaultClass.FATAL, code="AccessDeniedException", message="No.", http_status=403
)


class Door:
    """Answers each operation with what a test says, a page at a time."""

    region = "eu-west-2"
    is_custom = False

    def __init__(self, **answers):
        self.asked = []
        self.answers = answers

    def endpoint(self, service):
        return f"https://{service}.example"

    async def call(self, service, operation, params):
        self.asked.append((service, operation, dict(params)))
        said = self.answers[operation]
        if isinstance(said, list):
            said = said.pop(0)
        return said if isinstance(said, Fault) else Reply(data=said)


async def found(door, *homes, **given):
    flags = {f"--{name.replace('_', '-')}": value for name, value in given.items()}
    return await resolve_homes(DirectCalls(door, chance=lambda: 0.0), TARGET, homes, flags)


def associated(*ids, **more):
    arns = [f"arn:aws:cases:eu-west-2:123456789012:domain/{each}" for each in ids]
    return {"IntegrationAssociationSummaryList": [{"IntegrationArn": arn} for arn in arns], **more}


def domains(*names):
    return {"Items": [{"DomainName": name} for name in names]}


async def test_a_domain_is_found_by_the_instances_association_through_every_page():
    door = Door(ListIntegrationAssociations=[associated(NextToken="more"), associated("c")])
    assert await found(door, INSTANCE, CASES_DOMAIN) == {"cases-domain": "c"}
    _, _, asked = door.asked[0]
    assert asked == {
        "InstanceId": TARGET.instance_id,
        "IntegrationType": "CASES_DOMAIN",
        "MaxResults": 100,
    }
    assert door.asked[1][2]["NextToken"] == "more"


async def test_what_a_flag_says_is_asked_of_nobody():
    door = Door()
    arn = "arn:aws:wisdom:eu-west-2:123456789012:knowledge-base/k"
    assert await found(door, QUICK_RESPONSES, knowledge_base=arn) == {"quick-responses": "k"}
    assert await found(door, PROFILES_DOMAIN, domain="d") == {"profiles-domain": "d"}
    assert door.asked == []


@pytest.mark.parametrize(
    ("names", "name"),
    [(["acme"], "acme"), (["acme", "amazon-connect-helpdesk"], "amazon-connect-helpdesk")],
)
async def test_the_profiles_domain_is_the_only_one_or_the_one_named_for_the_instance(names, name):
    door = Door(ListDomains=domains(*names))
    assert await found(door, PROFILES_DOMAIN) == {"profiles-domain": name}


@pytest.mark.parametrize(
    ("home", "answers", "says"),
    [
        (CASES_DOMAIN, {"ListIntegrationAssociations": associated()}, "has no domain of Cases"),
        (PROFILES_DOMAIN, {"ListDomains": domains()}, "has no domain of Customer Profiles"),
        (PROFILES_DOMAIN, {"ListDomains": domains("b", "a")}, "There are: a, b."),
        (
            CASES_DOMAIN,
            {"ListIntegrationAssociations": associated(*"abcdefghijkl")},
            "--domain. There are: a, b, c, d, e, f, g, h, i, j and 2 more.",
        ),
    ],
)
async def test_where_it_cant_be_told_which_is_meant_the_flag_is_asked_for(home, answers, says):
    with pytest.raises(UnknownHomeError, match="--domain") as raised:
        await found(Door(**answers), home)
    assert says in str(raised.value)


async def test_a_refusal_is_told_as_one():
    with pytest.raises(DeniedError, match="connect:ListIntegrationAssociations"):
        await found(Door(ListIntegrationAssociations=DENIED), CASES_DOMAIN)


async def test_a_job_that_needs_no_instance_has_its_account_by_the_caller():
    direct = DirectCalls(Door(GetCallerIdentity={"Arn": CALLER}), chance=lambda: 0.0)
    found = await resolve_account(direct, name="prod", protected=True)
    target = found.target
    assert (target.account, target.region) == ("123456789012", "eu-west-2")
    assert target.label == target.account
    assert (target.name, target.protected, target.partition) == ("prod", True, "aws-us-gov")
    assert dict(target.places) == {}


async def test_an_account_whose_caller_is_not_told_is_not_known():
    direct = DirectCalls(Door(GetCallerIdentity=DENIED), chance=lambda: 0.0)
    found = await resolve_account(direct)
    assert (found.target.account, found.target.partition) == ("", "aws")
    assert found.notes
