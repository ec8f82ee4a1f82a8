"""How a doubt ends, decided from what was seen: one pure function."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from bulkops.definition.settling_ways import Look
from bulkops.definition.verbs import Verb
from bulkops.engine.calls.sightings import Sighting
from bulkops.ledger.states import CallState
from bulkops.pacing.delays import LATE_SECONDS, SOON_SECONDS
from bulkops.pacing.error_codes import RESOURCE_NOT_FOUND

_NAME_TAKEN = frozenset({"IdempotencyException", "ResourceConflictException"})
"""Codes by which some services say what others say by the one that the job names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How a doubt ends: the state that the call moves to, and why."""

    state: CallState
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What is known beside what is seen.

    `waited` is in seconds since the first look, when this one began. `refused` is the code with
    which the service has refused the call after the doubt, empty where it has not. `rows` are
    those that the call carries and that could be sent apart.
    """

    waited: float = 0.0
    refused: str = ""
    rows: int = 1

    @property
    def soon(self) -> bool:
        """Whether what could be visible mostly is by now."""
        return self.waited >= SOON_SECONDS

    @property
    def last(self) -> bool:
        """Whether there will be no other look."""
        return self.waited >= LATE_SECONDS


def conclude(does: Verb, seen: Sighting, look: Look, given: Circumstances) -> Verdict | None:
    """Return how the doubt ends, or None to look again later.

    `does` is what the operation does (`definition.job.verb`). PLANNED means that the call did not
    act, and is to be sent again. What claims least:

    - Made things are claimed by their mark alone.
    - Of a list's entry or a value, what is found as sent is the state asked for: that is what the
      row's success says, not that nobody else has set the same meanwhile.
    - What is to be removed and is gone is done, whoever removed it.
    """
    match does:
        case "create":
            return _about_made(seen, look, given)
        case "associate":
            return _about_entry(seen, given)
        case "update":
            return _about_value(seen, given)
        case "delete" | "disassociate":
            return _about_removal(seen, given)
        case _:
            assert_never(does)


def _about_made(seen: Sighting, look: Look, given: Circumstances) -> Verdict | None:
    unique = bool(look.duplicate)
    if seen is Sighting.OURS:
        return Verdict(state=CallState.SUCCEEDED, why="it bears this call's tag")
    # one of a name that others may bear too says nothing of ours
    if seen is Sighting.ABSENT or (seen is Sighting.ANOTHERS and not unique):
        return _about_missing(unique, given, _taken(look, given))
    # a stale read may still show one that was deleted before
    clear = given.soon if unique and seen is not Sighting.HIDDEN else given.last
    if not clear:
        return None
    if seen is Sighting.ANOTHERS:
        return Verdict(state=CallState.FAILED, why="another call made what is there")
    return Verdict(state=CallState.UNKNOWN, why="what is there does not tell who made it")


def _about_missing(unique: bool, given: Circumstances, taken: bool) -> Verdict | None:  # noqa: FBT001  # two facts of one decision
    if taken:
        why = "the service says it is there, but it did not become visible"
        return Verdict(state=CallState.UNKNOWN, why=why) if given.last else None
    # a service that refuses duplicates makes it safe to send again before the last look
    return _did_not_act(given, harmless=unique)


def _taken(look: Look, given: Circumstances) -> bool:
    return bool(given.refused) and given.refused in {look.duplicate, *_NAME_TAKEN}


def _about_entry(seen: Sighting, given: Circumstances) -> Verdict | None:
    if seen is Sighting.AS_SENT:
        return Verdict(state=CallState.SUCCEEDED, why="found as it was sent")
    if seen is Sighting.DIFFERENT:
        why = "found, but different from what was sent"
        return Verdict(state=CallState.UNKNOWN, why=why) if given.soon else None
    return _did_not_act(given)


def _about_value(seen: Sighting, given: Circumstances) -> Verdict | None:
    if seen is Sighting.AS_SENT:
        return Verdict(state=CallState.SUCCEEDED, why="found as it was sent")
    if seen is Sighting.DIFFERENT:
        why = "found, but neither as it was sent nor as it was before"
        return Verdict(state=CallState.UNKNOWN, why=why) if given.soon else None
    return _did_not_act(given)


def _about_removal(seen: Sighting, given: Circumstances) -> Verdict | None:
    # a batch is refused for any one of its entries: that says nothing of the others
    missing = given.refused == RESOURCE_NOT_FOUND and given.rows == 1
    if missing or seen is Sighting.ABSENT:
        return Verdict(state=CallState.SUCCEEDED, why="it is gone")
    return _did_not_act(given)


def _did_not_act(given: Circumstances, *, harmless: bool = True) -> Verdict | None:
    """Believe that it did not act, once reads have had time to show what it did."""
    if given.refused and given.rows == 1:
        # nothing is sent again: to be wrong would be to fail a row that was done
        why = f"did not act, and then {given.refused}"
        return Verdict(state=CallState.FAILED, why=why) if given.last else None
    if given.soon if harmless else given.last:
        return Verdict(state=CallState.PLANNED, why="did not act: sent again")
    return None
