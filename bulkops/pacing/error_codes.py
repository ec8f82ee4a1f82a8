"""What a failure asks for, by its code, and one sentence that helps."""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.pacing.replies import FaultClass

READS = (
    "BatchDescribe", "BatchGet", "Describe", "Get", "Head", "List", "Lookup", "Query", "Search",
)  # fmt: skip
"""How AWS names operations that change nothing."""


def is_read(operation: str) -> bool:
    """Tell whether an operation only reads, so that sending it twice is harmless."""
    return operation.startswith(READS)


def _by_code(classes: Mapping[FaultClass, str]) -> dict[str, FaultClass]:
    return {code: fault for fault, codes in classes.items() for code in codes.split()}


CLASSES: Mapping[str, FaultClass] = _by_code(
    {
        FaultClass.THROTTLED: (
            "429 BandwidthLimitExceeded EC2ThrottledException "
            "ProvisionedThroughputExceededException RequestLimitExceeded RequestThrottled "
            "RequestThrottledException SlowDown Throttling ThrottlingException "
            "ThrottledException TooManyRequests TooManyRequestsException"
        ),
        FaultClass.EXHAUSTED: (
            "LimitExceeded LimitExceededException QuotaExceededException ResourceQuotaExceeded "
            "ResourceQuotaExceededException ServiceQuotaExceeded ServiceQuotaExceededException"
        ),
        FaultClass.FATAL: (
            "AccessDenied AccessDeniedException AuthFailure CertificateError "
            "CredentialRetrievalError ExpiredToken ExpiredTokenException IncompleteSignature "
            "IncompleteSignatureException InvalidAccessKeyId InvalidActiveRegionException "
            "InvalidClientTokenId InvalidSignatureException MissingAuthenticationToken "
            "MissingAuthenticationTokenException NoCredentialsError NotAuthorized "
            "OptInRequired PartialCredentialsError RequestExpired RequestTimeTooSkewed "
            "SignatureDoesNotMatch SSOTokenLoadError SubscriptionRequiredException "
            "TokenRetrievalError UnauthorizedException UnauthorizedOperation "
            "UnauthorizedSSOTokenError UnknownOperationException UnrecognizedClientException"
        ),
        FaultClass.TRANSIENT: (
            "408 ConcurrentModificationException ConflictException PriorRequestNotComplete "
            "RequestTimeout RequestTimeoutException ResourceNotReadyException "
            "TransactionInProgressException"
        ),
        FaultClass.REJECTED: "ParamValidationError",
        FaultClass.IN_DOUBT: (
            "InternalError InternalFailure InternalServerError InternalServerException "
            "InternalServiceError InternalServiceException ServiceException "
            "ServiceUnavailable ServiceUnavailableException"
        ),
    }
)
"""The class of each code that doesn't follow from its HTTP status.

LimitExceededException is answered with 429 like a throttle, but waiting doesn't help: it is a
resource quota. ConflictException says that another operation was under way.
"""

FOREIGN = frozenset({301, 302, 303, 307, 308, 401, 403, 404, 405, 407})
"""Statuses that, without an AWS error code, don't come from the service: a proxy, a wrong URL."""
SERVER_ERRORS = 500
CLIENT_ERRORS = range(400, 500)
TOO_MANY = 429

RATE_WORDS = ("rate exceeded", "throttl", "too many requests")
"""What messages say of a throttle that comes under the code of a quota."""
CONCURRENCY = frozenset({"StartChatContact"})
"""Operations whose LimitExceededException is a throttle: of chats under way, says its page."""


def classify(
    code: str, *, http_status: int, sent: bool, operation: str, message: str = ""
) -> FaultClass:
    """Return the class of a failure: what the engine does next.

    `code` is the AWS error code, or the name of what failed before there was one. A status of 0
    says that no answer came; `sent` tells then whether the request had left.
    """
    known = CLASSES.get(code)
    if known is FaultClass.EXHAUSTED and _is_throttle(operation, message):
        return FaultClass.THROTTLED
    if known is not None and known is not FaultClass.IN_DOUBT:
        return known
    if http_status == TOO_MANY:
        return FaultClass.THROTTLED
    if http_status in FOREIGN and code in ("", str(http_status)):
        return FaultClass.FATAL
    if http_status in CLIENT_ERRORS and known is None:
        return FaultClass.REJECTED
    return FaultClass.IN_DOUBT if sent and not is_read(operation) else FaultClass.TRANSIENT


def _is_throttle(operation: str, message: str) -> bool:
    said = message.casefold()
    return operation in CONCURRENCY or any(words in said for words in RATE_WORDS)


_CREDENTIALS = "Renew the credentials (for SSO: `aws sso login`), then `bulkops resume`."
_SIGNATURE = "Check the access key, the secret key and this machine's clock."
_QUOTA = (
    "A quota of the instance is used up, and waiting does not help: delete what is not needed "
    "or ask for more in Service Quotas, then `bulkops resume`."
)
_PERMISSION = "`bulkops policy` prints the permissions that a job needs."
_THROTTLE = "Others use the same quota, or it is lower than believed: try --tps or --share."
_SERVICE = "The service failed; `bulkops retry` tries again."
_NETWORK = "Check the network, the proxy and --endpoint-url, then `bulkops resume`."
_LOST = "The answer was lost on the way; `bulkops retry` looks at what the call did."

HINTS: Mapping[str, str] = {
    "AccessDenied": _PERMISSION,
    "AccessDeniedException": _PERMISSION,
    "CertificateError": (
        "The endpoint's certificate is not trusted here: set AWS_CA_BUNDLE, or check the proxy."
    ),
    "ConditionalOperationFailedException": (
        "The thing is governed by another setting; Amazon Connect replaces some Update "
        "operations by newer ones."
    ),
    "ConflictException": "Something else was changing it at the same time; try again.",
    "ConnectTimeoutError": _NETWORK,
    "ConnectionClosedError": _LOST,
    "DestinationNotAllowedException": "The instance may not call that country or number.",
    "DuplicateResourceException": (
        "It is already there: --on-exists skip leaves it, --on-exists update changes it."
    ),
    "EndpointConnectionError": _NETWORK,
    "ExpiredToken": _CREDENTIALS,
    "ExpiredTokenException": _CREDENTIALS,
    "ForeignAnswer": (
        "Something between here and AWS answers in its place: check the proxy and the network's "
        "log-in page."
    ),
    "IdempotencyException": "The same token was used for another request.",
    "InternalServiceException": _SERVICE,
    "InvalidActiveRegionException": (
        "The instance is active in another Region (Global Resiliency): give that --region."
    ),
    "InvalidClientTokenId": _SIGNATURE,
    "InvalidParameterException": "A value is not what the operation takes; the message says which.",
    "InvalidRequestException": (
        "The request is not possible as it is; what it refers to may be missing or not allow it."
    ),
    "InvalidSignatureException": _SIGNATURE,
    "LimitExceededException": _QUOTA,
    "NoCredentialsError": "Give --profile, set AWS_PROFILE, or log in (`aws sso login`).",
    "OutboundContactNotPermittedException": "The instance may not call out: check its settings.",
    "ProxyConnectionError": _NETWORK,
    "ReadTimeoutError": _LOST,
    "RequestExpired": _SIGNATURE,
    "ResourceConflictException": "Another thing has that name or state already.",
    "ResourceInUseException": "Something still refers to it: remove the references first.",
    "ResourceNotFoundException": (
        "What the row refers to is not there, or was made a moment ago and is not visible yet."
    ),
    "ResourceNotReadyException": "It is still being made: try again in a while.",
    "ResourceQuotaExceededException": _QUOTA,
    "SSLError": _NETWORK,
    "SSOTokenLoadError": _CREDENTIALS,
    "ServiceQuotaExceededException": _QUOTA,
    "SignatureDoesNotMatch": _SIGNATURE,
    "ThrottlingException": _THROTTLE,
    "TokenRetrievalError": _CREDENTIALS,
    "TooManyRequestsException": _THROTTLE,
    "UnauthorizedSSOTokenError": _CREDENTIALS,
    "UnknownOperationException": "The endpoint does not know this operation: check --endpoint-url.",
    "UnrecognizedClientException": _SIGNATURE,
    "UserNotFoundException": "There is no such user: it may have been deleted meanwhile.",
}
SPECIAL: Mapping[tuple[str, str], str] = {
    ("InvalidParameterException", "CreateUser"): (
        "Check the password's rules and length, and that the instance's kind of identity "
        "management takes a password and an e-mail address."
    ),
    ("InvalidRequestException", "CreateUser"): (
        "Users of a CONNECT_MANAGED instance need a password, a first and a last name; those of "
        "a SAML instance take no password."
    ),
    ("ResourceInUseException", "DeleteUserHierarchyGroup"): (
        "Users are in the group, or it has groups below it: move those first."
    ),
    ("ResourceInUseException", "DeleteRoutingProfile"): (
        "Users still have this routing profile: move them to another first."
    ),
    ("ResourceInUseException", "DeleteQueue"): (
        "A routing profile, flow or quick connect still uses the queue: remove it there first."
    ),
}
"""What helps with a code of one operation, in place of what helps in general."""


def hint(code: str, operation: str) -> str:
    """Return one sentence on what to do about a failure; empty for an unknown code."""
    return SPECIAL.get((code, operation)) or HINTS.get(code, "")
