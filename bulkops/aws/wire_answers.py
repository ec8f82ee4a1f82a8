"""An answer as it came off the wire, and the outcome that it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bulkops.aws.faults import failed, refused, reply_of
from bulkops.definition.model.operations import operation_model
from bulkops.errors import JobError
from bulkops.pacing.replies import Fault, FaultClass, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class WireAnswer:
    """Status, headers by lower-case name, and the whole body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def outcome_of(answer: WireAnswer, service: str, operation: str) -> Outcome:
    """Return what an answer means, for whoever has no botocore client that parses it."""
    from botocore.exceptions import BotoCoreError  # noqa: PLC0415  # 0.1 s not paid by `--help`
    from botocore.parsers import create_parser  # noqa: PLC0415  # as above

    try:
        model = operation_model(service, operation)
    except JobError as error:
        return Fault(
            fault_class=FaultClass.FATAL, code="UnknownOperationException", message=str(error)
        )
    raw: dict[str, Any] = {
        "status_code": answer.status,
        "headers": dict(answer.headers),
        "body": answer.body,
        "context": {"operation_name": operation},
    }
    parser = create_parser(model.service_model.metadata["protocol"])
    try:
        parsed = parser.parse(raw, model.output_shape)
    except BotoCoreError as error:
        fault = failed(error, operation, sent=True)
        assert fault is not None  # noqa: S101  # what was sent always has a fault
        return fault
    if answer.status >= REFUSALS:
        return refused(parsed, operation)
    return reply_of(parsed, operation)


REFUSALS = 300
"""The first status that is no success."""
