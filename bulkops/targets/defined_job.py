"""A job with the columns that its target adds: read there, one for each thing that is defined."""

from __future__ import annotations

from collections.abc import Callable

from bulkops.definition.catalogue import LoadedJob
from bulkops.definition.defined_columns import as_defined
from bulkops.definition.thing_kinds import KINDS
from bulkops.engine.reads.definitions import definitions_of
from bulkops.errors import RefusedError
from bulkops.targets.connect import Connection


async def defined_there(
    loaded: LoadedJob, connection: Connection, is_used: Callable[[str], bool]
) -> LoadedJob:
    """Return a job with the columns that its target adds; any other job as it is.

    What there is to choose from is read of those whose name is used. Raises RefusedError where
    there are several targets, and ReadError.
    """
    words = loaded.job.defined
    defines = KINDS[words.kind].defines if words is not None else None
    if words is None or defines is None:
        return loaded
    if len(connection.targets) > 1:
        said = f"{loaded.job.name} works on one target at a time: its columns are the target's own."
        raise RefusedError(f"{said} Run it once for each of {', '.join(connection.targets)}.")
    (name,) = connection.targets
    found = await definitions_of(connection.reader(name), KINDS[words.kind], defines, is_used)
    return as_defined(loaded, found)
