from __future__ import annotations

import pytest

from bulkops.pacing.chains.plan_course import CourseLink


@pytest.mark.parametrize(
    ("link", "said"),
    [
        (CourseLink("CreateUser", 5000, 2.0), "CreateUser (5,000 at 2/s)"),
        (CourseLink("CreateQueue", 1), "CreateQueue"),
        (CourseLink("CreateUserHierarchyGroup", 5), "CreateUserHierarchyGroup (5 in a row)"),
    ],
)
def test_a_part_of_a_course_says_what_it_waits_for(link, said):
    assert str(link) == said
