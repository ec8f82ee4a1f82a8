from __future__ import annotations

from bulkops.definition.call_marks import (
    MARK_KEY,
    mark_in,
    mark_of,
    marked,
    most_tags,
    takes_mark,
    unmarked,
)
from bulkops.definition.catalogue import load

MARK = mark_of("create-users-20260101T000000Z-2265", 7)


def test_what_creates_and_takes_tags_is_marked():
    assert most_tags("connect", "CreateUser") == 50
    assert most_tags("connect", "CreateQueue") == 50
    assert most_tags("lambda", "CreateFunction") == 50  # its model says no number


def test_what_a_token_tells_apart_what_takes_no_tags_and_what_makes_nothing_is_not():
    assert most_tags("connect", "CreateVocabulary") == 0  # a client token
    assert most_tags("connect", "CreatePredefinedAttribute") == 0  # no tags
    assert most_tags("connect", "UpdateUserIdentityInfo") == 0
    assert most_tags("iam", "CreateUser") == 0  # its tags are a list


def test_a_step_takes_a_mark_by_its_operation():
    create = load("create-users").job
    assert [at for at, step in create.addresses() if takes_mark("connect", step)] == ["0"]


def test_the_mark_stands_among_the_rows_own_tags():
    params = {"Username": "ana", "Tags": {"team": "x"}}
    sent = marked("connect", "CreateUser", params, MARK)
    assert sent["Tags"] == {"team": "x", MARK_KEY: "create-users-20260101T000000Z-2265/7"}
    assert params["Tags"] == {"team": "x"}
    assert marked("connect", "CreateUser", {}, MARK) == {"Tags": {MARK_KEY: MARK}}
    assert marked("connect", "DeleteUser", {"UserId": "u"}, MARK) == {"UserId": "u"}


def test_tags_in_another_form_are_left_as_they_are():
    sent = {"UserName": "ann", "Tags": [{"Key": "team", "Value": "Billing"}]}
    assert marked("iam", "TagUser", sent, MARK) is sent


def test_a_row_that_fills_all_its_tags_is_not_marked():
    full = {"Tags": {f"t{n}": "" for n in range(50)}}
    assert marked("connect", "CreateUser", full, MARK) == full
    carried = {"Tags": {**{f"t{n}": "" for n in range(49)}, MARK_KEY: "an earlier run's"}}
    assert mark_in(marked("connect", "CreateUser", carried, MARK)) == MARK


def test_a_mark_is_never_longer_than_a_tag_may_be():
    assert len(mark_of("r" * 300, 12)) == 256
    assert mark_of("r" * 300, 12).endswith("r/12")


def test_a_state_may_bear_a_mark_or_none_or_tell_no_tags():
    assert mark_in({"Tags": {MARK_KEY: MARK}}) == MARK
    assert mark_in({"Tags": {"team": "x"}}) == mark_in({}) == mark_in({"Tags": None}) == ""


def test_the_mark_is_no_tag_of_a_sheet():
    assert unmarked({"team": "x", MARK_KEY: MARK}) == {"team": "x"}
    assert unmarked({"team": "x", "aws:cloudformation:stack-name": "s"}) == {"team": "x"}
