from __future__ import annotations

import pytest
from botocore.session import Session

from bulkops.definition.catalogue import load
from bulkops.targets.global_services import GLOBAL, fallback_region


def test_global_services_are_those_of_botocores_endpoints():
    session = Session()
    partitions = session.get_component("data_loader").load_data("endpoints")["partitions"]
    (aws,) = (each for each in partitions if each["partition"] == "aws")
    listed = {
        name
        for name, service in aws["services"].items()
        if "partitionEndpoint" in service or service.get("isRegionalized") is False
    }
    prefixes = {str(session.get_service_model(name).metadata["endpointPrefix"]) for name in GLOBAL}
    assert prefixes <= listed
    assert {"iam", "route53", "cloudfront", "organizations"} <= GLOBAL


@pytest.mark.parametrize(
    ("references", "region"),
    [
        (["iam:CreateUser"], "us-east-1"),
        (["iam:CreateUser", "route53:ChangeResourceRecordSets"], "us-east-1"),
        (["iam:CreateUser", "ssm:PutParameter"], None),
        (["create-users"], None),
        ([], None),
    ],
)
def test_only_jobs_of_global_services_have_a_region_that_nobody_said(references, region):
    assert fallback_region([load(each).job for each in references]) == region
