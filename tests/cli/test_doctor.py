from __future__ import annotations

import json
import os
import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from bulkops.account import local_machine
from bulkops.account.doctor import examine
from bulkops.aws import direct_calls
from bulkops.aws.server_clock import server_time
from bulkops.definition.catalogue import load
from bulkops.engine.ports import real_world
from bulkops.errors import LedgerError
from bulkops.sim.core.fault_injection import Faults, Mishap
from bulkops.sim.core.simulation_config import InstanceConfig
from bulkops.sim.state.permissions import Permissions
from bulkops.targets.request import TargetChoice

WRITES = (
    "CreateUser, UpdateUserIdentityInfo, UpdateUserPhoneConfig, UpdateUserSecurityProfiles, "
    "UpdateUserRoutingProfile, UpdateUserHierarchy, TagResource"
)


def looked_at(terminal, *words, exit_code=0):
    """Return what doctor found, by subject: (level, what was said)."""
    result = terminal("doctor", *words, "--output", "json")
    assert result.exit_code == exit_code, result.output
    return by_subject(json.loads(result.stdout))


def by_subject(found):
    return {each["subject"]: (each["level"], each["said"]) for each in found}


def denied(*operations, service="connect"):
    return Faults(
        mishaps=tuple(
            Mishap(
                kind="error",
                service=service,
                operation=operation,
                code="AccessDeniedException",
                message="Not you.",
                status=403,
            )
            for operation in operations
        )
    )


def test_where_all_is_well_there_is_a_line_for_each_thing(terminal):
    found = looked_at(terminal, "create-users", "--simulate")
    levels = {level for level, _ in found.values()}
    assert levels == {"ok", "note"}
    assert found["SQLite"] == ("ok", sqlite3.sqlite_version)
    assert found["Region"] == ("ok", "us-east-1")
    assert found["Credentials"] == (
        "ok",
        "arn:aws:iam::123456789012:user/operator, account 123456789012",
    )
    instance = "bulkops-demo (b9de3877-c5e5-438a-b452-72d08265cbaf), active"
    assert found["Instance"] == ("ok", instance)
    reads = (
        "ListUsers", "ListRoutingProfiles", "ListSecurityProfiles", "ListUserHierarchyGroups",
        "SearchUsers", "DescribeUser", "SearchUserHierarchyGroups", "DescribeUserHierarchyGroup",
    )  # fmt: skip
    assert {found[each] for each in reads} == {("ok", "permitted")}
    assert found["Service Quotas"][0] == "ok"
    assert found["Service Quotas"][1].endswith("request rates of connect read")


def test_nothing_is_changed_and_nothing_left_behind(terminal):
    looked_at(terminal, "create-users", "--simulate")
    assert [each.name for each in terminal.folder.iterdir()] == ["bulkops-runs"]
    assert [each.name for each in (terminal.folder / "bulkops-runs").iterdir()] == ["simulated"]


def test_writes_are_said_not_to_have_been_tried(terminal):
    level, said = looked_at(terminal, "create-users", "--simulate")["Writes"]
    assert level == "note"
    assert said.startswith(f"not tried, for that would change something: {WRITES}. ")
    assert "`bulkops policy JOB`" in said
    assert "`--canary 1`" in said


def test_without_a_job_it_says_how_to_have_reads_tried(terminal):
    found = looked_at(terminal, "--simulate")
    assert found["Permissions"] == ("note", "name a job to try its reads: bulkops doctor JOB")
    assert found["Identity"] == ("ok", "CONNECT_MANAGED")
    assert "ListUsers" not in found


def test_the_identity_type_says_what_rows_need(terminal, simulated):
    simulated(instances=(InstanceConfig(identity="SAML"),))
    assert looked_at(terminal, "create-users", "--simulate")["Identity"] == (
        "ok",
        "SAML; rows need first_name, last_name; it refuses password, email",
    )


def test_who_deletes_is_told_what_to_add(terminal):
    assert looked_at(terminal, "delete-users", "--simulate")["Confirmation"] == (
        "note",
        "the job deletes: add --confirm-instance bulkops-demo to run",
    )


def test_a_protected_target_is_told_what_to_add(terminal):
    (terminal.folder / "bulkops.toml").write_text("[targets.live]\nprotected = true\n")
    found = looked_at(terminal, "create-users", "--simulate", "--target", "live")
    assert found["Target"] == ("note", "live")
    assert found["Confirmation"][1].startswith("the target is protected: ")


def test_a_list_that_is_denied_would_stop_a_run(terminal, simulated):
    simulated(faults=denied("ListRoutingProfiles"))
    found = looked_at(terminal, "create-users", "--simulate", exit_code=6)
    level, said = found["ListRoutingProfiles"]
    assert level == "problem"
    assert said == (
        "not permitted. `bulkops policy JOB` prints the permissions that are needed. "
        "AccessDeniedException: Not you."
    )


@pytest.mark.parametrize(
    ("operation", "instead"),
    [
        ("SearchUsers", "bulkops lists and describes one by one instead, which is slower"),
        (
            "SearchUserHierarchyGroups",
            "bulkops lists and describes one by one instead, which is slower",
        ),
        (
            "DescribeUser",
            (
                "only what a search does not tell needs it, such as e-mail addresses, and what was"
                " changed a moment ago"
            ),
        ),
    ],
)
def test_a_run_gets_over_the_lack_of_one_of_two_ways(terminal, simulated, operation, instead):
    simulated(faults=denied(operation))
    found = looked_at(terminal, "create-users", "--simulate")
    assert found[operation] == ("warning", f"not permitted; {instead}")


def test_a_run_does_not_get_over_the_lack_of_both(terminal, simulated):
    simulated(faults=denied("SearchUsers", "DescribeUser"))
    found = looked_at(terminal, "create-users", "--simulate", exit_code=6)
    assert found["SearchUsers"][0] == found["DescribeUser"][0] == "problem"


def test_what_belongs_to_a_thing_is_tried_on_one_that_was_listed(terminal, simulated):
    assert looked_at(terminal, "associate-routing-profile-queues", "--simulate")[
        "ListRoutingProfileQueues"
    ] == ("ok", "permitted")
    simulated(faults=denied("ListRoutingProfiles"))
    found = looked_at(terminal, "associate-routing-profile-queues", "--simulate", exit_code=6)
    assert found["ListRoutingProfileQueues"] == (
        "warning",
        "not tried: no routing profile was found to try it on",
    )


def test_a_read_that_fails_otherwise_is_a_problem(terminal, simulated):
    broken = Mishap(
        kind="error",
        operation="ListUsers",
        code="InvalidRequestException",
        message="No.",
        status=400,
    )
    simulated(faults=Faults(mishaps=(broken,)))
    found = looked_at(terminal, "delete-users", "--simulate", exit_code=6)
    assert found["ListUsers"] == ("problem", "failed. InvalidRequestException: No.")


def test_a_thing_that_is_gone_by_then_was_permitted_to_be_read(terminal, simulated):
    gone = Mishap(
        kind="error", operation="DescribeUser", code="ResourceNotFoundException", status=404
    )
    simulated(faults=Faults(mishaps=(gone,)))
    assert looked_at(terminal, "create-users", "--simulate")["DescribeUser"] == ("ok", "permitted")


def test_service_quotas_that_can_not_be_read_are_a_warning(terminal, simulated):
    simulated(faults=denied("*", service="service-quotas"))
    level, said = looked_at(terminal, "create-users", "--simulate")["Service Quotas"]
    assert level == "warning"
    assert said.endswith("servicequotas:ListServiceQuotas permits it.")


def test_an_instance_that_is_not_there_would_stop_a_run(terminal):
    found = looked_at(terminal, "--simulate", "--instance", "bulkops-dmo", exit_code=6)
    level, said = found["Instance"]
    assert level == "problem"
    assert 'Did you mean "bulkops-demo"?' in said
    assert "Service Quotas" not in found


def test_who_calls_need_not_be_known(terminal, simulated):
    simulated(faults=denied("GetCallerIdentity", service="sts"))
    assert looked_at(terminal, "--simulate")["Credentials"] == (
        "warning",
        "who is calling is not known: STS answered AccessDeniedException",
    )


def test_missing_credentials_would_stop_a_run(terminal, monkeypatch):
    monkeypatch.setenv("AWS_REGION", "eu-west-2")
    level, said = looked_at(terminal, exit_code=6)["Credentials"]
    assert level == "problem"
    assert said.startswith("No AWS credentials were found.")


def test_a_missing_region_would_stop_a_run(terminal):
    level, said = looked_at(terminal, exit_code=6)["Region"]
    assert level == "problem"
    assert "Give --region" in said


def test_an_unknown_target_would_stop_a_run(terminal):
    level, said = looked_at(terminal, "--target", "emea", exit_code=6)["Target"]
    assert level == "problem"
    assert "bulkops.toml, which does not exist" in said


def test_text_says_each_finding_on_a_line_and_the_verdict_last(terminal, simulated):
    result = terminal("doctor", "--simulate")
    assert result.stdout.splitlines()[3:5] == [
        "ok       Region: us-east-1",
        "ok       Credentials: arn:aws:iam::123456789012:user/operator, account 123456789012",
    ]
    assert result.stdout.endswith("\n\nNothing was found that would stop a run.\n")
    simulated(faults=denied("ListUsers"))
    result = terminal("doctor", "delete-users", "--simulate")
    assert result.exit_code == 6
    assert result.stdout.endswith("\n\n1 problem would stop a run.\n")


def test_an_unknown_job_is_a_problem_of_the_command(terminal):
    assert terminal("doctor", "create-user", "--simulate").exit_code == 3


async def test_an_old_sqlite_would_stop_a_run(monkeypatch):
    monkeypatch.setattr(local_machine, "OLDEST_SQLITE", (99, 1, 0))
    _, sqlite = local_machine.versions()
    assert sqlite.level == "problem"
    assert "the ledger needs 99.1.0" in sqlite.said


async def test_a_runs_folder_that_is_not_there_yet_is_tried_above_and_not_made(tmp_path):
    found = await local_machine.runs_folder(tmp_path / "some" / "runs")
    assert found.level == "ok"
    assert found.said.startswith(f"{tmp_path / 'some' / 'runs'}: can be written, locks hold, ")
    assert list(tmp_path.iterdir()) == []


async def test_a_folder_on_a_network_would_stop_a_run(tmp_path, monkeypatch):
    monkeypatch.setattr(local_machine, "network_file_system", lambda _folder: "nfs4")
    found = await local_machine.runs_folder(tmp_path / "runs")
    assert found.level == "problem"
    assert "runs is on a network's file system (nfs4), where a ledger is not safe" in found.said


@pytest.mark.parametrize("kind", ["file", "dangling link"])
async def test_what_is_in_the_place_of_the_runs_folder_would_stop_a_run(tmp_path, kind):
    place = tmp_path / "runs"
    if kind == "file":
        place.touch()
    else:
        place.symlink_to(tmp_path / "nowhere")
    found = await local_machine.runs_folder(place)
    assert (found.level, found.said) == (
        "problem",
        f"{place} is no folder. Name another: --runs-dir.",
    )


async def test_a_file_system_without_locks_would_stop_a_run(tmp_path, monkeypatch):
    monkeypatch.setattr(local_machine, "_is_held", lambda _folder: False)
    found = await local_machine.runs_folder(tmp_path)
    assert found.level == "problem"
    assert "keeps no locks" in found.said


async def test_a_lock_that_is_held_is_seen(tmp_path):
    assert not local_machine._is_held(tmp_path)


async def test_a_ledger_that_can_not_be_made_would_stop_a_run(tmp_path, monkeypatch):
    def refuse(*_args):
        raise LedgerError("the folder's file system can't hold a write-ahead log")

    monkeypatch.setattr(local_machine.SqliteLedger, "create", refuse)
    found = await local_machine.runs_folder(tmp_path)
    assert found.level == "problem"
    assert "can't hold a write-ahead log. Name a folder on a local disk" in found.said
    assert list(tmp_path.iterdir()) == []


async def test_a_folder_that_can_not_be_written_would_stop_a_run(tmp_path, monkeypatch):
    def refuse(**_named):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(local_machine.tempfile, "mkdtemp", refuse)
    found = await local_machine.runs_folder(tmp_path)
    assert (found.level, found.said) == (
        "problem",
        f"{tmp_path} can't be written: Permission denied. Name another: --runs-dir.",
    )


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
async def test_a_file_system_without_permissions_is_a_warning(tmp_path):
    tmp_path.chmod(0o777)
    found = local_machine._around(tmp_path, tmp_path)
    assert found.level == "warning"
    assert "others on this machine can read your runs" in found.said


async def test_a_full_disk_is_a_warning(tmp_path, monkeypatch):
    monkeypatch.setattr(local_machine, "LEAST_FREE", 2**80)
    tmp_path.chmod(0o700)
    found = local_machine._around(tmp_path, tmp_path)
    assert found.level == "warning"
    assert found.said.endswith("MB are free: make room.")


@pytest.mark.process
@pytest.mark.usefixtures("credentials")
def test_over_the_network_endpoint_and_clock_are_looked_at(terminal, server):
    found = looked_at(terminal, "delete-users", "--endpoint-url", server)
    assert found["Endpoint"] == ("ok", f"{server} (one of your own, not AWS's) answers")
    assert found["Clock"] == ("ok", "agrees with the server's to 1 s")


@pytest.mark.process
@pytest.mark.usefixtures("credentials")
def test_an_endpoint_where_nothing_answers_would_stop_a_run(terminal, monkeypatch):
    monkeypatch.setattr(direct_calls, "DIRECT_ATTEMPTS", 1)
    nowhere = "http://127.0.0.1:1"
    found = looked_at(terminal, "--endpoint-url", nowhere, exit_code=6)
    level, said = found["Endpoint"]
    assert level == "problem"
    assert said.startswith(f"connect can't be reached at {nowhere}.")
    assert "Clock" not in found


class TestClocks:
    """The clock here is compared with that of a real server."""

    @pytest.fixture
    def anyio_backend(self):
        return "asyncio"

    @pytest.mark.process
    @pytest.mark.usefixtures("credentials")
    @pytest.mark.parametrize(
        ("ahead", "expected"),
        [
            (120, ("warning", "s ahead of the server's: AWS refuses requests beyond 5 minutes. ")),
            (-600, ("problem", "s behind the server's: AWS refuses what is signed by it. ")),
        ],
    )
    async def test_a_wrong_clock_is_seen(self, server, tmp_path, ahead, expected):
        right = real_world()
        wrong = replace(right, now=lambda: right.now() + timedelta(seconds=ahead + 0.5))
        findings = []
        choice = TargetChoice(endpoint_url=server)
        await examine(None, choice, tmp_path, world=wrong, tell=findings.append)
        (clock,) = [each for each in findings if each.subject == "Clock"]
        seconds, _, said = clock.said.partition(" ")
        assert abs(int(seconds) - abs(ahead)) <= 2
        assert (clock.level, said) == (expected[0], f"{expected[1]}Set the clock.")

    async def test_a_server_that_is_not_there_tells_no_time(self):
        assert await server_time("http://127.0.0.1:1") is None


def test_the_job_s_own_reads_are_those_that_are_tried(terminal):
    found = looked_at(terminal, "update-user-routing-profiles", "--simulate")
    tried = {subject for subject in found if subject.startswith(("List", "Search", "Describe"))}
    assert tried == {"ListUsers", "SearchUsers", "DescribeUser", "ListRoutingProfiles"}
    assert load("update-user-routing-profiles").job.service == "connect"


def test_what_the_caller_lacks_is_said_before_the_run(terminal, simulated):
    simulated(permissions=Permissions(denied=("connect:UpdateUserIdentityInfo",)))
    found = looked_at(terminal, "create-users", "--simulate", exit_code=6)
    level, said = found["Permissions"]
    assert level == "problem"
    assert "connect:UpdateUserIdentityInfo (denied by a policy)" in said


def test_a_job_of_another_service_needs_no_instance(terminal):
    found = looked_at(terminal, "iam:CreateUser", "--simulate")
    assert found["Account"] == ("ok", "123456789012: the job needs no instance")
    assert found["Permissions"][0] == "ok"
    assert "Instance" not in found


@pytest.mark.parametrize(
    "job", ["create-case-fields", "create-quick-responses", "create-campaigns"]
)
def test_reads_of_the_family_are_tried_as_connects_are(terminal, job):
    levels = {level for level, _ in looked_at(terminal, job, "--simulate").values()}
    assert "problem" not in levels


def test_an_endpoint_that_has_told_nothing_is_not_said_to_answer(terminal, monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    nowhere = ("--endpoint-url", "http://127.0.0.1:9", "--region", "eu-west-1")
    found = looked_at(terminal, "iam:CreateUser", *nowhere)
    assert found["Endpoint"][0] == "warning"
    assert "has not said whose account it is" in found["Endpoint"][1]
    assert "Account" not in found
