from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkops.aws.redaction import scrubbed, secrets_in

USER = {
    "InstanceId": "i",
    "Username": "ada",
    "Password": "Sesame-open-1",
    "IdentityInfo": {"FirstName": "Ada", "Email": "ada@example.com"},
    "Tags": {"team": "Sesame"},
    "SecurityProfileIds": ["a", "b"],
    "Unknown": {"Password": "x"},
}


def test_the_secrets_of_a_request_are_those_of_the_model():
    assert secrets_in("connect", "CreateUser", USER) == {"Sesame-open-1"}


def test_a_secret_of_a_wrong_form_is_still_one():
    password = {"plain": "Sesame-open-1", "old": ["Sesame-open-0", 7]}
    assert secrets_in("connect", "CreateUser", {"Password": password}) == {
        "Sesame-open-1",
        "Sesame-open-0",
    }


def test_an_operation_without_secrets_has_none():
    assert secrets_in("connect", "DeleteUser", {"InstanceId": "i", "UserId": "u"}) == frozenset()
    assert secrets_in("sts", "GetCallerIdentity", {}) == frozenset()


def test_a_short_secret_is_masked_as_a_whole_word_only():
    assert scrubbed("in the inn: in, 'in'", {"in"}) == "*** the inn: ***, '***'"


def test_nothing_secret_leaves_everything_as_it_is():
    said = {"a": [1, "b"]}
    assert scrubbed(said, frozenset()) is said


def test_numbers_and_nothing_are_left_as_they_are():
    assert scrubbed({"a": [1, None, "pass-word"]}, {"pass-word"}) == {"a": [1, None, "***"]}


@pytest.mark.parametrize("spelling", ['a\\"b<c', "a%22b%3Cc", "a&quot;b&lt;c", 'a"b<c'])
def test_escaped_secrets_are_found(spelling):
    assert scrubbed(f"Value {spelling}!", {'a"b<c'}) == "Value ***!"


@given(secret=st.text(min_size=8, max_size=64), before=st.text(), after=st.text())
def test_no_secret_of_a_passwords_length_survives(secret, before, after):
    assert secret not in scrubbed(f"{before}{secret}{after}", {secret})
