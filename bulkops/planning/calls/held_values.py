"""What a call sends of an entry as it is when the call is planned, such as its lock version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bulkops.definition.batch_limits import batched_member, held_in_entry
from bulkops.definition.job import Step
from bulkops.definition.model.member_paths import EACH
from bulkops.planning.calls.argument import Argument, Path


def as_held(step: Step, arguments: Sequence[Argument], entry: Mapping[str, Any]) -> list[Argument]:
    """Return a step's arguments with what they send of an entry of a list as it is now."""
    member = batched_member(step)
    held: dict[Path, Any] = {
        (member, EACH, name): entry.get(path) for name, path in held_in_entry(step)
    }
    known = [each._replace(value=held.get(each.path, each.value)) for each in arguments]
    return [each for each in known if each.value is not None or each.path not in held]


def with_held(
    step: Step, params: Mapping[str, Any], entry: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Return a row's params with what its element sends of an entry; of none there is, without."""
    member, names = batched_member(step), dict(held_in_entry(step))
    if not names:
        return dict(params)
    kept = {name: value for name, value in params[member][0].items() if name not in names}
    now = {name: entry[path] for name, path in names.items() if entry and path in entry}
    return {**params, member: [{**kept, **now}]}
