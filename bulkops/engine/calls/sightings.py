"""What a look at an instance tells about a call in doubt: told apart by what is certain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from bulkops.definition.call_marks import mark_in
from bulkops.definition.job import Step
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.definition.relations import RelationKind
from bulkops.pacing.delays import SIGNATURE_TOLERANCE
from bulkops.planning.diff.comparison import as_sent
from bulkops.planning.diff.entry_comparison import entry_as_sent, entry_of
from bulkops.planning.diff.led_states import led_differences
from bulkops.planning.inventory import Thing


class Sighting(StrEnum):
    """What a look found."""

    OURS = "ours"  # what the call made: it bears its mark
    ANOTHERS = "another's"  # certainly not made by this call
    AS_SENT = "as-sent"  # there, and as the call would have made it
    DIFFERENT = "different"  # there, but not as the call would have made it, nor as before
    AS_BEFORE = "as-before"  # there, and as it was before the call
    PARTLY = "partly"  # of a list's entries some are there as sent, the others are not
    HIDDEN = "hidden"  # listed, but not to be read yet
    ABSENT = "absent"  # not there, or not visible yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What was seen; `thing` is what it was seen of, `known` what is known of it, in words."""

    seen: Sighting
    thing: Thing | None = None
    known: str = ""


def sight_of_made(
    step: Step,
    params: Mapping[str, Any],
    things: Sequence[Thing],
    kind: ThingKind,
    *,
    mark: str,
    sent_at: str,
) -> Sight:
    """Return what the things of a name tell about the call that was to make one of them.

    `mark` is the one that the call sent, empty for none; `sent_at` is when it was sent first. A
    thing is the call's own by its mark alone: others may have made one that is just the same.
    """
    ours = [thing for thing in things if mark and mark_in(thing.state or {}) == mark]
    if ours:
        return Sight(seen=Sighting.OURS, thing=ours[0])
    told = {thing.id: _not_ours(thing, mark, sent_at) for thing in things}
    others = [thing for thing in things if not told[thing.id]]
    if not others:
        if not things:
            return Sight(seen=Sighting.ABSENT)
        return Sight(seen=Sighting.ANOTHERS, thing=things[0], known=told[things[0].id])
    if others[0].state is None:
        return Sight(seen=Sighting.HIDDEN, thing=others[0], known=_known(others[0], ""))
    same = [thing for thing in others if as_sent(step, params, thing, kind)]
    seen, said = Sighting.DIFFERENT, "it differs from what was sent"
    if same:
        seen, said = Sighting.AS_SENT, "it is as it was sent"
    thing = (same or others)[0]
    return Sight(seen=seen, thing=thing, known=_known(thing, said))


def _not_ours(thing: Thing, mark: str, sent_at: str) -> str:
    """Return why a thing is certainly not what a call made; empty where it may be."""
    theirs = mark_in(thing.state or {})
    if theirs and theirs != mark:
        run, _, call = theirs.rpartition("/")
        same = run == mark.rpartition("/")[0]
        return f"call {call} of {'this run' if same else f'another run, {run},'} made it"
    changed = _last_modified(thing)
    if changed is None or not sent_at:
        return ""
    if changed + SIGNATURE_TOLERANCE < datetime.fromisoformat(sent_at):
        return f"it was there before: nothing of it has changed since {_stamp(changed)}"
    return ""


def _known(thing: Thing, said: str) -> str:
    changed = _last_modified(thing)
    when = "" if changed is None else f"it was last modified {_stamp(changed)}"
    return ", ".join(filter(None, (f"its id is {thing.id}", when, said)))


def _last_modified(thing: Thing) -> datetime | None:
    value = (thing.state or {}).get("LastModifiedTime")
    if not isinstance(value, datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def sight_of_changed(
    step: Step,
    params: Mapping[str, Any],
    before: Mapping[str, Any] | None,
    thing: Thing | None,
    kind: ThingKind,
) -> Sight:
    """Return what a thing tells about the call that was to change it; None: it is not there.

    `before` are the values that the call was to replace, None where they were not kept: then
    what is not as sent counts as before.
    """
    if thing is None:
        return Sight(seen=Sighting.ABSENT)
    if step.leads_to:
        left = led_differences(step, params, thing.state or {}, kind, described=thing.described)
        return Sight(seen=Sighting.AS_BEFORE if left else Sighting.AS_SENT, thing=thing)
    if as_sent(step, params, thing, kind):
        return Sight(seen=Sighting.AS_SENT, thing=thing)
    if before is None or as_sent(step, before, thing, kind):
        return Sight(seen=Sighting.AS_BEFORE, thing=thing)
    return Sight(seen=Sighting.DIFFERENT, thing=thing, known=_known(thing, ""))


def sight_of_list(
    relation: RelationKind,
    elements: Sequence[Any],
    before: Sequence[Any] | None,
    there: Sequence[Mapping[str, Any]],
) -> Sight:
    """Return what a list tells about the call that was to change some of its entries."""
    found = [entry_as_sent(relation, element, there) for element in elements]
    if all(found):
        return Sight(seen=Sighting.AS_SENT)
    if before is not None and all(entry_as_sent(relation, each, there) for each in before):
        return Sight(seen=Sighting.AS_BEFORE)
    others = [each for each, same in zip(elements, found, strict=True) if not same]
    if any(entry_of(relation, each, there) is not None for each in others):
        known = "an entry of that list is there with other values"
        return Sight(seen=Sighting.DIFFERENT, known=known)
    return Sight(seen=Sighting.PARTLY if any(found) else Sighting.ABSENT)
