"""The ids and ARNs of a sheet as the names that they stand for, before anything is planned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bulkops.definition.thing_kinds import KINDS
from bulkops.engine.reads.names_of_ids import names_of_ids
from bulkops.planning.inventory import Wants
from bulkops.planning.rows.spoken_ids import SpokenIds, naming_columns
from bulkops.planning.rows.typed_rows import Order
from bulkops.planning.thing_ids import id_in, looks_like_id
from bulkops.targets.connect import Connection

Named = dict[tuple[str, str], Mapping[str, str]]


async def in_names(order: Order, wants: Mapping[str, Wants], connection: Connection) -> Order:
    """Return an order whose rows name things by their names, where the sheet gives ids.

    What a sheet without ids asks for costs nothing; what no id is of stays, to be said of its
    cell. A thing whose name looks like an id is meant by its name. Raises ReadError.
    """
    kinds = {kind for _, kind in naming_columns(order.job)}
    named: Named = {}
    for target, wanted in wants.items():
        for kind in sorted(kinds & wanted.kinds.keys()):
            found = await _names(target, kind, wanted, connection)
            if found:
                named[target, kind] = found
    return replace(order, spoken=SpokenIds(order.job, named)) if named else order


async def _names(
    target: str, kind: str, wanted: Wants, connection: Connection
) -> Mapping[str, str]:
    """Return text → name of all ids and ARNs among the names that are wanted of a kind."""
    reader, want = connection.reader(target), wanted.kinds[kind]
    texts = [text for text in want.names if looks_like_id(text)]
    ids = {text: id_in(kind, text, reader.target) for text in texts}
    meant = {each for each in ids.values() if each}
    if not meant:
        return {}
    listed = want.every or len(want.names) > len(texts)
    names = await names_of_ids(reader, KINDS[kind], meant, listed=listed)
    return {text: names[each] for text, each in ids.items() if each in names}
