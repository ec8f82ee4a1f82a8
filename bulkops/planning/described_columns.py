"""The columns of a job for which a Describe operation must be called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bulkops.definition.expressions import Arg, Held, Keyed, leaves
from bulkops.definition.job import Step
from bulkops.definition.kinds.found_things import Col, Find
from bulkops.definition.thing_kinds import KINDS
from bulkops.definition.verbs import verb
from bulkops.planning.existing_things import OnExists
from bulkops.planning.rows.cells import Value

_GIVES = frozenset({"create", "update"})


def described_columns(step: Step, on_exists: OnExists) -> frozenset[str]:
    """Return the columns with a value in which a row needs what only a Describe operation says.

    An update replaces a structure as a whole, so all of it must be known before a part is set:
    the rest is sent as it was. What a create gives of it is compared with what is there.
    """
    mine = _columns(*described_args(step), *_hidden_args(step))
    return mine.union(*(described_columns(each, on_exists) for each in _others(step, on_exists)))


def described_set(step: Step, on_exists: OnExists) -> frozenset[str]:
    """Return the columns by which a row itself sets what only a Describe operation says.

    No search tells whether that is so already.
    """
    mine = _columns(*_hidden_args(step), *_hidden_expected(step))
    return mine.union(*(described_set(each, on_exists) for each in _others(step, on_exists)))


def has_any(values: Mapping[str, Value], columns: Iterable[str]) -> bool:
    """Tell whether a row has a value in one of some columns."""
    return any(values.get(column) is not None for column in columns)


def _others(step: Step, on_exists: OnExists) -> tuple[Step, ...]:
    """Return the alternatives of a step that a plan may send."""
    return step.otherwise if on_exists == "update" else ()


def _columns(*args: Arg) -> frozenset[str]:
    """Return the columns that feed arguments."""
    fed = (leaf for arg in args for leaf in leaves(arg))
    return frozenset(leaf.column for leaf in fed if isinstance(leaf, Col | Find))


def described_args(step: Step) -> tuple[Arg, ...]:
    """Return what an update sets of its subject that only a Describe operation tells."""
    if verb(step.operation) != "update" or not isinstance(step.subject, Find):
        return ()
    hidden = KINDS[step.subject.kind].described_members
    return tuple(arg for member, arg in step.args.items() if member in hidden)


def _hidden_args(step: Step) -> tuple[Arg, ...]:
    """Return what a step gives its subject that only a Describe operation tells."""
    if verb(step.operation) not in _GIVES or not isinstance(step.subject, Find):
        return ()
    return tuple(_at_paths(step.args, KINDS[step.subject.kind].described_only))


def _hidden_expected(step: Step) -> Iterator[Arg]:
    """Yield what a step expects, keeps or leads to that only a Describe operation tells."""
    if not isinstance(step.subject, Find):
        return
    kind = KINDS[step.subject.kind]
    yield from (said for path, said in step.expects.items() if path in kind.described_only)
    held = (arg.path for arg in step.args.values() if isinstance(arg, Held))
    if any(path in kind.described_only for path in (*step.leads_to, *held)):
        yield step.subject
    if step.remakes:  # it is made again from what it is now, and not from what an index shows
        yield step.subject


def _at_paths(args: Mapping[str, Arg], paths: Iterable[str]) -> Iterator[Arg]:
    for path in paths:
        yield from _at_path(args, path.split("."))


def _at_path(arg: Arg, members: Sequence[str]) -> Iterator[Arg]:
    if members and isinstance(arg, Keyed):
        for _, inner in arg.elements():
            yield from _at_path(inner, members)
    elif members and isinstance(arg, Mapping):
        if members[0] in arg:
            yield from _at_path(arg[members[0]], members[1:])
    else:
        yield arg  # of what is inside a list's elements the whole list is told by that operation
