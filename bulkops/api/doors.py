"""The door to one target alone, for looking at it before there is a run."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bulkops.api.choices import TargetChoice
from bulkops.api.configuration import NamedTarget
from bulkops.api.connecting import simulation
from bulkops.aws.asking import Door
from bulkops.aws.client import AwsClient
from bulkops.aws.session import Access
from bulkops.aws.target import region_of
from bulkops.engine.ports import World


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
