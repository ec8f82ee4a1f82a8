"""What becomes known of a row while its steps are gone through."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bulkops.definition.job import Step
from bulkops.definition.kinds.found_things import Find
from bulkops.planning.inventory import Thing
from bulkops.planning.plan import Need
from bulkops.planning.rows.cells import Flaw


@dataclass(slots=True)
class RowFindings:
    """What becomes known of a row while its steps are gone through.

    `known` are values that its steps save and that are known already, since the thing is there.
    `made` are the things that its own calls make, each with the step that makes it. `flaws` are
    (column, flaw), and so are `warnings`, which stop nothing. `thing` is the first thing of the
    row that is there. `needs` are by step the calls that make what it names.
    """

    known: dict[str, Any] = field(default_factory=dict)
    made: dict[Find, Step] = field(default_factory=dict)
    flaws: list[tuple[str, Flaw]] = field(default_factory=list)
    warnings: list[tuple[str, Flaw]] = field(default_factory=list)
    thing: Thing | None = None
    needs: dict[str, dict[Need, None]] = field(default_factory=dict)

    def need(self, address: str, call: Need) -> None:
        """Note that the step at an address names what a call of another row makes."""
        self.needs.setdefault(address, {})[call] = None

    def add(self, column: str, flaw: Flaw) -> None:
        """Note what is wrong with a cell, once."""
        if (column, flaw) not in self.flaws:
            self.flaws.append((column, flaw))

    def warn(self, column: str, flaw: Flaw) -> None:
        """Note what is odd about a cell and stops nothing, once."""
        if (column, flaw) not in self.warnings:
            self.warnings.append((column, flaw))
