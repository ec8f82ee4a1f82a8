"""Jobs whose rows about one thing are gathered, since their calls send a list of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bulkops.definition.expressions import Arg, Together, leaves
from bulkops.definition.job import Job, Step
from bulkops.definition.kinds.found_things import Col, Find


def lists_of(args: Mapping[str, Arg]) -> Iterator[Together]:
    """Yield the lists among a step's arguments that rows make together."""
    for arg in args.values():
        if isinstance(arg, Together):
            yield arg
        elif isinstance(arg, Mapping):
            yield from lists_of(arg)


def gathers(job: Job) -> bool:
    """Tell whether a job's rows about one thing share all their calls, which are never cut."""
    return any(_lists(job))


def _lists(job: Job) -> Iterator[Together]:
    for _, step in job.addresses():
        yield from lists_of(step.args)


def subject_columns(job: Job) -> tuple[str, ...]:
    """Return the columns that say which thing a gathered job's row is about."""
    about = job.steps[0].about
    return () if about is None else about.columns


def element_columns(step: Step) -> tuple[str, ...]:
    """Return the columns of which a step's list of rows is made, in the order written."""
    found = (leaf for arg in lists_of(step.args) for leaf in leaves(arg.item))
    return tuple(dict.fromkeys(leaf.column for leaf in found if isinstance(leaf, Col | Find)))


def own_columns(job: Job) -> frozenset[str]:
    """Return the columns in which each row speaks for itself; in the others those of one agree."""
    named = {name for _, step in job.addresses() for name in element_columns(step)}
    how = {each.how.name for each in _lists(job) if each.how is not None}
    return frozenset(named | how) - set(subject_columns(job))
