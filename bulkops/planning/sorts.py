"""Of which sort a thing is, where the steps of a job are each for another sort of rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bulkops.definition.column_facts import feeds_of
from bulkops.definition.expressions import Arg, Empty, JsonText
from bulkops.definition.job import Job, Step
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.planning.calls.argument import Path
from bulkops.planning.calls.json_texts import values_in
from bulkops.planning.diff.comparison import lacks_choice
from bulkops.planning.diff.state import state_value


class Sorts:
    """The sorts of the things that a job makes, told by structures that only one sort has.

    `column` is the one that says the sort and feeds nothing itself; empty: the job has no such.
    """

    def __init__(self, job: Job) -> None:
        cases = [(step.only_if, step.args) for step in job.steps if step.only_if is not None]
        named = {column for (column, _), _ in cases}
        is_sorted = len(cases) == len(job.steps) and len(named) == 1
        column = named.pop() if is_sorted else ""
        self._own = (
            dict(_own_structures([(case[1], args) for case, args in cases])) if column else {}
        )
        told = bool(self._own) and all(self._own.values()) and not feeds_of(job, column)
        self.column = column if told else ""
        written = [(step, _texts(step)) for step in job.steps]
        self._written = [(step, texts) for step, texts in written if texts]

    def has(self, state: Mapping[str, Any], kind: ThingKind, *, described: bool) -> bool:
        """Tell whether a thing is of a sort that the job makes, as far as that can be told."""
        if self.column:
            return bool(self.of(state, kind, described=described))
        return not self._written or any(
            not lacks_choice(step, state, kind, described=described)
            and all(values_in(text, state.get(name)) is not None for name, text in texts)
            for step, texts in self._written
        )

    def of(self, state: Mapping[str, Any], kind: ThingKind, *, described: bool) -> str:
        """Return the sort of a thing by its state; empty where it is of none."""
        for sort, paths in self._own.items():
            found = (state_value(state, path, kind, described=described) for path in paths)
            if all(each.known and each.value is not None for each in found):
                return sort
        return ""


def _texts(step: Step) -> list[tuple[str, JsonText]]:
    return [(name, arg) for name, arg in step.args.items() if isinstance(arg, JsonText)]


def _own_structures(
    sorts: Sequence[tuple[str, Mapping[str, Arg]]],
) -> Iterator[tuple[str, frozenset[Path]]]:
    every = [frozenset(_structures(args, ())) for _, args in sorts]
    for (sort, _), mine in zip(sorts, every, strict=True):
        others = frozenset[Path]().union(*(each for each in every if each is not mine))
        yield sort, mine - others


def _structures(args: Mapping[str, Arg], path: Path) -> Iterator[Path]:
    for name, arg in args.items():
        if isinstance(arg, Empty):
            yield (*path, name)
        elif isinstance(arg, Mapping):
            yield (*path, name)
            yield from _structures(arg, (*path, name))
