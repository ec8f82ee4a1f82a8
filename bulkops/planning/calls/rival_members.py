"""Members of a request that stand for one another: one step sends the one, its rival the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bulkops.definition.expressions import Arg
from bulkops.definition.job import Job, Step


def rival_members(job: Job, step: Step) -> frozenset[tuple[str, str]]:
    """Return the (structure, member) of what only steps for other rows send in a step's place.

    Of a quick connect to a user, that is what says to which queue or number another one leads:
    what a thing holds of it is not to be kept where the step makes it the step's own sort.
    """
    if step.only_if is None:
        return frozenset()
    others = (
        other
        for _, other in job.addresses()
        if other.operation == step.operation and other.only_if not in (None, step.only_if)
    )
    theirs = {place for other in others for place in _members(other.args)}
    return frozenset(theirs - set(_members(step.args)))


def _members(args: Mapping[str, Arg]) -> Iterator[tuple[str, str]]:
    for name, arg in args.items():
        if isinstance(arg, Mapping):
            yield from ((name, member) for member in arg)
