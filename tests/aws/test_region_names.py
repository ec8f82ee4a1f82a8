from __future__ import annotations

import pytest

from bulkops.aws.region_names import region_fault


@pytest.mark.parametrize("name", ["eu-central-1", "us-gov-west-1", "local"])
def test_a_region_has_no_fault(name):
    assert region_fault(name) == ""


@pytest.mark.parametrize("name", ["", "eu west", "12345", "-x", "x-", "a/b", "x" * 64])
def test_what_can_not_be_a_region_is_named(name):
    assert region_fault(name) == f'is "{name}", which is not a Region such as eu-central-1.'
