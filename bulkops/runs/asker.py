"""Whoever is asked before anything is sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bulkops.planning.target import Target
from bulkops.runs.summary import Summary


class Asker(Protocol):
    """Whoever decides whether a plan is carried out."""

    def plan(self, summary: Summary, targets: Sequence[Target]) -> bool:
        """Look at a plan; say whether it is to be carried out."""
        ...

    def canary(self, said: str) -> bool:
        """Look at how the first rows ended; say whether to go on with the rest."""
        ...
