"""The error codes of AWS and of the network, in groups, and what a failure asks for by its code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from bulkops.pacing.read_retries import is_read
from bulkops.pacing.replies import FaultClass

RESOURCE_NOT_FOUND = "ResourceNotFoundException"
"""What is asked for is not there, or not visible yet."""
NOT_VISIBLE_YET = (RESOURCE_NOT_FOUND, "InvalidRequestException")
"""How Amazon Connect answers about a thing that it made a moment ago (eventual consistency)."""
FOREIGN_ANSWER = "ForeignAnswer"
"""bulkops' own name for an answer that is not AWS's: a page of a proxy, a network's log-in page."""


class CodeGroup(StrEnum):
    """What codes have in common: the same hint, the same cause, the same class."""

    THROTTLE = "throttle"  # more requests than the rate allows
    QUOTA = "quota"  # a resource quota is used up
    EXPIRED = "expired"  # the credentials were good once
    SIGNATURE = "signature"  # AWS does not know the key, or the signature is wrong
    NO_CREDENTIALS = "no-credentials"  # there are none, or only half of them
    DENIED = "denied"  # the credentials are good but may not do this
    BARRED = "barred"  # this account, or this Region, can't use the service at all
    UNTRUSTED = "untrusted"  # the endpoint's certificate is not trusted here
    UNREACHABLE = "unreachable"  # no connection was made
    LOST = "lost"  # the connection broke or stayed silent: the request may have left
    FOREIGN = "foreign"  # what answered is not AWS
    UNKNOWN_OPERATION = "unknown-operation"  # the endpoint does not know the operation
    BUSY = "busy"  # something else is under way: the same request may do in a moment
    MALFORMED = "malformed"  # refused here, before it was sent
    SERVICE = "service"  # the service failed, and may have acted


CODES: Mapping[CodeGroup, frozenset[str]] = {
    group: frozenset(codes.split())
    for group, codes in {
        CodeGroup.THROTTLE: (
            "429 BandwidthLimitExceeded ClientLimitExceededException EC2ThrottledException "
            "ProvisionedThroughputExceeded ProvisionedThroughputExceededException "
            "RequestLimitExceeded RequestLimitExceededException RequestThrottled "
            "RequestThrottledException SlowDown Throttled ThrottledClientException "
            "ThrottledException Throttling ThrottlingException TooManyRequests "
            "TooManyRequestsException"
        ),
        CodeGroup.QUOTA: (
            "AccountLimitExceededException AddressLimitExceeded CodeStorageExceededException "
            "InstanceLimitExceeded InstanceQuotaExceeded LimitExceeded LimitExceededException "
            "LimitExceededFault QuotaExceededException ResourceLimitExceeded "
            "ResourceLimitExceededException ResourceNumberLimitExceededException "
            "ResourceQuotaExceeded ResourceQuotaExceededException SecurityGroupLimitExceeded "
            "ServiceLimitExceededException ServiceQuotaExceeded ServiceQuotaExceededException "
            "TooManyBuckets TopicLimitExceeded VolumeLimitExceeded VpcLimitExceeded"
        ),
        CodeGroup.EXPIRED: (
            "ExpiredToken ExpiredTokenException SSOTokenLoadError TokenRefreshRequired "
            "TokenRetrievalError UnauthorizedSSOTokenError"
        ),
        CodeGroup.SIGNATURE: (
            "IncompleteSignature IncompleteSignatureException InvalidAccessKeyId "
            "InvalidClientTokenId InvalidSignatureException InvalidToken "
            "MissingAuthenticationToken MissingAuthenticationTokenException RequestExpired "
            "RequestTimeTooSkewed SignatureDoesNotMatch UnrecognizedClientException"
        ),
        CodeGroup.NO_CREDENTIALS: (
            "CredentialRetrievalError NoCredentialsError PartialCredentialsError"
        ),
        CodeGroup.DENIED: (
            "AccessDenied AccessDeniedException AuthorizationError AuthorizationErrorException "
            "UnauthorizedOperation"
        ),
        CodeGroup.BARRED: (
            "AccountProblem AllAccessDisabled AuthFailure Blocked InvalidActiveRegionException "
            "NotAuthorized NotSignedUp OptInRequired PendingVerification "
            "SubscriptionRequiredException UnauthorizedException"
        ),
        CodeGroup.UNTRUSTED: "CertificateError",
        CodeGroup.UNREACHABLE: (
            "ConnectTimeoutError EndpointConnectionError HTTPClientError ProxyConnectionError "
            "SSLError"
        ),
        CodeGroup.LOST: "ConnectionClosedError ReadTimeoutError",
        CodeGroup.FOREIGN: f"{FOREIGN_ANSWER} ResponseParserError",
        CodeGroup.UNKNOWN_OPERATION: "UnknownOperationException",
        CodeGroup.BUSY: (
            "408 AWS.SimpleQueueService.QueueDeletedRecently ConcurrentAccessException "
            "ConcurrentModification ConcurrentModificationException "
            "ConcurrentOperationException ConcurrentUpdateException ConflictException "
            "EntityTemporarilyUnmodifiable OperationAborted OperationAbortedException "
            "OperationInProgressException PriorRequestNotComplete QueueDeletedRecently "
            "RequestInProgressException RequestTimeout RequestTimeoutException "
            "ResourceNotReadyException RetryableConflictException TransactionConflictException "
            "TransactionInProgressException"
        ),
        CodeGroup.MALFORMED: "ParamValidationError",
        CodeGroup.SERVICE: (
            "InternalError InternalFailure InternalServerError InternalServerException "
            "InternalServiceError InternalServiceErrorException InternalServiceException "
            "ServerInternal ServiceException ServiceFailure ServiceUnavailable "
            "ServiceUnavailableError ServiceUnavailableException Unavailable"
        ),
    }.items()
}
"""Every code that doesn't follow from its HTTP status, each in one group.

LimitExceededException is answered with 429 like a throttle, but waiting doesn't help: it is a
resource quota. ConflictException says that another operation was under way.
"""

GROUP_CLASSES: Mapping[CodeGroup, FaultClass] = {
    CodeGroup.THROTTLE: FaultClass.THROTTLED,
    CodeGroup.QUOTA: FaultClass.EXHAUSTED,
    CodeGroup.EXPIRED: FaultClass.FATAL,
    CodeGroup.SIGNATURE: FaultClass.FATAL,
    CodeGroup.NO_CREDENTIALS: FaultClass.FATAL,
    CodeGroup.DENIED: FaultClass.FATAL,
    CodeGroup.BARRED: FaultClass.FATAL,
    CodeGroup.UNTRUSTED: FaultClass.FATAL,
    CodeGroup.UNKNOWN_OPERATION: FaultClass.FATAL,
    CodeGroup.BUSY: FaultClass.TRANSIENT,
    CodeGroup.MALFORMED: FaultClass.REJECTED,
    CodeGroup.SERVICE: FaultClass.IN_DOUBT,
}
"""The class of a group; of the others it depends on whether the request had left."""

_GROUPS: Mapping[str, CodeGroup] = {code: group for group, codes in CODES.items() for code in codes}
CLASSES: Mapping[str, FaultClass] = {
    code: GROUP_CLASSES[group] for code, group in _GROUPS.items() if group in GROUP_CLASSES
}
"""The class of each code that has one by itself."""

FOREIGN_STATUSES = range(300, 500)
"""Statuses that, without an AWS error code, don't come from the service: a proxy, a wrong URL."""
CLIENT_ERRORS = range(400, 500)
TOO_MANY = 429

RATE_WORDS = (
    *("rate exceeded", "throttl", "too many requests", "reduce your request rate"),
    *("simultaneously", "exceeds the number of concurrent"),
)
"""What messages say of a throttle that comes under the code of a quota, or of a service's trouble.

DynamoDB lets 500 tables be made at a time, and says "simultaneously" when there are more.
"""
_OF_ONE_THING = re.compile(
    r"quota for \w+Per(?!Account)[A-Z]|attempt limit exceeded", re.IGNORECASE
)
"""How messages say that a quota is that of one thing: IAM's GroupsPerUser, Cognito's attempts."""
_STANDS_THERE = re.compile(r"already (?:exists?\b|in use\b|associated\b)", re.IGNORECASE)
"""How a conflict says that what is to be made is there: waiting does not help."""
CONCURRENCY = frozenset({"StartChatContact"})
"""Operations whose LimitExceededException is a throttle: of chats under way, says its page."""


def group_of(code: str) -> CodeGroup | None:
    """Return the group of a code; None for one that only its HTTP status tells of."""
    is_status = code.isdecimal() and code not in _GROUPS
    return CodeGroup.FOREIGN if is_status and int(code) in FOREIGN_STATUSES else _GROUPS.get(code)


def classify(
    code: str, *, http_status: int, sent: bool, operation: str, message: str = ""
) -> FaultClass:
    """Return the class of a failure: what the engine does next.

    `code` is the AWS error code, or the name of what failed before there was one. A status of 0
    says that no answer came; `sent` tells then whether the request had left.
    """
    known = _by_message(CLASSES.get(code or str(http_status)), operation, message)
    # a code of the service's own trouble says nothing of whether it acted: see the end
    if known is not None and known is not FaultClass.IN_DOUBT:
        return known
    if http_status == TOO_MANY:
        return FaultClass.THROTTLED
    # no code of AWS came with the status, so AWS did not answer: every read would meet it, and
    # a write may have reached AWS before its answer was lost
    if http_status in FOREIGN_STATUSES and code in ("", str(http_status)):
        return FaultClass.FATAL if is_read(operation) else FaultClass.IN_DOUBT
    if http_status in CLIENT_ERRORS and known is None:
        return FaultClass.REJECTED
    return FaultClass.IN_DOUBT if sent and not is_read(operation) else FaultClass.TRANSIENT


def _by_message(known: FaultClass | None, operation: str, message: str) -> FaultClass | None:
    """Return the class of a code where its message says that it means something else."""
    said = message.casefold()
    match known:
        case FaultClass.EXHAUSTED if operation in CONCURRENCY:
            return FaultClass.THROTTLED
        case FaultClass.EXHAUSTED | FaultClass.IN_DOUBT if any(word in said for word in RATE_WORDS):
            return FaultClass.THROTTLED
        case FaultClass.EXHAUSTED if _OF_ONE_THING.search(message):
            return FaultClass.REJECTED
        case FaultClass.TRANSIENT if _STANDS_THERE.search(message):
            return FaultClass.REJECTED
        case _:
            return known
