"""Where an IAM policy is to hold: a partition, a Region, an account, an instance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bulkops.account.iam_policy import ANY, PolicyScope
from bulkops.aws.direct_calls import DirectCalls
from bulkops.aws.instance import ARN
from bulkops.definition.job import Job
from bulkops.engine.ports import World
from bulkops.planning.target import Target
from bulkops.targets.config import NamedTarget
from bulkops.targets.connect import open_door, reach, wanted_targets
from bulkops.targets.request import TargetChoice

PARTITIONS: Mapping[str, str] = {"cn-": "aws-cn", "us-gov-": "aws-us-gov"}
"""How the names of Regions outside of the partition `aws` begin."""


async def places(
    jobs: Sequence[Job], choice: TargetChoice, *, world: World
) -> tuple[PolicyScope, ...]:
    """Return where a policy is to hold. Raises TargetError where an instance must be found first.

    Nothing is asked where the flags say it all: no flag, a Region alone, or an instance's ARN.
    Who needs a policy may be allowed nothing yet.
    """
    found = [
        each for wanted in wanted_targets(choice) for each in await _of(wanted, jobs, choice, world)
    ]
    return tuple(dict.fromkeys(found))


async def _of(
    wanted: NamedTarget, jobs: Sequence[Job], choice: TargetChoice, world: World
) -> list[PolicyScope]:
    instance = wanted.instance or ""
    if choice.simulate is None and ARN.fullmatch(instance):
        return [_of_arn(instance, wanted.homes)]
    by_asking = (instance, wanted.profile, wanted.role_arn, wanted.endpoint_url, choice.simulate)
    if any(by_asking):
        async with open_door(wanted, choice, world, jobs=jobs) as door:
            direct = DirectCalls(door, world.chance)
            return _merged([(await reach(direct, wanted, job)).target for job in jobs])
    return [_of_region(wanted)]


def _merged(targets: Sequence[Target]) -> list[PolicyScope]:
    """Return one place for all jobs, with all that each of them works in."""
    homes = {name: home for target in targets for name, home in target.homes.items()}
    widest = max(targets, key=lambda target: bool(target.instance_id))
    return [scope_of(replace(widest, homes=homes))]


def scope_of(target: Target) -> PolicyScope:
    """Return the place that a target is."""
    return PolicyScope(
        partition=target.partition,
        region=target.region,
        account=target.account or ANY,
        instance_id=target.instance_id or ANY,
        homes=target.homes,
    )


def _of_region(wanted: NamedTarget) -> PolicyScope:
    if wanted.region is None:
        return PolicyScope()
    begins = (name for start, name in PARTITIONS.items() if wanted.region.startswith(start))
    return PolicyScope(partition=next(begins, "aws"), region=wanted.region)


def _of_arn(arn: str, homes: Mapping[str, str]) -> PolicyScope:
    _, partition, _, region, account, instance = arn.split(":", 5)
    return PolicyScope(
        partition=partition,
        region=region or ANY,
        account=account or ANY,
        instance_id=instance.partition("/")[2],
        homes=homes,
    )
