from __future__ import annotations

import pytest

from bulkops.definition import Col, Each, Saved, Step
from bulkops.definition.batch_limits import batch_size, batched_member, is_shared
from bulkops.definition.catalogue import load
from bulkops.errors import JobError


def test_a_call_carries_as_many_rows_as_the_models_list_takes():
    queues = load("associate-routing-profile-queues").job
    assert [batch_size("connect", step) for _, step in queues.addresses()] == [10, 10, 10]
    connects = load("associate-queue-quick-connects").job
    assert [batch_size("connect", step) for _, step in connects.addresses()] == [50, 50]


def test_a_step_without_a_shared_list_carries_one_row():
    step = load("delete-users").job.steps[0]
    assert batched_member(step) == ""
    assert batch_size("connect", step) == 1


def test_a_list_without_a_known_limit_is_refused():
    step = Step(operation="UpdateTaskTemplate", args={"Fields": Each(Col("field"))})
    with pytest.raises(JobError, match="how many Fields one call takes is not known"):
        batch_size("connect", step)


def test_a_list_beside_what_its_row_has_saved_is_that_rows_alone():
    skills = Each({"AttributeName": Col("skill"), "AttributeValue": Col("value"), "Level": 1})
    ours = Step(
        operation="AssociateUserProficiencies",
        args={"UserId": Saved("user_id"), "UserProficiencies": skills},
    )
    theirs = Step(operation=ours.operation, args={"UserProficiencies": skills})
    assert (is_shared(ours), batch_size("connect", ours)) == (False, 1)
    assert (is_shared(theirs), batch_size("connect", theirs)) == (True, 10)
