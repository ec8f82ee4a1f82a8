"""What botocore and the network raise, as a Fault: the one place where it is translated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bulkops.pacing.error_codes import FOREIGN_ANSWER, classify
from bulkops.pacing.replies import Fault, FaultClass, Reply

LONGEST = 1000
"""Letters of a message that are kept: what is not AWS answers with whole pages."""
NOT_DETAILS = frozenset({"Error", "ResponseMetadata", "Message", "message"})


def reply_of(answer: dict[str, Any], operation: str) -> Reply | Fault:
    """Return a successful answer as a Reply.

    A page of HTML is no answer of AWS, whatever its status says: a proxy or a network's log-in
    page sent it, and whether the request was passed on is not known.
    """
    about = answer.pop("ResponseMetadata", {})
    status = int(about.get("HTTPStatusCode", 200))
    if "html" in about.get("HTTPHeaders", {}).get("content-type", ""):
        return Fault(
            fault_class=classify(FOREIGN_ANSWER, http_status=0, sent=True, operation=operation),
            code=FOREIGN_ANSWER,
            message="A web page came back instead of an answer of AWS.",
            http_status=status,
        )
    return Reply(data=answer, request_id=about.get("RequestId", ""), http_status=status)


def refused(response: Mapping[str, Any], operation: str) -> Fault:
    """Return the fault that the service's own refusal of a request is."""
    about = response.get("ResponseMetadata", {})
    error = response.get("Error", {})
    status = int(about.get("HTTPStatusCode", 0))
    code = str(error.get("Code") or status)
    message = _message(response)
    return Fault(
        fault_class=classify(
            code, http_status=status, sent=True, operation=operation, message=message
        ),
        code=code,
        message=message,
        http_status=status,
        request_id=about.get("RequestId", ""),
        details={name: value for name, value in response.items() if name not in NOT_DETAILS},
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
    message = " ".join(part for part in said if part)
    return message if len(message) <= LONGEST else f"{message[:LONGEST]}…"


def failed(error: Exception, operation: str, *, sent: bool) -> Fault | None:
    """Return the fault that an exception is, or None for one that only a bug can raise.

    `sent` tells whether the request may have left. Trouble with getting or renewing credentials
    happens before it does, and its requests are not this one.
    """
    from botocore import exceptions  # noqa: PLC0415  # 0.1 s that `--help` need not pay

    from bulkops.aws.http_session import WireError  # noqa: PLC0415  # as above

    match error:
        case WireError():
            return _unanswered(error.code, str(error), operation, sent=error.sent)
        case exceptions.ClientError() if error.operation_name == operation:
            return refused(error.response, operation)
        case exceptions.ClientError():
            # of another operation: what gives credentials was asked first, and refused
            return _credentials_refused(error.response, error.operation_name)
        case exceptions.HTTPClientError() | exceptions.ConnectionError():
            # this request's own failures are WireErrors: it had not left yet
            return _unanswered(type(error).__name__, str(error), operation, sent=False)
        case exceptions.BotoCoreError() if not sent:
            code = type(error).__name__
            rejected = isinstance(error, exceptions.ParamValidationError)
            fault_class = FaultClass.REJECTED if rejected else FaultClass.FATAL
            return Fault(fault_class=fault_class, code=code, message=str(error))
    # whatever it was, the request may have acted
    return _unanswered(type(error).__name__, str(error), operation, sent=True) if sent else None


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
