"""Trying the reads that a job needs, with the smallest request that each takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from bulkops.account.finding import Finding, ok, problem, warning
from bulkops.account.job_access import needed
from bulkops.aws.direct_calls import DirectCalls
from bulkops.definition.job import Job
from bulkops.definition.kinds.thing_kind import Listing
from bulkops.definition.model.paging import page_size
from bulkops.definition.relations import RELATIONS
from bulkops.definition.thing_kinds import KINDS
from bulkops.engine.reads.items import items_on
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
    reads = {access.operation for access in needed(job) if access.purpose == "read"}
    trials = await _Prober(direct, target.instance_id, reads).trials()
    done = {trial.operation: trial for trial in trials}
    return [_finding(trial, done) for trial in trials]


class _Prober:
    """Lists one thing of each kind, then reads that one and what belongs to it."""

    def __init__(self, direct: DirectCalls, instance_id: str, reads: set[str]) -> None:
        self._direct = direct
        self._instance_id = instance_id
        self._reads = reads
        self._ids: dict[str, str] = {}
        """Kind → id of one thing of it."""

    async def trials(self) -> list[Trial]:
        """Try every operation that is needed, each once."""
        kinds = [kind for kind in KINDS.values() if kind.listing.operation in self._reads]
        trials = [await self._list(kind.listing, of=kind.name) for kind in kinds]
        for kind in kinds:
            if kind.search is not None and kind.search.operation in self._reads:
                trials.append(await self._list(kind.search))
            if kind.describe is not None and kind.describe.operation in self._reads:
                reading = kind.describe
                trials.append(await self._on(kind.name, reading.operation, reading.id_argument))
        for relation in RELATIONS.values():
            if relation.listing.operation in self._reads:
                operation, argument = relation.listing.operation, relation.of_argument
                trials.append(await self._on(relation.of, operation, argument, MaxResults=1))
        return trials

    async def _list(self, listing: Listing, *, of: str = "") -> Trial:
        """Ask for one thing, and keep its id where it is asked for by its kind."""
        few = {"MaxResults": 1} if page_size("connect", listing.operation) else {}
        outcome = await self._ask(listing.operation, {**few, **listing.fixed})
        if isinstance(outcome, Fault):
            return Trial(operation=listing.operation, fault=outcome)
        for item in islice(items_on(outcome.data, listing.items), 1) if of else ():
            self._ids[of] = str(item[listing.id])
        return Trial(operation=listing.operation)

    async def _on(self, kind: str, operation: str, argument: str, **more: object) -> Trial:
        """Ask about the thing of a kind that was listed."""
        if kind not in self._ids:
            return Trial(operation=operation, missing=KINDS[kind].noun)
        outcome = await self._ask(operation, {argument: self._ids[kind], **more})
        # only those who may ask are told that it is not there
        if isinstance(outcome, Fault) and outcome.code != RESOURCE_NOT_FOUND:
            return Trial(operation=operation, fault=outcome)
        return Trial(operation=operation)

    async def _ask(self, operation: str, params: Mapping[str, Any]) -> Reply | Fault:
        asked = {"InstanceId": self._instance_id, **params}
        return await self._direct.ask("connect", operation, asked)


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
