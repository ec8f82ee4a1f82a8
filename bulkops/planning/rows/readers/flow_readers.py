"""How a cell that holds a flow is read, or the file that it names."""

from __future__ import annotations

from bulkops.definition.column_facts import ColumnFacts
from bulkops.definition.model.value_limits import text_breach
from bulkops.planning.rows.cells import CellReading, refusal, refuse_breach
from bulkops.planning.rows.readers.json_readers import parsed

_SHOWN = 40


def read_flow(text: str, facts: ColumnFacts) -> CellReading:
    """Return the text of a flow, or what is wrong with it."""
    flow = parsed(text)
    if not isinstance(flow, dict) or not {"Version", "StartAction", "Actions"} <= flow.keys():
        says = "is JSON, but no flow: Version, StartAction and Actions must be given"
        raise refusal("not-a-flow", text[:_SHOWN], says)
    refuse_breach("wrong-form", "the flow", text_breach(facts.value, text), "")
    return text, ()
