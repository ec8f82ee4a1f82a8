"""Flows as texts: whether two do the same, and what is different in the words of the designer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from bulkops.planning.flows.changes.compared_flow import ComparedFlow, compared
from bulkops.planning.flows.changes.flow_changes import FlowChange, flow_changes
from bulkops.planning.flows.flow_places import Content
from bulkops.planning.flows.flow_references import FlowReference
from bulkops.planning.flows.flow_shape import shape_flaws
from bulkops.planning.flows.found_texts import FlowSource, ReferenceForm
from bulkops.planning.plan import Change

MOST_TOLD = 30
"""Changes that are told of one flow; of the others how many they are."""
_NOWHERE = FlowSource()


def is_flow(value: Any) -> bool:  # noqa: ANN401  # any JSON value
    """Tell whether a JSON value is a flow that can be gone through."""
    held = isinstance(value, dict) and {"StartAction", "Actions"} <= value.keys()
    return held and not any(shape_flaws(value))


def flow_in(text: object) -> Content | None:
    """Return the flow that a text holds; None for anything else."""
    if not isinstance(text, str) or not text.startswith("{"):
        return None
    try:
        value = json.loads(text)
    except ValueError:
        return None
    return value if is_flow(value) else None


def do_the_same(one: Content, other: Content) -> bool:
    """Tell whether two flows of an instance do the same, however they are drawn and written."""
    return one == other or _compared(one, _by_id).canonical == _compared(other, _by_id).canonical


def told_changes(
    field: str, old: object, new: object, name_of: Callable[[str, str], str]
) -> tuple[Change, ...] | None:
    """Return how one flow becomes another, block by block; None where they are no flows.

    `name_of` gives the name of a thing of a kind by its id.
    """
    before, after = flow_in(old), flow_in(new)
    if before is None or after is None:
        return None

    def named(reference: FlowReference) -> str:
        said = _by_id(reference)
        return said and f"{reference.kind}:{name_of(reference.kind, reference.found.thing_id)}"

    changes = flow_changes(_compared(before, named), _compared(after, named))
    told = [each for change in changes for each in _told(field, change)]
    if len(told) > MOST_TOLD:
        more = f"{len(told) - MOST_TOLD} more changes"
        told[MOST_TOLD:] = [Change(field=field, old="", new=more)]
    return tuple(told)


def _told(field: str, change: FlowChange) -> Iterator[Change]:
    where = field if change.block is None else f"{field}, {change.block}"
    for member in change.members:
        yield Change(field=f"{where}, {member.path}", old=member.old, new=member.new)
    if not change.members:
        yield Change(field=where, old="", new=change.what)


def _compared(content: Content, naming: Callable[[FlowReference], str]) -> ComparedFlow:
    return compared(content, _NOWHERE, naming)


def _by_id(reference: FlowReference) -> str:
    """Return what tells a thing of the instance from others, by its id or by its ARN."""
    found = reference.found
    is_bare = reference.form is ReferenceForm.ID
    is_here = bool(found.instance) and reference.form is ReferenceForm.ARN
    return f"{found.kind}:{found.thing_id}" if is_bare or is_here else ""
