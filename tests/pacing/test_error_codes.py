from __future__ import annotations

import pytest

from bulkops.pacing.error_codes import CLASSES, CODES, CodeGroup, classify, group_of
from bulkops.pacing.replies import FaultClass

WRITE, READ = "CreateUser", "DescribeUser"


def of(code, status, *, operation=WRITE, sent=True, message=""):
    return classify(code, http_status=status, sent=sent, operation=operation, message=message)


@pytest.mark.parametrize(
    ("code", "status", "fault_class"),
    [
        ("ThrottlingException", 429, "THROTTLED"),
        ("ThrottlingException", 400, "THROTTLED"),  # Q in Connect
        ("TooManyRequestsException", 429, "THROTTLED"),
        ("429", 429, "THROTTLED"),  # a 429 without a code
        ("", 429, "THROTTLED"),
        ("NeverSeenException", 429, "THROTTLED"),
        ("LimitExceededException", 429, "EXHAUSTED"),
        ("ServiceQuotaExceededException", 402, "EXHAUSTED"),
        ("ResourceQuotaExceededException", 429, "EXHAUSTED"),  # AppIntegrations
        ("AccessDeniedException", 403, "FATAL"),
        ("ExpiredTokenException", 403, "FATAL"),
        ("UnrecognizedClientException", 403, "FATAL"),
        ("InvalidSignatureException", 403, "FATAL"),
        ("SignatureDoesNotMatch", 403, "FATAL"),
        ("RequestExpired", 400, "FATAL"),
        ("UnknownOperationException", 404, "FATAL"),
        ("InvalidActiveRegionException", 400, "FATAL"),
        ("403", 403, "IN_DOUBT"),  # a proxy
        ("", 404, "IN_DOUBT"),  # a wrong URL
        ("307", 307, "IN_DOUBT"),
        ("409", 409, "IN_DOUBT"),
        ("InvalidParameterException", 400, "REJECTED"),
        ("ResourceNotFoundException", 404, "REJECTED"),
        ("DuplicateResourceException", 409, "REJECTED"),
        ("ResourceInUseException", 409, "REJECTED"),
        ("DestinationNotAllowedException", 403, "REJECTED"),
        ("400", 400, "IN_DOUBT"),
        ("ParamValidationError", 0, "REJECTED"),
        ("ConflictException", 409, "TRANSIENT"),
        ("ResourceNotReadyException", 409, "TRANSIENT"),
        ("RequestTimeoutException", 408, "TRANSIENT"),
        ("408", 408, "TRANSIENT"),
        ("", 408, "TRANSIENT"),
        ("InternalServiceException", 500, "IN_DOUBT"),
        ("ServiceUnavailable", 503, "IN_DOUBT"),
        ("502", 502, "IN_DOUBT"),
        ("InternalServiceException", 400, "IN_DOUBT"),
        ("ResponseParserError", 200, "IN_DOUBT"),
        ("ReadTimeoutError", 0, "IN_DOUBT"),
        ("RequestLimitExceeded", 503, "THROTTLED"),  # EC2
        ("Throttling", 503, "THROTTLED"),  # query services
        ("SlowDown", 503, "THROTTLED"),  # S3
        ("ProvisionedThroughputExceededException", 400, "THROTTLED"),  # DynamoDB
        ("ThrottledClientException", 429, "THROTTLED"),  # Chime
        ("PriorRequestNotComplete", 400, "TRANSIENT"),  # Route 53
        ("EntityTemporarilyUnmodifiable", 409, "TRANSIENT"),  # IAM
        ("ConcurrentModification", 409, "TRANSIENT"),  # IAM
        ("OperationAborted", 409, "TRANSIENT"),  # S3
        ("TransactionConflictException", 400, "TRANSIENT"),  # DynamoDB
        ("EntityAlreadyExists", 409, "REJECTED"),  # IAM
        ("ResourceExistsException", 400, "REJECTED"),  # Secrets Manager
        ("BucketAlreadyOwnedByYou", 409, "REJECTED"),  # S3
        ("InvalidGroup.Duplicate", 400, "REJECTED"),  # EC2
        ("NoSuchEntity", 404, "REJECTED"),  # IAM
        ("AWS.SimpleQueueService.NonExistentQueue", 400, "REJECTED"),  # SQS
        ("DeleteConflict", 409, "REJECTED"),  # IAM
        ("DependencyViolation", 400, "REJECTED"),  # EC2
        ("VpcLimitExceeded", 400, "EXHAUSTED"),  # EC2
        ("TooManyBuckets", 400, "EXHAUSTED"),  # S3
        ("AuthorizationError", 403, "FATAL"),  # SNS
        ("Unavailable", 503, "IN_DOUBT"),  # EC2
        ("ConnectionClosedError", 0, "IN_DOUBT"),
    ],
)
def test_a_code_and_its_status_have_one_class(code, status, fault_class):
    assert of(code, status) is FaultClass[fault_class]


@pytest.mark.parametrize("code", ["InternalServiceException", "502", "ReadTimeoutError"])
def test_a_read_is_never_in_doubt(code):
    assert of(code, 500, operation=READ) is FaultClass.TRANSIENT
    assert of(code, 0, operation=READ) is FaultClass.TRANSIENT


@pytest.mark.parametrize("status", [302, 400, 403, 404, 407])
def test_a_read_without_a_code_stops_at_once(status):
    assert of(str(status), status, operation=READ) is FaultClass.FATAL
    assert group_of(str(status)) is CodeGroup.FOREIGN


def test_what_was_not_sent_is_never_in_doubt():
    assert of("EndpointConnectionError", 0, sent=False) is FaultClass.TRANSIENT


def test_chats_under_way_are_throttled_by_the_code_of_a_quota():
    assert of("LimitExceededException", 429, operation="StartChatContact") is FaultClass.THROTTLED


def test_a_quota_code_that_speaks_of_the_rate_is_a_throttle():
    assert of("LimitExceededException", 429, message="Rate exceeded") is FaultClass.THROTTLED


@pytest.mark.parametrize(
    ("code", "message", "fault_class"),
    [
        ("LimitExceeded", "Cannot exceed quota for UsersPerAccount: 5000", "EXHAUSTED"),
        ("LimitExceeded", "Cannot exceed quota for GroupsPerUser: 10", "REJECTED"),
        (
            "LimitExceededException",
            "Attempt limit exceeded, please try after some time.",
            "REJECTED",
        ),
        (
            "LimitExceededException",
            "Subscriber limit exceeded: Only 500 tables can be created simultaneously",
            "THROTTLED",
        ),
        ("ServiceUnavailable", "Please reduce your request rate.", "THROTTLED"),
        ("ServiceUnavailable", "Try again.", "IN_DOUBT"),
        ("ConflictException", "Alias already exists", "REJECTED"),
        ("ConflictException", "Another operation is in progress", "TRANSIENT"),
        ("ThrottlingException", "Rate exceeded", "THROTTLED"),
    ],
)
def test_a_message_may_say_that_its_code_means_something_else(code, message, fault_class):
    assert of(code, 400, message=message) is FaultClass[fault_class]


def test_no_code_is_in_two_groups():
    every = [code.casefold() for codes in CODES.values() for code in codes]
    assert len(every) == len(set(every))


def test_every_group_has_codes():
    assert CODES.keys() == set(CodeGroup)
    assert all(CODES.values())


@pytest.mark.parametrize("group", [CodeGroup.UNREACHABLE, CodeGroup.LOST, CodeGroup.FOREIGN])
def test_what_has_no_class_of_its_own_is_told_by_whether_the_request_had_left(group):
    for code in CODES[group]:
        assert code not in CLASSES
        assert of(code, 0, sent=True) is FaultClass.IN_DOUBT
        assert of(code, 0, sent=False) is FaultClass.TRANSIENT


@pytest.mark.parametrize(
    ("code", "group"),
    [
        ("ExpiredTokenException", CodeGroup.EXPIRED),
        ("SignatureDoesNotMatch", CodeGroup.SIGNATURE),
        ("AccessDeniedException", CodeGroup.DENIED),
        ("SSLError", CodeGroup.UNREACHABLE),
        ("NeverSeenException", None),
    ],
)
def test_a_code_is_known_by_its_group(code, group):
    assert group_of(code) is group
