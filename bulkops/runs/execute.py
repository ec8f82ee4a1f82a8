"""One attempt at a run whose ledger is open: carried out, reported, and how it ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import anyio

from bulkops.definition.job import Job
from bulkops.engine.calls.conductor import Conductor
from bulkops.engine.calls.context import RunContext
from bulkops.engine.lanes import Lane
from bulkops.engine.ports import Broadcast, SheetSecrets
from bulkops.engine.run_limits import RunLimits
from bulkops.engine.signals import Control
from bulkops.errors import Exit
from bulkops.ledger.interface import Ledger
from bulkops.ledger.records import RunRecord
from bulkops.ledger.states import RowStatus
from bulkops.pacing.chains.plan_course import PlanCourse
from bulkops.pacing.least_time import least_seconds
from bulkops.pacing.read_retries import is_read
from bulkops.reports.atomic_report import WrittenReports
from bulkops.reports.event_file import EventFile
from bulkops.reports.results import is_large
from bulkops.reports.run_facts import QuotaUsed, RunFacts
from bulkops.reports.run_reports import write_reports
from bulkops.runs.canary import carry_out_canary
from bulkops.runs.gone_record import ended_without
from bulkops.runs.ledger_notes import Meta, Note
from bulkops.runs.linked_calls import plan_course
from bulkops.runs.next_commands import next_command
from bulkops.runs.outcome import RunOutcome, exit_of, left_of, reason_of
from bulkops.runs.password_sheet import passwords_in
from bulkops.targets.connect import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRun:
    """A run whose ledger this process holds. `approve_rest` is asked after the canary rows.

    `only` are the rows that are meant, where not all are; `left` says why others are left pending.
    """

    folder: Path
    ledger: Ledger
    job: Job
    secrets: SheetSecrets
    limits: RunLimits
    tell: Broadcast
    approve_rest: Callable[[str], bool]
    only: frozenset[int] | None = None
    left: str = ""


async def carry_out(run: OpenRun, connection: Connection) -> RunOutcome:
    """Send what the ledger holds, obeying signals; then write the reports, also after a stop."""
    control, record = Control(), await run.ledger.run()
    events = EventFile(run.folder / "events.ndjson", run=record.id, now=connection.world.now)
    with closing(events):
        run.tell.add(events)
        async with anyio.create_task_group() as signals:
            signals.start_soon(control.obey_signals)
            outcome = await _attempt(run, record, connection, control)
            signals.cancel_scope.cancel()
        unwritten = tuple(filter(None, (*outcome.unwritten, events.trouble, *run.tell.lost)))
    return replace(outcome, unwritten=unwritten)


async def _attempt(
    run: OpenRun, record: RunRecord, connection: Connection, control: Control
) -> RunOutcome:
    before, began = await run.ledger.counts(), anyio.current_time()
    # what was read before a plan is over, and no part of what the attempt takes at the least
    admitted = {lane: lane.admitted for lane in connection.lanes}
    stamp = connection.world.stamp
    facts = RunFacts(targets=tuple(connection.targets.values()), started_at=stamp())
    await run.ledger.note(Note.ATTEMPT, facts.as_json())
    run.tell("run.started", job=record.job, rows=sum(before.values()))
    run.ledger.narrow(run.only)
    course = plan_course(await run.ledger.links(), connection)
    await _conduct(run, record, connection, control)
    after = await run.ledger.counts()
    facts = replace(
        facts,
        finished_at=stamp(),
        seconds=anyio.current_time() - began,
        attempt=_ended(before, after),
        **await _how_it_ended(run, control, after),
        **_pace_facts(tuple(connection.lanes), admitted, _chained(course, after)),
    )
    facts, written = await _reported(run, facts)
    told = {"cumulative": after, "this_attempt": facts.attempt}
    run.tell("run.finished", exit=facts.exit, reason=facts.reason, **told)
    return RunOutcome(
        run=record.id,
        folder=run.folder,
        counts=after,
        facts=facts,
        files=(*written.files, *passwords_in(run.folder)),
        unwritten=written.unwritten,
    )


async def _how_it_ended(
    run: OpenRun, control: Control, counts: Mapping[RowStatus, int]
) -> dict[str, Any]:
    left = left_of(control, await run.ledger.counts_by_target())
    reason = reason_of(control, {each.target: each.pending + each.unknown for each in left})
    blocked = len(await run.ledger.blocked())
    return {
        "exit": int(exit_of(control, counts, blocked)),
        "reason": reason or run.left,
        "left": left,
        "next_command": await next_command(run.ledger),
    }


async def _reported(run: OpenRun, facts: RunFacts) -> tuple[RunFacts, WrittenReports]:
    """Write the reports; where the run's folder is gone there is no place for them."""
    if loss := await run.ledger.lost():
        # where the folder was, there may be none, or another
        return await ended_without(facts, run.ledger, run.folder, loss), WrittenReports()
    stopped = facts.exit in (Exit.INTERRUPTED, Exit.TERMINATED)
    counts = await run.ledger.counts()
    if stopped and is_large(counts):
        # the reports take a second or more: who has stopped the run need not wait for the counts
        run.tell("run.stopped", reason=facts.reason, cumulative=counts)
    return facts, await report(run.ledger, run.folder, facts, stopped=stopped)


async def _conduct(
    run: OpenRun, record: RunRecord, connection: Connection, control: Control
) -> None:
    context = RunContext(
        job=run.job,
        ledger=run.ledger,
        targets=connection.targets,
        clients=connection.clients,
        lanes=connection.lanes,
        world=connection.world,
        secrets=run.secrets,
        tell=run.tell,
        token=record.id,
        call_tags=bool(record.meta.get(Meta.CALL_TAGS)),
        names=record.names,
    )
    conductor = Conductor(context, control, run.limits)
    if run.limits.canary:
        await carry_out_canary(
            conductor,
            control,
            run.ledger,
            run.limits.canary,
            only=run.only,
            tell=run.tell,
            approve_rest=run.approve_rest,
        )
    if control.reason is None:
        await conductor.conduct()


def _ended(before: Mapping[RowStatus, int], after: Mapping[RowStatus, int]) -> dict[RowStatus, int]:
    """Return how many rows came to have each status, pending ones left out."""
    grown = {status: number - before.get(status, 0) for status, number in after.items()}
    return {s: number for s, number in grown.items() if number > 0 and s is not RowStatus.PENDING}


def _chained(course: PlanCourse | None, counts: Mapping[RowStatus, int]) -> float:
    """Return the least seconds of calls that wait for others; 0 where that was not gone to its end.

    Of what was stopped on the way, the lanes tell how much there was of it.
    """
    return 0.0 if course is None or counts.get(RowStatus.PENDING) else course.seconds


def _pace_facts(
    lanes: Sequence[Lane], before: Mapping[Lane, int], chained: float
) -> dict[str, Any]:
    """Return how fast calls went; `before` are those that lanes let through before the attempt.

    `chained` are the least seconds of calls that wait for others.
    """
    by_lane = [least_seconds(lane.admitted - before.get(lane, 0), lane.quota) for lane in lanes]
    return {
        "quotas": tuple(_quota_used(lane) for lane in lanes),
        "least_seconds": max([chained, *by_lane]),
        "calls": sum(lane.admitted for lane in lanes if not is_read(lane.id.operation)),
        "throttles": sum(lane.throttles for lane in lanes),
    }


def _quota_used(lane: Lane) -> QuotaUsed:
    return QuotaUsed(
        account=lane.id.account,
        region=lane.id.region,
        service=lane.id.service,
        operation=lane.id.operation,
        rate=lane.quota.rate,
        burst=lane.quota.burst,
        source=lane.quota.source,
        note=lane.quota.note,
    )


async def report(
    ledger: Ledger, folder: Path, facts: RunFacts, *, stopped: bool = False
) -> WrittenReports:
    """Write a run's reports and keep the facts for writing them again.

    Of a run that was just `stopped` and has many rows, the workbook of results is left out.
    """
    written = await write_reports(ledger, folder, facts=facts, stopped=stopped)
    # only now: an attempt that died before its reports is not over, and a resume writes them
    await ledger.note(Note.ATTEMPT, facts.as_json())
    return written


async def report_anew(ledger: Ledger, folder: Path) -> WrittenReports | None:
    """Write a run's reports again as it stands now; None where it never was attempted."""
    notes = await ledger.notes()
    if Note.ATTEMPT not in notes:
        return None
    facts = RunFacts.from_json(notes[Note.ATTEMPT])
    return await report(ledger, folder, replace(facts, next_command=await next_command(ledger)))
