"""Trying the reads that a job needs, with the smallest request that each takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from bulkops.account.finding import Finding, ok, problem, warning
from bulkops.account.job_access import needed
from bulkops.aws.direct_calls import DirectCalls
from bulkops.definition.homes import filled, with_instance
from bulkops.definition.job import Job
from bulkops.definition.kinds.listing import Listing
from bulkops.definition.kinds.reading import Reading
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.definition.model.paging import paging
from bulkops.definition.relations import RELATIONS, RelationKind
from bulkops.definition.thing_kinds import KINDS
from bulkops.engine.reads.items import is_hidden, items_on
from bulkops.pacing.error_codes import RESOURCE_NOT_FOUND, CodeGroup, group_of
from bulkops.pacing.replies import Fault, Reply
from bulkops.planning.target import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One read: the fault it brought, or the noun of the thing that is missing to try it on."""

    operation: str
    fault: Fault | None = None
    missing: str = ""

    @property
    def went_well(self) -> bool:
        """Whether it was tried and may be done."""
        return self.fault is None and not self.missing

    @property
    def is_denied(self) -> bool:
        """Whether the caller may not do it."""
        return self.fault is not None and group_of(self.fault.code) is CodeGroup.DENIED


async def try_reads(direct: DirectCalls, target: Target, job: Job) -> list[Finding]:
    """Return a finding for each read that planning a job may need; changes nothing."""
    reads = {
        (access.service, access.operation) for access in needed(job) if access.purpose == "read"
    }
    trials = await _Prober(direct, target, reads).trials()
    done = {trial.operation: trial for trial in trials}
    return [_finding(trial, done) for trial in trials]


class _Prober:
    """Lists one thing of each kind, then reads that one and what belongs to it."""

    def __init__(self, direct: DirectCalls, target: Target, reads: set[tuple[str, str]]) -> None:
        self._direct = direct
        self._target = target
        self._reads = reads
        self._ids: dict[str, str] = {}
        """Kind → id of one thing of it."""

    def _needs(self, service: str, reading: Listing | Reading | None) -> bool:
        return reading is not None and (service, reading.operation) in self._reads

    async def trials(self) -> list[Trial]:
        """Try every operation that is needed, each once."""
        kinds = [kind for kind in KINDS.values() if self._needs(kind.service, kind.listing)]
        kinds.sort(key=lambda kind: bool(kind.within))  # what lies in others is listed after them
        trials = [await self._list(kind, kind.listing) for kind in kinds]
        for kind in kinds:
            if kind.search is not None and self._needs(kind.service, kind.search):
                trials.append(await self._list(kind, kind.search))
            if kind.describe is not None and self._needs(kind.service, kind.describe):
                trials.append(await self._read(kind, kind.describe))
        lists = (each for each in RELATIONS.values() if not each.by_name)
        needed_lists = [each for each in lists if self._needs(each.service, each.listing)]
        trials += [await self._list_of(each) for each in needed_lists]
        first: dict[str, Trial] = {}
        for trial in trials:
            first.setdefault(trial.operation, trial)
        return list(first.values())

    async def _list(self, kind: ThingKind, listing: Listing) -> Trial:
        """Ask for one thing, and keep its id where it is asked for by its kind."""
        asked = dict(with_instance(listing.fixed, self._target.instance_id))
        if kind.sought is not None or kind.sort_argument:
            return Trial(operation=listing.operation, missing=f"name of a {kind.noun}")
        if kind.within:
            if kind.within not in self._ids:
                return Trial(operation=listing.operation, missing=KINDS[kind.within].noun)
            asked[kind.within_argument] = self._ids[kind.within]
        if listing.only:  # the first of all that it shows may be of another kind
            asked |= paging(kind.service, listing.operation).first({})
        outcome = await self._ask(kind.service, listing.operation, asked)
        if isinstance(outcome, Fault):
            return Trial(operation=listing.operation, fault=outcome)
        shown = (
            each for each in items_on(outcome.data, listing.items) if not is_hidden(each, listing)
        )
        for item in islice(shown, 1):
            if listing is kind.listing and listing.id in item:
                self._ids[kind.name] = str(item[listing.id])
        return Trial(operation=listing.operation)

    async def _read(self, kind: ThingKind, reading: Reading) -> Trial:
        """Read the thing of a kind that was listed."""
        if kind.name not in self._ids:
            return Trial(operation=reading.operation, missing=kind.noun)
        asked = reading.asked(self._ids[kind.name])
        if kind.within:
            asked[kind.within_argument] = self._ids[kind.within]
        return await self._permitted(kind.service, reading.operation, asked)

    async def _list_of(self, relation: RelationKind) -> Trial:
        """Read the list of the thing that was listed."""
        operation = relation.listing.operation
        if relation.of not in self._ids:
            return Trial(operation=operation, missing=KINDS[relation.of].noun)
        asked = {relation.of_argument: self._ids[relation.of], **relation.listing.fixed}
        return await self._permitted(relation.service, operation, asked)

    async def _permitted(self, service: str, operation: str, asked: Mapping[str, Any]) -> Trial:
        outcome = await self._ask(service, operation, asked)
        # only those who may ask are told that it is not there
        if isinstance(outcome, Fault) and outcome.code != RESOURCE_NOT_FOUND:
            return Trial(operation=operation, fault=outcome)
        return Trial(operation=operation)

    async def _ask(self, service: str, operation: str, params: Mapping[str, Any]) -> Reply | Fault:
        """Ask for the smallest page that there is."""
        pages = paging(service, operation)
        few = {pages.size_member: 1} if pages.size_member else {}
        home = filled(service, operation, self._target.places)
        return await self._direct.ask(service, operation, {**few, **home, **params})


def _finding(trial: Trial, trials: Mapping[str, Trial]) -> Finding:
    if trial.missing:
        said = f"not tried: no {trial.missing} was found to try it on"
        return warning(trial.operation, said)
    if trial.fault is None:
        return ok(trial.operation, "permitted")
    said = f"{trial.fault.code}: {trial.fault.message}"
    if not trial.is_denied:
        return problem(trial.operation, f"failed. {said}")
    other, less = _instead(trial.operation)
    if other in trials and trials[other].went_well:
        return warning(trial.operation, f"not permitted; {less}")
    return problem(
        trial.operation,
        f"not permitted. `bulkops policy JOB` prints the permissions that are needed. {said}",
    )


ONE_BY_ONE = "bulkops lists and describes one by one instead, which is slower"
NOT_TOLD = (
    "only what a search does not tell needs it, such as e-mail addresses, and what was changed"
    " a moment ago"
)


def _instead(operation: str) -> tuple[str, str]:
    """Return the operation that tells most of what another would, and what it leaves out."""
    for kind in KINDS.values():
        if kind.search is None or kind.describe is None:
            continue
        if operation == kind.search.operation:
            return kind.describe.operation, ONE_BY_ONE
        if operation == kind.describe.operation:
            return kind.search.operation, NOT_TOLD
    return "", ""
