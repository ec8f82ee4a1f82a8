from __future__ import annotations

import pytest

from bulkops.pacing.error_codes import CLASSES, HINTS, SPECIAL, classify, hint, is_read
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
        ("403", 403, "FATAL"),  # a proxy
        ("", 404, "FATAL"),  # a wrong URL
        ("307", 307, "FATAL"),
        ("InvalidParameterException", 400, "REJECTED"),
        ("ResourceNotFoundException", 404, "REJECTED"),
        ("DuplicateResourceException", 409, "REJECTED"),
        ("ResourceInUseException", 409, "REJECTED"),
        ("DestinationNotAllowedException", 403, "REJECTED"),
        ("400", 400, "REJECTED"),
        ("ParamValidationError", 0, "REJECTED"),
        ("ConflictException", 409, "TRANSIENT"),
        ("ResourceNotReadyException", 409, "TRANSIENT"),
        ("RequestTimeoutException", 408, "TRANSIENT"),
        ("408", 408, "TRANSIENT"),
        ("InternalServiceException", 500, "IN_DOUBT"),
        ("ServiceUnavailable", 503, "IN_DOUBT"),
        ("502", 502, "IN_DOUBT"),
        ("InternalServiceException", 400, "IN_DOUBT"),
        ("ResponseParserError", 200, "IN_DOUBT"),
        ("ReadTimeoutError", 0, "IN_DOUBT"),
        ("ConnectionClosedError", 0, "IN_DOUBT"),
    ],
)
def test_a_code_and_its_status_have_one_class(code, status, fault_class):
    assert of(code, status) is FaultClass[fault_class]


@pytest.mark.parametrize("code", ["InternalServiceException", "502", "ReadTimeoutError"])
def test_a_read_is_never_in_doubt(code):
    assert of(code, 500, operation=READ) is FaultClass.TRANSIENT
    assert of(code, 0, operation=READ) is FaultClass.TRANSIENT


def test_what_was_not_sent_is_never_in_doubt():
    assert of("EndpointConnectionError", 0, sent=False) is FaultClass.TRANSIENT


def test_chats_under_way_are_throttled_by_the_code_of_a_quota():
    assert of("LimitExceededException", 429, operation="StartChatContact") is FaultClass.THROTTLED


def test_a_quota_code_that_speaks_of_the_rate_is_a_throttle():
    assert of("LimitExceededException", 429, message="Rate exceeded") is FaultClass.THROTTLED


@pytest.mark.parametrize(
    "operation",
    ["DescribeUser", "ListUsers", "SearchUsers", "GetContactAttributes", "BatchGetField"],
)
def test_operations_that_describe_list_search_or_get_are_reads(operation):
    assert is_read(operation)


@pytest.mark.parametrize("operation", ["CreateUser", "UpdateUserHierarchy", "BatchPutFieldOptions"])
def test_other_operations_are_not_reads(operation):
    assert not is_read(operation)


def test_hints_say_what_to_do_about_common_codes():
    assert "Service Quotas" in hint("LimitExceededException", WRITE)
    assert "bulkops policy" in hint("AccessDeniedException", WRITE)
    assert "--on-exists" in hint("DuplicateResourceException", WRITE)


def test_an_operation_may_have_a_hint_of_its_own():
    assert "routing profile" in hint("ResourceInUseException", "DeleteRoutingProfile")
    assert hint("ResourceInUseException", "DeleteView") == HINTS["ResourceInUseException"]


def test_an_unknown_code_has_no_hint():
    assert hint("NeverSeenException", WRITE) == ""


def test_every_hint_is_a_sentence():
    for text in (*HINTS.values(), *SPECIAL.values()):
        assert text.endswith(".")
        assert text[0].isupper() or text.startswith("`")


def test_no_code_has_two_classes():
    assert len(CLASSES) == len({code.casefold() for code in CLASSES})
