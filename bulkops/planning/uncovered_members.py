"""What things have set and a sheet has no column for, and columns that no read tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bulkops.definition.call_marks import TAGS, unmarked
from bulkops.definition.job import Job
from bulkops.definition.model.member_paths import EACH, key_at, under
from bulkops.definition.model.operations import operation
from bulkops.planning.diff.state import is_answered
from bulkops.planning.export_scope import ExportPlace, owner_kind, owner_of, places_of, relation_of


class UncoveredMembers:
    """The members that writes of the jobs of one sheet take, and none of its columns tells.

    The jobs are the parts of one: of one kind of thing, and with the same columns.
    """

    def __init__(self, jobs: Iterable[Job]) -> None:
        self._taken: set[str] = set()
        self._covered: set[str] = set()
        for job in jobs:
            self._taken |= set(_taken(job)) - {"InstanceId", *_identifying(job)}
            for column in job.columns:
                for place in places_of(job, column):
                    self._covered |= set(_covered(place))

    def of(self, state: Mapping[str, Any]) -> list[str]:
        """Return what of a state is left out, each part but once."""
        found = (path for path, value in _leaves(state) if value not in _NOTHING)
        left = (path for path in found if path in self._taken and not self._is_covered(path))
        return list(dict.fromkeys(left))

    def _is_covered(self, path: str) -> bool:
        return any(
            path == each or path.startswith(f"{each}.") or each.startswith(f"{path}.")
            for each in self._covered
        )


def untold_columns(job: Job) -> list[str]:
    """Return the columns of which no read tells the values, such as the audio of a prompt."""
    if relation_of(job) is not None:
        return []
    kind, found = owner_kind(job), list[str]()
    for column in job.columns:
        places = list(places_of(job, column))
        if places and not any(is_answered(kind, place.path) for place in places):
            found.append(column.name)
    return found


_NOTHING: tuple[Any, ...] = (None, "", [], {})


def _taken(job: Job) -> Iterator[str]:
    """Yield the plain paths of all that the operations of a job take."""
    for step in job.steps:
        for each in (step, *step.otherwise):
            for path in operation(job.service, each.operation).members:
                yield path.partition("{")[0].replace(EACH, "")


def _identifying(job: Job) -> set[str]:
    """Return the members that say which thing is meant."""
    kind, by = owner_kind(job), owner_of(job).column
    listings = [each for each in (kind.listing, kind.search) if each is not None]
    found = {member for each in listings for member in (each.id, each.name, each.arn)}
    found |= {kind.within_argument, *([kind.describe.id_argument] if kind.describe else ())}
    for step in job.steps:
        for path, arg in step.args.items():
            if by in _columns(arg):
                found.add(path)
    return found


def _columns(arg: object) -> set[str]:
    column = getattr(arg, "column", None)
    return {column} if isinstance(column, str) else set()


def _covered(place: ExportPlace) -> Iterator[str]:
    """Yield the plain paths that a place of a column covers: what tells an element too."""
    path = ""
    for name in (*place.path, *(place.inside or ())):
        if name[0] == "[":
            member, _ = key_at(name) or ("", "")
            yield under(path, member)
        else:
            path = under(path, name)
    yield path


def _leaves(value: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the values of a state by their plain paths; a list's are those of its elements."""
    for name, inner in value.items():
        here = under(path, name)
        if here in (TAGS, TAGS.lower()) and isinstance(inner, Mapping):
            yield here, unmarked(inner)
        elif isinstance(inner, Mapping):
            yield from _leaves(inner, here)
        elif isinstance(inner, list) and inner and all(isinstance(e, Mapping) for e in inner):
            for element in inner:
                yield from _leaves(element, here)
        else:
            yield here, inner
