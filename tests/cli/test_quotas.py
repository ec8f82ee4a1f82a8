from __future__ import annotations

import json

from bulkops.account.quota_table import called, own_table
from bulkops.definition.catalogue import load, names
from bulkops.sim.core.fault_injection import Faults, Mishap
from bulkops.sim.state.throttle import Allowance
from bulkops.targets.request import PaceChoice

PAGE = "Amazon Connect service quotas page"


def shown(terminal, *words):
    result = terminal("quotas", *words, "--output", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def by_operation(table):
    return {line["operation"]: line for line in table["operations"]}


def test_offline_the_figures_are_those_of_the_table(terminal):
    (table,) = shown(terminal, "update-user-routing-profiles")
    assert (table["account"], table["region"]) == ("", "")
    line = by_operation(table)["connect:UpdateUserRoutingProfile"]
    assert line == {
        "operation": "connect:UpdateUserRoutingProfile",
        "called_to": "write",
        "rate": 2,
        "burst": 5,
        "source": PAGE,
        "note": "",
    }


def test_the_note_says_where_sources_disagree(terminal):
    (table,) = shown(terminal, "update-user-routing-profiles")
    note = by_operation(table)["connect:ListUsers"]["note"]
    assert "Service Quotas had 10/s as its default in 2024" in note


def test_every_operation_of_a_job_is_there_with_what_it_is_called_for(terminal):
    (table,) = shown(terminal, "associate-queue-quick-connects")
    assert {name: line["called_to"] for name, line in by_operation(table).items()} == {
        "connect:DescribeInstance": "find the instance",
        "connect:ListInstances": "find the instance",
        "connect:ListQueues": "read",
        "connect:ListQuickConnects": "read",
        "connect:ListQueueQuickConnects": "read",
        "connect:AssociateQueueQuickConnects": "write",
        "connect:DisassociateQueueQuickConnects": "undo",
    }


def test_without_a_job_there_are_the_operations_of_the_whole_catalogue(terminal):
    (table,) = shown(terminal)
    jobs = [load(name).job for name in names()]
    every = [f"{each.service}:{each.operation}" for each in called(jobs)]
    assert list(by_operation(table)) == every
    assert {"connect:CreateUser", "connect:DeleteUser"} <= set(by_operation(table))


def test_the_share_is_taken_of_rate_and_burst(terminal):
    (table,) = shown(terminal, "create-users", "--share", "80%")
    line = by_operation(table)["connect:CreateUser"]
    assert (line["rate"], line["burst"], line["source"]) == (1.6, 4, f"{PAGE}, 80% of it")


def test_a_rate_beyond_what_is_known_is_called_so(terminal):
    (table,) = shown(terminal, "create-users", "--tps", "CreateUser=10", "--burst", "8")
    line = by_operation(table)["connect:CreateUser"]
    assert (line["rate"], line["burst"], line["source"]) == (10, 8, "--tps 10, --burst")
    assert line["note"] == f"more than the 2/s of {PAGE}: expect throttles"
    assert by_operation(table)["connect:DeleteUser"]["rate"] == 2


def test_a_rate_of_an_operation_that_is_not_called_is_wrong_usage(terminal):
    result = terminal("quotas", "create-users", "--tps", "CraeteUser=10")
    assert result.exit_code == 2
    assert 'called "CraeteUser". Did you mean "CreateUser"?' in result.stderr


def test_with_a_target_the_account_says_the_rate_and_the_table_what_differs(terminal, simulated):
    simulated(rates={"CreateUser": Allowance(rate=7.0, burst=9.0)})
    (table,) = shown(terminal, "create-users", "--simulate")
    assert (table["account"], table["region"]) == ("123456789012", "us-east-1")
    lines = by_operation(table)
    create = lines["connect:CreateUser"]
    assert (create["rate"], create["burst"]) == (7, 5)
    assert create["source"] == "Service Quotas of the account"
    assert create["note"] == f"bulkops' own table says 2/s ({PAGE})"
    assert lines["connect:DeleteUser"]["note"] == ""
    assert lines["connect:ListUsers"]["note"] == ""


def test_where_service_quotas_are_denied_the_table_holds_and_a_note_says_why(terminal, simulated):
    denied = Mishap(
        kind="error", service="service-quotas", code="AccessDeniedException", status=400
    )
    simulated(faults=Faults(mishaps=(denied,)))
    (table,) = shown(terminal, "create-users", "--simulate")
    assert "servicequotas:ListServiceQuotas permits it" in table["notes"][0]
    assert by_operation(table)["connect:CreateUser"]["source"] == PAGE


def test_targets_of_one_account_and_region_share_a_table(terminal):
    (terminal.folder / "bulkops.toml").write_text("[targets.one]\n[targets.two]\n")
    named = ("--target", "one", "--target", "two")
    assert len(shown(terminal, "create-users", "--simulate", *named)) == 1


def test_text_groups_operations_by_source_and_says_each_note_once(terminal):
    result = terminal("quotas", "create-users", "--tps", "CreateUser=2.5")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines.count(PAGE) == 1
    assert "--tps 2.5" in lines
    assert "An account's own quotas may differ" in lines[-1]
    (note,) = [line for line in lines if "had 10/s" in line]
    assert note.startswith("ListRoutingProfiles, ListUserHierarchyGroups, ")


def test_an_operation_of_another_service_bears_its_name(terminal):
    result = terminal("quotas", "customer-profiles:UpdateProfile")
    assert "customer-profiles:UpdateProfile" in result.stdout
    table = own_table([load("customer-profiles:UpdateProfile").job], PaceChoice())
    update = table.lines[-1]
    assert (update.quota.rate, update.quota.burst) == (100, 100)
