from __future__ import annotations

import pytest

from bulkops.pacing.error_codes import CODES, CodeGroup
from bulkops.pacing.failure_hints import GROUP_HINTS, HINTS, SPECIAL, hint

WRITE = "CreateUser"


def test_hints_say_what_to_do_about_common_codes():
    assert "Service Quotas" in hint("LimitExceededException", WRITE)
    assert "bulkops policy" in hint("AccessDeniedException", WRITE)
    assert "--on-exists" in hint("DuplicateResourceException", WRITE)


def test_an_operation_may_have_a_hint_of_its_own():
    assert "routing profile" in hint("ResourceInUseException", "DeleteRoutingProfile")
    assert hint("ResourceInUseException", "DeleteView") == HINTS["ResourceInUseException"]


def test_an_unknown_code_has_no_hint():
    assert hint("NeverSeenException", WRITE) == ""


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("EntityAlreadyExists", "already there"),
        ("UsernameExistsException", "already there"),
        ("InvalidGroup.Duplicate", "already there"),
        ("NoSuchEntity", "is not there"),
        ("InvalidGroup.NotFound", "is not there"),
        ("DeleteConflict", "remove that first"),
        ("DependencyViolation", "remove that first"),
        ("DBClusterQuotaExceededFault", "Service Quotas"),
        ("IncorrectState", "state"),
        ("ConditionalCheckFailedException", "somebody has changed it"),
    ],
)
def test_codes_of_other_services_have_the_hint_of_their_words(code, said):
    assert said in hint(code, WRITE)


def test_every_hint_is_a_sentence():
    for text in (*GROUP_HINTS.values(), *HINTS.values(), *SPECIAL.values()):
        assert text.endswith(".")
        assert text[0].isupper() or text.startswith("`")


@pytest.mark.parametrize("group", list(CodeGroup))
def test_codes_of_a_group_have_its_hint_unless_they_have_their_own(group):
    for code in CODES[group]:
        assert hint(code, WRITE) == HINTS.get(code, GROUP_HINTS.get(group, ""))
