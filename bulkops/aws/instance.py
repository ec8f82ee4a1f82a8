"""The instance that is meant, found by its alias, id or ARN, and who is calling."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from bulkops.aws.direct_calls import DirectCalls, Door
from bulkops.aws.target_errors import (
    AmbiguousInstanceError,
    ForeignEndpointError,
    NoRegionError,
    UnknownInstanceError,
    UnusableInstanceError,
    is_about_credentials,
    refusal,
)
from bulkops.definition.job import Identity
from bulkops.pacing.error_codes import RESOURCE_NOT_FOUND
from bulkops.pacing.replies import Fault, Reply
from bulkops.planning.target import Target
from bulkops.suggestions import nearest_hint

PAGE = 10
"""The most instances that a page of ListInstances holds."""
SHOWN = 10
"""How many instances a message names."""
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
ARN = re.compile(r"arn:[\w-]+:connect:(?P<region>[\w-]*):(?P<account>\d*):instance/(?P<id>[\w-]+)")

Instance = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTarget:
    """A target, and what a person should know about how it was found."""

    target: Target
    notes: tuple[str, ...] = ()


def region_of(instance: str | None) -> str | None:
    """Return the Region that an instance's ARN names; None for aliases and ids."""
    arn = ARN.fullmatch(instance or "")
    return (arn["region"] or None) if arn else None


async def resolve_target(
    direct: DirectCalls, instance: str | None, *, name: str = "", protected: bool = False
) -> FoundTarget:
    """Return the target that an alias, id or ARN means; None means the only instance there is.

    `name` and `protected` are those of bulkops.toml. Raises TargetError, which says what is
    wrong and what there is instead.
    """
    door = direct.door
    instance_id = await _id_of(direct, instance)
    described = await _described(direct, instance_id)
    arn = str(described.get("Arn", ""))
    parts = ARN.fullmatch(arn)
    if parts is None:
        raise ForeignEndpointError(
            f'What answers at {door.endpoint("connect")} is not AWS\'s connect: it gave "{arn}" '
            "as the instance's ARN. Check --endpoint-url."
        )
    _check_active(described)
    caller, notes = await _caller(direct)
    target = Target(
        name=name,
        account=parts["account"],
        region=parts["region"] or door.region,
        instance_id=str(described.get("Id") or parts["id"]),
        instance_arn=arn,
        alias=str(described.get("InstanceAlias", "")),
        identity=cast("Identity | None", described.get("IdentityManagementType")),
        caller_arn=caller,
        protected=protected,
    )
    return FoundTarget(target=target, notes=notes)


async def resolve_account(
    direct: DirectCalls, *, name: str = "", protected: bool = False
) -> FoundTarget:
    """Return the account that is called, for a job whose things lie in no instance.

    Raises TargetError where AWS does not accept the credentials.
    """
    caller, notes = await _caller(direct)
    arn = caller.split(":")
    target = Target(
        name=name,
        account=arn[4] if caller else "",
        region=direct.door.region,
        caller_arn=caller,
        protected=protected,
    )
    return FoundTarget(target=target, notes=notes)


async def _id_of(direct: DirectCalls, instance: str | None) -> str:
    door = direct.door
    if instance is None:
        return _only(await _instances(direct), door)
    arn = ARN.fullmatch(instance)
    if arn is not None:
        if arn["region"] not in ("", door.region):
            raise NoRegionError(
                f"The instance's ARN is of Region {arn['region']}, but {door.region} is called. "
                f"Give --region {arn['region']}."
            )
        return arn["id"]
    if ID.fullmatch(instance):
        return instance  # no list is read for it: who may describe need not be allowed to list
    return _by_alias(await _instances(direct), instance, door)


async def _instances(direct: DirectCalls) -> list[Instance]:
    found: list[Instance] = []
    async for page in direct.pages("connect", "ListInstances", {"MaxResults": PAGE}):
        if isinstance(page, Fault):
            raise _refusal(direct.door, page, "ListInstances")
        found += page.data.get("InstanceSummaryList", ())
    return found


def _only(instances: Sequence[Instance], door: Door) -> str:
    if len(instances) == 1:
        return str(instances[0]["Id"])
    if not instances:
        raise UnknownInstanceError(_none_there(door))
    raise UnknownInstanceError(
        f"There are {len(instances)} instances in {door.region}: name one with --instance. "
        f"{_listed(instances)}"
    )


def _by_alias(instances: Sequence[Instance], alias: str, door: Door) -> str:
    """Return the id of the instance of that alias; case counts only where it must."""
    exact = [each for each in instances if each.get("InstanceAlias") == alias]
    same = exact or [
        each
        for each in instances
        if str(each.get("InstanceAlias", "")).casefold() == alias.casefold()
    ]
    if len(same) == 1:
        return str(same[0]["Id"])
    if same:
        raise AmbiguousInstanceError(
            f'{len(same)} instances in {door.region} have the alias "{alias}": give --instance '
            f"the id of one. {_listed(same)}"
        )
    if not instances:
        raise UnknownInstanceError(_none_there(door))
    aliases = [str(each["InstanceAlias"]) for each in instances if each.get("InstanceAlias")]
    hint = nearest_hint(alias, aliases)
    unknown = f'No instance in {door.region} has the alias "{alias}".'
    raise UnknownInstanceError(" ".join(filter(None, (unknown, hint, _listed(instances)))))


def _none_there(door: Door) -> str:
    return f"There is no Amazon Connect instance in {door.region}. Is the Region the right one?"


def _listed(instances: Sequence[Instance]) -> str:
    names = [f"{each.get('InstanceAlias') or 'no alias'} ({each['Id']})" for each in instances]
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"There are: {', '.join(sorted(names)[:SHOWN])}{more}."


async def _described(direct: DirectCalls, instance_id: str) -> Instance:
    outcome = await direct.ask("connect", "DescribeInstance", {"InstanceId": instance_id})
    if isinstance(outcome, Reply):
        described: Instance = outcome.data.get("Instance", {})
        return described
    # an id of a wrong form is refused with the second
    if outcome.code in (RESOURCE_NOT_FOUND, "InvalidParameterException"):
        raise UnknownInstanceError(
            f'No instance in {direct.door.region} has the id "{instance_id}". Is the Region the '
            f"right one? {outcome.code}: {outcome.message}"
        )
    raise _refusal(direct.door, outcome, "DescribeInstance")


def _check_active(described: Instance) -> None:
    status = described.get("InstanceStatus", "ACTIVE")
    if status != "ACTIVE":
        reason = described.get("StatusReason", {}).get("Message", "")
        raise UnusableInstanceError(
            f"The instance {described.get('Id')} is not active: {status}. {reason}".rstrip()
        )


async def _caller(direct: DirectCalls) -> tuple[str, tuple[str, ...]]:
    """Return the caller's ARN, or a note where it can't be found out.

    An endpoint of one's own need not have STS, nor a private network a way to it; credentials
    that STS refuses are an error.
    """
    outcome = await direct.ask("sts", "GetCallerIdentity", {})
    if isinstance(outcome, Reply) and outcome.data.get("Arn"):
        return str(outcome.data["Arn"]), ()
    if isinstance(outcome, Reply):
        return "", ("Who is calling is not known: the endpoint's STS named no caller.",)
    if is_about_credentials(outcome) and not direct.door.is_custom:
        raise refusal(
            outcome,
            service="sts",
            operation="GetCallerIdentity",
            endpoint=direct.door.endpoint("sts"),
        )
    return "", (f"Who is calling is not known: STS answered {outcome.code}.",)


def _refusal(door: Door, fault: Fault, operation: str) -> Exception:
    endpoint = door.endpoint("connect")
    return refusal(fault, service="connect", operation=operation, endpoint=endpoint)
