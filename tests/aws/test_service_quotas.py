from __future__ import annotations

import pytest

from bulkops.aws.direct_calls import DirectCalls
from bulkops.aws.service_quotas import read_rates
from bulkops.pacing.replies import Fault, FaultClass
from tests.aws.test_instance import Door

PAGES = [
    {
        "Quotas": [
            {"QuotaName": "Rate of CreateUser API requests", "Value": 4.0},
            {"QuotaName": "Users per instance", "Value": 500.0},
        ],
        "NextToken": "more",
    },
    {
        "Quotas": [
            {"QuotaName": "Rate of AssociateInstanceStorageConfig  API requests", "Value": 2},
            {"QuotaName": "Rate of ListUsers API requests"},
            {"QuotaName": "Rate of ListQueues API requests", "Value": 0.0},
        ]
    },
]


def direct(door):
    return DirectCalls(door, chance=lambda: 0.0)


async def test_rates_are_read_page_by_page_and_other_quotas_left():
    door = Door(ListServiceQuotas=list(PAGES))
    found = await read_rates(direct(door))
    assert found.rates == {"connect:CreateUser": 4.0, "connect:AssociateInstanceStorageConfig": 2.0}
    assert found.notes == ()
    assert [params for _, _, params in door.asked] == [
        {"ServiceCode": "connect", "MaxResults": 100},
        {"ServiceCode": "connect", "MaxResults": 100, "NextToken": "more"},
    ]


async def test_cases_are_asked_for_by_their_own_code():
    door = Door(ListServiceQuotas={"Quotas": [{"QuotaName": "CreateCase rate quota", "Value": 3}]})
    assert (await read_rates(direct(door), "connectcases")).rates == {
        "connectcases:CreateCase": 3.0
    }
    assert door.asked[0][2]["ServiceCode"] == "cases"


async def test_a_service_without_rates_there_is_not_asked_for():
    door = Door()
    assert (await read_rates(direct(door), "customer-profiles")).rates == {}
    assert door.asked == []


@pytest.mark.parametrize("code", ["AccessDeniedException", "404", "EndpointConnectionError"])
async def test_where_they_can_not_be_read_there_is_a_note(code):
    refused = Fault(fault_class=FaultClass.FATAL, code=code, message="No.")
    found = await read_rates(direct(Door(ListServiceQuotas=refused)))
    assert found.rates == {}
    (note,) = found.notes
    assert note.startswith(f"Service Quotas can't be read ({code})")
    assert "servicequotas:ListServiceQuotas" in note
