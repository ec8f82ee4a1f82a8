"""Members of a request that stand for one another: one step sends the one, its rival the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bulkops.definition.column_facts import feeds_by
from bulkops.definition.expressions import Arg
from bulkops.definition.job import Job, Step


def rival_members(job: Job, step: Step) -> frozenset[tuple[str, str]]:
    """Return the (structure, member) of what only steps for other rows send in a step's place.

    Of a quick connect to a user, that is what says to which queue or number another one leads:
    what a thing holds of it is not to be kept where the step makes it the step's own sort.
    """
    return frozenset(_of_rivals(job, step) - set(_members(step.args)))


def own_members(job: Job, step: Step) -> dict[tuple[str, str], str]:
    """Return the (structure, member) that a step sends and its rivals don't, with a column of each.

    Without one of them the thing would be of no sort.
    """
    theirs = _of_rivals(job, step)
    found: dict[tuple[str, str], str] = {}
    for column, feed in feeds_by("", step) if theirs else ():
        place = feed.path.split(".")
        if len(place) > 1 and (place[0], place[1]) not in theirs:
            found.setdefault((place[0], place[1]), column)
    return found


def _of_rivals(job: Job, step: Step) -> set[tuple[str, str]]:
    if step.only_if is None:
        return set()
    others = (
        other
        for _, other in job.addresses()
        if other.operation == step.operation and other.only_if not in (None, step.only_if)
    )
    return {place for other in others for place in _members(other.args)}


def _members(args: Mapping[str, Arg]) -> Iterator[tuple[str, str]]:
    for name, arg in args.items():
        if isinstance(arg, Mapping):
            yield from ((name, member) for member in arg)
