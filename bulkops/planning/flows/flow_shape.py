"""Whether a flow's JSON has the shape of the language, so that the rest may rely on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bulkops.planning.flows.flow_flaws import FlowFlaw
from bulkops.planning.flows.flow_places import Block, Place

_LISTS = ("Errors", "Conditions")
_CALLED: Mapping[type, str] = {dict: "an object", list: "a list", str: "a text"}


def shape_flaws(content: dict[str, Any]) -> Iterator[FlowFlaw]:
    """Yield each member that is of another JSON type than the language has there.

    Members that are left out, or null, are none: the parameters of a block that ends a flow,
    the ways out of a draft.
    """
    yield from _unless(content, "Metadata", dict, ())
    metadata = content.get("Metadata")
    if isinstance(metadata, dict):
        yield from _unless(metadata, "ActionMetadata", dict, ("Metadata",))
    yield from _unless(content, "StartAction", str, ())
    actions = content.get("Actions")
    if not isinstance(actions, list):
        if actions is not None:
            yield _flaw("it must be a list", ("Actions",))
        return
    for index, action in enumerate(actions):
        if isinstance(action, dict):
            yield from _of_action(action, index)
        else:
            yield _flaw("a block must be an object", ("Actions", index))


def _of_action(action: dict[str, Any], index: int) -> Iterator[FlowFlaw]:
    place = ("Actions", index)
    identifier, of_type = action.get("Identifier"), action.get("Type")
    said = (each if isinstance(each, str) else "" for each in (identifier, of_type))
    block = Block(index, *said)
    for name, value in (("Identifier", identifier), ("Type", of_type)):
        if not isinstance(value, str) or not value:
            yield _flaw("a block must have it, as a text", (*place, name), block)
    yield from _unless(action, "Parameters", dict, place, block)
    yield from _unless(action, "Transitions", dict, place, block)
    transitions = action.get("Transitions")
    if isinstance(transitions, dict):
        yield from _of_transitions(transitions, (*place, "Transitions"), block)


def _of_transitions(held: dict[str, Any], place: Place, block: Block) -> Iterator[FlowFlaw]:
    yield from _unless(held, "NextAction", str, place, block)
    for name in _LISTS:
        yield from _unless(held, name, list, place, block)
        ways = held.get(name)
        for index, way in enumerate(ways if isinstance(ways, list) else ()):
            there = (*place, name, index)
            if not isinstance(way, dict):
                yield _flaw("it must be an object", there, block)
                continue
            yield from _unless(way, "NextAction", str, there, block)
            yield from _unless(way, "Condition", dict, there, block)
            for asked, at in ((way, there), (way.get("Condition"), (*there, "Condition"))):
                if isinstance(asked, dict):
                    yield from _unless(asked, "Operands", list, at, block)


def _unless(
    held: dict[str, Any],
    name: str,
    wanted: type,
    place: Place,
    block: Block | None = None,
) -> Iterator[FlowFlaw]:
    value = held.get(name)
    if value is not None and not isinstance(value, wanted):
        yield _flaw(f"it must be {_CALLED[wanted]}", (*place, name), block)


def _flaw(message: str, place: Place, block: Block | None = None) -> FlowFlaw:
    return FlowFlaw(code="shape", message=message, block=block, place=place)
