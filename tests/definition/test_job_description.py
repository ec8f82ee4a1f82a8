from __future__ import annotations

from dataclasses import replace

from bulkops.definition.catalogue import load
from bulkops.definition.job_description import alike, describe

CREATE = load("create-users").job


def _columns(identity=None):
    return {each.column.name: each for each in describe(CREATE, identity).columns}


def test_a_column_says_when_it_is_needed():
    needed = {name: each.needed for name, each in _columns().items()}
    assert needed["username"] == "always"
    assert needed["password"] == "on CONNECT_MANAGED instances"
    assert needed["first_name"] == "on CONNECT_MANAGED instances or on SAML instances"
    assert needed["desk_phone"] == "where phone_type is DESK_PHONE"
    assert needed["mobile"] == "no"


def test_a_known_identity_type_settles_what_is_needed():
    saml = {name: each.needed for name, each in _columns("SAML").items()}
    assert saml["password"] == saml["email"] == "never"
    assert saml["first_name"] == "always"
    managed = {name: each.needed for name, each in _columns("CONNECT_MANAGED").items()}
    assert managed["password"] == "always"
    assert managed["email"] == "no"


def test_a_column_says_in_plain_words_what_it_may_hold():
    allowed = {name: each.allowed for name, each in _columns("CONNECT_MANAGED").items()}
    assert allowed["username"] == "1 to 20 characters"
    assert allowed["security_profiles"] == "the name of a security profile; 1 to 10 values"
    assert allowed["phone_type"] == "SOFT_PHONE, DESK_PHONE"
    assert allowed["desk_phone"] == "E.164: + and 2 to 15 digits, such as +353209100123"
    assert allowed["auto_accept"] == "yes or no"
    assert allowed["acw_seconds"] == "0 to 2,000,000"
    assert allowed["tags"] == (
        "key=value; 1 to 50 tags;"
        " keys: letters, digits, spaces and _ . : / = + - @, not beginning with aws:"
    )


def test_tags_whose_keys_may_be_anything_say_nothing_of_keys():
    job = load("connectcampaignsv2:TagResource").job
    tags = next(each for each in describe(job).columns if each.column.name == "tags")
    assert "keys" not in tags.allowed or tags.facts.key.says


def test_steps_for_what_the_row_makes_say_so():
    *_, filled = [
        each.when
        for each in describe(load("create-contact-flow-modules").job).operations
        if each.operation == "UpdateContactFlowModuleContent"
    ]
    assert filled == "where the row makes it, once what it names is made too"


def test_operations_come_in_order_with_what_they_do_and_how_they_are_undone():
    job = describe(CREATE)
    first, *others = job.operations
    assert (first.operation, first.verb, first.rows, first.when) == ("CreateUser", "create", 1, "")
    assert first.undo == "undone by DeleteUser"
    assert others[-1].when == "where it is already there but different, where tags has a value"
    assert others[-1].undo == ("undone by UntagResource")
    assert others[0].undo == "undone by putting back the values from before"
    assert "DeleteUser" not in [each.operation for each in job.operations]
    assert job.reversible


def test_a_shared_call_says_how_many_rows_it_carries():
    described = describe(load("associate-queue-quick-connects").job)
    assert [each.rows for each in described.operations] == [50]


def test_what_cannot_be_undone_says_why():
    described = describe(load("delete-users").job)
    assert not described.reversible
    assert described.operations[0].undo.startswith("Amazon Connect keeps nothing")


def test_a_description_repeats_the_job():
    described = describe(CREATE)
    assert (described.name, described.summary) == (CREATE.name, CREATE.summary)
    assert (described.service, described.key) == ("connect", ("username",))


def test_operations_that_are_the_same_for_other_rows_are_said_once():
    kinds = ["user", "queue", "routing-profile"]
    (said, *others) = alike(describe(load("tag-resources").job).operations)
    assert said.operation == "TagResource"
    assert said.when.startswith(f"where resource_type is {', '.join(kinds)}, ")
    assert others == []


def test_operations_that_differ_are_said_each():
    described = describe(load("create-users").job)
    found = alike(described.operations)
    assert [each.operation for each in found] == [each.operation for each in described.operations]
    assert [each.when for each in found] == [each.when for each in described.operations]
    first = described.operations[0]
    both = alike([replace(first, when="where a has a value"), replace(first, when="b")])
    assert [each.when for each in both] == ["where a has a value; or b"]


def test_what_is_put_somewhere_before_a_call_is_said():
    made, changed = describe(load("create-contents").job).operations
    assert made.uploads == (
        "before it, StartContentUpload is asked for a place, and file is put there: 1,000,000"
        " bytes at the most"
    )
    assert changed.uploads == ""


def test_a_file_that_is_put_is_said_with_its_most():
    described = describe(load("create-contents").job)
    (said,) = {each.uploads for each in described.operations if each.uploads}
    assert said.startswith("before it, StartContentUpload is asked for a place, and file is put")


def test_rows_about_what_is_not_there_are_said_to_be_passed_over():
    first, second, _ = describe(load("set-up-phone-numbers").job).operations
    assert first.when == "where it is there"
    assert second.when == "where it is there, where flow has a value"
