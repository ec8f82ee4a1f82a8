"""The quotas of operations as the Service Quotas of each target's account have them."""

from __future__ import annotations

from collections.abc import Sequence

from bulkops.account.quota_table import Called, QuotaTable, called, table_of
from bulkops.aws.direct_calls import DirectCalls
from bulkops.aws.service_quotas import read_rates
from bulkops.definition.job import Job
from bulkops.engine.ports import World
from bulkops.pacing.quota_names import CODES
from bulkops.pacing.replies import Reply
from bulkops.targets.connect import open_door, wanted_targets
from bulkops.targets.request import PaceChoice, TargetChoice


async def account_tables(
    jobs: Sequence[Job], pace: PaceChoice, choice: TargetChoice, *, world: World
) -> tuple[QuotaTable, ...]:
    """Return the quotas as the Service Quotas of each target's account have them.

    Targets of one account and Region share one table. Raises PaceError and TargetError.
    """
    operations = called(jobs)
    found: dict[tuple[str, str], QuotaTable] = {}
    for wanted in wanted_targets(choice):
        async with open_door(wanted, choice, world, jobs=jobs) as door:
            direct = DirectCalls(door, world.chance)
            place = (await _account(direct), door.region)
            if place not in found:
                found[place] = await _asked(direct, place, operations, pace)
    return tuple(found.values())


async def _account(direct: DirectCalls) -> str:
    outcome = await direct.ask("sts", "GetCallerIdentity", {})
    return str(outcome.data.get("Account", "")) if isinstance(outcome, Reply) else ""


async def _asked(
    direct: DirectCalls, place: tuple[str, str], operations: Sequence[Called], pace: PaceChoice
) -> QuotaTable:
    rates: dict[str, float] = {}
    notes: list[str] = []
    for service in sorted({each.service for each in operations} & CODES.keys()):
        read = await read_rates(direct, service)
        rates |= read.rates
        notes += read.notes
    return table_of(operations, pace, rates, place, tuple(notes))
