"""Asking how far work is that a service has accepted, until it has come to an end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, assert_never

import anyio

from bulkops.definition.expressions import Saved
from bulkops.definition.homes import filled
from bulkops.definition.job import Polling, Step
from bulkops.definition.model.member_paths import value_at_dotted
from bulkops.engine.calls.context import RunContext
from bulkops.engine.calls.sent_values import value_of
from bulkops.engine.calls.waits import Wait
from bulkops.engine.reads.instance_reader import ReadError
from bulkops.ledger.records import Result, StoredCall
from bulkops.ledger.states import CallState
from bulkops.pacing.delays import next_poll
from bulkops.pacing.error_codes import RESOURCE_NOT_FOUND
from bulkops.pacing.read_retries import is_passing
from bulkops.planning.rows.row_names import RowNames

_FAILED = "The service accepted it and could not carry it out: mend what it says, and retry."
_ABSENT = "Look whether it is there by now; `bulkops retry` looks once more."


class Work(StrEnum):
    """How far accepted work is."""

    UNDER_WAY = "under-way"
    DONE = "done"
    FAILED = "failed"
    ABSENT = "absent"  # nothing is there of which the service would say how far it is


@dataclass(frozen=True, slots=True)
class WorkReport:
    """What the service said of accepted work: how far it is, in its own word and words."""

    work: Work
    state: str = ""
    said: str = ""


def report_of(polling: Polling, data: Mapping[str, Any] | None) -> WorkReport:
    """Return what a polled reply says; None: there is nothing to be read."""
    if data is None:
        return WorkReport(Work.DONE if polling.gone else Work.ABSENT)
    state = str(value_at_dotted(data, polling.path) or "")
    said = str(value_at_dotted(data, polling.message) or "") if polling.message else ""
    if state in polling.failed:
        return WorkReport(Work.FAILED, state, said)
    return WorkReport(Work.DONE if state in polling.done else Work.UNDER_WAY, state, said)


class Polls:
    """Asks about accepted calls, one at a time for each target and reading operation."""

    def __init__(self, context: RunContext) -> None:
        self._context = context
        self._turns: dict[tuple[str, str], anyio.Lock] = {}

    async def until_over(
        self, call: StoredCall, step: Step, polling: Polling, wait: Wait
    ) -> WorkReport:
        """Ask at growing intervals until the work is over, or for as long as the step says.

        `wait` is told what was heard last. Raises ReadError where nobody may ask.
        """
        began = anyio.current_time()
        ends = began + polling.most
        while True:
            wait.until = min(anyio.current_time() + next_poll(anyio.current_time() - began), ends)
            await anyio.sleep_until(wait.until)
            report = await self._asked(call, step, polling)
            over = report.work in (Work.DONE, Work.FAILED)
            if over or anyio.current_time() >= ends:
                return report
            wait.said = said_of(call, self._context.names, report)

    async def _asked(self, call: StoredCall, step: Step, polling: Polling) -> WorkReport:
        turn = self._turns.setdefault((call.target, polling.operation), anyio.Lock())
        reader = self._context.reader(call.target)
        async with turn:
            try:
                params = self._params(call, step, polling)
                reply = await reader.read(call.service, polling.operation, params)
            except ReadError as error:
                if error.fault.code == RESOURCE_NOT_FOUND:
                    return report_of(polling, None)
                if is_passing(error.fault):
                    return WorkReport(Work.UNDER_WAY)
                raise
        return report_of(polling, reply.data)

    def _params(self, call: StoredCall, step: Step, polling: Polling) -> dict[str, Any]:
        places = self._context.targets[call.target].places
        return {
            **filled(call.service, polling.operation, places),
            **{
                name: call.saved[arg.name] if isinstance(arg, Saved) else value_of(step, call, arg)
                for name, arg in polling.args.items()
            },
        }


def said_of(call: StoredCall, names: RowNames, report: WorkReport | None = None) -> str:
    """Return what is waited for, in a sentence."""
    state = f", {report.state} there" if report is not None and report.state else ""
    return f"{call.operation} of {names.several(call.rows)} is accepted{state}"


def end_of(call: StoredCall, report: WorkReport) -> tuple[CallState, str, Result | None] | None:
    """Return how accepted work ended, why, and what the ledger keeps of it; None: it has not."""
    match report.work:
        case Work.DONE:
            return CallState.SUCCEEDED, report.state or "gone", None
        case Work.FAILED:
            said = report.said or f"The service accepted {call.operation} and says {report.state}."
            kept = Result(error_code=report.state, error=said, hint=_FAILED)
            return CallState.FAILED, report.state, kept
        case Work.ABSENT:
            said = f"The service accepted {call.operation}, and nothing is there that it was about."
            kept = Result(error_code="Unknown", error=said, hint=_ABSENT)
            return CallState.UNKNOWN, "nothing is there", kept
        case Work.UNDER_WAY:
            return None
        case _:
            assert_never(report.work)
