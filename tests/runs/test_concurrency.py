"""No more calls in flight than the person allows, in all lanes together."""

from __future__ import annotations

import anyio
import pytest

from bulkops.engine.run_limits import RunLimits
from bulkops.ledger.states import RowStatus
from bulkops.sim.simulated_client import SimulatedClient

HEAD = "username,first_name,last_name,acw_seconds,routing_profile,security_profiles"
TEAM = "\n".join(
    [
        HEAD,
        *(
            f"{name},New,Byrne,30,Billing,Agent"
            for name in ("j.murphy", "m.silva", "a.kowalska", "admin")
        ),
    ]
)


@pytest.fixture
def flights(monkeypatch):
    """How many writes were in flight at each moment, as far as it changed."""
    seen, now, call = [], [0], SimulatedClient.call

    async def counted(self, service, operation, params):
        if not operation.startswith("Update"):
            return await call(self, service, operation, params)
        now[0] += 1
        seen.append(now[0])
        try:
            await anyio.sleep(3)
            return await call(self, service, operation, params)
        finally:
            now[0] -= 1

    monkeypatch.setattr(SimulatedClient, "call", counted)
    return seen


@pytest.mark.parametrize(("concurrency", "most"), [(1, 1), (2, 2), (None, 12)])
async def test_only_so_many_calls_are_in_flight(office, flights, concurrency, most):
    sheet = office.sheet(TEAM)
    limits = RunLimits(concurrency=concurrency)
    ending = await office.run("create-users", sheet, limits=limits, on_exists="update")
    assert ending.counts == {RowStatus.SUCCEEDED: 4}
    assert len(flights) == 12
    assert max(flights) <= most
    assert (max(flights) > 2) is (concurrency is None)
