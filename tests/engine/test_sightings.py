from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bulkops.definition.call_marks import MARK_KEY
from bulkops.definition.relations import RELATIONS
from bulkops.definition.thing_kinds import KINDS
from bulkops.engine.calls.sightings import Sighting, sight_of_changed, sight_of_list, sight_of_made
from bulkops.planning.inventory import Thing
from tests.engine.stand_ins import CREATE, JOB, MOVE, PARAMS, queue_config

USER = KINDS["user"]
MINE, THEIRS = "run-a/7", "run-b/3"
SENT = datetime(2026, 1, 1, 12, tzinfo=UTC)
SENT_AT = SENT.isoformat()


def user(*, mark="", profile="p1", number=1, changed=None):
    state = {
        "Username": "ana",
        "RoutingProfileId": profile,
        "Tags": {MARK_KEY: mark} if mark else {"team": "x"},
    }
    if changed is not None:
        state["LastModifiedTime"] = changed
    return Thing(id=f"u{number}", name="ana", arn_form=f"arn:u{number}", state=state)


def made(*things, mark=MINE, sent_at=SENT_AT):
    return sight_of_made(JOB.step(CREATE), PARAMS[CREATE], things, USER, mark=mark, sent_at=sent_at)


def test_a_thing_that_bears_the_mark_is_the_calls_own_though_it_differs_by_now():
    sight = made(user(mark=THEIRS), user(mark=MINE, profile="p9", number=2))
    assert (sight.seen, sight.thing.id) == (Sighting.OURS, "u2")


def test_a_thing_that_bears_another_mark_is_anothers_also_for_a_call_that_sent_none():
    for mark in (MINE, ""):
        sight = made(user(mark=THEIRS), mark=mark)
        assert sight.seen is Sighting.ANOTHERS
        assert "another run, run-b," in sight.known
    assert "call 3 of this run" in made(user(mark=THEIRS), mark="run-b/7").known


def test_a_thing_without_a_mark_may_be_anybodys():
    assert made(user()).seen is Sighting.AS_SENT
    assert made(user(profile="p9")).seen is Sighting.DIFFERENT
    assert "its id is u1" in made(user()).known


def test_what_has_not_changed_since_before_the_first_sending_is_anothers():
    tolerance = timedelta(minutes=5)
    before = made(user(changed=SENT - tolerance - timedelta(seconds=1)))
    assert before.seen is Sighting.ANOTHERS
    assert "2026-01-01T11:54:59Z" in before.known
    assert made(user(changed=SENT - tolerance)).seen is Sighting.AS_SENT
    assert made(user(changed=SENT - tolerance * 2), sent_at="").seen is Sighting.AS_SENT
    naive = (SENT - tolerance * 2).replace(tzinfo=None)
    assert made(user(changed=naive)).seen is Sighting.ANOTHERS


def test_of_several_the_one_that_may_be_ours_is_told():
    sight = made(user(mark=THEIRS), user(number=2))
    assert (sight.seen, sight.thing.id) == (Sighting.AS_SENT, "u2")


def test_what_is_listed_and_not_to_be_read_is_hidden_and_what_is_not_listed_absent():
    assert made(Thing(id="u1", name="ana")).seen is Sighting.HIDDEN
    assert made().seen is Sighting.ABSENT


def test_a_value_is_as_sent_as_before_or_another():
    step, params = JOB.step(MOVE), {"UserId": "u1", "RoutingProfileId": "p1"}
    before = {"UserId": "u1", "RoutingProfileId": "p0"}

    def seen(profile, old=before):
        return sight_of_changed(step, params, old, user(profile=profile), USER).seen

    assert seen("p1") is Sighting.AS_SENT
    assert seen("p0") is Sighting.AS_BEFORE
    assert seen("p9") is Sighting.DIFFERENT
    assert seen("p9", None) is Sighting.AS_BEFORE  # what was there before was not kept
    assert sight_of_changed(step, params, before, None, USER).seen is Sighting.ABSENT


def test_a_list_has_all_entries_some_none_or_others_in_their_place():
    relation = RELATIONS["routing-profile-queue"]
    sent = [{**queue_config(name), "Priority": 1, "Delay": 0} for name in "ab"]
    old = [{**queue_config(name), "Priority": 5, "Delay": 0} for name in "ab"]

    def seen(before=None, **priorities):
        there = [
            {"QueueId": name, "Channel": "VOICE", "Priority": number, "Delay": 0}
            for name, number in priorities.items()
        ]
        return sight_of_list(relation, sent, before, there).seen

    assert seen(a=1, b=1) is Sighting.AS_SENT
    assert seen(a=1) is Sighting.PARTLY
    assert seen() is Sighting.ABSENT
    assert seen(a=1, b=2) is Sighting.DIFFERENT
    assert seen(old, a=5, b=5) is Sighting.AS_BEFORE
    assert seen(old, a=5, b=7) is Sighting.DIFFERENT
