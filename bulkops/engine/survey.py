"""Finding out what is there: all that a plan wants to know, its kinds side by side."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import anyio

from bulkops.definition.kinds import KINDS, RELATIONS, RelationKind, ThingKind
from bulkops.engine.finding import described, entries, find
from bulkops.engine.reading import Reader
from bulkops.planning.directory import Directory, Thing, Want, Wants


async def survey(reader: Reader, wants: Wants) -> Directory:
    """Read all that a plan wants of one instance; the kinds' lanes work side by side.

    Raises ReadError where something may not be read, or can't be.
    """
    directory = Directory()
    try:
        async with anyio.create_task_group() as tasks:
            for name, want in wants.kinds.items():
                tasks.start_soon(_survey_kind, reader, KINDS[name], want, directory)
        async with anyio.create_task_group() as tasks:
            for relation, of in _lists(wants, directory):
                tasks.start_soon(_survey_list, reader, relation, of, directory)
    except ExceptionGroup as group:
        raise group.exceptions[0] from group
    return directory


async def describe(reader: Reader, kind: str, names: Collection[str], directory: Directory) -> None:
    """Read whole what a directory has of things by name, as fast as the lane allows."""

    async def read(thing: Thing) -> None:
        directory.add(kind, [await described(reader, KINDS[kind], thing)])

    things = [thing for name in sorted(names) for thing in directory.find(kind, name)]
    try:
        async with anyio.create_task_group() as tasks:
            for thing in things:
                tasks.start_soon(read, thing)
    except ExceptionGroup as group:
        raise group.exceptions[0] from group


def _lists(wants: Wants, directory: Directory) -> Iterator[tuple[RelationKind, str]]:
    """Yield every list that is wanted, by its relation and the id of the thing it belongs to."""
    for name, parents in wants.relations.items():
        relation = RELATIONS[name]
        for parent in sorted(parents):
            for thing in directory.find(relation.of, parent):
                yield relation, thing.id


async def _survey_kind(reader: Reader, kind: ThingKind, want: Want, directory: Directory) -> None:
    for things in (await find(reader, kind, want)).values():
        directory.add(kind.name, things)
    await describe(reader, kind.name, want.described, directory)


async def _survey_list(
    reader: Reader, relation: RelationKind, of: str, directory: Directory
) -> None:
    directory.add_list(relation.name, of, await entries(reader, relation, of))
