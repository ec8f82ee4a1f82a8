"""What botocore and the network raise, as a Fault: the one place where it is translated.

Its texts are still as they came; `aws.redaction` makes them fit to be kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bulkops.aws.answer_checks import ForeignAnswerError
from bulkops.aws.wire_answers import WireAnswer
from bulkops.definition.model.newer_members import PartlyKnown
from bulkops.pacing.error_codes import FOREIGN_ANSWER, classify
from bulkops.pacing.read_retries import is_read
from bulkops.pacing.replies import Fault, FaultClass, Reply

if TYPE_CHECKING:
    from bulkops.aws.http_session import WireError

NOT_DETAILS = frozenset({"Error", "ResponseMetadata", "Message", "message"})


def reply_of(answer: dict[str, Any], unknown: Sequence[str] = ()) -> Reply:
    """Return a successful answer as a Reply; that it is AWS's was seen on the wire.

    `unknown` are the members at its top that its model does not know.
    """
    about = answer.pop("ResponseMetadata", {})
    return Reply(
        data=PartlyKnown(answer, unknown) if unknown else answer,
        request_id=about.get("RequestId", ""),
        http_status=int(about.get("HTTPStatusCode", 200)),
    )


def refused(response: Mapping[str, Any], operation: str, answer: WireAnswer | None = None) -> Fault:
    """Return the fault that the service's own refusal of a request is.

    `answer` is how it came, where that is known: of a refusal without a code it says more.
    """
    about = response.get("ResponseMetadata", {})
    status = int(about.get("HTTPStatusCode", 0))
    code = str(response.get("Error", {}).get("Code") or status)
    request_id = str(about.get("RequestId", ""))
    is_nameless = code == str(status)
    message = str(answer) if is_nameless and answer is not None else _message(response)
    # without a request id a code is hardly AWS's, and says nothing of what a write did
    counts = bool(request_id) or is_read(operation)
    return Fault(
        fault_class=classify(
            code if counts else str(status),
            http_status=status,
            sent=True,
            operation=operation,
            message=message,
        ),
        code=code,
        message=message,
        http_status=status,
        request_id=request_id,
        details={name: value for name, value in response.items() if name not in NOT_DETAILS},
    )


def unreadable(answer: WireAnswer, operation: str, why: str) -> Fault:
    """Return the fault for an answer that came whole and can't be read."""
    if answer.is_success:
        return foreign(ForeignAnswerError(answer, why), operation)
    about = {"HTTPStatusCode": answer.status}
    return refused({"ResponseMetadata": about}, operation, answer)


def foreign(error: ForeignAnswerError, operation: str) -> Fault:
    """Return the fault for a success that is not AWS's: a write may have acted all the same."""
    fault_class = classify(FOREIGN_ANSWER, http_status=0, sent=True, operation=operation)
    return Fault(
        fault_class=fault_class, code=FOREIGN_ANSWER, message=str(error), http_status=error.status
    )


def _message(response: Mapping[str, Any]) -> str:
    """Return what the service says, with what some errors of Connect say elsewhere."""
    problems = response.get("problems") or response.get("Problems") or ()
    listed = response.get("PropertyList") or ()
    said = (
        str(response.get("Error", {}).get("Message") or ""),
        *(str(each.get("message") or each.get("Message") or "") for each in problems),
        *(f"{each.get('PropertyPath', '')}: {each.get('Message', '')}" for each in listed),
    )
    return " ".join(part for part in said if part)


def failed(
    error: Exception, operation: str, *, sent: bool, answer: WireAnswer | None = None
) -> Fault | None:
    """Return the fault that an exception is, or None for one that only a bug can raise.

    `sent` tells whether the request may have left, `answer` what came back whole. Trouble with
    getting or renewing credentials happens before it leaves, and its requests are not this one.
    """
    from botocore import exceptions  # noqa: PLC0415  # 0.1 s that `--help` need not pay

    from bulkops.aws.http_session import WireError  # noqa: PLC0415  # as above

    match error:
        case WireError() | ForeignAnswerError():
            return _of_the_wire(error, operation)
        case exceptions.ClientError() if error.operation_name == operation:
            return refused(error.response, operation, answer)
        case exceptions.ClientError():
            # of another operation: what gives credentials was asked first, and refused
            return _credentials_refused(error.response, error.operation_name)
        case exceptions.HTTPClientError() | exceptions.ConnectionError():
            # this request's own failures are WireErrors: it had not left yet
            return _unanswered(type(error).__name__, str(error), operation, sent=False)
        case exceptions.BotoCoreError() if not sent:
            return _refused_here(error)
    return _unforeseen(error, operation, answer) if sent else _old_credentials(error)


def _old_credentials(error: Exception) -> Fault | None:
    """Return the fault for renewed credentials that had expired already; else it is a bug."""
    if not isinstance(error, RuntimeError) or "still expired" not in str(error):
        return None
    return Fault(fault_class=FaultClass.FATAL, code="ExpiredTokenException", message=str(error))


def _of_the_wire(error: WireError | ForeignAnswerError, operation: str) -> Fault:
    if isinstance(error, ForeignAnswerError):
        return foreign(error, operation)
    return _unanswered(error.code, str(error), operation, sent=error.sent)


def _refused_here(error: Exception) -> Fault:
    """Return the fault for what botocore itself refused.

    Of arguments it prints the values: `argument_faults` says the same without them.
    """
    from botocore.exceptions import ParamValidationError  # noqa: PLC0415  # as in failed

    code = type(error).__name__
    if isinstance(error, ParamValidationError):
        return Fault(fault_class=FaultClass.REJECTED, code=code, message="")
    return Fault(fault_class=FaultClass.FATAL, code=code, message=str(error))


def _unforeseen(error: Exception, operation: str, answer: WireAnswer | None) -> Fault:
    """Return the fault for whatever went wrong after sending: the request may have acted."""
    said = f"{type(error).__name__}: {error}"
    if answer is not None:
        return unreadable(answer, operation, f"it can't be read ({said})")
    return _unanswered(type(error).__name__, str(error), operation, sent=True)


def _unanswered(code: str, message: str, operation: str, *, sent: bool) -> Fault:
    fault_class = classify(code, http_status=0, sent=sent, operation=operation)
    return Fault(fault_class=fault_class, code=code, message=message)


def _credentials_refused(response: Mapping[str, Any], asked: str) -> Fault:
    """Return the fault of a service that gives credentials: every call would meet it."""
    fault = refused(response, "GetCredentials")
    passing = fault.fault_class in (FaultClass.THROTTLED, FaultClass.TRANSIENT)
    return Fault(
        fault_class=FaultClass.TRANSIENT if passing else FaultClass.FATAL,
        code=fault.code,
        message=f"{asked} gave no credentials: {fault.message}",
        http_status=fault.http_status,
        request_id=fault.request_id,
    )
