"""The outcome that an answer off the wire is, for whoever has no botocore client."""

from __future__ import annotations

from typing import Any

from bulkops.aws.answer_checks import BelievedBody, ForeignAnswerError, believed
from bulkops.aws.faults import foreign, refused, reply_of, unreadable
from bulkops.aws.sdk_models import sdk_model
from bulkops.aws.wire_answers import WireAnswer
from bulkops.definition.model.newer_members import unknown_at_top
from bulkops.pacing.replies import Outcome


def outcome_of(answer: WireAnswer, service: str, operation: str) -> Outcome:
    """Return what an answer means: believed, parsed and classified as the client does it."""
    try:
        success = answer.is_success
        body = believed(answer, service, operation) if success else BelievedBody(answer.body)
    except ForeignAnswerError as error:
        return foreign(error, operation)
    try:
        parsed = _parsed(answer, body, service, operation)
    except Exception as error:  # noqa: BLE001  # botocore raises what it comes upon
        return unreadable(answer, operation, f"it can't be read ({type(error).__name__}: {error})")
    if not answer.is_success:
        return refused(parsed, operation, answer)
    return reply_of(parsed, unknown_at_top(body.members))


def _parsed(answer: WireAnswer, body: BelievedBody, service: str, operation: str) -> dict[str, Any]:
    from botocore.awsrequest import HeadersDict  # noqa: PLC0415  # 0.1 s not paid by `--help`
    from botocore.parsers import create_parser  # noqa: PLC0415  # as above

    model = sdk_model(service, operation)
    raw: dict[str, Any] = {
        "status_code": answer.status,
        "headers": HeadersDict(answer.headers),
        "body": body.rest,
        "context": {"operation_name": operation},
    }
    parser = create_parser(model.service_model.resolved_protocol)
    return {**parser.parse(raw, model.output_shape), **(body.members or {})}
