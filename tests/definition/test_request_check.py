from __future__ import annotations

import string
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkops.definition.model.request_check import violations, violations_at
from bulkops.errors import JobError

USER = {
    "InstanceId": "11111111-2222-4333-8444-555555555555",
    "Username": "a.byrne",
    "Password": "Tulip-Garden-27",
    "IdentityInfo": {"FirstName": "Aoife", "LastName": "Byrne", "Email": "aoife@example.com"},
    "PhoneConfig": {"PhoneType": "SOFT_PHONE", "AutoAccept": True},
    "SecurityProfileIds": ["sp-1"],
    "RoutingProfileId": "rp-1",
    "Tags": {"team": "support"},
}


def _config(**changes):
    queue = {"QueueId": "q", "Channel": "VOICE"}
    return {"QueueReference": queue, "Priority": 1, "Delay": 0, **changes}


def _user(**changes):
    return violations("connect", "CreateUser", {**USER, **changes})


def _queues(*configs):
    params = {"InstanceId": "i", "RoutingProfileId": "rp", "QueueConfigs": list(configs)}
    return violations("connect", "AssociateRoutingProfileQueues", params)


def test_a_whole_request_breaks_nothing():
    assert violations("connect", "CreateUser", USER) == ()
    assert _queues(*[_config()] * 10) == ()


def test_what_botocores_own_validator_lets_pass_is_found():
    (eleven,) = _queues(*[_config()] * 11)
    assert (eleven.path, eleven.message) == ("QueueConfigs", "has 11 values")
    assert eleven.allowed == "1 to 10 values"
    (priority,) = _queues(_config(), _config(Priority=100))
    assert str(priority) == "QueueConfigs[1].Priority (100) is too large; allowed: 1 to 99"
    (channel,) = _queues(_config(QueueReference={"QueueId": "q", "Channel": "VOIP"}))
    assert channel.path == "QueueConfigs[0].QueueReference.Channel"
    assert channel.found == "VOIP"
    assert channel.allowed == "VOICE, CHAT, TASK, EMAIL"


def test_what_is_missing_is_named_with_its_place():
    (missing,) = _queues({"QueueReference": {"QueueId": "q", "Channel": "VOICE"}, "Priority": 1})
    assert str(missing) == "QueueConfigs[0].Delay must be given"


def test_an_unknown_member_gets_the_nearest_right_one():
    (unknown,) = _user(IdentityInfo={"FirstNam": "Aoife"})
    assert unknown.path == "IdentityInfo.FirstNam"
    assert unknown.message == 'is not a member here. Did you mean "FirstName"?'
    (stranger,) = _user(Colour="blue")
    assert str(stranger) == "Colour is not a member here."


@pytest.mark.parametrize(
    ("member", "value", "says", "allowed"),
    [
        ("Username", 7, "7 is a whole number", "text, 1 to "),
        ("SecurityProfileIds", "sp-1", "sp-1 is text", "a list, 1 to 10 values"),
        ("IdentityInfo", ["Aoife"], " is a list", "an object with FirstName, LastName, Email, "),
        ("Tags", [("a", "b")], " is a list", "an object, 1 to 50 entries"),
        ("RoutingProfileId", None, " is null", "text"),
        ("RoutingProfileId", 0.5, "0.5 is a number", "text"),
        ("RoutingProfileId", {}, " is an object", "text"),
        ("RoutingProfileId", True, "True is true or false", "text"),
    ],
)
def test_another_type_is_said(member, value, says, allowed):
    (wrong,) = _user(**{member: value})
    assert (wrong.path, f"{wrong.found} {wrong.message}") == (member, says)
    assert wrong.allowed.startswith(allowed)


def test_a_moment_says_its_time_zone():
    def contact(scheduled):
        params = {"InstanceId": "i", "Name": "n", "ScheduledTime": scheduled}
        return violations("connect", "StartTaskContact", params)

    assert contact("2026-12-24T09:00:00+01:00") == ()
    assert contact(datetime(2026, 12, 24, tzinfo=UTC)) == ()
    for wrong in ("2026-12-24T09:00:00", "at nine"):
        (found,) = contact(wrong)
        assert found.message == "does not say one moment"


def test_a_value_is_looked_at_where_it_would_stand():
    def level(value):
        path = "UserProficiencies[].Level"
        return violations_at("connect", "AssociateUserProficiencies", path, value)

    assert level(2.5) == ()
    (high,) = level(5.5)
    assert str(high) == "UserProficiencies[].Level (5.5) is too large; allowed: 1 to 5"


def test_there_is_no_value_where_there_is_no_member():
    with pytest.raises(KeyError):
        violations_at("connect", "CreateUser", "Anything", 1)


def test_a_truth_value_is_no_number_and_a_number_no_truth_value():
    (seconds,) = _user(PhoneConfig={"PhoneType": "SOFT_PHONE", "AfterContactWorkTimeLimit": True})
    assert seconds.allowed == "a whole number 0 to 2,000,000"
    (accept,) = _user(PhoneConfig={"PhoneType": "SOFT_PHONE", "AutoAccept": 1})
    assert accept.allowed == "true or false"


def test_fractions_are_numbers_where_the_model_takes_them():
    def level(value):
        entry = {"AttributeName": "language", "AttributeValue": "ga", "Level": value}
        params = {"InstanceId": "i", "UserId": "u", "UserProficiencies": [entry]}
        return violations("connect", "AssociateUserProficiencies", params)

    assert level(2.5) == ()
    assert level(3) == ()
    (high,) = level(5.5)
    assert (high.path, high.found) == ("UserProficiencies[0].Level", "5.5")


def test_keys_and_values_of_tags_are_looked_at():
    key, value = _user(Tags={"aws:owner": "x" * 257})
    assert (key.path, key.found) == ("Tags{aws:owner}", "aws:owner")
    assert value.message == "has 257 characters"
    (many,) = _user(Tags={f"k{number}": "" for number in range(51)})
    assert many.message == "has 51 entries"


def test_a_secret_is_never_repeated_nor_is_its_length():
    for password in ("hunter2", "x" * 99, 12345):
        (wrong,) = _user(Password=password)
        assert wrong.found == ""
        assert str(password) not in str(wrong)
        assert str(len(str(password))) not in wrong.message


def test_personal_data_is_repeated_so_that_it_can_be_mended():
    (email,) = _user(IdentityInfo={"Email": "aoife@example"})
    assert email.found == "aoife@example"


def test_limits_follow_the_identity_type():
    params = {**USER, "Username": "a.name.of.more.than.20.letters"}
    assert violations("connect", "CreateUser", params, identity="SAML") == ()
    (long,) = violations("connect", "CreateUser", params, identity="CONNECT_MANAGED")
    assert (long.path, long.allowed) == ("Username", "1 to 20 characters")


def test_what_is_not_known_yet_counts_as_given():
    placeholder = object()
    params = {
        **USER,
        "Password": placeholder,
        "SecurityProfileIds": [placeholder],
        "RoutingProfileId": placeholder,
    }
    assert (
        violations("connect", "CreateUser", params, skip=lambda value: value is placeholder) == ()
    )


def test_a_union_takes_exactly_one_of_its_members():
    def attribute(values):
        params = {"InstanceId": "i", "Name": "language", "Values": values}
        return violations("connect", "CreatePredefinedAttribute", params)

    assert attribute({"StringList": ["ga"]}) == ()
    (none,) = attribute({})
    assert str(none) == "Values takes exactly one member; allowed: StringList"


def test_an_operation_that_takes_nothing_takes_nothing():
    assert violations("elasticbeanstalk", "CreateStorageLocation", {}) == ()
    (extra,) = violations("elasticbeanstalk", "CreateStorageLocation", {"Zone": "a"})
    assert str(extra) == "Zone is not taken"


def test_an_unknown_operation_is_an_error_of_the_job():
    with pytest.raises(JobError, match="CreateUser"):
        violations("connect", "CreateUsr", {})


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(string.printable),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(string.ascii_letters), inner),
        max_leaves=6,
    ),
    st.sampled_from(sorted(USER)),
)
def test_anything_at_all_is_judged_without_an_exception(value, member):
    for violation in _user(**{member: value}):
        assert violation.path
        assert violation.message


def test_octets_are_counted_and_never_shown():
    def put(data):
        return violations("kinesis", "PutRecord", {"Data": data, "PartitionKey": "p"})

    assert put(b"\xff") == put("text") == ()
    (large,) = put(b"x" * (11 * 2**20))
    assert (large.message, large.found) == ("has 11,534,336 bytes", "")
