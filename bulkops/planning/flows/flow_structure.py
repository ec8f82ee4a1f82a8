"""What the flow language demands of a flow's blocks, their names and their ways out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulkops.planning.flows.flow_flaws import FlowFlaw
from bulkops.planning.flows.flow_places import (
    Block,
    Content,
    actions_of,
    block_at,
    clipped,
    leads,
)
from bulkops.suggestions import Choices

VERSION = "2019-10-30"
MOST_ACTIONS = 250
MOST_IDENTIFIER = 50
"""Characters of a block's Identifier."""
_RESERVED = frozenset({
    "__defineGetter__", "__defineSetter__", "__proto__", "constructor", "hasOwnProperty",
    "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "toString", "valueOf",
})  # fmt: skip
_BARRED = re.compile(r"[%:(\\/)=$,;\[\]{}]")


def structure_flaws(content: Content) -> Iterator[FlowFlaw]:
    """Yield everything that is wrong with a flow of the right shape."""
    if content.get("Version") != VERSION:
        said = content.get("Version")
        found = "is missing" if said is None else f"is {clipped(str(said))}"
        yield FlowFlaw(code="version", message=f"it {found}, not {VERSION}", place=("Version",))
    actions = actions_of(content)
    if len(actions) > MOST_ACTIONS:
        said = f"{len(actions):,} blocks; a flow has {MOST_ACTIONS} at most"
        yield FlowFlaw(code="too-many-blocks", message=said, place=("Actions",))
    blocks = [block_at(content, index) for index in range(len(actions))]
    yield from _named_wrong(blocks)
    yield from _leading_nowhere(content, blocks)


def _named_wrong(blocks: list[Block]) -> Iterator[FlowFlaw]:
    first: dict[str, Block] = {}
    for block in blocks:
        place = ("Actions", block.index, "Identifier")
        barred = sorted(set(_BARRED.findall(block.identifier)))
        told = {
            "twin-identifier": f"it is that of block {first.get(block.identifier)} too"
            * (block.identifier in first),
            "long-identifier": f"{len(block.identifier)} characters; {MOST_IDENTIFIER} at most"
            * (len(block.identifier) > MOST_IDENTIFIER),
            "reserved-identifier": "no block may be called so" * (block.identifier in _RESERVED),
            "barred-identifier": f"it must not hold {' '.join(barred)}" * bool(barred),
        }
        for code, message in told.items():
            if message:
                yield FlowFlaw(code=code, message=message, block=block, place=place)
        first.setdefault(block.identifier, block)


def _leading_nowhere(content: Content, blocks: list[Block]) -> Iterator[FlowFlaw]:
    """Yield the ways that lead to no block; a draft may hold such, and may have no block."""
    known = {block.identifier for block in blocks}
    near = Choices(known)
    start = content.get("StartAction") or ""
    if start not in known:
        yield FlowFlaw(
            code="no-start",
            message=_nowhere(start, near) if blocks else "the flow has no block",
            place=("StartAction",),
            stops_drafts=False,
        )
    for block, action in zip(blocks, actions_of(content), strict=True):
        for lead in leads(action):
            if lead.target not in known:
                yield FlowFlaw(
                    code="no-target",
                    message=f"{lead.label}: {_nowhere(lead.target, near)}",
                    block=block,
                    place=("Actions", block.index, "Transitions", *lead.place),
                    stops_drafts=False,
                )


def _nowhere(target: str, known: Choices) -> str:
    if not target:
        return "it leads to no block yet"
    hint = known.hint(target)
    return f'there is no block "{clipped(target)}"' + (f". {hint}" if hint else "")
