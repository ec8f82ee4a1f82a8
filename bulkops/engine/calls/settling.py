"""Settling a call in doubt: looking until it is clear what it did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

import anyio

from bulkops.definition.batch_limits import batched_member
from bulkops.definition.job import Col, Find, Look, Member, Step, Verb, verb
from bulkops.definition.relations import RELATIONS
from bulkops.definition.thing_kinds import KINDS
from bulkops.engine.calls.context import RunContext
from bulkops.engine.calls.recorder import adopted
from bulkops.engine.reads.instance_reader import Reader, ReadError
from bulkops.engine.reads.search import described, entries, things_named
from bulkops.ledger.interface import Result, StoredCall
from bulkops.ledger.states import CallState
from bulkops.pacing.delays import LOOKS
from bulkops.pacing.error_codes import RESOURCE_NOT_FOUND
from bulkops.pacing.read_retries import is_passing
from bulkops.planning.diff.comparison import as_sent, entry_as_sent
from bulkops.planning.inventory import Thing
from bulkops.planning.plan import Placeholder

UNSETTLED = Result(
    error_code="Unknown",
    error="The answer was lost, and what is there does not tell whether this call made it.",
    hint="Compare the row with the instance; `bulkops retry` looks once more.",
)


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

    async def settle(self, call: StoredCall, step: Step, *, refused: bool = False) -> Settled:
        """Look at once and then at growing intervals, until a verdict or the last look."""
        # a step that settles otherwise is looked at too, once it is given up
        look = step.settle if isinstance(step.settle, Look) else Look()
        began = anyio.current_time()
        for number, pause in enumerate(LOOKS, start=1):
            await anyio.sleep(pause)
            try:
                seen, thing = await self._look(call, step)
            except ReadError as error:
                if not is_passing(error.fault):
                    raise
                continue  # the next look may get through
            verdict = conclude(
                verb(step.operation),
                seen,
                look,
                waited=anyio.current_time() - began,
                refused=refused,
                last=number == len(LOOKS),
            )
            if verdict is not None:
                return Settled(
                    state=verdict.state,
                    why=verdict.why,
                    result=_kept(verdict.state, step, thing),
                )
        return Settled(state=CallState.UNKNOWN, why="no look told", result=UNSETTLED)

    async def _look(self, call: StoredCall, step: Step) -> tuple[Sighting, Thing | None]:
        reader = self._context.reader(call.target)
        if isinstance(step.subject, Member):
            return await self._look_at_list(reader, call, step, step.subject), None
        if step.subject is None:
            return Sighting.ABSENT, None
        kind = KINDS[step.subject.kind]
        things = await _things(reader, call, step, step.subject)
        if not things:
            return Sighting.ABSENT, None
        # several may bear one name: one that is as it was sent is ours
        same = [thing for thing in things if as_sent(step, call.params, thing, kind)]
        return (Sighting.AS_SENT, same[0]) if same else (Sighting.DIFFERENT, things[0])

    async def _look_at_list(
        self, reader: Reader, call: StoredCall, step: Step, member: Member
    ) -> Sighting:
        relation = RELATIONS[member.relation]
        there = await entries(reader, relation, value_of(step, call, member.of))
        elements = call.params[batched_member(step)]
        found = [entry_as_sent(relation, element, there) for element in elements]
        if all(found):
            return Sighting.AS_SENT
        return Sighting.ABSENT if not any(found) else Sighting.DIFFERENT


async def _things(reader: Reader, call: StoredCall, step: Step, subject: Find) -> Sequence[Thing]:
    """Return the subject as it is now: by its name where the call makes it, else by its id."""
    kind = KINDS[subject.kind]
    if verb(step.operation) == "create":
        return await things_named(reader, kind, value_of(step, call, subject.by))
    thing_id = value_of(step, call, subject)
    try:
        return [await described(reader, kind, Thing(id=thing_id, name=""))]
    except ReadError as error:
        if error.fault.code == RESOURCE_NOT_FOUND:
            return []
        raise


def value_of(step: Step, call: StoredCall, arg: Col | Find) -> str:
    """Return what a call sends for an expression that stands at the top of its arguments.

    Where what an earlier step saved stands for a thing, that is the thing's id.
    """
    members = [name for name, given in step.args.items() if given == arg]
    if not members and isinstance(arg, Find):
        members = [name for name in step.args if name == _id_argument(arg)]
    (member,) = members
    value = call.params[member]
    return str(call.saved[value.name] if isinstance(value, Placeholder) else value)


def _id_argument(find: Find) -> str:
    describe = KINDS[find.kind].describe
    return describe.id_argument if describe else ""


def _kept(state: CallState, step: Step, thing: Thing | None) -> Result | None:
    if state is CallState.UNKNOWN:
        return UNSETTLED
    if state is CallState.SUCCEEDED and thing is not None:
        return Result(saved=adopted(step, thing))
    return None


RESEND_AFTER_SECONDS = 10.0
"""Reads lag behind writes by a few seconds as a rule: absent for longer mostly means absent."""


class Sighting(StrEnum):
    """What a look found."""

    AS_SENT = "as-sent"  # there, and as the call would have made it
    DIFFERENT = "different"  # there, but not as the call would have made it
    ABSENT = "absent"  # not there, or not visible yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How a doubt ends: the state that the call moves to, and why."""

    state: CallState
    why: str


def conclude(
    does: Verb, seen: Sighting, look: Look, *, waited: float, refused: bool, last: bool
) -> Verdict | None:
    """Return how the doubt ends, or None to look again later.

    `does` is what the operation does (`definition.job.verb`). `refused` tells that the service
    has meanwhile refused the call as done already, so its effect is there, visible or not.
    `waited` is in seconds since the first look; `last` tells that there will be no other.
    """
    if does in ("delete", "disassociate"):
        return _about_removal(seen, waited, refused=refused)
    if seen is Sighting.AS_SENT:
        return Verdict(state=CallState.SUCCEEDED, why="found as it was sent")
    if does == "update":
        # what is there is to be overwritten anyway
        return _again(waited)
    match seen:
        case Sighting.DIFFERENT:
            # it may be somebody else's
            return Verdict(state=CallState.UNKNOWN, why="found, but different from what was sent")
        case Sighting.ABSENT:
            return _about_absence(look, waited, refused=refused, last=last)
        case _:
            assert_never(seen)


def _about_absence(look: Look, waited: float, *, refused: bool, last: bool) -> Verdict | None:
    if refused:
        why = "the service says it is there, but it did not become visible"
        return Verdict(state=CallState.UNKNOWN, why=why) if last else None
    # a service that refuses duplicates makes it safe to send again before the last look
    return _again(waited) if look.duplicate or last else None


def _about_removal(seen: Sighting, waited: float, *, refused: bool) -> Verdict | None:
    if refused or seen is Sighting.ABSENT:
        return Verdict(state=CallState.SUCCEEDED, why="it is gone")
    return _again(waited)


def _again(waited: float) -> Verdict | None:
    """Send again once reads have had time to show what the first one did."""
    if waited < RESEND_AFTER_SECONDS:
        return None
    return Verdict(state=CallState.PLANNED, why="not found: sent again")
