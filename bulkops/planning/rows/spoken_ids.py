"""Ids that a sheet gives in the place of names, and the names that they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bulkops.definition.expressions import leaves
from bulkops.definition.job import Job
from bulkops.definition.kinds.found_things import Addressed, Find
from bulkops.definition.verbs import verb


@dataclass(frozen=True)
class SpokenIds:
    """What the ids in a sheet are called. `names` are by target and kind: text → name."""

    job: Job
    names: Mapping[tuple[str, str], Mapping[str, str]]

    def spoken(self, values: Mapping[str, Any], target: str) -> Mapping[str, Any]:
        """Return a row's values with names for ids; what is no id stays as it is."""
        found = {
            column: self._named(values[column], target, kind)
            for column, kind in self._columns
            if column in values and (target, kind) in self.names
        }
        return {**values, **found} if found else values

    @cached_property
    def _columns(self) -> tuple[tuple[str, str], ...]:
        return tuple(naming_columns(self.job))

    def _named(self, value: Any, target: str, kind: str) -> Any:  # noqa: ANN401  # a cell's value
        names = self.names[target, kind]
        if isinstance(value, tuple):
            return tuple(dict.fromkeys(names.get(each, each) for each in value))
        return names.get(value, value) if isinstance(value, str) else value


def naming_columns(job: Job) -> Iterator[tuple[str, str]]:
    """Yield (column, kind) of what names things that are there: not of what names new ones."""
    found = dict.fromkeys(_finds(job))
    new = {
        step.subject.column
        for _, step in job.addresses()
        if verb(step.operation) == "create" and isinstance(step.subject, Find)
    }
    yield from ((column, kind) for column, kind in found if column not in new)


def _finds(job: Job) -> Iterator[tuple[str, str]]:
    for _, step in job.addresses():
        if step.about is not None and not isinstance(step.about, Addressed):
            yield step.about.column, step.about.kind
        for arg in step.args.values():
            for leaf in leaves(arg):
                if isinstance(leaf, Find):
                    yield leaf.column, leaf.kind
