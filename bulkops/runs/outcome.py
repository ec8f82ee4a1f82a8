"""How a run ended, and what that means to a script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bulkops.engine.signals import Control, Stop
from bulkops.errors import Exit
from bulkops.ledger.states import RowStatus
from bulkops.pacing.replies import Fault
from bulkops.reports.run_facts import RunFacts

_STOPS: Mapping[Stop, Exit] = {
    Stop.INTERRUPTED: Exit.INTERRUPTED,
    Stop.TERMINATED: Exit.TERMINATED,
    Stop.MAX_FAIL: Exit.STOPPED,
    Stop.FATAL: Exit.STOPPED,
    Stop.CANARY: Exit.STOPPED,
    Stop.MAX_DURATION: Exit.TIME_OVER,
}
BAD = (RowStatus.FAILED, RowStatus.UNKNOWN, RowStatus.INVALID)
"""Statuses with which a row did not come to what the sheet asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOutcome:
    """What a run came to. `counts` are those of the whole run, earlier attempts included."""

    run: str
    folder: Path
    counts: Mapping[RowStatus, int]
    facts: RunFacts
    files: tuple[Path, ...] = ()

    @property
    def exit(self) -> Exit:
        """The exit code."""
        return Exit(self.facts.exit or 0)


def exit_of(control: Control, counts: Mapping[RowStatus, int]) -> Exit:
    """Return the exit code of a run that has stopped sending."""
    open_rows = counts.get(RowStatus.PENDING, 0)
    if control.reason is not None and (open_rows or counts.get(RowStatus.UNKNOWN)):
        return _STOPS[control.reason]
    if control.exhausted and open_rows:
        return Exit.EXHAUSTED
    return Exit.SOME_FAILED if any(counts.get(status) for status in BAD) else Exit.DONE


def reason_of(control: Control) -> str:
    """Return in one sentence why a run stopped before its end; empty where it did not."""
    if control.reason is Stop.FATAL and control.fault is not None:
        return _said(control.operation, control.fault)
    if control.reason is not None:
        return _SENTENCES[control.reason]
    return "; ".join(
        _said(operation, fault) for (_, _, operation), fault in control.exhausted.items()
    )


def _said(operation: str, fault: Fault) -> str:
    return f"{operation} was refused: {fault.code}: {fault.message}"


_SENTENCES: Mapping[Stop, str] = {
    Stop.INTERRUPTED: "Stopped by Ctrl-C; what was in flight is finished.",
    Stop.TERMINATED: "Stopped by a signal; what was in flight is finished.",
    Stop.MAX_FAIL: "Stopped by --max-fail: too many rows failed.",
    Stop.CANARY: "Stopped after the canary rows.",
    Stop.MAX_DURATION: "Stopped by --max-duration.",
}
