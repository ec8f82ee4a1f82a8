"""What a simulation is made with: its instances, its quotas, and how it behaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bulkops.definition.job import Identity
from bulkops.sim.core.fault_injection import Faults
from bulkops.sim.state.permissions import EVERYTHING, Permissions
from bulkops.sim.state.throttle import Allowance, Timetable

ACCOUNT = "123456789012"
REGION = "us-east-1"
ALIAS = "bulkops-demo"
OTHER_ACCOUNT = "210987654321"
OTHER_REGION = "eu-west-1"
Contents = Literal["demonstration", "new", "full"]
"""What an instance begins with: the demonstration, with flows that need one another beside it, or
only what AWS itself puts into a new instance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceConfig:
    """One instance of the world, with its contents and as many more as asked for."""

    alias: str = ALIAS
    account: str = ACCOUNT
    region: str = REGION
    identity: Identity = "CONNECT_MANAGED"
    users: int = 0
    """Numbered users beside the four of the demonstration."""
    routing_profiles: int = 0
    """Numbered routing profiles beside the six of the demonstration."""
    contents: Contents = "demonstration"
    big: bool = False
    """As large as a centre of 5,000 agents, beside its contents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimConfig:
    """A whole simulation. The same value and the same requests give the same history."""

    seed: int = 1
    instances: tuple[InstanceConfig, ...] = (InstanceConfig(),)
    lag: float = 0.0
    """Seconds by which lists and descriptions trail behind writes."""
    search_lag: float = 0.0
    """Seconds by which searches do; counts where it is more than `lag`."""
    speed: float = 1.0
    """Factor on every rate and burst, to watch in a minute what would take an hour."""
    rates: Mapping[str, Allowance | Timetable] = field(default_factory=dict)
    """Operation → quota, where it is not the service's default."""
    limits: Mapping[str, int] = field(default_factory=dict)
    """Resource quotas that differ from `resource_quotas.LIMITS`, by kind."""
    faults: Faults = field(default_factory=Faults)
    permissions: Permissions = EVERYTHING
    """What callers may do."""
    throttle_code: str = "ThrottlingException"
    """What a throttle is called: some Connect operations say TooManyRequestsException."""


BESIDE = (
    InstanceConfig(alias="bulkops-prod", region=OTHER_REGION, contents="new"),
    InstanceConfig(alias="bulkops-twin", account=OTHER_ACCOUNT, contents="new"),
)
"""Empty instances of a kept simulation: in another Region, and in another account."""
