from __future__ import annotations

import pytest

from bulkops.definition import Col, Column, Find, Job, Step
from bulkops.definition.catalogue import load
from bulkops.definition.column_bounds import narrowed, widened
from bulkops.definition.column_facts import facts_of, feeds_of, held_in
from bulkops.definition.model.patterns import TextPattern
from bulkops.definition.model.value_limits import Limits
from bulkops.definition.thing_kinds import KINDS

CREATE = load("create-users").job
QUEUES = load("associate-routing-profile-queues").job


def test_a_column_knows_every_place_that_it_feeds():
    feeds = feeds_of(CREATE, "routing_profile")
    assert [(feed.address, feed.operation, feed.path, feed.finds) for feed in feeds] == [
        ("0", "CreateUser", "RoutingProfileId", "routing-profile"),
        ("0.3", "UpdateUserRoutingProfile", "RoutingProfileId", "routing-profile"),
    ]
    (channel, *_) = feeds_of(QUEUES, "channel")
    assert channel.path == "QueueConfigs[].QueueReference.Channel"


def test_text_has_the_length_and_form_of_its_member():
    facts = facts_of(CREATE, "first_name")
    assert facts.value.range() == "0 to 255"
    assert facts.value.nfc
    assert facts_of(CREATE, "desk_phone").value.says.startswith("E.164: + and 2 to 15 digits")
    assert facts_of(CREATE, "username", "SAML").value.maximum == 64
    assert facts_of(CREATE, "username", "CONNECT_MANAGED").value.maximum == 20


def test_words_and_numbers_have_those_of_their_member():
    assert facts_of(CREATE, "phone_type").value.one_of == ("SOFT_PHONE", "DESK_PHONE")
    assert facts_of(QUEUES, "priority").value.range() == "1 to 99"
    assert facts_of(CREATE, "acw_seconds").value.maximum == 2_000_000


def test_names_of_things_are_judged_by_the_instance_and_counted_by_the_model():
    facts = facts_of(CREATE, "security_profiles")
    assert facts.finds == "security-profile"
    assert facts.items.range() == "1 to 10"
    assert facts.value == Limits()


def test_a_column_that_also_gives_the_name_does_not_only_name_what_is_there():
    assert facts_of(CREATE, "username").finds == ""
    assert facts_of(load("delete-users").job, "username").finds == "user"


def test_tags_have_limits_for_keys_values_and_their_number():
    facts = facts_of(CREATE, "tags")
    assert facts.key.maximum == 128
    assert facts.value.maximum == 256
    assert facts.items.range() == "1 to 50"


def test_only_the_password_is_secret():
    secret = {column.name for column in CREATE.columns if facts_of(CREATE, column.name).secret}
    assert secret == {"password"}


def test_a_list_of_plain_values_has_the_limits_of_its_elements():
    job = Job(
        name="untag",
        summary="Untag.",
        key=("arn",),
        columns=(
            Column(name="arn", required=True, help="ARN."),
            Column(name="keys", split=";", help="Keys."),
        ),
        steps=(
            Step(
                operation="UntagResource",
                args={"resourceArn": Col("arn"), "tagKeys": Col("keys")},
                irreversible="Gone.",
            ),
        ),
    )
    facts = facts_of(job, "keys")
    assert facts.value.maximum == 128
    assert facts.items.maximum == 50


def test_a_column_that_feeds_nothing_may_hold_anything():
    job = Job(
        name="idle",
        summary="Idle.",
        key=("user",),
        columns=(Column(name="user", help="User."), Column(name="note", help="Note.")),
        steps=(Step(operation="DeleteUser", args={"UserId": Find("user", Col("user"))}),),
    )
    assert facts_of(job, "note").feeds == ()
    assert facts_of(job, "note").finds == ""


def test_an_unknown_column_is_a_key_error():
    with pytest.raises(KeyError):
        facts_of(CREATE, "nickname")


def test_of_two_sets_of_limits_the_narrower_hold():
    digits, letters = TextPattern("[0-9]"), TextPattern("[a-z]")
    one = Limits(minimum=1, maximum=9, pattern=digits, says="digits", one_of=("a", "b"))
    other = Limits(minimum=2, maximum=20, pattern=letters, says="letters", one_of=("b", "c"))
    both = narrowed(one, other)
    assert both == Limits(minimum=2, maximum=9, pattern=digits, says="digits", one_of=("b",))
    assert narrowed(Limits(), other) == other
    assert narrowed(one, Limits()) == one


def test_of_steps_for_other_rows_the_widest_limits_hold():
    job = Job(
        name="job",
        summary="",
        key=("user",),
        columns=(
            Column(name="user", help=""),
            Column(name="to", help=""),
            Column(name="n", help=""),
        ),
        steps=(
            Step(operation="UpdateQueueName", args={"Name": Col("to")}, only_if=("n", "1")),
            Step(operation="UpdateUserHierarchyGroupName", args={"Name": Col("to")}),
            Step(
                operation="UpdateQueueMaxContacts",
                args={"QueueId": Find("queue", Col("to"))},
                only_if=("n", "2"),
            ),
        ),
    )
    names = facts_of(CREATE, "username")
    assert facts_of(job, "to").finds == ""
    assert (
        facts_of(job, "to").value
        == facts_of(
            Job(name="j", summary="", key=(), columns=job.columns, steps=job.steps[1:2]), "to"
        ).value
    )
    assert names.finds == ""


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (Limits(minimum=1, maximum=5), Limits(minimum=0, maximum=9), Limits(minimum=0, maximum=9)),
        (Limits(minimum=1), Limits(maximum=9), Limits()),
        (Limits(one_of=("a", "b")), Limits(one_of=("b", "c")), Limits(one_of=("a", "b", "c"))),
        (Limits(one_of=("a",)), Limits(), Limits()),
        (Limits(nfc=True, says="x"), Limits(nfc=True, says="x"), Limits(nfc=True, says="x")),
        (
            Limits(pattern=TextPattern("a"), says="an a"),
            Limits(pattern=TextPattern("b"), says="a b"),
            Limits(),
        ),
    ],
)
def test_widened_limits_hold_where_one_of_two_does(one, other, both):
    assert widened(one, other) == both


def test_a_place_is_known_of_a_kind_that_is_described_and_has_it():
    held = held_in(KINDS["queue"], "Status")
    assert held is not None
    assert held.limits.one_of == ("ENABLED", "DISABLED")
    assert held_in(KINDS["queue"], "Stat") is None
    assert held_in(KINDS["hierarchy-level"], "Name") is None
