"""What a call leaves in the ledger: of its answer, a refusal, or what it was found to have made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bulkops.definition.job import Step
from bulkops.definition.model.member_paths import holds_arn, value_at_dotted
from bulkops.ledger.records import Result
from bulkops.pacing.failure_hints import hint
from bulkops.pacing.replies import Fault, Reply
from bulkops.planning.inventory import Thing


def answer(step: Step, reply: Reply) -> Result:
    """Return what an answer leaves in the ledger: the values to save, and the request's id."""
    shown = {name: value_at_dotted(reply.data, member) for name, member in step.shows.items()}
    saved = {name: value_at_dotted(reply.data, member) for name, member in step.save.items()}
    saved |= {name: value for name, value in shown.items() if value}
    return Result(saved=saved, http_status=reply.http_status, request_id=reply.request_id)


def refusal(fault: Fault, operation: str) -> Result:
    """Return what a fault leaves in the ledger."""
    return Result(
        error_code=fault.code,
        error=fault.message,
        hint=hint(fault.code, operation),
        http_status=fault.http_status,
        request_id=fault.request_id,
    )


def adopted(step: Step, thing: Thing) -> Mapping[str, Any]:
    """Return what a step saves, from the thing that it turned out to have made.

    Reply members that end in `Arn` are its ARN, the others its id, as AWS names them.
    """
    return {
        name: thing.arn if holds_arn(member) else thing.id for name, member in step.save.items()
    }
