"""A flow as it is compared: what runs, with things by name, without layout and Identifiers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from bulkops.planning.flows.flow_places import (
    Block,
    Content,
    Lead,
    actions_of,
    block_at,
    leads,
)
from bulkops.planning.flows.flow_references import FlowReference, references
from bulkops.planning.flows.flow_rewriting import Replacement, with_replaced
from bulkops.planning.flows.found_texts import FlowSource, ReferenceForm

Naming: TypeAlias = Callable[[FlowReference], str]
"""What a reference leads to, the same text for the same thing in both flows: `queue:Sales`.

An empty text leaves what stands there.
"""
_TOLD_APART = ("Identifier", "Type", "Parameters", "Transitions")
_WAYS = ("NextAction", "Errors", "Conditions")


@dataclass(frozen=True, slots=True)
class ComparedBlock:
    """A block, what it does as JSON of its own, and where it leads."""

    block: Block
    does: Mapping[str, Any]
    leads: tuple[Lead, ...]
    content: str
    """What tells it from others wherever it leads: type, what it does, and the ways it has."""


@dataclass(frozen=True)
class ComparedFlow:
    """A flow ready to be compared. `settings` are what a module is given and gives back."""

    start: str
    blocks: Mapping[str, ComparedBlock]
    settings: Mapping[str, Any]

    @cached_property
    def canonical(self) -> str:
        """The same text for flows that do the same, whatever their blocks are called."""
        numbers = _numbers(self)
        told = (
            [
                each.content,
                sorted((lead.label, numbers.get(lead.target, -1)) for lead in each.leads),
            ]
            for each in sorted(self.blocks.values(), key=lambda one: numbers[one.block.identifier])
        )
        return _text([numbers.get(self.start, -1), self.settings, list(told)])


def compared(content: Content, source: FlowSource, naming: Naming) -> ComparedFlow:
    """Return a flow as it is compared: positions, notes and all that the designer keeps left out.

    `source` is the instance whose ids the flow holds. Names of blocks are not compared: those of
    the designer are ids that it gives anew, and what a person calls a block changes nothing.
    """

    def named(reference: FlowReference) -> Replacement | None:
        said = "" if reference.form is ReferenceForm.DYNAMIC else naming(reference)
        return Replacement(said) if said else None

    run = {name: held for name, held in content.items() if name != "Metadata"}
    replaced = with_replaced(run, references(run, source), named)
    blocks = (
        _block(block_at(content, index), action)
        for index, action in enumerate(actions_of(replaced))
    )
    apart = ("Actions", "StartAction")
    return ComparedFlow(
        start=content.get("StartAction") or "",
        blocks={each.block.identifier: each for each in blocks},
        settings={name: held for name, held in replaced.items() if name not in apart},
    )


def _block(block: Block, action: Mapping[str, Any]) -> ComparedBlock:
    transitions = action.get("Transitions") or {}
    more = {name: held for name, held in transitions.items() if name not in _WAYS}
    does: dict[str, Any] = {"Parameters": action.get("Parameters") or {}}
    does |= {name: held for name, held in action.items() if name not in _TOLD_APART}
    if more:
        does["Transitions"] = more
    ways = tuple(leads(action))
    content = _text([block.type, does, sorted(lead.label for lead in ways)])
    return ComparedBlock(block, does, ways, content)


def _text(value: Any) -> str:  # noqa: ANN401  # any JSON value
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _numbers(flow: ComparedFlow) -> Mapping[str, int]:
    """Return Identifier → number in the order of a walk from the start, ways by what they are for.

    What no way leads to follows, by what it does.
    """
    alone = sorted(flow.blocks, key=lambda each: flow.blocks[each].content)
    numbers: dict[str, int] = {}
    for begin in (flow.start, *alone):
        for identifier in _walk(flow, begin, numbers):
            numbers[identifier] = len(numbers)
    return numbers


def _walk(flow: ComparedFlow, begin: str, known: Mapping[str, int]) -> Iterator[str]:
    """Yield the blocks that can be come to, each when its number may be given to it."""
    ahead = [begin]
    while ahead:
        identifier = ahead.pop()
        if identifier in flow.blocks and identifier not in known:
            yield identifier
            ways = sorted(flow.blocks[identifier].leads, key=lambda lead: lead.label, reverse=True)
            ahead.extend(lead.target for lead in ways)
