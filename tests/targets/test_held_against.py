"""Which target a comparison's second name means, and by which way it is reached."""

from __future__ import annotations

import pytest

from bulkops.targets.connect import wanted_targets
from bulkops.targets.request import TargetChoice

ARN = "arn:aws:connect:eu-west-1:123456789012:instance/11111111-2222-3333-4444-555555555555"
TOML = f"""
[targets.dev]
instance = "acme-dev"
profile = "dev-account"
region = "us-east-1"

[targets.prod]
instance = "acme-prod"
profile = "prod-account"
region = "eu-west-1"
endpoint_url = "https://prod.example.com"

[targets.bare]
instance = "acme-bare"

[targets.elsewhere]
instance = "{ARN}"
"""


@pytest.fixture
def other(tmp_path):
    configuration = tmp_path / "bulkops.toml"
    configuration.write_text(TOML)

    def against(name, **flags):
        choice = TargetChoice(configuration=configuration, against=name, **flags)
        return wanted_targets(choice)[1]

    return against


def test_a_target_of_bulkops_toml_is_as_its_table_says(other):
    there = other("prod", names=("dev",), endpoint_url="https://flags.example.com", profile="p")
    assert (there.name, there.instance) == ("prod", "acme-prod")
    assert (there.profile, there.region) == ("prod-account", "eu-west-1")
    assert there.endpoint_url == "https://prod.example.com"


def test_flags_reach_it_where_its_table_says_nothing_and_tables_of_others_do_not(other):
    there = other("bare", names=("dev",), endpoint_url="https://flags.example.com")
    assert (there.endpoint_url, there.profile, there.region) == (
        "https://flags.example.com", None, None
    )  # fmt: skip
    assert other("bare", instance="acme-dev", region="us-west-2").region == "us-west-2"


def test_another_name_is_an_instance_that_is_reached_as_the_first_one_is(other):
    there = other("acme-test", names=("dev",))
    assert (there.name, there.instance) == ("acme-test", "acme-test")
    assert (there.profile, there.region) == ("dev-account", "us-east-1")


def test_an_arn_says_its_region_itself(other):
    assert other(ARN, names=("dev",)).region == "eu-west-1"
    assert other("elsewhere", instance="acme-dev", region="us-east-1").region == "eu-west-1"
