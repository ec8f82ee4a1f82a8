from __future__ import annotations

import pytest

from bulkops.account import permission_check
from bulkops.account.finding import Level
from bulkops.account.iam_policy import PolicyScope
from bulkops.account.permission_check import check_permissions
from bulkops.aws.direct_calls import DirectCalls
from bulkops.definition.catalogue import load
from bulkops.sim.core.fault_injection import Faults, Mishap
from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.core.simulator import Simulator
from bulkops.sim.simulated_client import SimulatedClient
from bulkops.sim.state.permissions import Permissions

USER = "arn:aws:iam::123456789012:user/operator"
ROLE = "arn:aws:iam::123456789012:role/teams/bulk"
SESSION = "arn:aws:sts::123456789012:assumed-role/bulk/bulkops"
HERE = PolicyScope(region="us-east-1", account="123456789012", instance_id="i-1")
ASK = "iam:SimulatePrincipalPolicy"


class Office:
    def __init__(self, *, denied=(), allowed=("*",), faults=()):
        permissions = Permissions(denied=denied, allowed=allowed)
        config = SimConfig(permissions=permissions, faults=Faults(mishaps=faults))
        self.client = SimulatedClient(Simulator(config))

    async def found(self, job="create-users", caller=USER, tried=()):
        direct = DirectCalls(self.client, lambda: 0.5)
        return await check_permissions(direct, caller, load(job).job, HERE, tried)

    def asked(self, operation):
        entries = self.client.simulator.request_log.entries
        return [each for each in entries if each.operation == operation]


async def test_where_iam_allows_all_that_is_said_in_a_line():
    (finding,) = await Office().found()
    assert finding.level is Level.OK
    assert "IAM allows all of the" in finding.said


async def test_what_a_run_an_undo_and_the_service_itself_would_be_refused_is_told_apart():
    made = ("connect:CreateDataTable", "connect:DeleteDataTable")
    denied = (*made, "connect:TagResource")
    write, undo, along = await Office(denied=denied).found("create-data-tables")
    assert [each.level for each in (write, undo, along)] == [
        Level.PROBLEM,
        Level.WARNING,
        Level.WARNING,
    ]
    assert (
        "does not allow connect:CreateDataTable (denied by a policy). `bulkops policy" in write.said
    )
    assert "connect:DeleteDataTable (denied by a policy): an undo would be refused" in undo.said
    assert "connect:TagResource" in along.said
    assert "checks along" in along.said


async def test_what_no_policy_allows_is_lacking_too_and_a_resource_counts():
    here = "arn:aws:connect:us-east-1:123456789012:instance/i-1/agent/*"
    allowed = ("iam:*", "connect:[!U]*", "ds:*", "servicequotas:*", f"connect:U* {here}")
    finding, undo = await Office(allowed=allowed).found()
    assert (finding.level, undo.level) == (Level.PROBLEM, Level.WARNING)
    assert "connect:UntagResource" in undo.said
    lacking = "UpdateUserHierarchy, connect:UpdateUserRoutingProfile, connect:UpdateUserSecurity"
    assert f"does not allow connect:{lacking}" in finding.said
    assert "IdentityInfo" not in finding.said  # it acts on the user alone


async def test_a_read_that_was_tried_is_not_asked_about_again():
    office = Office(denied=("connect:ListUsers",))
    (finding,) = await office.found()
    assert (finding.level, "connect:ListUsers" in finding.said) == (Level.WARNING, True)
    (finding,) = await office.found(tried=["ListUsers"])
    assert finding.level is Level.OK


@pytest.mark.parametrize(
    ("caller", "why"),
    [
        ("arn:aws:iam::123456789012:root", "root user"),
        ("arn:aws:sts::123456789012:federated-user/me", "federated-user/me"),
        ("", "nobody"),
        (USER.replace("operator", "other"), "NoSuchEntity"),
        (SESSION, "NoSuchEntity"),  # nobody has assumed it
    ],
)
async def test_whom_iam_does_not_tell_of_is_said_to_be_not_known(caller, why):
    (finding,) = await Office().found(caller=caller)
    assert finding.level is Level.NOTE
    assert finding.said.startswith("which writes are allowed is not known beforehand: ")
    assert why in finding.said


async def test_who_may_not_ask_is_told_so():
    (finding,) = await Office(denied=(ASK,)).found()
    assert finding.level is Level.NOTE
    assert f"{ASK} was answered with AccessDenied" in finding.said


async def test_a_roles_session_is_asked_about_by_its_role_with_its_path():
    office = Office(denied=("connect:CreateUser",))
    await office.client.assume(ROLE)
    (finding,) = await office.found(caller=SESSION)
    assert finding.level is Level.PROBLEM
    assert len(office.asked("GetRole")) == 1


async def test_without_leave_to_see_the_role_its_path_is_taken_to_be_none():
    office = Office(denied=("iam:GetRole",))
    await office.client.assume(ROLE.replace("teams/", ""))
    (finding,) = await office.found(caller=SESSION)
    assert finding.level is Level.OK


async def test_every_page_of_what_iam_says_counts(monkeypatch):
    monkeypatch.setattr("bulkops.sim.services.access_management.USUAL_PAGE", 1)
    office = Office(denied=("connect:UpdateUserPhoneConfig",))
    (finding,) = await office.found()
    assert "UpdateUserPhoneConfig" in finding.said
    assert len(office.asked("SimulatePrincipalPolicy")) > 10


async def test_an_answer_that_does_not_come_is_told_of():
    refused = Mishap(kind="error", service="iam", operation="*", code="ServiceFailure", status=500)
    (finding,) = await Office(faults=(refused,)).found()
    assert "ServiceFailure" in finding.said


def test_conditions_become_what_a_request_would_hold():
    said = {"StringEquals": {"aws:RequestedRegion": ["us-east-1"]}}
    assert permission_check._context(said) == [
        {
            "ContextKeyName": "aws:RequestedRegion",
            "ContextKeyValues": ["us-east-1"],
            "ContextKeyType": "string",
        }
    ]
