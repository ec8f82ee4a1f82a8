"""Where an IAM policy is to hold: a partition, a Region, an account, an instance."""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.account.iam_policy import ANY, PolicyScope
from bulkops.aws.direct_calls import DirectCalls
from bulkops.aws.instance import ARN, resolve_target
from bulkops.engine.ports import World
from bulkops.targets.config import NamedTarget
from bulkops.targets.connect import open_door, wanted_targets
from bulkops.targets.request import TargetChoice

PARTITIONS: Mapping[str, str] = {"cn-": "aws-cn", "us-gov-": "aws-us-gov"}
"""How the names of Regions outside of the partition `aws` begin."""


async def places(choice: TargetChoice, *, world: World) -> tuple[PolicyScope, ...]:
    """Return where a policy is to hold. Raises TargetError where an instance must be found first.

    Nothing is asked where the flags say it all: no flag, a Region alone, or an instance's ARN.
    Who needs a policy may be allowed nothing yet.
    """
    found = [await _place(wanted, choice, world) for wanted in wanted_targets(choice)]
    return tuple(dict.fromkeys(found))


async def _place(wanted: NamedTarget, choice: TargetChoice, world: World) -> PolicyScope:
    instance = wanted.instance or ""
    if choice.simulate is None and ARN.fullmatch(instance):
        return _of_arn(instance)
    by_asking = (instance, wanted.profile, wanted.role_arn, wanted.endpoint_url, choice.simulate)
    if any(by_asking):
        async with open_door(wanted, choice, world) as door:
            found = await resolve_target(DirectCalls(door, world.chance), wanted.instance)
            return _of_arn(found.target.instance_arn)
    if wanted.region is None:
        return PolicyScope()
    begins = (name for start, name in PARTITIONS.items() if wanted.region.startswith(start))
    return PolicyScope(partition=next(begins, "aws"), region=wanted.region)


def _of_arn(arn: str) -> PolicyScope:
    _, partition, _, region, account, instance = arn.split(":", 5)
    return PolicyScope(
        partition=partition,
        region=region or ANY,
        account=account or ANY,
        instance_id=instance.partition("/")[2],
    )
