"""What would stop a run: the machine, the credentials, the instance, the permissions, the clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bulkops.account.configuration import configuration
from bulkops.account.finding import Finding, Level, Tell, note, ok, problem, warning
from bulkops.account.job_access import needed
from bulkops.account.local_machine import runs_folder, versions
from bulkops.account.permission_check import check_permissions
from bulkops.account.policy_places import scope_of
from bulkops.account.probe import try_reads
from bulkops.aws.direct_calls import DirectCalls, Door
from bulkops.aws.instance import FoundTarget, resolve_target
from bulkops.aws.server_clock import server_time
from bulkops.aws.service_quotas import read_rates
from bulkops.aws.target_errors import (
    ForeignEndpointError,
    NoRegionError,
    UnreachableError,
    is_about_credentials,
    refusal,
)
from bulkops.definition.access import services_of
from bulkops.definition.job import Job
from bulkops.definition.verbs import verb
from bulkops.engine.ports import World
from bulkops.errors import RefusedError, TargetError
from bulkops.pacing.delays import SIGNATURE_TOLERANCE
from bulkops.pacing.quota_names import CODES
from bulkops.pacing.replies import Reply
from bulkops.planning.target import Target
from bulkops.targets.config import NamedTarget
from bulkops.targets.connect import open_door, reach, wanted_targets
from bulkops.targets.protection import Protection, protection
from bulkops.targets.request import TargetChoice

CLOCK_WARNING_SECONDS = 60.0


async def examine(
    job: Job | None, choice: TargetChoice, runs_dir: Path, *, world: World, tell: Tell
) -> None:
    """Look at everything that a run needs, and tell each finding as soon as it is made.

    Nothing is changed. `job` is the one whose reads are tried.
    """
    for finding in versions():
        tell(finding)
    tell(await runs_folder(runs_dir))
    try:
        targets = wanted_targets(choice)
    except RefusedError as error:
        tell(problem("Target", str(error)))
    else:
        await _examine_each(targets, job, choice, world, tell)
    tell(configuration(choice))


async def _examine_each(
    targets: Sequence[NamedTarget], job: Job | None, choice: TargetChoice, world: World, tell: Tell
) -> None:
    wards = protection(choice)
    for wanted in targets:
        if wanted.name:
            tell(note("Target", wanted.name))
        try:
            jobs = (job,) if job is not None else ()
            async with open_door(wanted, choice, world, jobs=jobs) as door:
                direct = DirectCalls(door, world.chance)
                await _Examination(direct, wanted, job, world, tell, wards).examine()
        except (TargetError, RefusedError) as error:
            tell(problem(_subject(error, "Credentials"), str(error)))


@dataclass(frozen=True, slots=True)
class _Examination:
    """Looks at one target through its open door."""

    direct: DirectCalls
    wanted: NamedTarget
    job: Job | None
    world: World
    tell: Tell
    wards: Protection

    @property
    def door(self) -> Door:
        """The way to the target."""
        return self.direct.door

    async def examine(self) -> None:
        """Tell everything about the target; of one that can't be reached, what can be known."""
        self.tell(ok("Region", self.door.region))
        target = await self._target() if await self._credentials_hold() else None
        await self._clock(reached=target is not None)
        if target is None:
            return
        self._conditions(target)
        if self.job is None:
            self.tell(note("Permissions", "name a job to try its reads: bulkops doctor JOB"))
        else:
            await self._permissions(target, self.job)
        await self._quotas()

    async def _permissions(self, target: Target, job: Job) -> None:
        """Try the reads, and ask IAM about the rest."""
        tried = await try_reads(self.direct, target, job)
        for finding in tried:
            self.tell(finding)
        self.tell(_writes(job))
        read = [each.subject for each in tried if each.level is Level.OK]
        scope, caller = scope_of(target), target.caller_arn
        for finding in await check_permissions(self.direct, caller, job, scope, read):
            self.tell(finding)

    async def _credentials_hold(self) -> bool:
        """Tell who is calling; false where the credentials are no good."""
        outcome = await self.direct.ask("sts", "GetCallerIdentity", {})
        if isinstance(outcome, Reply):
            account = outcome.data.get("Account", "not known")
            self.tell(ok("Credentials", f"{outcome.data.get('Arn')}, account {account}"))
            return True
        if is_about_credentials(outcome) and not self.door.is_custom:
            endpoint = self.door.endpoint("sts")
            error = refusal(
                outcome, service="sts", operation="GetCallerIdentity", endpoint=endpoint
            )
            self.tell(problem("Credentials", str(error)))
            return False
        said = f"who is calling is not known: STS answered {outcome.code}"
        self.tell(warning("Credentials", said))
        return True

    async def _target(self) -> Target | None:
        """Tell whether the instance can be worked on, and return it if so."""
        try:
            found = await self._found()
        except TargetError as error:
            self.tell(problem(_subject(error, "Instance"), str(error)))
            return None
        target = self.wards.over(found.target)
        self._reached(target)
        return target

    def _reached(self, target: Target) -> None:
        """Tell what answers, and which instance or account it is."""
        whose = " (one of your own, not AWS's)" if self.door.is_custom else ""
        asked = self.door.endpoint("connect" if target.instance_id else "sts")
        if not (target.instance_id or target.caller_arn):
            self.tell(warning("Endpoint", f"{asked}{whose} has not said whose account it is"))
            return
        self.tell(ok("Endpoint", f"{asked}{whose} answers"))
        if target.instance_id:
            alias = target.alias or "without an alias"
            self.tell(ok("Instance", f"{alias} ({target.instance_id}), active"))
        else:
            self.tell(ok("Account", f"{target.account}: the job needs no instance"))

    async def _found(self) -> FoundTarget:
        if self.job is not None:
            return await reach(self.direct, self.wanted, self.job)
        wanted = self.wanted
        return await resolve_target(
            self.direct, wanted.instance, name=wanted.name, protected=wanted.protected
        )

    async def _clock(self, *, reached: bool) -> None:
        """Compare the clock here with the server's: what a wrong one makes fail looks otherwise."""
        url = self.door.endpoint("connect") or self.door.endpoint("sts")
        if not url.startswith("http"):
            return
        before = self.world.now()
        theirs = await server_time(url)
        if theirs is None:
            if reached:
                self.tell(warning("Clock", f"not compared: {url} tells no time"))
            return
        here = before + (self.world.now() - before) / 2
        self.tell(_clock_finding((here - theirs).total_seconds()))

    def _conditions(self, target: Target) -> None:
        """Tell what the instance asks of rows, and of whoever starts the run."""
        identity, job = target.identity, self.job
        if identity is not None:
            columns = job.columns if job is not None else ()
            needs = [each.name for each in columns if identity in each.required_for]
            refuses = [each.name for each in columns if identity in each.refused_for]
            said = f"{identity}{_listed('; rows need ', needs)}{_listed('; it refuses ', refuses)}"
            self.tell(ok("Identity", said))
        deletes = job is not None and any(verb(step.operation) == "delete" for step in job.steps)
        if target.protected or deletes:
            why = "the job deletes" if deletes else "the target is protected"
            alias = target.label
            self.tell(note("Confirmation", f"{why}: add --confirm-instance {alias} to run"))

    async def _quotas(self) -> None:
        """Tell whether the account's own request quotas can be read."""
        services = services_of(self.job) if self.job is not None else ("connect",)
        for service in (each for each in services if each in CODES):
            read = await read_rates(self.direct, service)
            for said in read.notes:
                self.tell(warning("Service Quotas", said))
            if not read.notes:
                found = f"{len(read.rates)} request rates of {service} read"
                self.tell(ok("Service Quotas", found))


def _subject(error: Exception, otherwise: str) -> str:
    """Return what an error is about."""
    if isinstance(error, NoRegionError):
        return "Region"
    return "Endpoint" if isinstance(error, UnreachableError | ForeignEndpointError) else otherwise


def _listed(before: str, names: list[str]) -> str:
    return f"{before}{', '.join(names)}" if names else ""


def _clock_finding(ahead: float) -> Finding:
    """Return what a clock that is so many seconds ahead of the server's means."""
    off = f"{abs(ahead):.0f} s {'ahead of' if ahead > 0 else 'behind'} the server's"
    if abs(ahead) >= SIGNATURE_TOLERANCE.total_seconds():
        return problem("Clock", f"{off}: AWS refuses what is signed by it. Set the clock.")
    if abs(ahead) >= CLOCK_WARNING_SECONDS:
        most = f"{SIGNATURE_TOLERANCE.total_seconds() / 60:.0f} minutes"
        return warning("Clock", f"{off}: AWS refuses requests beyond {most}. Set the clock.")
    return ok("Clock", "agrees with the server's to " + f"{max(abs(ahead), 1):.0f} s")


def _writes(job: Job) -> Finding:
    """Say of the writes that they were not tried."""
    writes = [each.operation for each in needed(job) if each.purpose == "write"]
    return note(
        "Writes",
        f"not tried, for that would change something: {', '.join(writes)}. `bulkops policy JOB` "
        "prints what they need; `--canary 1` tries them on one row.",
    )
