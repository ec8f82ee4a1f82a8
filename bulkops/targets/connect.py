"""Reaching the targets: real accounts, endpoints of one's own, and the simulator, by one door."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bulkops.aws.direct_calls import DirectCalls, Door
from bulkops.aws.endpoint_urls import check_given
from bulkops.aws.homes import resolve_homes
from bulkops.aws.instance import FoundTarget, region_of, resolve_account, resolve_target
from bulkops.aws.region_names import region_fault
from bulkops.aws.role_arns import role_fault
from bulkops.aws.service_quotas import read_rates
from bulkops.aws.target_errors import UnknownInstanceError
from bulkops.definition.access import homes_of, services_of
from bulkops.definition.job import Identity, Job
from bulkops.engine.lanes import Lane, LaneId, Lanes
from bulkops.engine.ports import Broadcast, Client, Listener, World
from bulkops.engine.reading_progress import ReadingProgress
from bulkops.engine.reads.instance_reader import Reader
from bulkops.errors import RefusedError, UsageError
from bulkops.pacing.adaptive_rate import Pace
from bulkops.pacing.quotas import Quota, choose, parse_tps
from bulkops.planning.target import Target
from bulkops.suggestions import nearest_hint
from bulkops.targets.config import HOME_SETTINGS, NamedTarget, named_target, named_targets
from bulkops.targets.global_services import fallback_region
from bulkops.targets.protection import protection
from bulkops.targets.request import PaceChoice, Request, TargetChoice

if TYPE_CHECKING:
    from bulkops.sim.kept_simulation import StoredClient

SETTINGS = ("profile", "region", "instance", "role_arn", "endpoint_url", *HOME_SETTINGS)
"""What flags and bulkops.toml both say of a target."""
Rates = Mapping[str, float]
"""`service:Operation` → calls a second, as the account's Service Quotas say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """The targets of one run, reached: who they are, how to call them, how fast."""

    targets: Mapping[str, Target]
    clients: Mapping[str, Client]
    lanes: Lanes
    world: World
    reading: ReadingProgress = field(default_factory=ReadingProgress)
    """How far the reading is that goes before a plan, of all targets together."""
    notes: tuple[str, ...] = ()
    fault: str = ""
    """Why it can't be known which targets are protected."""

    @property
    def identities(self) -> Mapping[str, Identity | None]:
        """How each target manages its users, by the target's name."""
        return {name: target.identity for name, target in self.targets.items()}

    def lane(self, target: str, service: str, operation: str) -> Lane:
        """Return the lane that calls of an operation on one of the targets go through."""
        return self.lanes.lane(self.targets[target], service, operation)

    def reader(self, name: str) -> Reader:
        """Return a reader of one of the targets."""
        client, target = self.clients[name], self.targets[name]
        return Reader(client, target, self.lanes, self.world, self.reading)


@asynccontextmanager
async def connect(
    request: Request, job: Job, *, world: World, tell: Listener | None = None
) -> AsyncIterator[Connection]:
    """Reach every target that a request names, with what the job works in there.

    Raises TargetError where one can't be reached.
    """
    wards = protection(request.target)
    targets: dict[str, Target] = {}
    clients: dict[str, Client] = {}
    rates: dict[tuple[str, str], dict[str, float]] = {}
    notes: list[str] = [*wards.notes, *filter(None, [wards.fault])]
    async with AsyncExitStack() as stack:
        simulated: StoredClient | None = None
        if request.target.simulate is not None:  # one simulation holds them all
            simulated = stack.enter_context(simulation(request.target.simulate, world))
        for wanted in wanted_targets(request.target):
            if simulated is not None:
                door: Door = await _simulated_door(simulated, wanted)
            else:
                opening = open_door(wanted, request.target, world, jobs=(job,))
                door = await stack.enter_async_context(opening)
            direct = DirectCalls(door, world.chance)
            try:
                found = await reach(direct, wanted, job)
            except UnknownInstanceError as error:
                if hint := _targets_instead(wanted, request.target):
                    raise UnknownInstanceError(f"{error} {hint}") from error
                raise
            clients[wanted.name], targets[wanted.name] = door, wards.over(found.target)
            notes += found.notes
            place = (found.target.account, found.target.region)
            if place not in rates and _needs_rates(request.pace):
                rates[place] = {}
                for service in services_of(job):
                    read = await read_rates(direct, service)
                    rates[place] |= read.rates
                    notes += read.notes
        lanes = Lanes(_chooser(request.pace, rates), tell=tell or Broadcast())
        yield Connection(
            targets=targets,
            clients=clients,
            lanes=lanes,
            world=world,
            reading=ReadingProgress(tell),
            notes=tuple(dict.fromkeys(notes)),
            fault=wards.fault,
        )


async def reach(direct: DirectCalls, wanted: NamedTarget, job: Job) -> FoundTarget:
    """Find the instance that is meant and what a job works in there, or the account alone.

    A job of services whose things lie in no instance needs none. Raises TargetError.
    """
    homes = homes_of(job)
    if not homes and wanted.instance is None:
        return await resolve_account(direct, name=wanted.name, protected=wanted.protected)
    found = await resolve_target(
        direct, wanted.instance, name=wanted.name, protected=wanted.protected
    )
    beside = await resolve_homes(direct, found.target, homes, wanted.homes)
    return replace(found, target=replace(found.target, homes=beside))


@asynccontextmanager
async def open_door(
    wanted: NamedTarget, choice: TargetChoice, world: World, *, jobs: Iterable[Job] = ()
) -> AsyncIterator[Door]:
    """Open the way to a target, for jobs: the simulation kept in a folder, or an AWS client.

    Raises TargetError where there are no credentials or no Region, and RefusedError where another
    process has the simulation.
    """
    if choice.simulate is not None:
        with simulation(choice.simulate, world) as simulated:
            yield await _simulated_door(simulated, wanted)
        return
    from bulkops.aws.client import AwsClient  # noqa: PLC0415  # --simulate does without
    from bulkops.aws.credentials import SessionOptions  # noqa: PLC0415  # as above

    access = SessionOptions(
        profile=wanted.profile,
        region=wanted.region or region_of(wanted.instance),
        role_arn=wanted.role_arn,
        endpoint_url=wanted.endpoint_url,
        fallback_region=fallback_region(jobs),
    )
    async with AwsClient(access) as client:
        yield client


async def _simulated_door(simulated: StoredClient, wanted: NamedTarget) -> Door:
    """Return the way to one of the targets of a simulation: in its Region, and in its role."""
    door = simulated.placed(wanted.region or region_of(wanted.instance) or "")
    if wanted.role_arn is not None:
        await door.assume(wanted.role_arn)
    return door


def simulation(folder: Path, world: World) -> StoredClient:
    """Open the simulated instance that a folder keeps.

    Raises RefusedError where another process has it, or what is kept can't be read.
    """
    from bulkops.sim.core.simulation_config import (  # noqa: PLC0415  # only for --simulate
        BESIDE,
        InstanceConfig,
        SimConfig,
    )
    from bulkops.sim.kept_simulation import open_simulation  # noqa: PLC0415  # as above

    config = SimConfig(instances=(InstanceConfig(), *BESIDE))
    try:
        return open_simulation(folder, now=lambda: world.now().timestamp(), config=config)
    except OSError as error:
        raise RefusedError(f"no simulation can be kept in {folder}: {error.strerror}") from error


def wanted_targets(choice: TargetChoice) -> tuple[NamedTarget, ...]:
    """Return the targets that the flags mean: those named in bulkops.toml, or one by flags.

    Raises UsageError for flags that can't be meant, and RefusedError for bulkops.toml.
    """
    check_given(choice.endpoint_url)
    fault = region_fault(choice.region) if choice.region else ""
    if fault:
        raise UsageError(f"--region {fault}")
    fault = role_fault(choice.role_arn) if choice.role_arn else ""
    if fault:
        raise UsageError(f"--role-arn {fault}")
    flags = {name: value for name in SETTINGS if (value := getattr(choice, name)) is not None}
    if not choice.names:
        found: tuple[NamedTarget, ...] = (NamedTarget(**flags),)
    else:
        found = tuple(
            replace(named_target(choice.configuration, name), **flags) for name in choice.names
        )
    if choice.against is None:
        return found
    return (*found, _held_against(found[0], choice, choice.against))


_SHARED = ("profile", "region", "endpoint_url")
"""Settings of flags that are of both instances where bulkops.toml says nothing else."""


def _held_against(first: NamedTarget, choice: TargetChoice, name: str) -> NamedTarget:
    """Return the target of bulkops.toml of that name; else the instance that the name means.

    The latter is reached as the first one is; flags reach the other where its table leaves them.
    """
    named = (named_targets(choice.configuration) or {}).get(name)
    if named is None:
        return replace(first, name=name, instance=name, region=region_of(name) or first.region)
    flags = {each: getattr(named, each) or getattr(choice, each) for each in _SHARED}
    return replace(named, **{**flags, "region": region_of(named.instance) or flags["region"]})


def _targets_instead(wanted: NamedTarget, choice: TargetChoice) -> str:
    """Return what there is in bulkops.toml where neither it nor the account has a name."""
    known = sorted(named_targets(choice.configuration) or ())
    if not known or wanted.name != choice.against or wanted.name in known:
        return ""
    said = f"{choice.configuration} has no target of that name: {', '.join(known)}."
    return " ".join(filter(None, (said, nearest_hint(wanted.name, known))))


def _needs_rates(pace: PaceChoice) -> bool:
    """Service Quotas are asked only where no rate was given for every operation."""
    return parse_tps(*pace.tps).rate is None


def _chooser(
    pace: PaceChoice, rates: Mapping[tuple[str, str], Rates]
) -> Callable[[LaneId], tuple[Quota, Pace]]:
    given = parse_tps(*pace.tps, burst=pace.burst)

    def chosen(lane: LaneId) -> tuple[Quota, Pace]:
        quota = choose(
            lane.service,
            lane.operation,
            given=given,
            account=rates.get((lane.account, lane.region)),
            share=pace.share,
        )
        return quota, Pace(quota, ceiling=given.ceiling(quota))

    return chosen
