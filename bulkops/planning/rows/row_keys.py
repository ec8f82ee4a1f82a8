"""When two keys of rows are one: names that the service does not tell apart by case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bulkops.definition.column_facts import feeds_of
from bulkops.definition.expressions import leaves
from bulkops.definition.job import Job
from bulkops.definition.kinds.found_things import Addressed, Find, Member
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.definition.thing_kinds import KINDS

SEPARATOR = " / "
"""What joins the parts of a key of several columns."""


def named_kinds(job: Job) -> Mapping[str, ThingKind]:
    """Return the kind of thing that each column names, for columns that name things of one."""
    kinds: dict[str, set[str]] = {}
    for column, kind in _named(job):
        kinds.setdefault(column, set()).add(kind)
    return {column: KINDS[kind] for column, (kind, *others) in kinds.items() if not others}


def _named(job: Job) -> Iterator[tuple[str, str]]:
    for _, step in job.addresses():
        subject = step.subject.of if isinstance(step.subject, Member) else step.subject
        if subject is not None and not isinstance(subject, Addressed):
            yield subject.column, subject.kind
        fed = (leaf for arg in step.args.values() for leaf in leaves(arg))
        yield from ((leaf.column, leaf.kind) for leaf in fed if isinstance(leaf, Find))
    for column in job.columns:
        for feed in feeds_of(job, column.name):
            yield from ((column.name, kind) for kind in _made(feed.operation, feed.path))


def _made(operation: str, path: str) -> Iterator[str]:
    """Yield the kind of thing that an operation makes, where a member is its name."""
    for kind in KINDS.values():
        made = kind.describe and kind.describe.operation.replace("Describe", "Create", 1)
        if operation == made and path == kind.listing.name:
            yield kind.name


class KeyFolding:
    """Folds the keys of a job's rows, so that all spellings of one name are one key.

    Keys that are not folded are returned as they are: `fold` is to be used wherever the keys of
    two rows are compared, be they of one sheet or of a sheet and a run. `columns` are other ones
    than the key's.
    """

    def __init__(self, job: Job, columns: tuple[str, ...] | None = None) -> None:
        kinds = named_kinds(job)
        named = job.key if columns is None else columns
        self._kinds = tuple(kinds.get(name) for name in named)
        self._folds = any(kind is not None and not kind.spells_apart for kind in self._kinds)

    def parts(self, parts: tuple[str, ...]) -> tuple[str, ...]:
        """Fold the values of the key's columns."""
        if not self._folds:
            return parts
        pairs = zip(parts, self._kinds, strict=True)
        return tuple(part if kind is None else kind.key_of(part) for part, kind in pairs)

    def fold(self, key: str) -> str:
        """Fold a whole key as rows show it.

        One whose parts can't be told, since a name holds the separator, stays as it is.
        """
        parts = tuple(key.split(SEPARATOR)) if len(self._kinds) > 1 else (key,)
        return SEPARATOR.join(self.parts(parts)) if len(parts) == len(self._kinds) else key
