from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from bulkops.definition.access import (
    IamAction,
    _described_by_search,
    _listing,
    _states,
    _to_define,
    actions,
    checked_along,
)
from bulkops.definition.catalogue import load, names
from bulkops.definition.iam.acted_on import resources_of
from bulkops.definition.iam.action_names import actions_of
from bulkops.definition.thing_kinds import KINDS

BEFORE = {
    "AssociateQueueQuickConnects": ("queue", "transfer-destination"),
    "AssociateRoutingProfileQueues": ("routing-profile", "queue"),
    "CreateUser": ("agent", "routing-profile", "security-profile", "agent-group"),
    "DeleteUser": ("agent",),
    "DescribeHoursOfOperation": ("operating-hours",),
    "DescribeInstance": ("",),
    "DescribeQuickConnect": ("transfer-destination",),
    "DescribeRoutingProfile": ("routing-profile",),
    "DescribeSecurityProfile": ("security-profile",),
    "DescribeUser": ("agent",),
    "DescribeUserHierarchyGroup": ("agent-group",),
    "DisassociateQueueQuickConnects": ("queue", "transfer-destination"),
    "DisassociateRoutingProfileQueues": ("routing-profile",),
    "ListQueueQuickConnects": ("queue",),
    "ListQueues": ("queue",),
    "ListRoutingProfileQueues": ("routing-profile",),
    "ListRoutingProfiles": ("",),
    "ListSecurityProfiles": ("",),
    "ListUserHierarchyGroups": ("",),
    "ListUserProficiencies": ("", "agent"),
    "ListUsers": ("",),
    "SearchQueues": ("",),
    "SearchUsers": ("",),
    "UpdateRoutingProfileQueues": ("routing-profile",),
    "UpdateUserHierarchy": ("agent", "agent-group"),
    "UpdateUserIdentityInfo": ("agent",),
    "UpdateUserPhoneConfig": ("agent",),
    "UpdateUserRoutingProfile": ("agent", "routing-profile"),
    "UpdateUserSecurityProfiles": ("agent", "security-profile"),
}
"""Operation → paths in an instance's ARN that the first policies let it act on; "": itself."""
INSTANCE = "arn:{partition}:connect:{region}:{account}:instance/{instance_id}"


def _access(name):
    return {access.action: access for access in actions(load(name).job)}


def test_what_creates_a_user_acts_on_all_that_the_user_is_given():
    create = _access("create-users")["connect:CreateUser"]
    assert create.purpose == "write"
    assert set(create.resources) == {
        f"{INSTANCE}/agent/*",
        f"{INSTANCE}/routing-profile/*",
        f"{INSTANCE}/security-profile/*",
        f"{INSTANCE}/agent-group/*",
    }


def test_reads_undo_and_what_a_run_begins_with_are_told_apart():
    found = _access("create-users")
    assert found["connect:DescribeInstance"].purpose == "target"
    assert found["connect:ListInstances"].purpose == "alias"
    assert found["servicequotas:ListServiceQuotas"].purpose == "pace"
    assert found["connect:SearchUsers"].purpose == "read"
    assert found["connect:UpdateUserHierarchy"].purpose == "write"
    assert found["connect:DeleteUser"].purpose == "undo"


def test_what_a_job_does_itself_is_no_undo():
    assert _access("delete-users")["connect:DeleteUser"].purpose == "write"


def test_searches_need_what_they_depend_on():
    assert _access("create-users")["connect:SearchUsers"].dependents == (
        "connect:DescribeUser",
        "connect:ListUserProficiencies",
    )
    assert _access("delete-users")["connect:DescribeInstance"].dependents == (
        "ds:DescribeDirectories",
    )


def test_what_is_tagged_when_it_is_made_needs_to_be_tagged():
    assert _access("create-users")["connect:CreateUser"].dependents == ("connect:TagResource",)
    assert resources_of("connect:TagResource") == (f"{INSTANCE}/*",)
    queue = {access.action: access for access in actions(load("connect:CreateQueue").job)}
    assert queue["connect:CreateQueue"].dependents == ("connect:TagResource",)
    for name in ("delete-users", "associate-routing-profile-queues"):
        assert not any("connect:TagResource" in each.dependents for each in actions(load(name).job))


def test_a_place_in_a_list_is_looked_up_in_that_list():
    found = _access("associate-routing-profile-queues")
    assert found["connect:ListRoutingProfileQueues"].purpose == "read"
    assert found["connect:ListRoutingProfiles"].resources == (INSTANCE,)
    assert found["connect:ListQueues"].resources == (f"{INSTANCE}/queue/*",)
    assert found["connect:DisassociateRoutingProfileQueues"].purpose == "undo"
    assert "connect:SearchRoutingProfiles" not in found


def test_an_operation_without_a_row_is_allowed_on_the_whole_instance():
    assert resources_of("connect:MadeTomorrow") == (INSTANCE, f"{INSTANCE}/*")


def test_an_operation_of_no_job_acts_on_what_the_reference_says():
    found = {access.action: access for access in actions(load("connect:UpdateQueueName").job)}
    assert found["connect:UpdateQueueName"].resources == (f"{INSTANCE}/queue/*",)


def test_what_is_made_outside_of_the_instance_is_tagged_there():
    found = {access.action: access for access in actions(load("connect:ClaimPhoneNumber").job)}
    claim = found["connect:ClaimPhoneNumber"]
    assert not claim.dependents  # its client token makes it safe to repeat, so it takes no mark
    beside = SimpleNamespace(resources=claim.resources, dependents=("connect:TagResource",))
    ((action, resources),) = checked_along(beside)
    assert action == "connect:TagResource"
    assert f"{INSTANCE}/*" not in resources
    assert "arn:{partition}:connect:{region}:{account}:phone-number/*" in resources
    create = _access("create-users")["connect:CreateUser"]
    assert list(checked_along(create)) == [("connect:TagResource", (f"{INSTANCE}/*",))]


def test_other_services_have_other_prefixes():
    found = {a.action: a for a in actions(load("customer-profiles:UpdateProfile").job)}
    assert found["profile:UpdateProfile"].resources == (
        "arn:{partition}:profile:{region}:{account}:domains/{profiles-domain}",
    )


@pytest.mark.parametrize("name", names())
def test_every_action_is_said_once_and_for_every_step(name):
    job = load(name).job
    found = actions(job)
    assert len({(access.service, access.operation) for access in found}) == len(found)
    wanted = (actions_of(job.service, step.operation) for _, step in job.addresses())
    needed = {names[0] for names in wanted if names}
    assert needed <= {access.action for access in found}


def test_no_action_may_do_more_than_before_the_table_was_read_from_the_reference():
    for operation, types in BEFORE.items():
        arns = {f"{INSTANCE}/{path}/*" if path else INSTANCE for path in types}
        assert set(resources_of(f"connect:{operation}")) == arns


def test_every_search_needs_what_it_shows():
    for kind in KINDS.values():
        if kind.service == "connect" and kind.search is not None and kind.describe is not None:
            access = _listing("connect", kind.search)
            assert f"connect:{kind.describe.operation}" in access.dependents


def test_a_kind_that_is_only_listed_needs_no_more():
    listed = replace(KINDS["user"], search=None, describe=None)
    assert list(_states(listed, searched=True)) == []


def test_what_is_only_removed_is_described_to_be_kept_and_not_searched_for():
    assert {each.operation for each in _states(KINDS["user"], searched=False)} == {"DescribeUser"}
    assert "SearchUsers" not in {each.operation for each in actions(load("delete-users").job)}


def test_an_action_knows_the_operation_and_the_service_that_it_permits():
    found = {a.action: a for a in actions(load("customer-profiles:UpdateProfile").job)}
    update = found["profile:UpdateProfile"]
    assert (update.service, update.operation) == ("customer-profiles", "UpdateProfile")
    pace = found["servicequotas:ListServiceQuotas"]
    assert (pace.service, pace.operation) == ("service-quotas", "ListServiceQuotas")


def test_what_is_checked_along_acts_on_resources_of_its_own():
    assert resources_of("connect:DescribeUser") == (f"{INSTANCE}/agent/*",)
    assert resources_of("ds:DescribeDirectories") == ("*",)
    assert resources_of("connect:ListInstances") == ("*",)


def test_what_a_token_permits_needs_nothing_and_api_gateway_its_path():
    sent = IamAction(service="connectparticipant", operation="SendMessage", purpose="write")
    assert (sent.action, sent.resources, sent.dependents) == ("", (), ())
    made = IamAction(service="apigateway", operation="CreateResource", purpose="write")
    assert made.action == "apigateway:POST"
    assert made.resources == ("arn:{partition}:apigateway:{region}::/restapis/*/resources/*",)


def test_a_second_action_of_an_operation_is_checked_along():
    copied = IamAction(service="s3", operation="CopyObject", purpose="write")
    assert (copied.action, copied.dependents) == ("s3:PutObject", ("s3:GetObject",))
    assert "arn:{partition}:s3:::*/*" in dict(checked_along(copied))["s3:GetObject"]


def test_a_search_needs_what_describes_a_thing_too():
    assert [*_described_by_search("connect", "SearchQueues")] == ["connect:DescribeQueue"]
    assert [*_described_by_search("iam", "SearchQueues")] == []


def test_columns_of_a_targets_own_without_options_need_no_list_of_them(monkeypatch):
    kind = KINDS["case-field"]
    plain = replace(kind, defines=replace(kind.defines, options=""))
    monkeypatch.setattr("bulkops.definition.access.KINDS", {**KINDS, "case-field": plain})
    needed = {each.operation for each in _to_define(load("create-cases").job)}
    assert "ListFields" in needed
    assert "ListFieldOptions" not in needed
