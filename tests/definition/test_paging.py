from __future__ import annotations

import pytest

from bulkops.definition.model.paging import Paging, paging


@pytest.mark.parametrize(
    ("called", "paged"),
    [
        (("connect", "ListUsers"), ("NextToken", "NextToken", 1000, "UserSummaryList")),
        (("connectcases", "ListFields"), ("nextToken", "nextToken", 100, "")),
        (("iam", "ListUsers"), ("Marker", "Marker", 1000, "Users")),
        (("logs", "DescribeLogGroups"), ("nextToken", "nextToken", 50, "logGroups")),
        (("s3", "ListObjectVersions"), ("", "", 0, "")),
        (("connect", "DeleteUser"), ("", "", 0, "")),
        (("iam", "GetGroup"), ("Marker", "Marker", 1000, "Users")),
    ],
)
def test_how_an_operation_is_paged_is_told_by_paginators_or_members(called, paged):
    found = paging(*called)
    assert (found.asks, found.tells, found.size, found.items) == paged


def test_the_first_page_is_asked_for_as_large_as_it_may_be():
    assert paging("connectcases", "ListFields").first({"domainId": "d"}) == {
        "maxResults": 100,
        "domainId": "d",
    }
    assert Paging().first({"a": 1}) == {"a": 1}
