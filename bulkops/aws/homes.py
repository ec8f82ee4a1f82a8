"""What an instance has beside itself: its domain of Cases, its knowledge bases, its profiles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bulkops.aws.direct_calls import DirectCalls
from bulkops.aws.target_errors import UnknownHomeError, refusal
from bulkops.definition.homes import INSTANCE, Home
from bulkops.definition.model.member_paths import id_in_arn
from bulkops.definition.model.paging import paging
from bulkops.pacing.replies import Fault
from bulkops.planning.target import Target

SHOWN = 10
"""How many domains a message names."""
_PREFIX = "amazon-connect-"
"""What the console puts before the instance's alias to name its domain of Customer Profiles."""


async def resolve_homes(
    direct: DirectCalls, target: Target, homes: Iterable[Home], given: Mapping[str, str]
) -> Mapping[str, str]:
    """Return name → id of the homes that a job works in, beside the instance.

    `given` are those that flags or bulkops.toml say, by the flag: an id, an ARN or a domain's
    name. Raises TargetError where it can't be told which one is meant.
    """
    found: dict[str, str] = {}
    for home in homes:
        if home.name == INSTANCE.name:
            continue
        if home.flag in given:
            found[home.name] = id_in_arn(given[home.flag])
        elif home.association:
            found[home.name] = await _associated(direct, target, home)
        else:
            found[home.name] = await _only(direct, target, home)
    return found


async def _associated(direct: DirectCalls, target: Target, home: Home) -> str:
    """Return the id of what the instance is associated with; there must be one."""
    asked = {"InstanceId": target.instance_id, "IntegrationType": home.association}
    listed = await _listed(
        direct,
        ("connect", "ListIntegrationAssociations"),
        asked,
        "IntegrationAssociationSummaryList",
    )
    ids = sorted({id_in_arn(str(each["IntegrationArn"])) for each in listed})
    if len(ids) == 1:
        return ids[0]
    raise UnknownHomeError(_several(home, target, ids) if ids else _none(home, target))


async def _only(direct: DirectCalls, target: Target, home: Home) -> str:
    """Return the domain that there is, or of several the one that is named for the instance."""
    listed = await _listed(direct, (home.service, "ListDomains"), {}, "Items")
    names = sorted(str(each[home.member]) for each in listed)
    named = f"{_PREFIX}{target.alias}".casefold()
    mine = names if len(names) == 1 else [each for each in names if each.casefold() == named]
    if mine:
        return mine[0]
    raise UnknownHomeError(_several(home, target, names) if names else _none(home, target))


async def _listed(
    direct: DirectCalls, called: tuple[str, str], asked: Mapping[str, str], items: str
) -> list[Mapping[str, object]]:
    found: list[Mapping[str, object]] = []
    async for page in direct.pages(*called, paging(*called).first(asked)):
        if isinstance(page, Fault):
            service, operation = called
            endpoint = direct.door.endpoint(service)
            raise refusal(page, service=service, operation=operation, endpoint=endpoint)
        found += page.data.get(items, ())
    return found


def _none(home: Home, target: Target) -> str:
    return (
        f"{target.label} has no {home.noun}: set it up in the console of Amazon Connect, or say "
        f"with {home.flag} which one is meant."
    )


def _several(home: Home, target: Target, found: Sequence[str]) -> str:
    more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    return (
        f"It can't be told which {home.noun} belongs to {target.label}: say it with {home.flag}. "
        f"There are: {', '.join(found[:SHOWN])}{more}."
    )
