"""Which of the calls that are not at their end wait for which."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence

from bulkops.ledger.database import Database
from bulkops.ledger.stored_facts import lane_of
from bulkops.planning.call_links import CallLinks
from bulkops.planning.plan import Need


def open_links(database: Database, pages: Iterable[Sequence[sqlite3.Row]]) -> CallLinks | None:
    """Return which of some open calls wait for which, page by page; None where none does."""
    if not database.has("any_need"):
        return None
    links = CallLinks()
    for page in pages:
        _add_links(links, database, page)
    return links


def _add_links(links: CallLinks, database: Database, page: Sequence[sqlite3.Row]) -> None:
    ids = {"calls": json.dumps([call["id"] for call in page])}
    rows, needs = defaultdict[int, list[int]](list), defaultdict[int, list[Need]](list)
    for found in database.rows("rows_of_calls", ids):
        rows[found["call"]].append(found["row"])
    for found in database.rows("what_calls_need", ids):
        needs[found["call"]].append(Need(found["row"], found["step"]))
    for call in page:
        carried, after = rows[call["id"]], call["after_step"]
        links.add_call(
            lane_of(call),
            [Need(row, call["step"]) for row in carried],
            needs=needs[call["id"]],
            before=[] if after is None else [Need(row, after) for row in carried],
        )
