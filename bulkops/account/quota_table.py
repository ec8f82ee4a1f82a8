"""The quotas that runs would keep to: of a job's operations, or of the whole catalogue's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bulkops.account.job_access import needed
from bulkops.definition.access import Purpose
from bulkops.definition.job import Job
from bulkops.errors import UsageError
from bulkops.pacing.quotas import Given, Quota, choose, parse_tps, published
from bulkops.suggestions import nearest_hint
from bulkops.targets.request import PaceChoice

USES: Mapping[Purpose, str] = {
    "target": "find the instance",
    "alias": "find the instance",
    "read": "read",
    "write": "write",
    "undo": "undo",
}
"""What an operation is called for; quotas themselves are read outside of any lane."""


class PaceError(UsageError):
    """What was said of the pace names no operation that there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """An operation that jobs call, and what for."""

    service: str
    operation: str
    use: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaLine:
    """One operation's quota: what a run would keep to, what it is a share of, who disagrees."""

    called: Called
    quota: Quota
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaTable:
    """The quotas in one account and Region; both empty where no account was asked."""

    account: str = ""
    region: str = ""
    lines: tuple[QuotaLine, ...]
    notes: tuple[str, ...] = ()


def called(jobs: Iterable[Job]) -> tuple[Called, ...]:
    """Return every operation that jobs call, each once, by the first thing it is called for."""
    found: dict[tuple[str, str], Called] = {}
    for job in jobs:
        for access in needed(job):
            if access.purpose in USES:
                use = USES[access.purpose]
                each = Called(service=access.service, operation=access.operation, use=use)
                found.setdefault((each.service, each.operation), each)
    return tuple(found.values())


def own_table(jobs: Iterable[Job], pace: PaceChoice) -> QuotaTable:
    """Return the quotas by bulkops' own table, without a network. Raises PaceError."""
    return table_of(called(jobs), pace, {})


def table_of(
    operations: Sequence[Called],
    pace: PaceChoice,
    rates: Mapping[str, float],
    place: tuple[str, str] = ("", ""),
    notes: tuple[str, ...] = (),
) -> QuotaTable:
    """Return the quotas of operations: as flags say, as the account has them, as published."""
    given = _given(operations, pace)
    lines = tuple(_line(each, given, rates, pace.share) for each in operations)
    return QuotaTable(account=place[0], region=place[1], lines=lines, notes=notes)


def _given(operations: Sequence[Called], pace: PaceChoice) -> Given:
    given = parse_tps(*pace.tps, burst=pace.burst)
    for stray in given.strays((each.service, each.operation) for each in operations):
        hint = nearest_hint(stray, [each.operation for each in operations])
        raise PaceError(f'--tps: no operation here is called "{stray}". {hint}'.rstrip())
    return given


def _line(each: Called, given: Given, rates: Mapping[str, float], share: float) -> QuotaLine:
    service, operation = each.service, each.operation
    quota = choose(service, operation, given=given, account=rates, share=share)
    believed = choose(service, operation, account=rates)
    table = published(service, operation)
    notes = []
    if believed.rate != table.rate:
        notes.append(f"bulkops' own table says {table.rate:g}/s ({table.source})")
    elif believed.source == table.source and table.note:
        notes.append(table.note)
    if quota.rate > believed.rate:
        notes.append(f"more than the {believed.rate:g}/s of {believed.source}: expect throttles")
    return QuotaLine(called=each, quota=quota, note="; ".join(notes))
