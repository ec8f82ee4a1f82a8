"""How a run ended, and what that means to a script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bulkops.engine.signals import Control, Stop
from bulkops.errors import Exit
from bulkops.ledger.states import RowStatus
from bulkops.pacing.replies import Fault, FaultClass
from bulkops.reports.formats import rows_named
from bulkops.reports.run_facts import RunFacts, TargetLeft

_STOPS: Mapping[Stop, Exit] = {
    Stop.INTERRUPTED: Exit.INTERRUPTED,
    Stop.TERMINATED: Exit.TERMINATED,
    Stop.MAX_FAIL: Exit.STOPPED,
    Stop.FATAL: Exit.STOPPED,
    Stop.RECORD_GONE: Exit.STOPPED,
    Stop.CANARY: Exit.STOPPED,
    Stop.MAX_DURATION: Exit.TIME_OVER,
}
BAD = (RowStatus.FAILED, RowStatus.UNKNOWN, RowStatus.INVALID)
"""Statuses with which a row did not come to what the sheet asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOutcome:
    """What a run came to. `counts` are those of the whole run, earlier attempts included.

    `said`: why there was nothing to be done; empty where something was.
    """

    run: str
    folder: Path
    counts: Mapping[RowStatus, int]
    facts: RunFacts
    files: tuple[Path, ...] = ()
    unwritten: tuple[str, ...] = ()
    """What could not be written beside the ledger, and why, a sentence each."""
    said: str = ""

    @property
    def exit(self) -> Exit:
        """The exit code."""
        return Exit(self.facts.exit or 0)


def exit_of(control: Control, counts: Mapping[RowStatus, int], blocked: int = 0) -> Exit:
    """Return the exit code of a run that has stopped sending.

    `blocked` are pending rows that wait for failed ones: there is nothing to go on with in them.
    """
    open_rows = counts.get(RowStatus.PENDING, 0) - blocked
    # what a stop left in doubt is counted as unknown
    if open_rows or counts.get(RowStatus.UNKNOWN):
        if control.reason is not None:
            return _STOPS[control.reason]
        if control.closed:
            return Exit.STOPPED
    if control.exhausted and open_rows:
        return Exit.EXHAUSTED
    if open_rows:
        # rows that this process could not fill, such as those whose secret is gone: resumable
        return Exit.STOPPED
    return Exit.SOME_FAILED if any(counts.get(status) for status in BAD) else Exit.DONE


def reason_of(control: Control, left: Mapping[str, int]) -> str:
    """Return why a run stopped before its end, wholly or in part; empty where it did not.

    `left` has the number of rows that are left of each target, where there are several.
    """
    faults = [f"{_of(target, left)}{said}" for target, said in _said_by_target(control)]
    if control.reason is not Stop.FATAL and control.reason is not None:
        return " ".join(filter(None, [_SENTENCES[control.reason], "; ".join(faults)]))
    if not faults and control.fault is not None:
        return _said(control.operation, control.fault)
    return "; ".join(faults)


def left_of(
    control: Control, counts: Mapping[str, Mapping[RowStatus, int]]
) -> tuple[TargetLeft, ...]:
    """Return what a run of several targets has left, by target; nothing for a run of one."""
    if len(counts) < 2:  # noqa: PLR2004  # several
        return ()
    reasons: dict[str, list[str]] = {}
    for target, said in _said_by_target(control):
        reasons.setdefault(target, []).append(said)
    return tuple(
        TargetLeft(
            target=target,
            pending=each.get(RowStatus.PENDING, 0),
            unknown=each.get(RowStatus.UNKNOWN, 0),
            reason="; ".join(reasons.get(target, ())),
        )
        for target, each in counts.items()
        if each.get(RowStatus.PENDING) or each.get(RowStatus.UNKNOWN)
    )


def _said_by_target(control: Control) -> Iterator[tuple[str, str]]:
    for target, closing in control.closed.items():
        yield target, _said(closing.operation, closing.fault)
    for (target, _, operation), fault in control.exhausted.items():
        yield target, _said(operation, fault)


def _of(target: str, left: Mapping[str, int]) -> str:
    if target not in left:
        return ""
    return f"{target} ({rows_named(left[target])} left): "


def _said(operation: str, fault: Fault) -> str:
    # a status of 0 may also be that of credentials that are not to be had
    passing = fault.fault_class in (FaultClass.TRANSIENT, FaultClass.IN_DOUBT)
    met = "got no answer" if passing and fault.http_status == 0 else "was refused"
    return f"{operation} {met}: {fault.code}: {fault.message}"


_SENTENCES: Mapping[Stop, str] = {
    Stop.INTERRUPTED: "Stopped by Ctrl-C; what was in flight is finished.",
    Stop.TERMINATED: "Stopped by a signal; what was in flight is finished.",
    Stop.MAX_FAIL: "Stopped by --max-fail: too many rows failed.",
    Stop.RECORD_GONE: "Stopped: the record of the run can't be found any more.",
    Stop.CANARY: "Stopped after the canary rows.",
    Stop.MAX_DURATION: "Stopped by --max-duration.",
}
