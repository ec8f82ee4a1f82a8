"""Operations of other services tried on moto's server: what a case is, and what is read of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One request of an independent client, and the value that is looked for in its answer."""

    service: str
    method: str
    params: Mapping[str, Any] = field(default_factory=dict)
    find: str = "@"
    """A JMESPath expression."""
    keep: str = ""
    """The name by which later requests and cells may write what was found, as `<name>`."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """One operation carried out: on which rows, and how its effect is seen by somebody else."""

    job: str
    rows: tuple[Mapping[str, str], ...]
    seen: Ask
    before: Any
    """What `seen` finds at first, and again when the run is undone."""
    after: Any
    """What it finds after the run, and after the same sheet was run again."""
    given: tuple[Ask, ...] = ()
    """What is made beforehand."""
    repeated: str = "set again"
    """How a second run of the sheet ends: "unchanged", "set again", or the code that refuses it."""
    undone: str = ""
    """Words of why it can't be undone; empty: it is."""

    @property
    def service(self) -> str:
        return self.job.partition(":")[0]

    @property
    def operation(self) -> str:
        return self.job.partition(":")[2]
