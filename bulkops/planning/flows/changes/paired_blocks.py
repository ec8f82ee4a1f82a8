"""Which block of one flow is which of another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field

from bulkops.planning.flows.changes.compared_flow import ComparedBlock, ComparedFlow


@dataclass
class _Pairing:
    """Pairs found so far, and how more are found from them."""

    old: ComparedFlow
    new: ComparedFlow
    pairs: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def pair(self, old: str, new: str) -> bool:
        """Take two blocks for one, if they are of one type and neither has another already."""
        before, after = self.old.blocks.get(old), self.new.blocks.get(new)
        if before is None or after is None or old in self.pairs or new in self.taken:
            return False
        if before.block.type != after.block.type:
            return False
        self.pairs[old] = new
        self.taken.add(new)
        return True

    def alike(self, by: Callable[[ComparedBlock], Hashable], *, only_single: bool) -> None:
        """Take for one what is alike; with `only_single` where each flow has one such alone."""
        before: dict[Hashable, list[str]] = defaultdict(list)
        after: dict[Hashable, list[str]] = defaultdict(list)
        for name, block in self.old.blocks.items():
            if name not in self.pairs:
                before[by(block)].append(name)
        for name, block in self.new.blocks.items():
            if name not in self.taken:
                after[by(block)].append(name)
        for key, names in before.items():
            others = after.get(key, [])
            if not only_single or len(names) == len(others) == 1:
                for old, new in zip(names, others, strict=False):
                    self.pair(old, new)

    def follow(self) -> None:
        """Take for one what is come to by the same way from a start, and from what is one."""
        self.pair(self.old.start, self.new.start)
        ahead = list(self.pairs.items())
        while ahead:
            old, new = ahead.pop()
            ways = {lead.label: lead.target for lead in reversed(self.new.blocks[new].leads)}
            for lead in self.old.blocks[old].leads:
                other = ways.get(lead.label, "")
                if self.pair(lead.target, other):
                    ahead.append((lead.target, other))


def paired(old: ComparedFlow, new: ComparedFlow) -> Mapping[str, str]:
    """Return Identifier in the one flow → Identifier of the same block in the other.

    Flows that were copied keep their Identifiers; of others, what does the same is the same, then
    what stands in the same place, then the last of its type.
    """
    pairing = _Pairing(old, new)
    for identifier in old.blocks:
        pairing.pair(identifier, identifier)
    pairing.alike(lambda each: each.content, only_single=True)
    pairing.follow()
    pairing.alike(lambda each: each.content, only_single=False)
    pairing.alike(lambda each: each.block.type, only_single=True)
    pairing.follow()
    return pairing.pairs
