"""Names of quotas as listings of real accounts have them."""

from __future__ import annotations

import pytest
from botocore.session import Session

from bulkops.definition.model.operations import operations
from bulkops.pacing.quota_names import _GROUPS, CODES, named_by, rates_of


def quota(name, value, **period):
    return {"QuotaName": name, "Value": value, **({"Period": period} if period else {})}


@pytest.mark.parametrize(
    ("service", "name", "named"),
    [
        ("connect", "Rate of CreateUser API requests", "CreateUser"),
        (
            "connect",
            "Rate of AssociateInstanceStorageConfig  API requests",
            "AssociateInstanceStorageConfig",
        ),
        ("connectcases", "CreateCase rate quota", "CreateCase"),
        ("connectcases", "CreateCase burst quota", ""),
        ("connect", "Users per instance", ""),
        ("connect", "Rate of API requests", ""),
        ("connect", "Rate of CreateNothing API requests", ""),
        (
            "comprehend",
            "DetectEntities throttle limit in transactions per second",
            "DetectEntities",
        ),
        ("logs", "CreateLogGroup throttle limit in transactions per second", "CreateLogGroup"),
        ("logs", "CreateImportTask throttle limit in transactions per second in a burst", ""),
        ("logs", "Log groups", ""),
        ("events", "PutRule throttle limit in transactions per second", "PutRule"),
        ("events", "Invocations throttle limit in transactions per second", ""),
        ("pinpoint", "CreateCampaign operation rate quota", "CreateCampaign"),
        ("pinpoint", "CreateCampaign operation burst quota", ""),
        ("personalize", "Rate of CreateCampaign requests", "CreateCampaign"),
        ("personalize", "Rate of GetRecommendations requests per campaign", ""),
        (
            "polly",
            "Rate of GetSpeechSynthesisTask and ListSpeechSynthesisTasks requests",
            "GetSpeechSynthesisTask ListSpeechSynthesisTasks",
        ),
        ("polly", "Rate of SynthesizeSpeech (neural) requests", "SynthesizeSpeech"),
        ("polly", "Rate of lexicon management requests", ""),
        (
            "comprehendmedical",
            "Transactions per second (TPS) for the DetectPHI operation",
            "DetectPHI",
        ),
        (
            "secretsmanager",
            "Combined rate of DescribeSecret and GetSecretValue API requests",
            "DescribeSecret GetSecretValue",
        ),
        (
            "secretsmanager",
            (
                "Combined rate of DeleteResourcePolicy, GetResourcePolicy, PutResourcePolicy, and "
                "ValidateResourcePolicy API requests"
            ),
            "DeleteResourcePolicy GetResourcePolicy PutResourcePolicy ValidateResourcePolicy",
        ),
        ("secretsmanager", "Rate of CreateSecret API requests", "CreateSecret"),
        ("ssm", "Transactions per second (TPS) for PutParameter", "PutParameter"),
        ("ssm", "TPS limit for GetParameter", "GetParameter"),
        ("kms", "CreateGrant request rate", "CreateGrant"),
        ("kms", "Cryptographic operations (RSA) request rate", ""),
        (
            "emr",
            "The maximum number of TerminateJobFlows API requests that you can make per second.",
            "TerminateJobFlows",
        ),
        (
            "servicediscovery",
            "DiscoverInstancesRevision operation per account rate",
            "DiscoverInstancesRevision",
        ),
        (
            "servicediscovery",
            "DiscoverInstances operation per account steady rate",
            "DiscoverInstances",
        ),
        (
            "cognito-idp",
            "Rate of UserCreation requests",
            "AdminConfirmSignUp AdminCreateUser ConfirmSignUp SignUp",
        ),
        ("cognito-idp", "Rate of UserList requests", "ListUsers ListUsersInGroup"),
        ("cognito-idp", "Rate of UserFederation requests", ""),
        ("cognito-idp", "Rate of UserPoolClientRead requests per user pool", ""),
        ("lambda", "Rate of GetPolicy API requests", "GetPolicy"),
    ],
)
def test_a_quotas_name_says_whose_rate_it_is(service, name, named):
    assert named_by(service, name) == frozenset(named.split())


def test_each_operation_of_a_group_has_the_rate_of_the_group():
    listed = [
        quota("Rate of UserCreation requests", 50.0),
        quota("Rate of UserUpdate requests", 25.0),
        quota("Groups per user", 100.0),
    ]
    rates = rates_of("cognito-idp", listed)
    assert rates["AdminCreateUser"] == 50
    assert rates["AdminAddUserToGroup"] == 25
    assert "ListUsers" not in rates


def test_one_operation_of_a_pools_resources_goes_no_faster_than_a_pool_lets_it():
    listed = [quota("Rate of UserPoolResourceUpdate requests per account", 15.0)]
    assert rates_of("cognito-idp", listed)["CreateGroup"] == 5


def test_what_no_quota_names_has_the_rate_of_the_others():
    listed = [
        quota("PutEvents throttle limit in transactions per second", 1200.0),
        quota("Throttle limit in transactions per second", 50.0),
    ]
    rates = rates_of("events", listed)
    assert (rates["PutEvents"], rates["PutRule"]) == (1200, 50)
    control = rates_of("lambda", [quota("Rate of control plane API requests", 15.0)])
    assert control["CreateFunction"] == 15
    assert "Invoke" not in control


def test_of_two_variants_of_an_operation_the_slower_tells():
    listed = [
        quota("Rate of SynthesizeSpeech (standard) requests", 80.0),
        quota("Rate of SynthesizeSpeech (neural) requests", 8.0),
    ]
    assert rates_of("polly", listed) == {"SynthesizeSpeech": 8}


@pytest.mark.parametrize(
    ("period", "rate"),
    [
        ({}, 30),
        ({"PeriodUnit": "SECOND", "PeriodValue": 1}, 30),
        ({"PeriodUnit": "MINUTE", "PeriodValue": 1}, 0.5),
        ({"PeriodUnit": "SECOND", "PeriodValue": 10}, 3),
        ({"PeriodUnit": "FORTNIGHT", "PeriodValue": 1}, None),
        ({"PeriodUnit": "SECOND", "PeriodValue": 0}, None),
    ],
)
def test_a_rate_is_for_one_second_whatever_its_period(period, rate):
    found = rates_of("connect", [quota("Rate of CreateUser API requests", 30, **period)])
    assert found.get("CreateUser") == rate


@pytest.mark.parametrize("value", [0, 0.0, None, "2", float("nan")])
def test_a_value_that_is_no_rate_is_passed_over(value):
    assert rates_of("connect", [quota("Rate of CreateUser API requests", value)]) == {}


def test_every_service_is_one_of_botocores():
    assert set(CODES) <= set(Session().get_available_services())


@pytest.mark.parametrize("service", sorted(_GROUPS))
def test_no_operation_is_in_two_groups_and_each_is_one_of_the_service(service):
    named = [name for names in _GROUPS[service].values() for name in names.split()]
    assert len(named) == len(set(named))
    assert set(named) <= {*operations(service)}
