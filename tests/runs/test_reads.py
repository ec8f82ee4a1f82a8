from __future__ import annotations

from collections import Counter

import pytest

from bulkops.ledger.states import RowStatus
from bulkops.sim.simulated_client import SimulatedClient

HEAD = "username,password,first_name,last_name,email,security_profiles,routing_profile"


@pytest.fixture
def asked(monkeypatch):
    """Count what is asked of the simulated instance, by operation."""
    counts, call = Counter(), SimulatedClient.call

    async def counting(self, service, operation, params):
        counts[operation] += 1
        return await call(self, service, operation, params)

    monkeypatch.setattr(SimulatedClient, "call", counting)
    return counts


def users(count, *, email=True, last_name="Núñez"):
    rows = [
        f"agent{n},Blue-Harbour-{n},Ana,{last_name},"
        f"{f'agent{n}@example.com' if email else ''},Agent,Billing"
        for n in range(count)
    ]
    return "\n".join([HEAD, *rows]) + "\n"


async def test_users_that_are_already_so_are_searched_and_none_is_described(office, asked):
    await office.run("create-users", office.sheet(users(30)))
    asked.clear()
    same = office.sheet(users(30, email=False), "same.csv")
    ending = await office.run("create-users", same, on_exists="update")
    assert ending.counts == {RowStatus.UNCHANGED: 30}
    assert asked["DescribeUser"] == 0
    assert asked["SearchUsers"] == 1


async def test_only_what_changes_is_described_and_what_the_row_leaves_blank_stays(office, asked):
    await office.run("create-users", office.sheet(users(30)))
    asked.clear()
    one = users(30, email=False).replace("agent7,Blue-Harbour-7,Ana,Núñez", "agent7,,Ana,Ortiz")
    ending = await office.run("create-users", office.sheet(one, "one.csv"), on_exists="update")
    assert ending.counts == {RowStatus.UNCHANGED: 29, RowStatus.SUCCEEDED: 1}
    assert (asked["DescribeUser"], asked["UpdateUserIdentityInfo"]) == (1, 1)
    asked.clear()
    again = office.sheet(users(8).replace("agent7,Blue-Harbour-7,Ana,Núñez", "agent7,,Ana,Ortiz"))
    ending = await office.run("create-users", again, on_exists="update")
    assert ending.counts == {RowStatus.UNCHANGED: 8}
    assert asked["DescribeUser"] == 8, "an e-mail is told by describing alone"
