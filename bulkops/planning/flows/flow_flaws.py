"""What is wrong with a flow, as values that are collected and told together."""

from __future__ import annotations

from dataclasses import dataclass

from bulkops.planning.flows.flow_places import Block, Place, place_text


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowFlaw:
    """Something wrong with a flow: a stable code, what it is, and the block and place where.

    `stops_drafts` is false for what only publishing is refused for: a draft may hold it.
    `place` leads through the flow's content, whatever file holds that.
    """

    code: str
    message: str
    block: Block | None = None
    place: Place = ()
    stops_drafts: bool = True

    def __str__(self) -> str:
        """Render on one line: the block, the path, and what is wrong there."""
        told = [f"block {self.block}"] * (self.block is not None)
        told += [place_text(self.place)] * bool(self.place)
        return ": ".join([", ".join(told), self.message]) if told else self.message
