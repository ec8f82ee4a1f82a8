"""What the service says of a flow that it refuses, with the blocks that it means."""

from __future__ import annotations

from dataclasses import replace

from bulkops.ledger.records import StoredCall
from bulkops.pacing.replies import Fault
from bulkops.planning.calls.placeholders import closed
from bulkops.planning.diff.flow_texts import flow_in
from bulkops.planning.flows.problem_texts import explained


def with_blocks(fault: Fault, call: StoredCall) -> Fault:
    """Return a refusal whose paths into a flow are followed by the names of its blocks."""
    message = fault.message
    for text in closed(call.params, call.saved, call.needs).values():
        if flow_in(text) is not None:
            message = explained(message, text)
    return fault if message == fault.message else replace(fault, message=message)
