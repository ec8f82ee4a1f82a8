from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkops.planning.calls.placeholders import (
    PlaceholderError,
    closed,
    fill,
    from_json,
    joined,
    placeholders_in,
    remembering,
    replaced,
    to_json,
    with_stand_ins,
    with_token,
)
from bulkops.planning.needs import needs_in
from bulkops.planning.plan import Action, Need, Placeholder, Totals

TEXTS = st.text(max_size=5)
NEEDS = st.none() | st.builds(Need, st.integers(1, 9), st.sampled_from(["0", "1.undo"]))
HELD = st.none() | st.dictionaries(TEXTS, st.binary(max_size=5) | TEXTS, max_size=2)
KINDS = st.sampled_from(["secret", "saved", "token", "made", "upload"])
HOLES = st.builds(Placeholder, kind=KINDS, name=TEXTS, of=NEEDS, holds=HELD)
KEYS = TEXTS | st.sampled_from(["$hole", "$$hole", "$octets", "$", "name"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.binary(max_size=5) | TEXTS | HOLES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=10,
)


def filled(params, **more):
    usual = {"saved": {"user_id": "u1"}, "secret": {"password": "p"}.__getitem__, "token": "t-1"}
    return fill(params, **(usual | more))


@given(st.dictionaries(KEYS, VALUES, max_size=3))
def test_params_come_back_from_json_as_they_were(params):
    assert from_json(json.loads(json.dumps(to_json(params)))) == params


def test_a_moment_that_the_service_answered_is_kept_as_the_text_that_is_sent():
    moment = datetime(2026, 12, 24, 9, tzinfo=UTC)
    assert to_json({"At": [moment], "Code": b"\xff"}) == {
        "At": ["2026-12-24T09:00:00Z"],
        "Code": {"$octets": "/w=="},
    }


def test_a_hole_is_marked_and_a_real_key_that_looks_like_it_is_escaped():
    params = {"Password": Placeholder(kind="secret", name="password"), "$hole": ("x",)}
    assert to_json(params) == {
        "Password": {"$hole": "secret", "name": "password"},
        "$$hole": ["x"],
    }


def test_every_hole_is_filled():
    params = {
        "UserId": Placeholder(kind="saved", name="user_id"),
        "Password": Placeholder(kind="secret", name="password"),
        "ClientToken": Placeholder(kind="token"),
        "Deep": {"List": [Placeholder(kind="saved", name="user_id"), 1], "Pair": (True,)},
    }
    assert filled(params) == {
        "UserId": "u1",
        "Password": "p",
        "ClientToken": "t-1",
        "Deep": {"List": ["u1", 1], "Pair": [True]},
    }


@pytest.mark.parametrize(("saved", "known"), [({}, "nothing"), ({"b": "1", "a": "2"}, "a, b")])
def test_a_value_that_was_not_saved_is_an_error_that_says_what_was(saved, known):
    with pytest.raises(PlaceholderError) as caught:
        filled({"UserId": Placeholder(kind="saved", name="user_id")}, saved=saved)
    assert str(caught.value) == (
        f"no earlier step of the row has saved user_id; what was saved: {known}"
    )


def test_an_id_that_was_only_stood_in_for_is_never_sent():
    with pytest.raises(PlaceholderError):
        filled({"UserId": Placeholder(kind="found")})


def test_what_another_row_makes_is_marked_with_its_row_and_step_and_filled_by_them():
    need = Need(3, "0")
    params = {"Under": [{"Id": Placeholder(kind="made", name="group_id", of=need)}]}
    text = to_json(params)
    assert text == {"Under": [{"Id": {"$hole": "made", "name": "group_id", "row": 3, "step": "0"}}]}
    assert from_json(text) == params
    known = {"saved": {"group_id": "mine"}, "secret": str, "token": "t"}
    assert fill(params, made={need: {"group_id": "g3"}}, **known) == {"Under": [{"Id": "g3"}]}
    said = "no call that it waits for has saved group_id; what was saved: nothing"
    with pytest.raises(PlaceholderError, match=said):
        fill(params, **known)


def test_each_item_gets_a_token_of_its_own_and_nothing_else_is_filled():
    later = Placeholder(kind="saved", name="user_id")
    item = {"Token": Placeholder(kind="token"), "Of": [{"Id": later}], "Level": 2}
    assert with_token(item, "t-1") == {"Token": "t-1", "Of": [{"Id": later}], "Level": 2}


MADE_BY = Need(3, "0")
LED = joined(['{"to":"', Placeholder(kind="made", name="flow_id", of=MADE_BY), '"', "}", ""])


def test_a_text_in_which_placeholders_stand_is_one_text_once_they_are_filled():
    text = '{"to":"f-3"}'
    made = {MADE_BY: {"flow_id": "f-3"}}
    assert LED.holds["parts"][2] == '"}', "texts side by side are one"
    assert filled({"Content": LED}, made=made) == {"Content": text}
    assert closed({"Content": LED}, {}, made) == {"Content": text}
    assert closed(LED, {}) == LED
    assert joined(["a", "b"]) == "ab"
    assert filled({"Content": joined(["[", LED, "]"])}, made=made) == {"Content": f"[{text}]"}
    assert from_json(json.loads(json.dumps(to_json(LED)))) == LED


def test_what_stands_in_a_text_is_seen_and_can_be_replaced():
    assert [each.of for each in placeholders_in({"Content": LED})] == [MADE_BY]
    assert needs_in([LED]) == (MADE_BY,)
    assert replaced(LED, lambda each: each.name) == '{"to":"flow_id"}'
    (known,) = placeholders_in(remembering(LED, {MADE_BY: {"flow_id": "f-3"}}))
    assert known.was == "f-3"


def test_what_other_rows_make_is_told_by_words_in_a_text():
    made = Placeholder(kind="made", name="id", of=Need(7, "0"))
    text = Placeholder(kind="text", holds={"parts": ["to ", made, " and ", SAVED]})
    shown = with_stand_ins(text)
    assert "(7)" in str(shown)
    assert "(own)" in str(shown)
    assert with_stand_ins("as it is") == "as it is"
    assert with_stand_ins(made) is made


SAVED = Placeholder(kind="saved", name="own")


def test_rows_that_are_left_alone_do_not_differ():
    actions = {Action.NONE: 5, Action.SKIP: 4, Action.UPDATE: 2, Action.CONFLICT: 1}
    assert Totals(rows=12, actions=actions).differing == 3
