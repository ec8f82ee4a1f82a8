from __future__ import annotations

import re

import pytest
from botocore.session import Session
from hypothesis import given
from hypothesis import strategies as st

from bulkops.pacing.default_quotas import FAMILIES
from bulkops.pacing.quotas import (
    Given,
    Quota,
    choose,
    parse_share,
    parse_tps,
    published,
)

PAGE = "Amazon Connect service quotas page"


def pair(quota):
    return quota.rate, quota.burst


@pytest.mark.parametrize(
    ("service", "operation", "rate", "burst"),
    [
        ("connect", "CreateUser", 2, 5),
        ("connect", "ListUsers", 2, 5),
        ("connect", "SearchContacts", 0.5, 1),
        ("connect", "GetMetricDataV2", 10, 10),
        ("connect", "StartChatContact", 5, 8),
        ("connect", "TagContact", 20, 25),
        ("connect", "CreateInstance", 0.1, 1),
        ("connect", "SubmitContactEvaluation", 3, 5),
        ("connect", "ListIntegrationAssociations", 25, 50),
        ("connect-contact-lens", "ListRealtimeContactAnalysisSegments", 1, 2),
        ("connectcases", "CreateCase", 2, 10),
        ("connectcases", "UpdateCase", 2, 2),
        ("connectcases", "CreateField", 2, 5),
        ("customer-profiles", "SearchProfiles", 100, 100),
        ("customer-profiles", "CreateDomain", 1, 1),
        ("customer-profiles", "ListDomains", 5, 5),
        ("connectcampaigns", "CreateCampaign", 1, 2),
        ("connectcampaignsv2", "DescribeCampaign", 25, 35),
        ("connectcampaignsv2", "UpdateCampaignSource", 2, 5),
        ("connectparticipant", "SendMessage", 10, 15),
        ("qconnect", "SendMessage", 1, 1),
        ("qconnect", "ListQuickResponses", 10, 10),
        ("appintegrations", "CreateApplication", 2, 5),
        ("sts", "GetCallerIdentity", 2, 5),
    ],
)
def test_the_table_has_the_published_figures(service, operation, rate, burst):
    assert pair(published(service, operation)) == (rate, burst)


def test_reads_whose_figure_is_uncertain_say_so():
    quota = published("connect", "DescribeUser")
    assert quota.source == PAGE
    assert "10/s" in quota.note
    assert published("connect", "SearchUsers").note == ""


def test_a_service_without_a_figure_says_so():
    assert published("lambda", "Invoke").source == "default of bulkops"
    assert "no figure is published" in published("appintegrations", "GetApplication").note


UNMODELLED = {"SearchContactEvaluations", "SearchEvaluationForms", "SendIntegrationEvent"}
"""Names on the page that botocore's model has not, or not in every version allowed here."""


@pytest.mark.parametrize("service", sorted(FAMILIES))
def test_the_table_names_each_operation_once_and_none_that_is_not_there(service):
    named = [name for figures in FAMILIES[service].exceptions for name in figures.operations]
    siblings = ("connectcampaigns", "connectcampaignsv2")
    services = siblings if service in siblings else (service,)
    known = {
        name for each in services for name in Session().get_service_model(each).operation_names
    }
    assert len(named) == len(set(named))
    assert set(named) - known <= UNMODELLED


def test_no_published_burst_is_below_its_rate():
    for family in FAMILIES.values():
        for figures in (family.default, *family.exceptions):
            assert figures.burst >= figures.rate


ACCOUNT = {"connect:CreateUser": 4.0, "connect:ListUsers": 10.0, "connect:SearchContacts": 0.25}


def test_what_is_given_goes_before_service_quotas_and_the_table():
    quota = choose("connect", "CreateUser", given=parse_tps("3"), account=ACCOUNT)
    assert quota == Quota(rate=3, burst=5, source="--tps 3")


def test_service_quotas_goes_before_the_table():
    quota = choose("connect", "ListUsers", account=ACCOUNT)
    assert quota == Quota(rate=10, burst=5, source="Service Quotas of the account")


def test_the_table_holds_for_what_service_quotas_does_not_have():
    assert choose("connect", "DeleteUser", account=ACCOUNT) == published("connect", "DeleteUser")


def test_an_account_rate_is_of_its_own_service_only():
    assert pair(choose("qconnect", "CreateUser", account=ACCOUNT)) == (10, 10)


def test_a_rate_of_nothing_in_service_quotas_is_passed_over():
    assert pair(choose("connect", "CreateUser", account={"connect:CreateUser": 0.0})) == (2, 5)


def test_a_lower_rate_lowers_the_burst_with_it():
    assert pair(choose("connect", "CreateUser", given=parse_tps("1"))) == (1, 2.5)
    assert pair(choose("connect", "SearchContacts", account=ACCOUNT)) == (0.25, 1)


def test_a_higher_rate_keeps_the_burst():
    assert pair(choose("connect", "CreateUser", given=parse_tps("50"))) == (50, 5)


def test_a_given_burst_goes_before_every_other():
    quota = choose("connect", "CreateUser", given=parse_tps("20", burst=50))
    assert quota == Quota(rate=20, burst=50, source="--tps 20, --burst")
    assert choose("connect", "CreateUser", given=parse_tps(burst=9)).burst == 9


def test_a_share_leaves_others_their_part_of_rate_and_burst():
    quota = choose("connect", "CreateUser", share=0.5)
    assert quota == Quota(rate=1, burst=2.5, source=f"{PAGE}, 50% of it")
    assert choose("connect", "CreateUser", share=0.1).burst == 1


@given(
    rate=st.floats(0.01, 1000),
    share=st.floats(0.01, 1),
    operation=st.sampled_from(["CreateUser", "TagContact", "StopContact"]),
)
def test_a_burst_always_lets_a_call_through(rate, share, operation):
    quota = choose("connect", operation, given=Given(rate=rate), share=share)
    assert quota.burst >= 1
    assert quota.rate == pytest.approx(rate * share)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ((), Given()),
        (("2",), Given(rate=2)),
        (("auto",), Given()),
        (("probe",), Given(probe=True)),
        (("Auto", " PROBE "), Given(probe=True)),
        (("CreateUser=10",), Given(rates={"CreateUser": 10})),
        (
            ("1.5, connect:ListUsers = 4", "TagContact=20"),
            Given(rate=1.5, rates={"connect:ListUsers": 4, "TagContact": 20}),
        ),
    ],
)
def test_tps_may_be_a_number_an_operations_auto_or_probe(texts, expected):
    assert parse_tps(*texts) == expected


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (("fast",), '"fast" is not a rate'),
        (("0",), '"0" is not a rate'),
        (("-2",), '"-2" is not a rate'),
        (("nan",), '"nan" is not a rate'),
        (("inf",), '"inf" is not a rate'),
        (("",), '"" is not a rate'),
        (("CreateUser=",), '"CreateUser=" is not a rate'),
        (("=3",), '"=3" names no operation'),
        (("Create User=3",), '"Create User=3" names no operation'),
        (("2", "3"), '2 and "3" are both for every operation'),
    ],
)
def test_a_wrong_tps_says_what_is_allowed(texts, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        parse_tps(*texts)


@pytest.mark.parametrize("burst", [0.5, 0, -1, float("inf"), float("nan")])
def test_a_burst_of_less_than_a_call_is_refused(burst):
    with pytest.raises(ValueError, match="give 1 or more"):
        parse_tps("2", burst=burst)


def test_the_operation_is_found_whatever_its_case_and_with_its_service():
    given_rates = parse_tps("createuser=3,connectcases:CreateCase=4", "9")
    assert given_rates.rate_of("connect", "CreateUser", 2) == 3
    assert given_rates.rate_of("connectcases", "CreateCase", 2) == 4
    assert given_rates.rate_of("connect", "CreateCase", 2) == 9


def test_a_rate_for_all_raises_no_look_up_above_its_known_quota_unless_it_is_named():
    assert choose("connect", "SearchUsers", given=parse_tps("50")).rate == 2
    assert choose("connect", "SearchUsers", given=parse_tps("1")).rate == 1
    assert choose("connect", "CreateUser", given=parse_tps("50")).rate == 50
    named = parse_tps("50", "SearchUsers=20")
    assert choose("connect", "SearchUsers", given=named).rate == 20
    account = {"connect:SearchUsers": 60.0}
    assert choose("connect", "SearchUsers", given=parse_tps("50"), account=account).rate == 50


def test_names_that_no_operation_bears_are_told():
    known = [("connect", "CreateUser"), ("connect", "ListUsers")]
    assert parse_tps("CreateUsr=3,connect:listusers=4").strays(known) == ["CreateUsr"]


def test_only_probing_raises_the_ceiling_above_the_quota():
    quota = published("connect", "CreateUser")
    assert Given().ceiling(quota) == 2
    assert Given(probe=True).ceiling(quota) == 20


@pytest.mark.parametrize(
    ("text", "share"), [("80%", 0.8), ("0.8", 0.8), ("100%", 1), ("1", 1), (" 12.5% ", 0.125)]
)
def test_a_share_is_a_percentage_or_a_fraction(text, share):
    assert parse_share(text) == share


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("80", 'did you mean "80%"?'),
        ("0", "write 80% or 0.8"),
        ("-5%", "write 80% or 0.8"),
        ("120%", "write 80% or 0.8"),
        ("most", "write 80% or 0.8"),
        ("nan", "write 80% or 0.8"),
    ],
)
def test_a_wrong_share_says_what_was_meant(text, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        parse_share(text)
