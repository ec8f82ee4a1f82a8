"""What stands in a target for what flows refer to in their source: the rows of a mapping."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from bulkops.planning.flows.arns import arn_of, target_of
from bulkops.planning.flows.flow_references import FlowReference
from bulkops.planning.flows.found_texts import FlowSource
from bulkops.problems import Problem

KEEP = "keep"
"""What a target says of that which is to stay as it is."""


class MappingRow(NamedTuple):
    """One row: what stands in flows, what its source calls it, and what stands for it in a target.

    `source` is an id, an ARN or, of what another row names, a name; `flow` the only flow in which
    the row counts. Empty texts say nothing.
    """

    kind: str
    source: str
    name: str = ""
    target: str = ""
    flow: str = ""
    number: int = 0

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from other rows: an ARN means what its id means."""
        return (self.kind, thing_in(self.source), self.flow)


def thing_in(text: str) -> str:
    """Return the id of what an ARN or a place in S3 leads to; another text as it is."""
    arn = arn_of(text)
    return text.removeprefix("s3://") if arn is None else target_of(arn).thing_id


class Meant(NamedTuple):
    """What a mapping says of one reference: its name in the source, and what is to stand for it."""

    name: str = ""
    target: str = ""

    @property
    def is_kept(self) -> bool:
        """Whether it is to stay as it is."""
        return self.target.casefold() == KEEP

    @property
    def wanted(self) -> str:
        """By what it is looked for in a target; empty: nothing is known of it."""
        return self.target or self.name


@dataclass(frozen=True, slots=True)
class FlowMapping:
    """The rows of a mapping; without any, flows are of the instance that they are for.

    `problems` are what is wrong with its sheet.
    """

    rows: tuple[MappingRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    source: FlowSource = field(default_factory=FlowSource)
    _by_key: Mapping[tuple[str, str, str], MappingRow] = field(
        default_factory=dict, repr=False, compare=False
    )
    named: dict[tuple[str, str], tuple[tuple[str, str], ...]] = field(
        default_factory=dict, repr=False, compare=False
    )
    """What is known already of flows that are read later: digest and name → what it refers to."""

    @classmethod
    def of(cls, rows: Iterable[MappingRow], problems: Iterable[Problem] = ()) -> FlowMapping:
        """Return the mapping of some rows; of several for one thing the first counts."""
        found: dict[tuple[str, str, str], MappingRow] = {}
        for row in rows:
            found.setdefault(row.key, row)
        literal = {row.kind: row.source for row in reversed(found.values())}
        source = FlowSource(
            instance_id=thing_in(literal.get("instance", "")),
            account=literal.get("account", ""),
            region=literal.get("region", ""),
        )
        return cls(tuple(found.values()), tuple(problems), source, found)

    def meant(self, reference: FlowReference, flow: str) -> Meant:
        """Return what is said of what a flow refers to; what is said for that flow alone first."""
        found = reference.found
        rows = list(self._rows((found.thing_id, found.raw), reference.kind, flow))
        name = next((row.name for row in rows if row.name), "")
        if name and not any(row.target for row in rows):
            rows += self._rows((name,), reference.kind, flow)
        return Meant(name, next((row.target for row in rows if row.target), ""))

    def _rows(self, texts: Iterable[str], kind: str, flow: str) -> Iterator[MappingRow]:
        for where in (flow, ""):
            for text in dict.fromkeys(texts):
                row = self._by_key.get((kind, text, where))
                if row is not None and where == row.flow:
                    yield row
