"""What taking a call back sends of the entry of a list as it is now, such as its lock version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bulkops.definition.batch_limits import batched_member
from bulkops.definition.kinds.found_things import WITHIN, Find, Member
from bulkops.definition.relations import RELATIONS
from bulkops.planning.calls.held_values import with_held
from bulkops.planning.diff.entry_comparison import entry_of
from bulkops.planning.undo.undo_state import PastCall


def params_now(past: PastCall) -> Mapping[str, Any]:
    """Return the params of what takes a call back, with what they hold of the entry as it is."""
    inverse, subject = past.inverse, past.step.subject
    if isinstance(subject, Find) and subject.within is not None:
        return {**_owner_now(past, subject, subject.within), **inverse.params}
    if not isinstance(subject, Member) or not batched_member(inverse.step):
        return inverse.params
    owner = past.thing(subject.of)
    there = () if owner is None else past.inventory.entries(subject.relation, owner.id)
    relation = RELATIONS[subject.relation]
    mine = relation.elements_in(past.done.params, batched_member(past.step))[0]
    return with_held(inverse.step, inverse.params, entry_of(relation, mine, there))


def _owner_now(past: PastCall, subject: Find, within: Find) -> Mapping[str, Any]:
    """Return the id of that in which a thing lies, where the call did not say it."""
    thing = past.thing(subject)
    owners = past.inventory.find(within.kind, past.name.partition(WITHIN)[0])
    ids = [thing.within] if thing is not None else [each.id for each in owners]
    named = (name for name, arg in past.inverse.step.args.items() if arg == within)
    return dict.fromkeys(named, ids[0]) if len(ids) == 1 else {}
