"""The door to a target: an account, an endpoint of one's own, or the simulator."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bulkops.api.choices import TargetChoice
from bulkops.api.configuration import NamedTarget, named_target
from bulkops.api.ending import RefusedError
from bulkops.aws.asking import Door
from bulkops.aws.client import AwsClient
from bulkops.aws.session import Access
from bulkops.aws.target import region_of
from bulkops.engine.ports import World

if TYPE_CHECKING:
    from bulkops.sim.store import StoredClient


@asynccontextmanager
async def open_door(wanted: NamedTarget, choice: TargetChoice, world: World) -> AsyncIterator[Door]:
    """Open the way to a target: the simulation kept in a folder, or an AWS client.

    Raises TargetError where there are no credentials or no Region, and RefusedError where another
    process has the simulation.
    """
    if choice.simulate is not None:
        with simulation(choice.simulate, world) as simulated:
            yield simulated
        return
    access = Access(
        profile=wanted.profile,
        region=wanted.region or region_of(wanted.instance),
        role_arn=wanted.role_arn,
        endpoint_url=wanted.endpoint_url,
    )
    async with AwsClient(access) as client:
        yield client


def simulation(folder: Path, world: World) -> StoredClient:
    """Open the simulated instance that a folder keeps.

    Raises RefusedError where another process has it, or what is kept can't be read.
    """
    from bulkops.sim.config import SimConfig  # noqa: PLC0415  # only for --simulate
    from bulkops.sim.journal import JournalError  # noqa: PLC0415  # as above
    from bulkops.sim.store import SimulationBusyError, open_simulation  # noqa: PLC0415  # as above

    try:
        return open_simulation(folder, now=lambda: world.now().timestamp(), config=SimConfig())
    except (SimulationBusyError, JournalError) as error:
        raise RefusedError(str(error)) from error


def wanted_targets(choice: TargetChoice) -> tuple[NamedTarget, ...]:
    """Return the targets that the flags mean: those named in bulkops.toml, or one by flags."""
    flags = {
        name: value
        for name in ("profile", "region", "instance", "role_arn", "endpoint_url")
        if (value := getattr(choice, name)) is not None
    }
    if not choice.names:
        return (NamedTarget(**flags),)
    return tuple(
        replace(named_target(choice.configuration, name), **flags) for name in choice.names
    )
