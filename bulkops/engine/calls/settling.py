"""Settling a call in doubt: looking until it is clear what it did."""

from __future__ import annotations

from dataclasses import dataclass, replace

import anyio

from bulkops.definition.call_marks import MARK_KEY
from bulkops.definition.job import Step
from bulkops.definition.settling_ways import Look
from bulkops.definition.verbs import verb
from bulkops.engine.calls.call_results import adopted, refusal
from bulkops.engine.calls.context import RunContext
from bulkops.engine.calls.looking import Looks
from bulkops.engine.calls.sightings import Sight, Sighting
from bulkops.engine.calls.verdicts import Circumstances, Verdict, conclude
from bulkops.engine.calls.waits import Wait
from bulkops.engine.reads.instance_reader import ReadError
from bulkops.ledger.records import Result, StoredCall
from bulkops.ledger.states import CallState
from bulkops.pacing.delays import LOOKS, next_look
from bulkops.pacing.failure_hints import hint
from bulkops.pacing.read_retries import is_passing
from bulkops.pacing.replies import Fault, FaultClass

UNSETTLED = Result(
    error_code="Unknown",
    error="The answer was lost, and what is there does not tell whether this call made it.",
    hint=(
        "Compare the row with what is there: where it is right, nothing is left to do; where it is "
        "not, mend or delete it there. `bulkops retry` looks once more."
    ),
)


def _matters_if_absent(step: Step, look: Look, given: Circumstances) -> bool:
    """Tell whether it must be certain of what is not found: that would settle it, or may by now."""
    absent = conclude(verb(step.operation), Sighting.ABSENT, look, given)
    return given.soon or absent is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """How a doubt ended, and what the ledger keeps of it."""

    state: CallState
    why: str
    result: Result | None = None


class Settler:
    """Looks at an instance for what calls in doubt did there."""

    def __init__(self, context: RunContext) -> None:
        self._context = context
        self._looks = Looks(context)

    async def settle(
        self, call: StoredCall, step: Step, *, fault: Fault | None = None, wait: Wait | None = None
    ) -> Settled:
        """Look at once and then at growing intervals, until a verdict.

        `fault` is what the call met last in this process; `wait` is told when the next look is.
        Raises ReadError where nobody may look, or the last look brought no answer: the doubt stays.
        """
        # a step that settles otherwise is looked at too, once it is given up
        look = step.settle if isinstance(step.settle, Look) else Look()
        refused = fault if fault and fault.fault_class is FaultClass.REJECTED else None
        began, number = anyio.current_time(), -1
        while True:
            number = next_look(anyio.current_time() - began, number)
            if wait is not None:
                wait.until = began + LOOKS[number]
            await anyio.sleep_until(began + LOOKS[number])
            if wait is not None:
                wait.until = None
            given = Circumstances(
                # a look counts from when it began: what it shows may be as old
                waited=max(LOOKS[number], anyio.current_time() - began),
                refused=refused.code if refused else "",
                rows=self._context.parts_of(call),
            )
            try:
                sight = await self._looks.look(
                    call, step, for_certain=_matters_if_absent(step, look, given)
                )
            except ReadError as error:
                if given.last or not is_passing(error.fault):
                    raise
                continue  # the next look may get through
            verdict = conclude(verb(step.operation), sight.seen, look, given)
            if verdict is not None:
                result = self._kept(call, step, verdict, sight, refused)
                return Settled(state=verdict.state, why=verdict.why, result=result)

    def _kept(
        self, call: StoredCall, step: Step, verdict: Verdict, sight: Sight, refused: Fault | None
    ) -> Result | None:
        match verdict.state:
            case CallState.SUCCEEDED if sight.thing is not None:
                return Result(saved=adopted(step, sight.thing))
            case CallState.UNKNOWN:
                return unsettled(self._context, call, sight.known)
            case CallState.FAILED if sight.seen is Sighting.ANOTHERS:
                return _refused_by_name(call, step, sight)
            case CallState.FAILED if refused is not None:
                return refusal(refused, call.operation)
            case _:
                return None


def _refused_by_name(call: StoredCall, step: Step, sight: Sight) -> Result:
    """Return what the service says of a name that somebody else has taken."""
    code = step.settle.duplicate if isinstance(step.settle, Look) else ""
    error = f"What has this name was not made by this call, which did not act: {sight.known}."
    return Result(error_code=code, error=error, hint=hint(code, call.operation))


def unsettled(context: RunContext, call: StoredCall, known: str = "") -> Result:
    """Return what is kept of a call of which nobody can tell what it did."""
    said = f"{UNSETTLED.error} What is there: {known}." if known else UNSETTLED.error
    return _with_tag(context, call, replace(UNSETTLED, error=said))


def given_up(context: RunContext, call: StoredCall, fault: Fault | None) -> Result:
    """Return what is kept of a call that there is no way to look for; `fault` is what it met."""
    return _with_tag(context, call, refusal(fault, call.operation) if fault else UNSETTLED)


def _with_tag(context: RunContext, call: StoredCall, kept: Result) -> Result:
    """Say by which tag a person can tell what a call made."""
    mark = context.mark_of(call)
    if not mark:
        return kept
    return replace(kept, error=f"{kept.error} What this call makes has the tag {MARK_KEY}={mark}.")
