"""How a cell that holds a flow is read, or the file that it names."""

from __future__ import annotations

from bulkops.definition.column_facts import ColumnFacts
from bulkops.definition.model.value_limits import text_breach
from bulkops.planning.flows.flow_document import read_flow as read_document
from bulkops.planning.rows.cells import CellReading, Flaw, refuse_breach

MOST_FLAWS = 20
"""Faults that are said of one flow; of the others how many they are."""


def read_flow(text: str, facts: ColumnFacts) -> CellReading:
    """Return a flow's content as it is sent, or all that is wrong with it."""
    read = read_document(text)
    stopping = [flaw for flaw in read.flaws if flaw.stops_drafts]
    flaws = [Flaw(code=flaw.code, message=str(flaw)) for flaw in stopping[:MOST_FLAWS]]
    if len(stopping) > MOST_FLAWS:
        more = f"and {len(stopping) - MOST_FLAWS:,} more like these in this flow"
        flaws.append(Flaw(code=stopping[-1].code, message=more))
    if flaws or read.document is None:
        return None, tuple(flaws)
    content = read.document.text
    refuse_breach("wrong-form", "the flow", text_breach(facts.value, content), "")
    return content, ()
